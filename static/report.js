// Everything works without this file: the form posts. With it the numbers to call stand there at once when something
// urgent is ticked, before anything is sent. The server decides afterwards, and may find it more urgent.
const urgencyOf = form => {
  const found = [...form.querySelectorAll('[name=kind]:checked')].map(box => {
    const side = form.querySelector(`[name="side-${box.value}"]:checked`)?.value;
    const oneSide = (side === 'left' || side === 'right') && (box.value !== 'weak' || form.elements.growing.value === 'no');
    return oneSide ? box.dataset.mildest : box.dataset.worst;
  });
  return ['now', 'today'].find(urgency => found.includes(urgency));
};
const told = () => document.getElementById('report');
const shown = () => document.querySelector('[id^=at-once]:not([hidden])');
const notSent = yes => {
  const page = shown();
  if (!page) return;
  page.querySelectorAll('[data-not-sent]').forEach(part => { part.hidden = !yes; });
  page.querySelector('[data-sending]').hidden = yes;
};
document.addEventListener('htmx:beforeRequest', event => {
  const form = event.target, urgency = form === told() && urgencyOf(form);
  if (!urgency || shown()) return notSent(false);
  const page = document.getElementById(`at-once-${urgency}`);
  form.hidden = true;
  page.hidden = false;
  notSent(false);
  scrollTo(0, 0);
  page.focus();
});
for (const name of ['htmx:sendError', 'htmx:responseError', 'htmx:timeout']) document.addEventListener(name, () => notSent(true));
// Signed out meanwhile: the form stays, see app.js.
document.addEventListener('htmx:beforeOnLoad', event => { if (event.defaultPrevented) notSent(true); });
document.addEventListener('click', event => {
  if (event.target.closest('[data-send-again]')) told().requestSubmit();
  if (event.target.closest('[data-back]')) { shown().hidden = true; told().hidden = false; told().scrollIntoView(); }
});
