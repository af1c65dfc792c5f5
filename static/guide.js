// The guided set: it counts, paces and rests, and ticks the sets of the log's form. It is loaded when it is started, and
// nothing of it is needed to log. Its words come with the page.
// The state is one number: the set, and how many of its seconds are over (without a pace: of its repetitions). That
// number is kept for this person, day and level, so that it goes on after a call or when the page is loaded anew.
const SET = 1e5, STEPS = 20;
const calm = matchMedia('(prefers-reduced-motion: reduce)');
let dialog, plan, form, words, row, at, timer, lock, wait, left, tone, prefs;
const part = name => dialog.querySelector(`[data-${name}]`);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// ---- the form: its own boxes are ticked, as by a tap
const box = nth => form.elements[`done-${nth + 1}`], reps = nth => form.elements[`reps-${nth + 1}`];
const full = nth => box(nth).checked && Number(reps(nth).value) >= plan.reps;
const wanted = nth => box(nth).checked ? plan.reps : Number(reps(nth).value) || plan.reps;
const nextOf = from => plan.titles.findIndex((_, nth) => nth >= from && !box(nth).checked);
const tick = (nth, count) => {
  reps(nth).value = count;
  if (box(nth).checked) reps(nth).dispatchEvent(new Event('change', { bubbles: true })); else box(nth).click();
  if (count < plan.reps) form.querySelector('[name=did][value=some]').checked = true;
};

// ---- where it is
const own = () => !plan.phases.length || plan.may_choose && prefs.own;
const cycle = () => own() ? 1 : plan.phases.reduce((sum, { seconds }) => sum + seconds, 0);
const changes = nth => plan.sides > 1 && nth % 2 === 1;
const lead = nth => nth ? changes(nth) ? plan.change : plan.rest : plan.ready;
const over = () => at - lead(row);
const done = () => Math.max(0, Math.floor(over() / cycle()));
const phase = () => {
  let second = over() % cycle();
  for (const each of plan.phases) { if (second < each.seconds) return { ...each, first: !second, begins: each === plan.phases[0] }; second -= each.seconds; }
};
const keep = going => sessionStorage.setItem('guide', `${dialog.dataset.key} ${row * SET + at}${going ? ' on' : ''}`);
const kept = () => {
  const [person, day, level, number] = (sessionStorage.getItem('guide') ?? '').split(' ');
  return `${person} ${day} ${level}` === dialog.dataset.key ? Number(number) : null;
};

// ---- what is heard and felt, each behind its switch
const feel = (high, long = 60) => {
  if (prefs.vibration) navigator.vibrate?.(long);
  if (!prefs.sound || !tone) return;
  const beep = tone.createOscillator(), loud = tone.createGain(), now = tone.currentTime;
  beep.frequency.value = high;
  beep.connect(loud).connect(tone.destination);
  loud.gain.setValueAtTime(.25, now);
  loud.gain.exponentialRampToValueAtTime(.001, now + .18);
  beep.start();
  beep.stop(now + .18);
};
const say = text => {
  if (!prefs.voice) return;
  speechSynthesis.cancel();
  const spoken = new SpeechSynthesisUtterance(text);
  spoken.lang = document.documentElement.lang;
  speechSynthesis.speak(spoken);
};
const hear = text => { part('heard').textContent = text; };
const awake = async on => {
  try { if (on) lock ??= await navigator.wakeLock?.request('screen'); else { await lock?.release(); lock = null; } } catch { lock = null; }
};

// ---- the picture
const rungs = count => {
  const svg = dialog.querySelector('.climb'), steps = Math.min(count, STEPS);
  if (svg.children.length === steps + 1) return;
  const step = nth => `<path class="step" d="M6 ${190 - nth * 180 / Math.max(1, steps - 1)}H54"/>`;
  svg.innerHTML = `<path class="rail" d="M6 2V198M54 2V198"/>${Array.from({ length: steps }, (_, nth) => step(nth)).join('')}`;
};
const climb = (count, reached, current) => {
  rungs(count);
  const steps = [...dialog.querySelectorAll('.step')], share = steps.length / count;
  steps.forEach((step, nth) => step.setAttribute('class', `step${nth < Math.floor(reached * share) ? ' on' : current && nth === Math.floor(reached * share) ? ' now' : ''}`));
};
const ground = (to, pace) => {
  dialog.style.setProperty('--pace', `${calm.matches ? 0 : pace}s`);
  dialog.style.setProperty('--fill', calm.matches ? 1 : to);
};
const show = (name, count, of) => {
  part('phase').textContent = name;
  part('count').textContent = count;
  part('of').textContent = of;
};
const resting = () => row && !changes(row);

