// Everything works without this file: the sheet posts as one form.
// A sheet that could not be sent is sent again when the connection is back. Its number makes that safe: the same
// sheet is recorded once, however often it arrives.
let waiting = null;
document.addEventListener('htmx:sendError', event => { if (event.target.matches('[data-retry]')) waiting = event.target; });
document.addEventListener('htmx:afterOnLoad', event => { if (event.target === waiting) waiting = null; });
addEventListener('online', () => { if (waiting?.isConnected) waiting.requestSubmit(); });

// Whoever chooses "No" unticks what is new, and whoever ticks something chooses "Yes".
document.addEventListener('change', ({ target }) => {
  const question = target.closest?.('#new'), value = question && target.name === 'new' && target.value;
  if (value === 'no') question.querySelectorAll('.boxes :checked').forEach(box => { box.checked = false; });
  else if (question && target.checked && target.closest('.boxes')) question.querySelector('[name=new][value=yes]').checked = true;
});
