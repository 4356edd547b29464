import { closest } from '../../words/closest.ts';
import { DASH, halfWidth } from '../kit/typed-figures.ts';
import { isMeant, type Known, OPTIONS, type Option } from './meant-option.ts';

/** The options of `/imagine`, cut out of what was typed. What they mean is not decided here. */

/** `value` null: there was none. `help` takes none. */
export type Found = { name: string; value: string | null };
export type Cut = { rest: string; found: readonly Found[] };

/** Phones turn quotes into others, and keyboards of Asia write wide. Each is one character, so that places stay. */
const plain = (text: string) =>
  halfWidth(text)
    .replace(/[“”„‟″«»]/g, '"')
    .replace(/[‘’‚‛]/g, "'");

const SPACE = /\s*/y;
const WORD = /\S+/y;
/** No value is longer; looked for at each dash, so that a text of dashes and values is read as fast as any other. */
const SHORT_WORD = /\S{1,300}(?!\S)/y;
const BARE_END = /--(?=\s|$)/y;
/** Bounded, so that a text of dashes alone is read as fast as any other. */
const DASHED = new RegExp(`(${DASH}{1,4})([a-z][^\\s=:]{0,60})`, 'iuy');
/** A space gets between them where a keyboard adds one after a dash. Then the name is spelt right, and the value one of its own. */
const SPACED = new RegExp(`${DASH}{1,4}[ \\t]{1,3}([a-z]{1,20})(?=[\\s=:])`, 'iuy');
/** Begins at the first of several dashes alone, so that a text of dashes is read as fast as any other. */
const DASHES_IN_WORD = new RegExp(`(?<!${DASH})${DASH}+(?=[a-z])`, 'giu');
/** Between a name and its value: `--n 2`, `--n=2`, `--n: 2`. */
const SIGN = /\s*[=:]?\s*/y;
const GLUED = /[=:](?=\S)/y;
/** From a quote at the start of a word to one at the end of a word. */
const DOUBLE_QUOTED = /"[^"]*"(?=[\s.,;:!?)]|$)/y;
const VALUE_QUOTED = /"[^"]*"(?=\s|$)|'[^']*'(?=\s|$)/y;

/** What is typed as `--`, however a phone writes it. Long dashes alone are how some write a pause. */
const TWO_DASHES = new RegExp(`^(?![—―⸺]{2}$)${DASH}{2}$`, 'u');
/** Hyphens stand within words and before them: alone they say less than a dash does. */
const HYPHEN = /^[-‐‑﹣]$/u;

/**
 * Options stand anywhere: `--size 1024x1024`, `--size=1024x1024`, values in quotes or not. What stands in double quotes
 * is prose, and after a `--` by itself everything is.
 */
export function cutOptions(typed: string, known: Known): Cut {
  const text = plain(typed);
  const found: Found[] = [];
  let rest = '';
  let at = 0;
  while (at < text.length) {
    const from = at;
    at = after(SPACE, text, at) ?? at;
    const option = optionAt(text, at, known) ?? spacedAt(text, at, known);
    const ended = option ? null : after(BARE_END, text, at);
    if (ended !== null) return { rest: rest + typed.slice(ended), found };
    if (option) {
      const { value, end } = option.name === 'help' ? { value: null, end: option.end } : valueAt(text, option.end);
      // A project’s name is compared as it was typed.
      const asTyped =
        option.name === 'project' && value ? typed.slice(value.from, value.from + value.text.length) : null;
      found.push({ name: option.name, value: asTyped ?? value?.text ?? null });
      at = end;
      continue;
    }
    at = after(DOUBLE_QUOTED, text, at) ?? wordEnd(text, at, known);
    rest += typed.slice(from, at);
  }
  return { rest, found };
}

/** The whole prompt in quotes is how commands are quoted elsewhere, and not what should be drawn. */
export function withoutQuotes(prompt: string): string {
  const inside = /^"([^"]*)"$/s.exec(plain(prompt));
  return inside ? prompt.slice(1, -1) : prompt;
}

