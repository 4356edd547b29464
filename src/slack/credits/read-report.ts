import type { ReportQuestion } from '../../app/reports/report-view.ts';
import { DIMENSIONS, type Dimension } from '../../reports/usage.ts';
import { typedText } from '../imagine/typed-text.ts';
import { DASH } from '../kit/typed-figures.ts';

export type ReportTyped =
  | { kind: 'help' }
  | { kind: 'wrong_split'; typed: string }
  | { kind: 'asked'; question: Omit<ReportQuestion, 'by' | 'channelId'>; asFile: boolean };

/** As `/credits` reads its text from Slack: a mention still has the person's id in it. Slack escapes what is in it. */
const MENTION = /<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>/;
const SPLIT = new RegExp(`(?:^|\\s)${DASH}{1,3}by(?:[\\s=:]+([\\p{L}_]+))?`, 'iu');
const AS_FILE = new RegExp(`(?:^|\\s)${DASH}{1,3}csv(?=\\s|$)`, 'iu');
const KIND = /^(client|project|team|person)(?=\s|$)/i;

/** Other words for what figures are split by. */
const ALSO: ReadonlyMap<string, Dimension> = new Map([
  ['person', 'member'],
  ['people', 'member'],
  ['user', 'member'],
  ['designer', 'member'],
  ['date', 'day'],
]);

/** The first person who is mentioned, and the words without them; a dash between figures is a plain one, as in `2026–10`. */
export function readMention(escaped: string): { typed: string; memberId: string | null } {
  const [, memberId = null] = MENTION.exec(escaped) ?? [];
  const text = typedText(escaped.replace(MENTION, ' ')).replace(BETWEEN_FIGURES, '-');
  return { typed: text.replace(/\s+/g, ' ').trim(), memberId };
}

const BETWEEN_FIGURES = new RegExp(`(?<=\\d)${DASH}(?=\\d)`, 'gu');

/** Null where something else was typed than a report. */
export function readReport(escaped: string): ReportTyped | null {
  const [, after = null] = /^\s*reports?(?:\s+([\s\S]*))?$/i.exec(escaped) ?? [null, null];
  if (after === null && !/^\s*reports?\s*$/i.test(escaped)) return null;
  const asked = after ?? '';
  const { typed: text, memberId } = readMention(asked);
  if (/^\s*(?:--)?(?:help|\?)\s*$/i.test(text)) return { kind: 'help' };
  const split = SPLIT.exec(text);
  const dimension = split ? dimensionOf(split[1] ?? '') : null;
  if (split && dimension === null) return { kind: 'wrong_split', typed: split[1] ?? '' };
  const words = text.replace(SPLIT, ' ').replace(AS_FILE, ' ').replace(/\s+/g, ' ').trim();
  const kind = KIND.exec(words)?.[1]?.toLowerCase() as ReportQuestion['kind'] | undefined;
  const named = kind ? words.slice(kind.length).trim() : words;
  return {
    kind: 'asked',
    question: { kind: kind ?? null, named, memberId, dimension },
    asFile: AS_FILE.test(text),
  };
}

function dimensionOf(typed: string): Dimension | null {
  const word = typed.toLowerCase();
  const known = [word, word.replace(/s$/, '')].find((each) => DIMENSIONS.some((dimension) => dimension === each));
  return (known as Dimension | undefined) ?? ALSO.get(word) ?? null;
}
