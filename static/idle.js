// Nobody at the keyboard for as long as the clinic says: the page is covered, and stays beneath as it was typed. The
// server locks by itself; this hides the screen, and tells the server while somebody only types.
const after = Number(document.body.dataset.idle) * 60000, desk = new BroadcastChannel('desk');
let used = Date.now(), told = used, cover;
const ask = (address, method) => fetch(address, { method, headers: { ...JSON.parse(document.body.getAttribute('hx-headers')), 'HX-Request': 'true' } });
const lock = async () => { await ask('/account/lock/now/', 'POST'); return ask('/account/lock/', 'GET'); };
const hide = async () => {
  if (cover || !after) return;
  cover = document.createElement('dialog');
  cover.id = 'cover';
  cover.addEventListener('cancel', event => event.preventDefault());
  document.body.append(cover);
  cover.showModal();
  try {
    let answer = await lock();
    // The database is away. What was typed stays beneath until it is back.
    for (; answer.status === 503; answer = await lock()) {
      cover.innerHTML = await answer.text();
      await new Promise(later => setTimeout(later, 15000));
    }
    cover.innerHTML = await answer.text();
    if (window.PublicKeyCredential) cover.querySelectorAll('form[hidden]').forEach(form => { form.hidden = false; });
    htmx.process(cover);
  } catch { location.reload(); }
};
const show = () => { cover?.remove(); cover = undefined; used = told = Date.now(); };
const look = () => { if (Date.now() - used > after) hide(); };
const stir = () => {
  look();
  if (cover) return;
  used = Date.now();
  if (used - told < 60000) return;
  told = used;
  desk.postMessage('used');
  ask('/me/here/', 'POST').catch(() => {});
};
for (const name of ['keydown', 'pointerdown', 'scroll']) addEventListener(name, stir, { capture: true, passive: true });
desk.onmessage = ({ data }) => { if (data === 'open') show(); else used = Date.now(); };
document.addEventListener('unlocked', () => { show(); desk.postMessage('open'); });
document.addEventListener('visibilitychange', look);
setInterval(look, 5000);
