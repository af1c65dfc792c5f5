// Another level brings its own dose. What was typed about it, and not only filled in, stays.
let typed = [];
const fields = () => document.querySelectorAll('#prescribe-form [data-keep]');
document.addEventListener('htmx:beforeSwap', ({ detail }) => {
  if (detail.target.id !== 'prescribe-form') return;
  typed = [...fields()].filter(field => field.dataset.keep || field.value !== field.defaultValue).map(field => [field.name, field.value]);
});
document.addEventListener('htmx:afterSwap', () => {
  const kept = new Map(typed);
  typed = [];
  fields().forEach(field => { if (kept.has(field.name)) { field.value = kept.get(field.name); field.dataset.keep = 'typed'; } });
});
