// Slack's mrkdwn as a tree of plain nodes. Nothing here touches the page, so that every rule can be tested.
import { emojiNodes } from './emoji.js';

/** Nested quotes and styles deeper than this stay plain text. */
const DEPTH_MAX = 6;
const CONTROL = /<([^<>\n]+)>/y;
const BARE_LINK = /https?:\/\/[^\s<>|]+/y;
const STYLES = { '*': 'bold', _: 'italic', '~': 'strike' };

/** `&amp;`, `&lt;` and `&gt;` once: what a person typed as `&amp;lt;` stays `&lt;`. */
export function decode(text) {
  return text.replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: '&', lt: '<', gt: '>' })[name]);
}

/** A `plain_text` object: line breaks and emoji, nothing else. */
export function parsePlain(text) {
  return withBreaks(String(text ?? ''));
}

/** A `mrkdwn` object as nodes: `{ type, … }`; text is decoded, and links are only http, https or mailto. */
export function parseMrkdwn(text, { verbatim = false } = {}) {
  const nodes = [];
  const parts = String(text ?? '').split(/```\n?([\s\S]+?)\n?```/);
  parts.forEach((part, index) => {
    if (index % 2 === 1) nodes.push({ type: 'pre', text: decode(part.replace(CONTROL_ALL, controlAsText)) });
    else if (part !== '') nodes.push(...parseLines(trimAround(part, index, parts.length), verbatim, 0));
  });
  return nodes;
}

const CONTROL_ALL = /<([^<>\n]+)>/g;

/** A code block already stands on a line of its own: the breaks beside it would show as empty lines. */
function trimAround(part, index, count) {
  const after = index > 0 ? part.replace(/^\n/, '') : part;
  return index < count - 1 ? after.replace(/\n$/, '') : after;
}

function parseLines(text, verbatim, depth) {
  const nodes = [];
  let quoted = [];
  const endQuote = () => {
    if (quoted.length > 0) nodes.push({ type: 'quote', children: parseLines(quoted.join('\n'), verbatim, depth + 1) });
    quoted = [];
  };
  let fresh = true;
  for (const line of text.split('\n')) {
    const quote = depth < DEPTH_MAX ? /^&gt; ?(.*)$/.exec(line) : null;
    if (quote) {
      quoted.push(quote[1]);
      fresh = true;
      continue;
    }
    endQuote();
    if (!fresh) nodes.push({ type: 'break' });
    nodes.push(...parseInline(line, verbatim, 0));
    fresh = false;
  }
  endQuote();
  return nodes;
}

function parseInline(line, verbatim, depth) {
  const nodes = [];
  let plain = '';
  let at = 0;
  const flush = () => {
    if (plain !== '') nodes.push(...emojiNodes(decode(plain)));
    plain = '';
  };
  while (at < line.length) {
    const found = nextNode(line, at, verbatim, depth);
    if (found === null) {
      plain += line[at];
      at += 1;
      continue;
    }
    flush();
    nodes.push(found.node);
    at = found.end;
  }
  flush();
  return nodes;
}

function nextNode(line, at, verbatim, depth) {
  const mark = line[at];
  if (mark === '<') return controlAt(line, at);
  if (mark === '`') return codeAt(line, at);
  if (STYLES[mark] && depth < DEPTH_MAX) return styledAt(line, at, verbatim, depth);
  if (mark === 'h' && !verbatim && !isWord(line[at - 1])) return bareLinkAt(line, at);
  return null;
}

function codeAt(line, at) {
  const end = line.indexOf('`', at + 1);
  if (end <= at + 1) return null;
  const text = decode(line.slice(at + 1, end).replace(CONTROL_ALL, controlAsText));
  return { node: { type: 'code', text }, end: end + 1 };
}

/** `*word*` counts only at the edges of words: `2*3*4` and `snake_case_name` stay as they are. */
function styledAt(line, at, verbatim, depth) {
  const mark = line[at];
  if (isWord(line[at - 1]) || line[at + 1] === undefined || /\s/.test(line[at + 1]) || line[at + 1] === mark)
    return null;
  for (let end = line.indexOf(mark, at + 2); end !== -1; end = line.indexOf(mark, end + 1)) {
    if (/\s/.test(line[end - 1]) || isWord(line[end + 1]) || insideControl(line, at, end)) continue;
    const children = parseInline(line.slice(at + 1, end), verbatim, depth + 1);
    return { node: { type: STYLES[mark], children }, end: end + 1 };
  }
  return null;
}

function insideControl(line, from, at) {
  const open = line.lastIndexOf('<', at);
  return open > from && line.lastIndexOf('>', at) < open;
}

function bareLinkAt(line, at) {
  BARE_LINK.lastIndex = at;
  const match = BARE_LINK.exec(line);
  if (match === null) return null;
  const url = match[0].replace(/([.,;:!?)'"*_~\]]|&gt;|&lt;)+$/, '');
  const safe = safeUrl(decode(url));
  return safe === null ? null : { node: { type: 'link', url: safe, text: decode(url) }, end: at + url.length };
}

function controlAt(line, at) {
  CONTROL.lastIndex = at;
  const match = CONTROL.exec(line);
  if (match === null) return null;
  return { node: controlNode(match[1]) ?? { type: 'text', text: decode(match[0]) }, end: CONTROL.lastIndex };
}

function controlNode(inner) {
  const bar = inner.indexOf('|');
  const target = bar === -1 ? inner : inner.slice(0, bar);
  const label = bar === -1 ? null : decode(inner.slice(bar + 1));
  if (/^@[UWB][A-Z0-9_]*$/.test(target)) return { type: 'user', id: target.slice(1), label };
  if (/^#[CGD][A-Z0-9_]*$/.test(target)) return { type: 'channel', id: target.slice(1), label };
  if (/^!(channel|here|everyone)$/.test(target)) return { type: 'broadcast', range: target.slice(1) };
  if (target.startsWith('!subteam^')) return { type: 'usergroup', id: target.slice(9), label };
  if (target.startsWith('!date^')) return dateNode(target, label);
  if (target.startsWith('!')) return label === null ? null : { type: 'text', text: label };
  const url = safeUrl(decode(target));
  return url === null ? null : { type: 'link', url, text: label || decode(target).replace(/^mailto:/, '') };
}

function dateNode(target, label) {
  const [, seconds, format, link] = /^!date\^(\d+)\^([^^]*)(?:\^(.*))?$/.exec(target) ?? [];
  if (seconds === undefined) return label === null ? null : { type: 'text', text: label };
  const url = link === undefined ? null : safeUrl(decode(link));
  return { type: 'date', at: Number(seconds) * 1000, format: decode(format), url, fallback: label ?? '' };
}

/** The address as the browser would follow it, or null for any scheme that could run or reach something. */
export function safeUrl(address) {
  if (!/^(https?:\/\/|mailto:)/i.test(address)) return null;
  try {
    const url = new URL(address);
    return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** In code Slack shows a link's address and a mention's name, not the brackets. */
function controlAsText(whole, inner) {
  const node = controlNode(inner);
  if (node === null) return whole;
  if (node.type === 'link') return inner.includes('|') ? inner.slice(inner.indexOf('|') + 1) : inner;
  return whole;
}

function withBreaks(text) {
  return text.split('\n').flatMap((line, index) => {
    const nodes = emojiNodes(decode(line));
    return index === 0 ? nodes : [{ type: 'break' }, ...nodes];
  });
}

function isWord(character) {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}