function draw(sounds) {
  const s = over(), count = wanted(row), waits = wait > 0 || s < 0;
  part('title').textContent = plan.titles[row];
  dialog.dataset.part = waits ? 'wait' : 'rep';
  dialog.dataset.state = !timer && (waits || !own()) ? 'still' : waits || !own() ? 'run' : 'own';
  climb(count, s >= 0 ? done() : row && -s > plan.ready ? count : 0, !waits);
  (wait > 0 ? again : s < 0 ? before : own() ? byOneself : paced)(s, count, sounds);
}
function countdown(seconds, name, sounds, first) {
  if (!sounds) return;
  if (first) { hear(`${name}, ${seconds}. ${plan.titles[row]}`); say(`${name}. ${plan.titles[row]}`); }
  else if (seconds <= 3) { feel(440, 30); say(String(seconds)); }
}
function again(_, __, sounds) {
  show(words.ready, wait, own() ? words.each : fill(words.on, { number: done() + 1 }));
  countdown(wait, words.ready, sounds, false);
}
function before(s, count, sounds) {
  const rests = resting() && -s > plan.ready, name = rests ? words.rest : -s > plan.ready ? words.sides : words.ready;
  show(name, -s, rests || name === words.sides ? fill(words.next, { set: plan.titles[row] }) : own() ? words.each : plan.pace);
  ground(rests ? .22 : 1, .3);
  countdown(-s, name, sounds, -s === lead(row) || -s === plan.ready);
}
function byOneself(s, count, sounds) {
  show(words.own, s, fill(words.of, { count }));
  ground(1, .3);
  if (!sounds) return;
  hear(String(s));
  if (s) { feel(660); say(String(s)); }
}
function paced(s, count, sounds) {
  const { word, first, begins, to, moves } = phase(), rep = done() + 1;
  show(word, rep, fill(words.of, { count }));
  if (to !== undefined) ground(to, moves);
  if (!sounds || !first) return;
  if (begins) hear(String(rep));
  feel(begins ? 330 : 660);
  say(begins ? rep === 1 ? `${rep}. ${word}` : String(rep) : word);
}

// ---- a second, or a repetition that somebody counted
function run() {
  clearInterval(timer);
  timer = own() && over() >= 0 && !(wait > 0) ? null : setInterval(second, 1000);
  awake(true);
  keep(true);
  draw(true);
}
function pause() {
  clearInterval(timer);
  timer = null;
  wait = 0;
  if (over() > 0 && !own()) at = lead(row) + done() * cycle();
  awake(false);
  draw(false);
}
function second() {
  if (wait > 0) { wait -= 1; if (!wait) return run(); } else at += 1;
  go();
}
function go() {
  if (done() >= wanted(row)) return finish();
  if (over() === 0 && own()) return run();
  keep(true);
  draw(true);
}
function finish() {
  tick(row, wanted(row));
  feel(880, 200);
  row = nextOf(row + 1);
  if (row < 0) row = nextOf(0);
  if (row < 0) return end();
  at = 0;
  run();
}
function end() {
  sessionStorage.removeItem('guide');
  dialog.close();
  toLog();
}
const toLog = () => {
  location.hash = 'log';
  (form.querySelector('[name=pain]') ?? form).focus({ preventScroll: true });
};

// ---- what is pressed
const acts = {
  main() {
    if (dialog.dataset.state === 'own') { at += 1; return go(); }
    if (timer) return pause();
    wait = over() < 0 ? 0 : 3;
    run();
  },
  back() {
    if (wait) { wait += 10; return draw(false); }
    at = over() < 0 ? Math.max(0, at - 30) : lead(row) + Math.max(0, done() - 1) * cycle();
    if (timer || own()) run(); else draw(false);
  },
  now() { wait = 0; at = Math.max(at, lead(row)); run(); },
  stop() {
    pause();
    const number = done(), count = wanted(row), sets = plan.titles.filter((_, nth) => box(nth).checked).length;
    if (number) tick(row, number);
    part('kept').textContent = number
      ? fill(words.done, { set: plan.titles[row], done: number, count })
      : sets ? fill(words.sets, { done: sets, count: plan.titles.length }) : '';
    part('do="on"').textContent = fill(words.on, { number: number + 1 });
    dialog.dataset.state = 'why';
    dialog.querySelector('.ask').focus();
    keep(true);
  },
  on() { dialog.dataset.state = 'still'; acts.main(); part('do="main"').focus(); },
  tired() {
    for (const answer of ['effort][value=stopped', 'why_stopped][value=tired']) form.querySelector(`[name=${answer}]:not(:checked)`)?.click();
    dialog.close();
    toLog();
  },
  later() { dialog.close(); },
};
// Whoever goes to tell of a symptom goes when what was done is kept, but does not wait long for that.
async function leave(event) {
  event.preventDefault();
  const saved = new Promise(then => { form.addEventListener('htmx:afterRequest', then, { once: true }); });
  keep(false);
  if (form.querySelector('.htmx-request')) await Promise.race([saved, new Promise(then => { setTimeout(then, 1500); })]);
  location.href = event.target.closest('a').href;
}
function swap(button) {
  const name = button.dataset.switch, reached = done(), late = over() >= 0;
  prefs[name] = !prefs[name];
  localStorage.setItem('guide', JSON.stringify({ ...stored(), [person()]: prefs }));
  mark();
  if (name === 'voice') say(words.ready);
  if (name !== 'own') return;
  if (late) at = lead(row) + reached * cycle();
  if (timer || late && own()) run(); else draw(false);
}
const person = () => dialog.dataset.key.split(' ')[0];
const stored = () => { try { return JSON.parse(localStorage.getItem('guide')) ?? {}; } catch { return {}; } };
const mark = () => dialog.querySelectorAll('[data-switch]').forEach(button => {
  const name = button.dataset.switch;
  button.ariaPressed = String(Boolean(prefs[name]));
  button.hidden = name === 'voice' && !('speechSynthesis' in window) || name === 'vibration' && !navigator.vibrate || name === 'own' && !plan.may_choose;
});