/** Word processors take the space before a dash away: `a fox—n 2`. An address keeps its dashes. */
function wordEnd(text: string, at: number, known: Known): number {
  const end = after(WORD, text, at) ?? text.length;
  const word = text.slice(at, end);
  if (word.includes('://')) return end;
  for (const { index, 0: dashes } of word.matchAll(DASHES_IN_WORD)) {
    if (index > 0 && !HYPHEN.test(dashes) && isOptionByValue(text, at + index, known)) return at + index;
  }
  return end;
}

type Written = { dashes: string; name: string; end: number };

function optionAt(text: string, at: number, known: Known): { name: string; end: number } | null {
  const written = writtenAt(text, at);
  if (!written) return null;
  const { dashes, name, end } = written;
  const isTyped = TWO_DASHES.test(dashes) && (isOption(name) || dashes.includes('-'));
  return isTyped || isOptionByValue(text, at, known) || isWithoutValue(text, written) ? { name, end } : null;
}

/** `– n 2` and `-- size 1024x1024`. */
function spacedAt(text: string, at: number, known: Known): { name: string; end: number } | null {
  const [whole, written = ''] = matched(SPACED, text, at) ?? [];
  const name = written.toLowerCase();
  if (whole === undefined || !isOption(name) || name === 'help') return null;
  const end = at + whole.length;
  return isValueOf(name, text, { end, known }) ? { name, end } : null;
}

/** Of the dashes that prose has too, an option is what has a value of that option, also where its name is misspelt. */
function isOptionByValue(text: string, at: number, known: Known): boolean {
  const written = writtenAt(text, at);
  if (!written) return false;
  const { name, end } = written;
  if (/^n\p{N}+$/u.test(name)) return true;
  const option = isOption(name) ? name : closest(name, OPTIONS);
  if (option === null || !isOption(option) || option === 'help') return false;
  return isValueOf(option, text, { end, known });
}

function isValueOf(
  option: Exclude<Option, 'help'>,
  text: string,
  { end, known }: { end: number; known: Known },
): boolean {
  const { value, end: valueEnd } = valueAt(text, end, SHORT_WORD);
  if (value === null) return false;
  return isMeant(option, value.text, {
    ...known,
    isLast: endsAt(text, valueEnd),
    isQuoted: value.isQuoted || after(GLUED, text, end) !== null,
  });
}

/** A known name after a dash, and nothing that it could be prose with. */
function isWithoutValue(text: string, { dashes, name, end }: Written): boolean {
  if (name === 'help') return after(SPACE, text, end) === text.length;
  return isOption(name) && !HYPHEN.test(dashes) && valueAt(text, end).value === null;
}

const endsAt = (text: string, at: number): boolean => {
  const next = after(SPACE, text, at) ?? at;
  return next === text.length || writtenAt(text, next) !== null;
};

function writtenAt(text: string, at: number): Written | null {
  const found = matched(DASHED, text, at);
  if (!found) return null;
  const [whole, dashes = '', name = ''] = found;
  return { dashes, name: name.toLowerCase(), end: at + whole.length };
}

const isOption = (name: string): name is Option => (OPTIONS as readonly string[]).includes(name);

type Value = { text: string; from: number; isQuoted: boolean };

function valueAt(text: string, at: number, unquoted = WORD): { value: Value | null; end: number } {
  const isGlued = after(GLUED, text, at) !== null;
  const from = after(SIGN, text, at) ?? at;
  const quoted = matched(VALUE_QUOTED, text, from)?.[0];
  if (quoted !== undefined) {
    const inside = quoted.slice(1, -1).trim();
    const start = from + quoted.indexOf(inside, 1);
    return { value: inside === '' ? null : { text: inside, from: start, isQuoted: true }, end: from + quoted.length };
  }
  const word = matched(unquoted, text, from)?.[0];
  const next = after(BARE_END, text, from) !== null || beginsOption(text, from);
  if (word === undefined || (!isGlued && next)) return { value: null, end: /[=:]/.test(text[at] ?? '') ? at + 1 : at };
  return { value: { text: word, from, isQuoted: false }, end: from + word.length };
}

/** Looks no further than the name, because a value is looked at for each dash. */
function beginsOption(text: string, at: number): boolean {
  const written = writtenAt(text, at);
  return written !== null && (isOption(written.name) || TWO_DASHES.test(written.dashes));
}

function matched(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

const after = (pattern: RegExp, text: string, at: number): number | null =>
  matched(pattern, text, at) ? pattern.lastIndex : null;
