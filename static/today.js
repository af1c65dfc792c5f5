// Everything works without this file: the sheet posts as one form.
// A sheet that could not be sent is sent again when the connection is back. Its number makes that safe: the same
// sheet is recorded once, however often it arrives.
{
  let waiting, timer, pause;
  const sendAgain = () => {
    if (!waiting?.isConnected) return;
    if (waiting.contains(document.activeElement) && document.activeElement.matches('textarea')) return wait();
    waiting.requestSubmit();
  };
  const wait = () => { clearTimeout(timer); timer = setTimeout(sendAgain, pause); };
  for (const name of ['htmx:sendError', 'htmx:timeout', 'htmx:responseError']) document.addEventListener(name, ({ target, detail: { xhr } }) => {
    if (!target.matches('[data-retry]') || (xhr.status >= 400 && xhr.status < 500)) return;
    pause = waiting === target ? Math.min(pause * 2, 320000) : 20000;
    waiting = target;
    wait();
  });
  document.addEventListener('htmx:afterOnLoad', ({ target, detail: { xhr } }) => {
    if (target === waiting && xhr.status < 500) { waiting = null; clearTimeout(timer); }
  });
  addEventListener('online', sendAgain);

  // Where the page names htmx and does not load it, its heaviest file comes with the first touch or key. What is tapped
  // or sent before it is there is sent then; what is not there after 15 seconds is said, as of a connection that hangs.
  const address = document.querySelector('meta[name=htmx]')?.content;
  const stands = new Promise(then => { if (document.readyState === 'complete') then(); else addEventListener('load', then); });
  let coming;
  const bring = () => coming ??= stands.then(() => new Promise((then, not) => {
    document.head.append(Object.assign(document.createElement('script'), { src: address, onload: then, onerror: () => { coming = null; not(); } }));
  }));
  // Why it is not there is told as htmx tells it, so that what follows is the same.
  const withHtmx = async (target, then) => {
    const late = new Promise(hung => { setTimeout(hung, 15000, 'htmx:timeout'); });
    const why = await Promise.race([bring().then(() => null, () => 'htmx:sendError'), late]);
    if (!why || why === 'htmx:sendError' && navigator.onLine && target.matches('form')) then(Boolean(why));
    else target.dispatchEvent(new CustomEvent(why, { bubbles: true, detail: { elt: target, xhr: { status: 0 } } }));
  };
  if (address) {
    for (const name of ['pointerdown', 'keydown', 'click']) addEventListener(name, () => bring().catch(() => {}), { once: true, capture: true });
    document.addEventListener('change', ({ target }) => {
      const sets = !window.htmx && target.closest('.sets');
      if (sets) withHtmx(sets, () => { sets.dispatchEvent(new Event('change', { bubbles: true })); });
    });
    let held;
    document.addEventListener('submit', event => {
      const { target, submitter } = event;
      if (window.htmx || !target.matches('[hx-post]')) return;
      event.preventDefault();
      if (held === target) return;
      held = target;
      withHtmx(target, plain => { if (plain) target.submit(); else target.requestSubmit(submitter); }).then(() => { held = null; });
    });
  }
}

// Whoever chooses "No" unticks what is new, and whoever ticks something chooses "Yes".
document.addEventListener('change', ({ target }) => {
  const question = target.closest?.('#new'), value = question && target.name === 'new' && target.value;
  if (value === 'no') question.querySelectorAll('.boxes :checked').forEach(box => { box.checked = false; });
  else if (question && target.checked && target.closest('.boxes')) question.querySelector('[name=new][value=yes]').checked = true;
});

// "All" or "Not all" says what the ticks say, and whoever had to stop did what is ticked. Before the ticks are kept.
document.addEventListener('change', ({ target }) => {
  const sets = [...target.form?.querySelectorAll('.sets [name^=done-]') ?? []];
  const ticked = sets.filter(set => set.checked).length, answer = value => { target.form.querySelector(`[name=did][value=${value}]`).checked = true; };
  if (sets.includes(target)) answer(ticked === sets.length ? 'all' : 'some');
  else if (sets.length && target.value === 'stopped' && target.checked && ticked < sets.length) answer('some');
}, true);

// What a tap brings to sight is written into a part that stays in the page, so that a screen reader says it.
const announce = words => {
  const said = document.getElementById('said');
  said.textContent = '';
  setTimeout(() => { said.textContent = words.replace(/\s+/g, ' ').trim(); }, 100);
};
document.addEventListener('change', ({ target }) => {
  const advice = [...target.closest?.('fieldset:has(> .note.says)')?.querySelectorAll(':scope > .note.says') ?? []].filter(one => one.checkVisibility());
  if (advice.length) announce(advice.map(one => one.textContent).join(' '));
});
document.addEventListener('htmx:afterSwap', ({ detail }) => { if (detail.target.id === 'sets-done') announce(document.getElementById('sets-done').textContent); });

