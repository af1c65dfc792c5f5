// What only staff press, beside app.js. Everything works without it: the dialogs have pages, the boxes can be ticked.
document.addEventListener('click', event => {
  const button = event.target.closest('[data-open], [data-close], [data-copy], [data-tick-all]');
  if (!button) return;
  const { open, close, copy, tickAll } = button.dataset;
  if (open) { event.preventDefault(); document.getElementById(open).showModal(); }
  if (close !== undefined) button.closest('dialog').close();
  if (tickAll !== undefined) {
    const boxes = button.closest('fieldset').querySelectorAll('[type=checkbox]:not(:checked)');
    boxes.forEach(box => { box.checked = true; });
    boxes[0]?.dispatchEvent(new Event('change', { bubbles: true }));
  }
  if (copy) {
    // Plain http has no navigator.clipboard.
    document.getElementById(copy).select();
    button.textContent = button.dataset[document.execCommand('copy') ? 'done' : 'selected'];
  }
});
