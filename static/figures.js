// Figures move only while someone wants them to. Without this file they stand still: the end over the start.
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
