import type { RichTextBlock } from '@slack/types';
import type { MessageBlock } from './newer-blocks.ts';
import { element, type Inline, richLines } from './parts.ts';
import { channelLink, escapeText, mention } from './text.ts';

/** An outgoing message: its blocks, and its text for notifications and screen readers. */
export type Message = { text: string; blocks: MessageBlock[] };

/** An update takes no longer text than this. */
const TEXT_CHARACTERS_MAX = 3_000;

/** Lines of rich text, one paragraph each; other blocks may follow. */
export function message(paragraphs: readonly Inline[][], ...more: MessageBlock[]): Message {
  return { text: words(paragraphs), blocks: [richLines(...paragraphs), ...more] };
}

/** A person's words, set apart from ours. */
export const quote = (text: string): RichTextBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text }] }],
});

/** The same words in mrkdwn: Slack reads mentions in it, so everything else is escaped. */
export function words(paragraphs: readonly Inline[][]): string {
  const text = paragraphs.map((paragraph) => paragraph.map(inMrkdwn).join('')).join('\n');
  return text.length > TEXT_CHARACTERS_MAX
    ? `${text.slice(0, TEXT_CHARACTERS_MAX - 1).replace(/[<&][^<>;]*$/, '')}…`
    : text;
}

function inMrkdwn(given: Inline): string {
  const piece = element(given);
  switch (piece.type) {
    case 'text':
      return escaped(piece.text);
    case 'user':
      return mention(piece.user_id);
    case 'channel':
      return channelLink(piece.channel_id);
    case 'date':
      return escaped(piece.fallback ?? '');
    case 'emoji':
      return `:${piece.name}:`;
    case 'link':
      return escaped(piece.text ?? piece.url);
    case 'broadcast':
    case 'color':
    case 'team':
    case 'usergroup':
      return '';
  }
}

/** Spaces at the ends of a piece hold a sentence together. */
const escaped = (text: string) => `${/^\s/.test(text) ? ' ' : ''}${escapeText(text)}${/\s$/.test(text) ? ' ' : ''}`;
