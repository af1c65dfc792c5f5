// Everything works without this file: numbers can be typed, details open, forms post.
document.addEventListener('click', event => {
  const button = event.target.closest('[data-step], [data-open], [data-close], [data-print], [data-copy], [data-tick-all]');
  if (!button) return;
  const { step, open, close, print: paper, copy, tickAll } = button.dataset;
  if (step) {
    const input = button.parentElement.querySelector('input');
    input[step > 0 ? 'stepUp' : 'stepDown']();
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }
  if (open) { event.preventDefault(); document.getElementById(open).showModal(); }
  if (close !== undefined) button.closest('dialog').close();
  if (paper !== undefined) print();
  if (tickAll !== undefined) {
    const boxes = button.closest('fieldset').querySelectorAll('[type=checkbox]:not(:checked)');
    boxes.forEach(box => { box.checked = true; });
    boxes[0]?.dispatchEvent(new Event('change', { bubbles: true }));
  }
  if (copy) {
    const field = document.getElementById(copy);
    field.select();
    navigator.clipboard?.writeText(field.value).then(() => { button.textContent = button.dataset.done; });
  }
});

// Escape closes "Get help", as it closes a dialog.
document.addEventListener('keydown', event => {
  const help = event.key === 'Escape' && document.querySelector('details.help[open]');
  if (help) { help.open = false; help.querySelector('summary').focus(); }
});

// After bad input the first field that needs a look has the focus.
const mind = root => root.querySelector('[aria-invalid="true"]')?.focus();
mind(document);
document.addEventListener('htmx:afterSettle', event => mind(event.detail.elt));

// A click that did not reach the server, or was not answered, says so; what was typed stays.
const notSaved = shown => { const note = document.getElementById('not-saved'); if (note) note.hidden = !shown; };
for (const name of ['htmx:sendError', 'htmx:responseError', 'htmx:timeout']) document.addEventListener(name, event => { if (event.detail.xhr?.status !== 422) notSaved(true); });
document.addEventListener('htmx:afterOnLoad', event => { if (event.detail.xhr.status < 400) notSaved(false); });
