import { CREDITS_MAX } from '../../../ledger/decide/checks.ts';
import { number } from '../../../words/figures.ts';
import { withoutInvisible } from '../invisible.ts';
import { DASH, plainFigures } from '../typed-figures.ts';

/** What people type into the set-up forms, read before anything is asked of the ledger. */

/** What one field holds, or a sentence about what is wrong in it. */
export type Read<T> = { ok: true; value: T } | { ok: false; error: string };

const NAME_CHARACTERS_MAX = 80;
const REASON_CHARACTERS_MAX = 300;
/** Slack may count a character as two. */
export const REASON_UNITS_MAX = 2 * REASON_CHARACTERS_MAX;
const EXAMPLE = 'Write a whole number, such as 500 or 1,200, or leave it empty for no limit.';

/** Groups of three with one kind of separator: `1,200`, `1.200`, `1 200`, `1'200`, `1_200`. */
const GROUPED = /^\d{1,3}(?:([,.'’_ ])\d{3})(?:\1\d{3})*$/;
const BELOW_NOUGHT = new RegExp(`^${DASH}\\s?\\d`, 'u');
const SPACES = /[\s\u00a0\u2009\u202f]+/gu;

/** Null: left empty, which means that there is no limit. */
export function readCredits(typed: string | null | undefined): Read<number | null> {
  const text = plainFigures(typed ?? '')
    .replace(SPACES, ' ')
    .trim()
    .replace(/ ?credits?$/i, '');
  if (text === '') return typed?.trim() ? wrong(EXAMPLE) : { ok: true, value: null };
  if (BELOW_NOUGHT.test(text)) return wrong('It can’t be below 0. To allow nothing, write 0.');
  const digits = GROUPED.test(text) ? text.replace(/\D/g, '') : text;
  if (/^\d+[.,]\d+$/.test(digits)) return wrong(`Credits are whole numbers. ${EXAMPLE}`);
  if (!/^\d+$/.test(digits)) return wrong(EXAMPLE);
  // Compared by length first, because a number of fifty digits is no longer exact.
  const bare = digits.replace(/^0+(?=\d)/, '');
  if (bare.length > String(CREDITS_MAX).length || Number(bare) > CREDITS_MAX) {
    return wrong(`The maximum is ${number(CREDITS_MAX)}. For no limit, leave it empty.`);
  }
  return { ok: true, value: Number(bare) };
}

/** Credits that are to go somewhere: at least one. */
export function readAmount(typed: string | null | undefined): Read<number> {
  const read = readCredits(typed);
  if (!read.ok) return read;
  return read.value ? { ok: true, value: read.value } : wrong('Write a whole number of credits, at least 1.');
}

/** As the ledger takes it: nothing invisible, which is left out, or no joiners; not too long, no space around it. */
export function readName(typed: string | null | undefined): Read<string> {
  const name = withoutInvisible((typed ?? '').replace(SPACES, ' '))
    .replace(/ {2,}/g, ' ')
    .trim();
  if (name === '') return wrong('Write a name.');
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(name)) {
    return wrong('The name contains an invisible character, perhaps from copying. Type it by hand.');
  }
  const characters = [...name].length;
  if (characters > NAME_CHARACTERS_MAX) {
    return wrong(`It has ${characters} characters. The maximum is ${NAME_CHARACTERS_MAX}.`);
  }
  return { ok: true, value: name };
}

/** As the ledger takes it: some lines, and nothing invisible. */
export function readReason(typed: string): Read<string> {
  const lines = typed.split('\n').map((line) =>
    withoutInvisible(line.replace(/\s+/gu, ' '))
      .replace(/\p{Cf}/gu, '')
      .trim(),
  );
  const reason = lines.filter((line) => line !== '').join('\n');
  const characters = [...reason].length;
  if (reason === '') return wrong('Give a reason, so they know what to do next.');
  if (characters <= REASON_CHARACTERS_MAX) return { ok: true, value: reason };
  return wrong(`It has ${number(characters)} characters. The maximum is ${REASON_CHARACTERS_MAX}.`);
}

export const wrong = (error: string): { ok: false; error: string } => ({ ok: false, error });
