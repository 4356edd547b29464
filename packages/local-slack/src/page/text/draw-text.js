// Nodes of mrkdwn.js and markdown.js → elements.
import { apart, append, h, svg } from '../dom.js';
import { formatDate } from './dates.js';
import { EMOJI } from './emoji.js';
import { EMOJI_ART } from './emoji-art.js';
import { parseMrkdwn, parsePlain } from './mrkdwn.js';

/** A `{ type: 'mrkdwn' | 'plain_text', text }` object; `directory` gives people and channels their names. */
export function drawTextObject(object, directory) {
  if (!object) return null;
  const plain = object.type !== 'mrkdwn';
  return drawNodes(plain ? parsePlain(object.text) : parseMrkdwn(object.text, object), directory);
}

export function drawMrkdwn(text, directory) {
  return drawNodes(parseMrkdwn(text), directory);
}

export function drawNodes(nodes, directory) {
  return append(
    document.createDocumentFragment(),
    nodes.map((node) => drawNode(node, directory)),
  );
}

const WRAPPERS = {
  bold: 'strong',
  italic: 'em',
  strike: 's',
  quote: 'blockquote',
  bullets: 'ul',
  numbers: 'ol',
  item: 'li',
  paragraph: 'p',
};

function drawNode(node, directory) {
  if (WRAPPERS[node.type]) {
    const props = node.type === 'quote' ? { dir: 'auto' } : node.start > 1 ? { start: node.start } : {};
    return h(WRAPPERS[node.type], props, drawNodes(node.children, directory));
  }
  return LEAVES[node.type]?.(node, directory) ?? '';
}

const LEAVES = {
  text: ({ text }) => text,
  break: () => h('br'),
  code: ({ text }) => h('code', { dir: 'auto' }, text),
  pre: ({ text }) => h('pre', { dir: 'auto' }, text),
  rule: () => h('hr'),
  title: (node, directory) =>
    h(
      'div',
      { class: `md-title md-title-${node.level}`, role: 'heading', 'aria-level': 3 },
      drawNodes(node.children, directory),
    ),
  emoji: ({ name }) => drawEmoji(name),
  link: drawLink,
  user: ({ id, label }, directory) => chip('user', `@${directory.nameOf(id) ?? label ?? id}`, { 'data-user-id': id }),
  channel: ({ id, label }, directory) =>
    chip('channel', `#${directory.channelName(id) ?? (label || 'private-channel')}`, { 'data-channel-ref': id }),
  usergroup: ({ id, label }) => chip('loud', label ?? `@${id}`, { 'data-testid': 'broadcast' }),
  broadcast: ({ range }) => chip('loud', `@${range}`, { 'data-testid': 'broadcast' }),
  date: drawDate,
  table: drawTable,
};

function chip(kind, text, props) {
  return h('span', { class: `chip chip-${kind}`, ...props }, apart(text));
}

/** Links of the nodes are already http, https or mailto. */
export function drawLink({ url, text, children }, directory) {
  const props = { class: 'link', href: url, target: '_blank', rel: 'noopener noreferrer' };
  return h('a', props, children ? drawNodes(children, directory) : apart(text || url));
}

function drawDate({ at, format, url, fallback }) {
  const text = format ? formatDate(at, format) : fallback;
  const time = h('time', { datetime: new Date(at).toISOString(), title: new Date(at).toLocaleString() }, text);
  return url === null ? time : h('a', { class: 'link', href: url, target: '_blank', rel: 'noopener noreferrer' }, time);
}

function drawTable({ head, rows }, directory) {
  const cells = (tag, row) => row.map((children) => h(tag, { dir: 'auto' }, drawNodes(children, directory)));
  return h(
    'div',
    { class: 'table-box', tabindex: 0, role: 'region', 'aria-label': 'Table' },
    h(
      'table',
      {},
      h('thead', {}, h('tr', {}, cells('th', head))),
      h(
        'tbody',
        {},
        rows.map((row) => h('tr', {}, cells('td', row))),
      ),
    ),
  );
}

const drawn = new Map();

/** One of our drawings, or the machine's own emoji. */
export function drawEmoji(name) {
  const label = `:${name}:`;
  if (!EMOJI_ART[name])
    return h('span', { class: 'emoji-text', role: 'img', 'aria-label': label, title: label }, EMOJI[name] ?? label);
  if (!drawn.has(name)) drawn.set(name, art(name));
  const picture = drawn.get(name).cloneNode(true);
  return h('span', { class: 'emoji', role: 'img', 'aria-label': label, title: label }, picture);
}

function art(name) {
  const paths = EMOJI_ART[name].map(([fill, d, stroke]) =>
    svg(
      'path',
      stroke
        ? {
            d,
            fill: 'none',
            stroke: fill,
            'stroke-width': stroke,
            'stroke-linecap': 'round',
            'stroke-linejoin': 'round',
          }
        : { d, fill },
    ),
  );
  return svg('svg', { viewBox: '0 0 20 20', 'aria-hidden': 'true' }, ...paths);
}
