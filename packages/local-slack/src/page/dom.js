// The only way this page makes elements: text is always a text node, so nothing a person wrote can become markup.

const SVG = 'http://www.w3.org/2000/svg';

/**
 * `h('button', { class: 'quiet', 'data-ts': ts, on: { click } }, 'Again')`. True sets an empty attribute; null, undefined
 * and false leave it out. `value`, `checked` and `disabled` are set as properties.
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setProp(element, name, value);
  append(element, children);
  return element;
}

const AS_PROPERTY = new Set(['value', 'checked', 'disabled', 'selected', 'hidden']);

function setProp(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === 'on') {
    for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
  } else if (AS_PROPERTY.has(name)) element[name] = value;
  else element.setAttribute(name, value === true ? '' : String(value));
}

/** Strings, numbers, nodes, null and nested lists of these. */
export function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

/** Replaces what is inside; leaves it alone if `signature` says that nothing has changed. */
export function fill(element, signature, make) {
  if (signature !== null && element.inkwellSignature === signature) return false;
  element.inkwellSignature = signature;
  element.replaceChildren();
  append(element, [make()]);
  return true;
}

/** Text of a person or an app: kept apart from its neighbours, so that right-to-left words do not reorder the line. */
export function apart(text, props = {}) {
  return h('bdi', props, text);
}

export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

let lastId = 0;

/** An id for `aria-…` references, unique on the page. */
export function freshId(prefix) {
  lastId += 1;
  return `${prefix}-${lastId}`;
}
