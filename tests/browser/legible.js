// What cannot be read, or not be hit, on the page as it stands: text that is cut off, hangs out of its box or over the
// edge, lies on other text or on a picture, is torn inside a word; controls that lie on each other.
() => {
  const NEAR = 1.5, faults = [], texts = [], tell = (what, ...who) => faults.push(`${what}: ${who.join(' | ')}`);
  const name = element => `<${element.localName}${element.id ? `#${element.id}` : ''} ${element.className?.baseVal ?? element.className}>`;
  const tiny = element => { for (let at = element; at; at = at.parentElement) if (getComputedStyle(at).clipPath !== 'none') return true; return false; };
  const shown = element => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !element.closest('.vh, [hidden], option') && !tiny(element);
  const fixed = element => { for (let at = element; at; at = at.parentElement) if (getComputedStyle(at).position === 'fixed') return at; return null; };
  const clips = style => style.overflowX !== 'visible' || style.overflowY !== 'visible';
  const boxed = style => parseFloat(style.borderLeftWidth) > 0 && style.borderLeftStyle !== 'none' && style.borderLeftColor !== 'rgba(0, 0, 0, 0)' || style.backgroundColor !== 'rgba(0, 0, 0, 0)';
  const inside = (rect, box) => rect.left >= box.left - NEAR && rect.right <= box.right + NEAR && rect.top >= box.top - NEAR && rect.bottom <= box.bottom + NEAR;
  const cross = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > NEAR && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > NEAR;
  // Of a line the part where its letters are: lines may stand close.
  const letters = rect => ({ left: rect.left, right: rect.right, top: rect.top + rect.height * .22, bottom: rect.bottom - rect.height * .22 });

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement, words = node.data.trim().slice(0, 30);
    if (!words || element.closest('script, style, svg') || !shown(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter(rect => rect.width > 1).map(letters);
    for (const rect of rects) {
      if (rect.left < -NEAR || rect.right > innerWidth + NEAR) { tell('over the edge', words); break; }
      const box = around(element, rect);
      if (box) { tell('out of its box', words, box); break; }
    }
    for (const { 0: word, index } of node.data.matchAll(/[\p{L}\p{M}’]{2,15}/gu)) {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      if (new Set([...range.getClientRects()].map(rect => Math.round(rect.top))).size > 1) { tell('torn', word, words); break; }
    }
    texts.push({ words, element, rects, layer: fixed(element) });
  }

  function around(element, rect) {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at), block = !style.display.startsWith('inline') || style.display !== 'inline';
      const scrolls = /auto|scroll/.test(style.overflowX);
      if (scrolls && clips(style)) return null;
      if (block && (clips(style) || boxed(style)) && !inside(rect, at.getBoundingClientRect())) return name(at);
    }
    return null;
  }

  const apart = (a, b) => !a.contains(b) && !b.contains(a);
  const pictures = [...document.querySelectorAll('svg, img')].filter(one => shown(one) && !one.closest('[data-back]') && !one.closest('svg svg'))
    .map(element => ({ words: name(element), element, rects: [element.getBoundingClientRect()], layer: fixed(element) }));
  texts.forEach((text, at) => {
    for (const other of [...texts.slice(at + 1), ...pictures]) {
      if (text.layer !== other.layer || other.element.contains(text.element)) continue;
      if (text.rects.some(a => other.rects.some(b => cross(a, b)))) tell('one over the other', text.words, other.words);
    }
  });

  const controls = [...document.querySelectorAll('a[href], button, summary, textarea, select, label.tile, input:not([type=hidden])')]
    .filter(one => shown(one) && getComputedStyle(one).opacity !== '0')
    .map(element => ({ element, layer: fixed(element), rects: [...element.getClientRects()].map(letters) }));
  controls.forEach((one, at) => {
    for (const other of controls.slice(at + 1)) {
      if (one.layer === other.layer && apart(one.element, other.element) && one.rects.some(a => other.rects.some(b => cross(a, b))))
        tell('controls on each other', name(one.element), name(other.element));
    }
    if (one.rects.some(rect => rect.left < -NEAR || rect.right > innerWidth + NEAR)) tell('control over the edge', name(one.element));
  });
  if (document.documentElement.scrollWidth > innerWidth) tell('scrolls sideways', document.documentElement.scrollWidth);
  return [...new Set(faults)];
}
