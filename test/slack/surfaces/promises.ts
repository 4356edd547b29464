import { checkMessageBlocks } from '@inkwell/local-slack/blocks/check.ts';
import { expect } from 'vitest';
import type { Message } from '../../../src/slack/kit/message.ts';

/** A person's words that would do something if Slack read them: ping, link, format, turn around, fill the screen. */
export const NASTY = [
  '<!channel> <!here> <@U0OLIVIA> <#C0SECRET> <!subteam^S1>',
  '*bold* _italic_ ~gone~ `code` > quoted ```block```',
  '<https://evil.example|click here> https://evil.example',
  'left \u202eright\u202c \u2066isolated\u2069 \u200bhidden\u0000',
  '&lt;!channel&gt; &amp;',
  ':tada: :lock: 🦊👩‍🚀',
  'x'.repeat(32_000),
  '🦊'.repeat(32_000),
  '\n\n\t\n',
];

/** Words that `src/slack/STYLE.md` replaced. They come from another language, or describe the program from inside. */
const REPLACED =
  /\b(anew|somebody|nobody|everybody|whoever|whom|shall|in the way|looks? after|any more|not in the books|by itself|granted)\b/gi;

/** Returns the replaced words that a surface still shows, each with the text around it. */
export const replacedWordsIn = (drawn: unknown): string[] =>
  collect(drawn, (part) => part.text ?? part.alt_text).filter((text) => text.match(REPLACED) !== null);

/** How many buttons ask to be clicked next. Slack draws the one that sends a form so, too: one is all that a person can follow. */
export function primaryCountIn(drawn: unknown): number {
  let count = 0;
  walk(drawn, (part) => {
    if (part.style === 'primary' || (part.type === 'modal' && part.submit)) count += 1;
  });
  return count;
}

/** What every message promises: Slack takes it, nobody's words are read as Slack's own, and its English is plain. */
export function expectSafe(message: Message): void {
  expect(replacedWordsIn(message)).toEqual([]);
  expect(primaryCountIn(message.blocks)).toBeLessThanOrEqual(1);
  const checked = checkMessageBlocks(message.blocks, () => null);
  expect(checked.ok ? [] : checked.problems).toEqual([]);
  expect(message.text.length).toBeGreaterThan(0);
  expect(message.text.length).toBeLessThanOrEqual(4_000);
  for (const marked of [message.text, ...mrkdwnIn(message.blocks)]) {
    expect(marked).not.toMatch(/<!(?!date\^)|<https?:|<mailto:|\u202e|\u2066|\u200b/);
    expect(marked).not.toContain('<@U0OLIVIA> <#C0SECRET>');
  }
  for (const text of textsIn(linesApart(message.blocks)))
    expect(text).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b]/u);
}

const STARTS_A_LINE = ['rich_text_section', 'rich_text_quote', 'rich_text_preformatted', 'context'];

/** Everything that is read, in order: texts, mentions and dates. */
export function seen(message: Pick<Message, 'blocks'>): string {
  const words: string[] = [];
  walk(message.blocks, (part) => {
    if (typeof part.text === 'string') words.push(part.text);
    if (part.type === 'user') words.push(`<@${String(part.user_id)}>`);
    if (part.type === 'channel') words.push(`<#${String(part.channel_id)}>`);
    if (part.type === 'date') words.push(String(part.fallback));
    if (STARTS_A_LINE.includes(String(part.type))) words.push('\n');
  });
  return words.join('').replace(/\n+/g, '\n').trim();
}

const mrkdwnIn = (blocks: unknown) => collect(blocks, (part) => part.type === 'mrkdwn' && part.text);
const TEXTS = ['text', 'alt_text', 'title', 'name', 'label'];
const textsIn = (blocks: unknown) => TEXTS.flatMap((field) => collect(blocks, (part) => part[field]));

/** The lines of a table are ours: only what stands in one is looked at. */
const linesApart = (blocks: unknown): unknown =>
  JSON.parse(JSON.stringify(blocks), (_, part: { type?: string; elements?: { text?: string }[] } | null) =>
    part?.type === 'rich_text_preformatted'
      ? part.elements?.flatMap(({ text = '' }) => text.split('\n').map((line) => ({ text: line })))
      : part,
  );

function collect(blocks: unknown, of: (part: Record<string, unknown>) => unknown): string[] {
  const found: string[] = [];
  walk(blocks, (part) => {
    const text = of(part);
    if (typeof text === 'string') found.push(text);
  });
  return found;
}

function walk(value: unknown, visit: (part: Record<string, unknown>) => void): void {
  if (Array.isArray(value)) for (const each of value) walk(each, visit);
  else if (typeof value === 'object' && value !== null) {
    visit(value as Record<string, unknown>);
    for (const each of Object.values(value)) walk(each, visit);
  }
}
