// Everything works without this file: forms post. A form that was long in the making, or is sent without a connection,
// asks first whether the server is there and still knows the person. If not, it stays as it was typed.
const asking = new WeakSet(), known = new WeakSet();
document.addEventListener('submit', async event => {
  const form = event.target, { submitter } = event;
  if (form.method !== 'post' || form.hasAttribute('hx-post') || event.defaultPrevented || known.delete(form)) return;
  if (navigator.onLine && performance.now() < 10000) return;
  event.preventDefault();
  if (asking.has(form)) return;
  asking.add(form);
  try {
    const headers = { ...JSON.parse(document.body.getAttribute('hx-headers')), 'HX-Request': 'true' };
    const answer = await fetch('/me/here/', { method: 'POST', headers, signal: AbortSignal.timeout(15000) }), key = answer.headers.get('X-CSRFToken');
    if (!answer.ok && !key || answer.headers.has('HX-Redirect')) return notSaved(form, answer.ok && await answer.text(), whyNot('', answer));
    if (key) form.elements.csrfmiddlewaretoken.value = key;
    known.add(form);
    form.requestSubmit(submitter);
  } catch (error) { notSaved(form, '', error.name === 'TimeoutError' ? 'hung' : 'dropped'); } finally { asking.delete(form); }
});
