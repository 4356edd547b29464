import { seenName } from '../lists/client-lists.ts';
import { invalid, type Refused } from '../refusals.ts';

type Wrong = Refused;

export const CREDITS_MAX = 1_000_000_000;
const ID_CHARACTERS_MAX = 120;
const TEXT_CHARACTERS_MAX = 80;

/** Ids are joined into account names and kept as keys: no spaces, no colons, no control characters. */
export function checkId(field: string, id: string): Wrong | null {
  if (/^[\w./-]+$/.test(id) && id.length <= ID_CHARACTERS_MAX) return null;
  return invalid(field, `must be 1 to ${ID_CHARACTERS_MAX} letters, digits, or any of . _ / -`);
}

export function checkCount(field: string, count: number, { min, max }: { min: number; max: number }): Wrong | null {
  if (Number.isSafeInteger(count) && count >= min && count <= max) return null;
  return invalid(field, `must be a whole number from ${min} to ${max}`);
}

/** A name people read: not empty, not long, nothing invisible that could disguise it. */
export function checkName(field: string, name: string): Wrong | null {
  if (name.trim() === '') return invalid(field, 'must not be empty');
  if (name !== name.trim()) return invalid(field, 'must not begin or end with a space');
  if ([...name].length > TEXT_CHARACTERS_MAX)
    return invalid(field, `must have at most ${TEXT_CHARACTERS_MAX} characters`);
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(name)) return invalid(field, 'must not contain invisible characters');
  return null;
}

export const sameName = (one: string, other: string) => seenName(one) === seenName(other);

/** Checks what one person writes to another: a few lines, and nothing invisible. */
export function checkWords(field: string, words: string, charactersMax: number): Wrong | null {
  if ([...words].length > charactersMax) return invalid(field, `must have at most ${charactersMax} characters`);
  if (/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(words))
    return invalid(field, 'must not contain invisible characters');
  return null;
}
