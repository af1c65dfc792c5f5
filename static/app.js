// Everything works without this file: numbers can be typed, details open, forms post.
document.addEventListener('click', event => {
  const button = event.target.closest('[data-step], [data-print]'), step = button?.dataset.step;
  if (step) {
    const input = button.parentElement.querySelector('input');
    input[step > 0 ? 'stepUp' : 'stepDown']();
    input.dispatchEvent(new Event('change', { bubbles: true }));
  } else if (button) print();
});

// Escape closes "Get help", as it closes a dialog.
document.addEventListener('keydown', event => {
  const help = event.key === 'Escape' && document.querySelector('details.help[open]');
  if (help) { help.open = false; help.querySelector('summary').focus(); }
});

// After bad input the first field that needs a look has the focus, or what is to be read first.
const mind = root => (root.querySelector('#found') ?? root.querySelector('[aria-invalid="true"]'))?.focus();
mind(document);
document.addEventListener('htmx:afterSettle', event => mind(event.detail.elt));

// A click that was not saved says so above its button; what was typed stays. The words are those of the page, or the server's.
let note, offline;
const notSaved = (elt, words) => {
  note = document.getElementById('not-saved') ?? note;
  if (!note) return;
  offline ??= note.innerHTML;
  note.innerHTML = words || offline;
  const button = elt.querySelector('button.primary, .submit');
  if (button) button.before(note); else elt.after(note);
  note.hidden = false;
  note.scrollIntoView({ block: 'nearest' });
};
// While its database is away the server has words of its own; a proxy's page is not shown.
const away = xhr => xhr?.status === 503 && xhr.getResponseHeader('X-Request-ID') && xhr.responseText;
for (const name of ['htmx:sendError', 'htmx:responseError', 'htmx:timeout']) document.addEventListener(name, ({ detail }) => { if (detail.xhr?.status !== 422 && !detail.elt.matches('[data-quiet]')) notSaved(detail.elt, away(detail.xhr)); });

// Signed out meanwhile: a form stays, whatever asked; only a search goes on to sign-in. Signed in again elsewhere: the
// page gets its new key, if it is the same person, and sends once more.
let renewed;
document.addEventListener('htmx:beforeOnLoad', event => {
  const { xhr, elt, requestConfig } = event.detail, key = xhr.getResponseHeader('X-CSRFToken');
  if (xhr.getResponseHeader('HX-Redirect') && xhr.responseText && elt.closest('[method=post]:not([role=search])')) { event.preventDefault(); notSaved(elt, xhr.responseText); }
  if (!key || renewed) return;
  event.preventDefault();
  renewed = true;
  document.body.setAttribute('hx-headers', xhr.responseText);
  document.getElementsByName('csrfmiddlewaretoken').forEach(field => { field.value = key; });
  setTimeout(() => htmx.trigger(elt, requestConfig.triggeringEvent.type));
});
document.addEventListener('htmx:afterOnLoad', ({ detail: { xhr } }) => {
  if (xhr.status < 400 && !xhr.getResponseHeader('HX-Redirect')) { renewed = false; if (note) note.hidden = true; }
});

// What a shared device shows after "Back" may be another person's page, or a form that is sent already: ask again.
addEventListener('pageshow', event => { if (event.persisted) location.reload(); });

// A patient's page that was left open shows the new day when it is looked at again, unless something is typed or tapped.
const dayOpened = new Date().toDateString();
let touched;
document.addEventListener('input', () => { touched = true; });
document.addEventListener('visibilitychange', () => {
  const old = !document.hidden && document.body.matches('.patient') && new Date().toDateString() !== dayOpened;
  if (old && !touched && !document.querySelector('.sets :checked')) location.replace(location.pathname + location.search);
});
