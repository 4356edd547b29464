import type {
  ActionsBlock,
  Button,
  ContextBlock,
  HeaderBlock,
  PlainTextElement,
  RichTextBlock,
  RichTextElement,
  SectionBlock,
} from '@slack/types';
import type { Part } from '../../words/parts.ts';
import { inUtc, MOMENT_FORMAT, shorten } from './text.ts';

/**
 * The pieces that Home, `/credits` and the modals are put together from. What a person wrote goes into rich text or
 * plain text only: Slack reads no markup there, so a name can neither ping, nor link, nor format.
 */

/** A piece of a line of rich text; a string is words as they are. Parts of sentences are drawn when the line is. */
export type Inline = Part | RichTextElement;

/** Long enough for any name the ledger takes, short enough for every place a name is drawn in. */
export const NAME_CHARACTERS_MAX = 80;
const BUTTON_CHARACTERS_MAX = 75;
const SECTION_CHARACTERS_MAX = 3_000;

export const bold = (words: string): RichTextElement => ({ type: 'text', text: words, style: { bold: true } });
export const italic = (words: string): RichTextElement => ({ type: 'text', text: words, style: { italic: true } });
export const code = (words: string): RichTextElement => ({ type: 'text', text: words, style: { code: true } });
export const person = (userId: string): RichTextElement => ({ type: 'user', user_id: userId });
export const channelMention = (channelId: string): RichTextElement => ({ type: 'channel', channel_id: channelId });
export const name = (words: string): RichTextElement => bold(inOrder(cutTo(words, NAME_CHARACTERS_MAX)) || '(no name)');

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const LEFT_TO_RIGHT_MARK = '\u200e';

/** Between marks a name turns neither our sentence, where it comes first, nor the figures that follow it. */
export const inOrder = (words: string) =>
  RIGHT_TO_LEFT.test(words) ? `${LEFT_TO_RIGHT_MARK}${words}${LEFT_TO_RIGHT_MARK}` : words;

/** A moment in the reader's own time zone. */
export const dateToken = (atMs: number): RichTextElement => ({
  type: 'date',
  timestamp: Math.floor(atMs / 1000),
  format: MOMENT_FORMAT,
  fallback: inUtc(atMs),
});

/** A day in the reader's own time zone. */
export const dayToken = (atMs: number): RichTextElement => ({
  type: 'date',
  timestamp: Math.floor(atMs / 1000),
  format: '{date_short}',
  fallback: new Date(atMs).toISOString().slice(0, 10),
});

/** Lines under one another. */
export function richLines(...all: readonly Inline[][]): RichTextBlock {
  return {
    type: 'rich_text',
    elements: all
      .filter((line) => line.length > 0)
      .map((line) => ({ type: 'rich_text_section', elements: withinSentences(line.map(element)).filter(isSomething) })),
  };
}

/** The word or the comma before a date. */
const BEFORE_DATE = /(?:[\p{L}]+|,) $/u;

/** Slack writes “Today” where a date's format begins with it, and “today” after a word: the word before goes into the format. */
function withinSentences(line: readonly RichTextElement[]): RichTextElement[] {
  const joined: RichTextElement[] = [];
  for (const piece of line) {
    const before = joined.at(-1);
    const [word] = (before?.type === 'text' && !before.style && BEFORE_DATE.exec(before.text)) || [];
    if (piece.type !== 'date' || before?.type !== 'text' || word === undefined) {
      joined.push(piece);
      continue;
    }
    joined[joined.length - 1] = { ...before, text: before.text.slice(0, -word.length) };
    joined.push({ ...piece, format: `${word}${piece.format}`, fallback: `${word}${piece.fallback ?? ''}` });
  }
  return joined;
}

/** Slack refuses blocks with an empty text in them. */
const isSomething = (piece: RichTextElement) => piece.type !== 'text' || piece.text !== '';

/** A piece as Slack takes it. */
export function element(piece: Inline): RichTextElement {
  if (typeof piece === 'string') return { type: 'text', text: piece };
  if ('type' in piece) return piece;
  switch (piece.kind) {
    case 'strong':
      return bold(piece.text);
    case 'name':
      return name(piece.text);
    case 'written':
      return { type: 'text', text: cutTo(piece.text, piece.unitsMax) };
    case 'member':
      return person(piece.memberId);
    case 'channel':
      return channelMention(piece.channelId);
    case 'moment':
      return dateToken(piece.at);
  }
}

/** Without emoji: a name that says `:lock:` shall not look like a lock. */
export const plain = (words: string, charactersMax = SECTION_CHARACTERS_MAX): PlainTextElement => ({
  type: 'plain_text',
  text: cutTo(words, charactersMax) || '…',
  emoji: false,
});

/** As `shorten`, but of the length that Slack counts, in which an emoji is two. */
export function cutTo(words: string, unitsMax: number): string {
  const line = shorten(words, unitsMax);
  if (line.length <= unitsMax) return line;
  let kept = '';
  for (const character of line) {
    if (kept.length + character.length >= unitsMax) break;
    kept += character;
  }
  return `${kept}…`;
}

export const header = (words: string): HeaderBlock => ({ type: 'header', text: plain(words, 150) });

/** Words of our own, in mrkdwn. */
export const section = (mrkdwn: string, accessory?: SectionBlock['accessory']): SectionBlock => ({
  type: 'section',
  text: { type: 'mrkdwn', text: mrkdwn },
  ...(accessory ? { accessory } : {}),
});

/** The head of a list in Home. */
export const title = (words: string, accessory?: SectionBlock['accessory']) => section(`*${words}*`, accessory);

/** Words of our own, small, in mrkdwn. */
export const context = (mrkdwn: string): ContextBlock => ({
  type: 'context',
  elements: [{ type: 'mrkdwn', text: mrkdwn }],
});

/** Words with a person's own in them, small. */
export const plainContext = (words: string): ContextBlock => ({ type: 'context', elements: [plain(words)] });

type Confirmation = { title: string; text: string; confirm: string; deny?: string; isDanger?: boolean };

/** The question that a button asks before it does something. */
export const confirmation = ({ title: asked, text, confirm, deny = 'Cancel', isDanger = true }: Confirmation) => ({
  title: plain(asked, 100),
  text: plain(text, 300),
  confirm: plain(confirm, 30),
  deny: plain(deny, 30),
  ...(isDanger ? { style: 'danger' as const } : {}),
});

export const divider = { type: 'divider' } as const;

export const actions = (...elements: ActionsBlock['elements']): ActionsBlock => ({ type: 'actions', elements });

export function button(
  words: string,
  { action, value, style, label }: { action: string; value?: string; style?: 'primary' | 'danger'; label?: string },
): Button {
  return {
    type: 'button',
    action_id: action,
    text: plain(words, BUTTON_CHARACTERS_MAX),
    ...(value === undefined ? {} : { value }),
    ...(style ? { style } : {}),
    ...(label ? { accessibility_label: cutTo(label, BUTTON_CHARACTERS_MAX) } : {}),
  };
}