// The guided set comes when it is started, or if it was under way when the page was loaded anew.
let sound;
const guide = () => document.getElementById('guide');
const begin = async pressed => {
  try { if (pressed) sound ??= new AudioContext(); (await import(guide().dataset.script)).begin(pressed, sound); } catch { if (pressed) document.getElementById('guide-away').hidden = false; }
};
document.addEventListener('click', event => { if (event.target.closest('#start')) begin(true); });
const ready = () => { if (guide()) document.querySelector('#start:not([data-done])')?.removeAttribute('hidden'); };
document.addEventListener('htmx:afterSettle', ready);
ready();
if (guide() && sessionStorage.getItem('guide')?.startsWith(`${guide().dataset.key} `)) begin(false);

// A second tap takes an answer back, unless a hand that shakes taps twice at once. The page has no words of its own here:
// a translated page behaves the same.
{
  let held, chosen = -Infinity;
  document.addEventListener('change', () => { chosen = performance.now(); });
  for (const name of ['pointerdown', 'keydown']) document.addEventListener(name, ({ target }) => {
    const radio = target.closest?.('label')?.control ?? target;
    held = radio.type === 'radio' && radio.checked && performance.now() - chosen > 600 ? radio : null;
  });
  document.addEventListener('click', ({ target }) => {
    if (target !== held || target.name === 'did' || !target.form?.matches('#log')) return;
    held = null;
    setTimeout(() => {
      target.checked = false;
      target.dispatchEvent(new Event('input', { bubbles: true }));
      target.dispatchEvent(new Event('change', { bubbles: true }));
    });
  });
}

// What is typed stays in this tab until it is saved, also when the page is loaded again. It belongs to one person, one
// plan and one day. Signs stay here alone: they reach the clinic by Save, and lie on no server that nobody reads before.
// The server keeps the sets as well; unless it could not, its sets count, as another phone may have changed them.
{
  const sheet = () => document.getElementById('log');
  const placeOf = form => `log ${form.querySelector('[data-kept]')?.dataset.kept} ${form.getAttribute('action')}`;
  const typedIn = form => [...form.elements].filter(field => field.name && !['hidden', 'submit', 'button'].includes(field.type));
  const isTick = field => ['checkbox', 'radio'].includes(field.type);
  let unsent = false;
  const keep = () => {
    const typed = typedIn(sheet()).map(field => [field.name, field.value, field.checked]);
    try { sessionStorage.setItem(placeOf(sheet()), JSON.stringify({ unsent, typed })); } catch { /* the phone keeps nothing */ }
  };
  for (const name of ['input', 'change']) document.addEventListener(name, ({ target }) => { if (target.form && target.form === sheet()) keep(); });
  const bringBack = form => {
    const kept = JSON.parse(sessionStorage.getItem(placeOf(form)));
    for (const field of kept ? typedIn(form) : []) {
      const was = kept.typed.find(([name, value]) => name === field.name && (!isTick(field) || value === field.value));
      if (!was || (field.closest('.sets') && !kept.unsent) || (field.name === 'did' && !(field.value === 'some' && was[2]))) continue;
      if (isTick(field)) field.checked = was[2];
      else field.value = was[1];
      if (field.value && field.matches('textarea')) field.closest('details')?.setAttribute('open', '');
    }
    if (kept) form.dataset.begun = '';
    if (kept?.unsent) form.querySelector('.sets')?.dispatchEvent(new Event('change', { bubbles: true }));
  };
  for (const name of ['htmx:sendError', 'htmx:timeout', 'htmx:responseError', 'htmx:afterOnLoad']) document.addEventListener(name, ({ target, detail: { xhr } }) => {
    if (!target.matches('.sets')) return;
    unsent = !(xhr.status >= 200 && xhr.status < 300);
    keep();
  });
  const forget = which => Object.keys(sessionStorage).filter(key => key.startsWith('log ') && which(key)).forEach(key => sessionStorage.removeItem(key));
  // Saved: the answer leads to another page.
  document.addEventListener('htmx:beforeOnLoad', ({ detail: { xhr } }) => { if (xhr.getResponseHeader('HX-Redirect') && !xhr.responseText) forget(() => true); });
  try {
    const person = JSON.parse(document.body.getAttribute('hx-headers'))['X-Person'];
    forget(key => !key.startsWith(`log ${person} `));
    if (sheet()) bringBack(sheet());
  } catch { /* the phone keeps nothing */ }
}
