// Everything works without this file: numbers can be typed, details open, forms post.
document.addEventListener('click', event => {
  const button = event.target.closest('[data-step], [data-print]'), step = button?.dataset.step;
  if (step) {
    const input = button.parentElement.querySelector('input');
    input[step > 0 ? 'stepUp' : 'stepDown']();
    input.dispatchEvent(new Event('change', { bubbles: true }));
  } else if (button) print();
});

// Escape, a tap beside it and its own button close "Get help", as they close a dialog.
const shutHelp = (event, when) => {
  const help = document.querySelector('details.help[open]');
  if (!help || !when(help)) return;
  help.open = false;
  if (event.key || help.contains(event.target)) help.querySelector('summary').focus();
};
document.addEventListener('keydown', event => shutHelp(event, () => event.key === 'Escape'));
document.addEventListener('click', event => shutHelp(event, help => !help.contains(event.target) || event.target.closest('[data-shut]')));

// After bad input the first field that needs a look has the focus, or what is to be read first.
const mind = root => ['#found', '#refused', '[aria-invalid="true"]'].map(one => root.querySelector(one)).find(Boolean)?.focus();
mind(document);
document.addEventListener('htmx:afterSettle', event => mind(event.detail.elt));

// Why a sheet was refused stands above its button: the page does not jump away from there, unless a list is to be read first.
document.addEventListener('htmx:beforeSwap', ({ detail }) => {
  if (detail.xhr.status === 422 && detail.serverResponse.includes('id="refused"') && !detail.serverResponse.includes('id="found"')) detail.swapOverride = 'outerHTML';
});

// A click that was not saved says so above its button; what was typed stays. The words are those of the page, or the server's.
let note, own;
const notSaved = (elt, words, why = 'dropped') => {
  note = document.getElementById('not-saved') ?? note;
  if (!note) return;
  own ??= note.innerHTML;
  note.innerHTML = words || own;
  note.querySelectorAll('[data-why]').forEach(part => { part.hidden = !part.dataset.why.split(' ').includes(why); });
  note.querySelectorAll('[data-by-itself]').forEach(part => { part.hidden = why === 'old' || !elt.matches('[data-retry]'); });
  const button = elt.querySelector('button.primary, .submit');
  if (button) button.before(note); else elt.after(note);
  note.hidden = false;
  note.scrollIntoView({ block: 'nearest' });
};
// While its database is away, or after too many clicks, the server has words of its own; a proxy's page is not shown.
const said = xhr => [429, 503].includes(xhr.status) && xhr.getResponseHeader('X-Request-ID') && !xhr.responseText.includes('<body') && xhr.responseText;
const whyNot = (name, { status }) => ({ 'htmx:timeout': 'hung', 'htmx:sendError': 'dropped' })[name] ?? (status >= 500 || status === 429 ? 'down' : 'old');
for (const name of ['htmx:sendError', 'htmx:responseError', 'htmx:timeout']) document.addEventListener(name, ({ detail: { elt, xhr } }) => {
  if (xhr.status !== 422 && !elt.matches('[data-quiet]')) notSaved(elt, said(xhr), whyNot(name, xhr));
});

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

// A patient's page that was left open shows the new day when it is looked at again. Where something is typed or tapped
// it stays, and says of which day it is. The clinic's clock says how long the day lasts; the phone's may be wrong.
{
  const openedAt = Date.now(), lasts = document.body.dataset.left * 1000;
  let touched;
  document.addEventListener('input', () => { touched = true; });
  const isBegun = () => touched || document.querySelector('#log :checked:not([name=did])') || document.querySelector('#log [name=note]')?.value;
  const look = () => {
    if (document.hidden || !lasts || Date.now() - openedAt < lasts) return;
    if (!isBegun()) return location.replace(location.pathname + location.search);
    const old = document.getElementById('old-day');
    if (old?.hidden) { old.hidden = false; old.scrollIntoView({ block: 'nearest' }); }
  };
  document.addEventListener('visibilitychange', look);
  // Whoever signs out leaves nothing typed behind.
  document.addEventListener('submit', ({ target }) => { if (target.getAttribute('action')?.endsWith('/logout/')) sessionStorage.clear(); });
  // What a shared device shows after "Back" may be another person's page, or a form that is sent already: ask again.
  addEventListener('pageshow', event => { if (event.persisted) location.reload(); else look(); });
}

// Figures move only while someone wants them to. Without this file they stand still: the end over the start.
{
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const drawing = figure => figure.querySelector('svg.hf');

  function play(figure, on) {
    const svg = drawing(figure), button = figure.querySelector('.play');
    if (svg.classList.contains('playing') === on) return;
    svg.classList.toggle('playing', on);
    if (on) { svg.setCurrentTime(0); svg.unpauseAnimations(); } else svg.pauseAnimations();
    const label = button.getAttribute('aria-label');
    button.setAttribute('aria-label', button.dataset.other);
    button.dataset.other = label;
  }

  // A figure that starts by itself moves only while it is in view, and never again once someone paused it.
  const seen = new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) if (!target.dataset.held) play(target, isIntersecting);
  }, { threshold: .4 });

  function prepare(root) {
    for (const figure of root.querySelectorAll('figure[data-motion]:not([data-ready])')) {
      figure.dataset.ready = '';
      drawing(figure).pauseAnimations();
      figure.querySelector('.play').hidden = false;
      if (figure.dataset.motion === 'auto' && !calm.matches) seen.observe(figure);
    }
  }

  document.addEventListener('click', event => {
    const figure = event.target.closest('.play')?.closest('figure[data-motion]');
    if (!figure) return;
    figure.dataset.held = 'true';
    play(figure, !drawing(figure).classList.contains('playing'));
  });

  // "Show me the mistake": opening it plays it, beside whatever is playing, from the same start.
  document.addEventListener('toggle', event => {
    if (!event.target.matches?.('details.mistake')) return;
    for (const figure of event.target.querySelectorAll('figure[data-motion]')) play(figure, event.target.open && !calm.matches);
    if (event.target.open) for (const svg of document.querySelectorAll('svg.hf.playing')) svg.setCurrentTime(0);
  }, true);

  function rest() {
    for (const figure of document.querySelectorAll('figure[data-ready]')) play(figure, false);
  }

  calm.addEventListener('change', () => { if (calm.matches) rest(); });
  addEventListener('beforeprint', rest);
  document.addEventListener('htmx:load', event => prepare(event.detail.elt.parentElement ?? document));
  prepare(document);
}

// The style of a first page came inside it. Its files are fetched at the first touch or key; a cookie then says which are
// here, so that the next page names them. What cannot be fetched, or kept, comes inside the next page once more.
{
  const sheets = [...document.querySelectorAll('[data-sheet]')];
  let asked = !sheets.some(one => one.matches('style'));
  const bringStyles = async () => {
    if (asked) return;
    asked = true;
    try {
      const came = await Promise.all(sheets.map(one => one.matches('link') || fetch(one.dataset.sheet).then(answer => answer.blob().then(() => answer.ok))));
      if (!came.every(Boolean)) return;
      const names = sheets.map(one => new URL(one.dataset.sheet, location).pathname.split('/').pop()).join('~'), apart = location.protocol === 'https:';
      document.cookie = `${apart ? '__Host-styles' : 'styles'}=${names}; path=/; max-age=31536000; samesite=lax${apart ? '; secure' : ''}`;
    } catch { /* away: the next page brings its style along */ }
  };
  for (const name of ['pointerdown', 'keydown']) addEventListener(name, bringStyles, { capture: true });
}
