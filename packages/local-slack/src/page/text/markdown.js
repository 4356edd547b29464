// The `markdown` block: ordinary Markdown, the small part that an app's report uses, as the same nodes as mrkdwn.
import { emojiNodes } from './emoji.js';
import { safeUrl } from './mrkdwn.js';

const INLINE = [
  [/^`([^`\n]+)`/, (m) => ({ type: 'code', text: m[1] })],
  [/^\*\*(?=\S)([^\n]*?\S)\*\*/, (m) => ({ type: 'bold', children: parseMarkdownLine(m[1]) })],
  [/^__(?=\S)([^\n]*?\S)__/, (m) => ({ type: 'bold', children: parseMarkdownLine(m[1]) })],
  [/^~~(?=\S)([^\n]*?\S)~~/, (m) => ({ type: 'strike', children: parseMarkdownLine(m[1]) })],
  [/^[*_](?=\S)([^*_\n]*?\S)[*_](?!\w)/, (m) => ({ type: 'italic', children: parseMarkdownLine(m[1]) })],
  [/^\[([^\]\n]+)\]\(([^)\s]+)\)/, linkNode],
];

export function parseMarkdownLine(line) {
  const nodes = [];
  let plain = '';
  const flush = () => {
    nodes.push(...emojiNodes(plain));
    plain = '';
  };
  for (let at = 0; at < line.length; ) {
    const found = inlineAt(line, at);
    if (found === null) {
      plain += line[at];
      at += 1;
      continue;
    }
    flush();
    nodes.push(found.node);
    at += found.length;
  }
  flush();
  return nodes;
}

function inlineAt(line, at) {
  if (!'`*_~['.includes(line[at])) return null;
  if (line[at] === '_' && /\w/.test(line[at - 1] ?? '')) return null;
  const rest = line.slice(at);
  for (const [pattern, make] of INLINE) {
    const match = pattern.exec(rest);
    const node = match && make(match);
    if (node) return { node, length: match[0].length };
  }
  return null;
}

function linkNode([, text, address]) {
  const url = safeUrl(address);
  return url === null ? null : { type: 'link', url, children: parseMarkdownLine(text) };
}

/** Block structure: titles, rules, quotes, lists, tables, code and paragraphs. */
export function parseMarkdown(text) {
  const lines = String(text ?? '').split('\n');
  const nodes = [];
  while (lines.length > 0) {
    const line = lines[0];
    const title = /^(#{1,6})\s+(.*)$/.exec(line);
    if (line.trim() === '') lines.shift();
    else if (line.startsWith('```')) nodes.push(codeBlock(lines));
    else if (title) {
      nodes.push({ type: 'title', level: Math.min(title[1].length, 3), children: parseMarkdownLine(title[2]) });
      lines.shift();
    } else if (/^(-{3,}|\*{3,})\s*$/.test(line)) {
      nodes.push({ type: 'rule' });
      lines.shift();
    } else if (line.startsWith('>')) {
      const quoted = takeWhile(lines, (one) => one.startsWith('>')).map((one) => one.replace(/^> ?/, ''));
      nodes.push({ type: 'quote', children: parseMarkdown(quoted.join('\n')) });
    } else if (isTable(lines)) nodes.push(table(lines));
    else if (BULLET.test(line)) nodes.push(list(lines, BULLET, 'bullets'));
    else if (NUMBER.test(line)) nodes.push(list(lines, NUMBER, 'numbers'));
    else nodes.push({ type: 'paragraph', children: paragraph(lines) });
  }
  return nodes;
}

const BULLET = /^\s*[-*+]\s+(.*)$/;
const NUMBER = /^\s*(\d+)[.)]\s+(.*)$/;
const SPECIAL = /^(#{1,6}\s|>|```|\s*[-*+]\s|\s*\d+[.)]\s|-{3,}\s*$)/;

function codeBlock(lines) {
  lines.shift();
  const body = takeWhile(lines, (line) => !line.startsWith('```'));
  lines.shift();
  return { type: 'pre', text: body.join('\n') };
}

function list(lines, pattern, type) {
  const start = type === 'numbers' ? Number(pattern.exec(lines[0])[1]) : 1;
  const items = takeWhile(lines, (line) => pattern.test(line));
  const children = items.map((line) => ({ type: 'item', children: parseMarkdownLine(pattern.exec(line).at(-1)) }));
  return { type, start, children };
}

function paragraph(lines) {
  const first = lines.shift();
  const rest = takeWhile(lines, (line) => line.trim() !== '' && !SPECIAL.test(line));
  return [first, ...rest].flatMap((line, index) => [
    ...(index > 0 ? [{ type: 'break' }] : []),
    ...parseMarkdownLine(line),
  ]);
}

function isTable([head, rule]) {
  return head?.includes('|') && rule?.includes('|') === true && /^\s*\|?[\s:|-]+\|?\s*$/.test(rule);
}

function table(lines) {
  const [head, , ...rows] = takeWhile(lines, (line) => line.includes('|'));
  const cells = (line) =>
    line
      .trim()
      .replace(/^\||\|$/g, '')
      .split('|')
      .map((cell) => parseMarkdownLine(cell.trim()));
  return { type: 'table', head: cells(head), rows: rows.map(cells) };
}

function takeWhile(lines, holds) {
  const taken = [];
  while (lines.length > 0 && holds(lines[0])) taken.push(lines.shift());
  return taken;
}
