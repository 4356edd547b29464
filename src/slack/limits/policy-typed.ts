import { EMOJI_NAME, POLICY_BOUNDS } from '../../ledger/decide/policy.ts';
import type { Policy } from '../../ledger/policy.ts';
import { number } from '../../words/figures.ts';
import { withEmojiNames } from '../kit/emoji.ts';
import { type Read, readCredits, wrong } from '../kit/form/typed.ts';
import { cutTo } from '../kit/parts.ts';
import { plainFigures } from '../kit/typed-figures.ts';

/** What one field of the agency's settings holds, with the bounds of the ledger in the units of the field. */

export type Bounds = { min: number; max: number };
export type Unit = { name: string; ms: number };
export const MINUTES: Unit = { name: 'minutes', ms: 60_000 };
export const HOURS: Unit = { name: 'hours', ms: 60 * 60_000 };
export const DAYS: Unit = { name: 'days', ms: 24 * 60 * 60_000 };

/** `2`, `0.5`, `1,5`: of a unit. */
export function readSpan(typed: string, { name, ms }: Unit, { min, max }: Bounds): Read<number> {
  const text = plainFigures(typed).trim().replace(',', '.');
  const span = /^\d{1,5}(\.\d{1,2})?$/.test(text) ? Math.round(Number(text) * ms) : Number.NaN;
  if (span >= min && span <= max) return { ok: true, value: span };
  const least = Math.ceil((min / ms) * 100) / 100;
  return wrong(`Write a number of ${name} from ${least} to ${number(max / ms)}.`);
}

export function readWhole(typed: string, { min, max }: Bounds): Read<number> {
  const read = readCredits(typed);
  const value = read.ok ? read.value : null;
  if (value !== null && value >= min && value <= max) return { ok: true, value };
  return wrong(`Write a whole number from ${number(min)} to ${number(max)}.`);
}

/** Characters. Three names are far shorter, and finding emoji in a long text takes seconds. */
const REACTIONS_READ_MAX = 1_000;

/** `star trophy :wastebasket:`, for keep, final and discard; nothing where reactions mark nothing. */
export function readReactions(typed: string): Read<Policy['reactions']> {
  const names = withEmojiNames(typed.slice(0, REACTIONS_READ_MAX))
    .toLowerCase()
    .split(/[\s,:]+/)
    .filter((name) => name !== '');
  if (names.length === 0) return { ok: true, value: null };
  const [keep = '', final = '', discard = ''] = names;
  if (names.length !== 3 || new Set(names).size !== 3)
    return wrong('Write three different names, such as star trophy wastebasket.');
  const odd = names.find((name) => !EMOJI_NAME.test(name));
  if (odd !== undefined)
    return wrong(`${cutTo(odd, 40)} isn’t the name of an emoji. Slack shows names in its emoji menu.`);
  return { ok: true, value: { keep, final, discard } };
}

/** As the ledger takes it: nothing invisible, and not too long. */
export function readCoaching(typed: string): Read<string> {
  const text = typed
    .replace(/\r\n?|[\p{Zl}\p{Zp}]/gu, '\n')
    .replace(/\t/g, ' ')
    .replace(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .trim();
  const characters = [...text].length;
  const { max } = POLICY_BOUNDS.coachingCharacters;
  if (characters <= max) return { ok: true, value: text };
  return wrong(`It has ${number(characters)} characters. The maximum is ${number(max)}.`);
}

/** `50, 80 %; 100`: in any order. */
export function readPercents(typed: string): Read<number[]> {
  const words = plainFigures(typed)
    .replaceAll('%', ' ')
    .split(/[\s,;]+/u)
    .filter((word) => word !== '');
  const percents = [...new Set(words.map(Number))].sort((a, b) => a - b);
  const isRight = percents.every((percent) => Number.isInteger(percent) && percent >= 1 && percent <= 100);
  return isRight && percents.length <= 5
    ? { ok: true, value: percents }
    : wrong('Write up to five whole numbers from 1 to 100, such as 50, 80, 100.');
}

/** `20:00`, `8.30`; null where it is empty. */
export function readTime(typed: string): Read<string | null> {
  const text = plainFigures(typed).trim();
  if (text === '') return { ok: true, value: null };
  const [, hour = '', minute = '00'] = /^(\d{1,2})(?:[:.h](\d\d))?$/.exec(text) ?? [];
  if (hour === '' || Number(hour) > 23 || Number(minute) > 59) return wrong('Write a time of the day, such as 20:00.');
  return { ok: true, value: `${hour.padStart(2, '0')}:${minute}` };
}
