// The `rich_text` block → elements. Its texts are not escaped and carry their styles as flags.
import { apart, h } from '../dom.js';
import { drawNodes } from './draw-text.js';
import { emojiNodes } from './emoji.js';
import { safeUrl } from './mrkdwn.js';

export function drawRichText(block, directory) {
  return h(
    'div',
    { class: 'rich-text', dir: 'auto' },
    (block.elements ?? []).map((element) => drawPart(element, directory)),
  );
}

function drawPart(part, directory) {
  const inline = () => (part.elements ?? []).map((element) => drawInline(element, directory));
  switch (part.type) {
    case 'rich_text_section':
      return h('div', { class: 'rich-text-section' }, inline());
    case 'rich_text_list':
      return h(
        part.style === 'ordered' ? 'ol' : 'ul',
        { class: `indent-${Math.min(part.indent ?? 0, 4)}` },
        part.elements.map((item) =>
          h(
            'li',
            {},
            item.elements.map((element) => drawInline(element, directory)),
          ),
        ),
      );
    case 'rich_text_quote':
      return h('blockquote', { dir: 'auto' }, inline());
    case 'rich_text_preformatted':
      return h(
        'pre',
        { dir: 'auto' },
        part.elements.map((element) => element.text ?? element.url),
      );
    default:
      return h('span', { class: 'unsupported' }, `unsupported: ${part.type}`);
  }
}

function drawInline(element, directory) {
  const node = inlineNode(element);
  if (node === null) return h('span', { class: 'unsupported' }, `unsupported: ${element.type}`);
  return styled(drawNodes([node].flat(), directory), element.style ?? {});
}

function inlineNode(element) {
  switch (element.type) {
    case 'text':
      return element.text
        .split('\n')
        .flatMap((line, index) => [...(index > 0 ? [{ type: 'break' }] : []), ...emojiNodes(line)]);
    case 'link': {
      const url = safeUrl(element.url);
      const text = element.text ?? element.url;
      return url === null ? { type: 'text', text } : { type: 'link', url, text };
    }
    case 'emoji':
      return emojiNodes(`:${element.name}:`);
    case 'user':
      return { type: 'user', id: element.user_id, label: null };
    case 'channel':
      return { type: 'channel', id: element.channel_id, label: null };
    case 'usergroup':
      return { type: 'usergroup', id: element.usergroup_id, label: null };
    case 'broadcast':
      return { type: 'broadcast', range: element.range };
    case 'date':
      return {
        type: 'date',
        at: element.timestamp * 1000,
        format: element.format,
        url: null,
        fallback: element.fallback ?? '',
      };
    default:
      return null;
  }
}

const TAGS = { bold: 'strong', italic: 'em', strike: 's', code: 'code' };

function styled(content, style) {
  return Object.entries(TAGS).reduce((inner, [flag, tag]) => (style[flag] ? h(tag, {}, inner) : inner), content);
}

/** A cell of a `table` or `data_table` block. */
export function drawCell(cell, directory) {
  if (cell?.type === 'rich_text') return drawRichText(cell, directory);
  return apart(cell?.text ?? String(cell?.value ?? ''));
}