function press(event) {
  tone?.resume();
  const button = event.target.closest('[data-do], [data-switch], a.ask');
  if (button?.dataset.do) {
    acts[button.dataset.do]();
    // After a tap the space bar pauses again.
    if (event.detail && button.closest('.pair') && dialog.dataset.state !== 'why') part('do="main"').focus();
  }
  else if (button?.dataset.switch) swap(button);
  else if (button) leave(event);
}
function key(event) {
  const { target } = event, { state } = dialog.dataset;
  if (event.key === 'Escape') refuse(event);
  if (event.key === ' ' && state !== 'why' && !event.repeat && !target.closest('button, a')) { event.preventDefault(); acts.main(); }
}
function refuse(event) {
  event.preventDefault();
  acts[dialog.dataset.state === 'why' ? 'on' : 'stop']();
}
function closed() {
  clearInterval(timer);
  timer = null;
  awake(false);
  if (kept() !== null) keep(false);
  label();
}
function label() {
  const start = document.getElementById('start'), next = nextOf(0);
  if (!start) return;
  const goesOn = kept() !== null && row >= 0 && !full(row) && over() > 0;
  start.hidden = next < 0 && !goesOn;
  start.toggleAttribute('data-done', start.hidden);
  if (start.hidden) return;
  (start.querySelector('span') ?? start).textContent = goesOn ? fill(words.resume, { set: plan.titles[row] }) : fill(words.start, { number: Math.floor(next / plan.sides) + 1, count: plan.titles.length / plan.sides });
}

// A call, or a locked screen: a set waits, a rest goes on.
document.addEventListener('visibilitychange', () => {
  if (!dialog?.open || dialog.dataset.state === 'why') return;
  if (document.hidden) { if (timer && over() >= 0) pause(); else if (timer) { clearInterval(timer); left = Date.now(); } return; }
  if (left) { at = Math.max(at, Math.min(lead(row) - plan.ready, at + Math.floor((Date.now() - left) / 1000))); left = 0; run(); } else awake(Boolean(timer));
});

const styled = address => new Promise((then, not) => {
  if (document.querySelector(`link[href="${address}"]`)) return then();
  const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: address, onload: then, onerror: not });
  document.head.append(link);
});
function place() {
  const number = kept();
  row = Math.floor((number ?? 0) / SET);
  at = (number ?? 0) % SET;
  if (number !== null && row < plan.titles.length && !full(row)) return;
  row = nextOf(0);
  if (row >= 0) at = Math.max(0, lead(row) - plan.ready);
}
// `goes`: whether somebody pressed; else the page was loaded anew, and it stands until somebody does.
export async function begin(goes, sound) {
  dialog = document.getElementById('guide');
  form = document.getElementById('log');
  plan = JSON.parse(document.getElementById('guide-plan').textContent);
  words = plan.words;
  prefs = { sound: true, voice: false, vibration: true, own: false, ...stored()[person()] };
  tone ??= sound;
  place();
  label();
  const goesOn = kept() !== null && sessionStorage.getItem('guide').endsWith(' on');
  if (row < 0 || !goes && !goesOn) { if (goes) toLog(); return; }
  await styled(dialog.dataset.style);
  mark();
  dialog.addEventListener('click', press);
  dialog.addEventListener('keydown', key);
  dialog.addEventListener('cancel', refuse);
  dialog.addEventListener('close', closed, { once: true });
  if (!dialog.open) dialog.showModal();
  part('do="main"').focus();
  wait = goes && over() > 0 ? 3 : 0;
  if (goes) run(); else pause();
}
