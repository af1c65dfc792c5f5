// The caseload by keyboard: / finds, arrows walk the rows, Enter opens (the rows are links).
document.addEventListener('keydown', event => {
  const typing = event.target.closest('input:not([type=radio]), select, textarea');
  const seek = document.getElementById('seek');
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === '/' && !typing) { event.preventDefault(); seek.focus(); seek.select(); }
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  if (typing && typing !== seek || event.target.type === 'radio') return;
  const links = [...document.querySelectorAll('.caseload h3 a')].filter(link => link.checkVisibility());
  const next = links.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1);
  if (next >= 0 && next < links.length) { event.preventDefault(); links[next].focus(); }
  if (next === -1) { event.preventDefault(); seek.focus(); }
});
// Enter asks to open the only patient found. What is typed after that only looks for more.
document.addEventListener('htmx:configRequest', event => {
  if (event.detail.triggeringEvent?.type !== 'submit') delete event.detail.parameters.open;
});
