/** The options of `/imagine`, cut out of what was typed. What they mean is not decided here. */

export const OPTIONS = ['model', 'size', 'quality', 'n', 'stage', 'project', 'thread', 'help'] as const;
export type Option = (typeof OPTIONS)[number];

/** `value` null: there was none. `help` takes none. */
export type Found = { name: string; value: string | null };
export type Cut = { rest: string; found: readonly Found[] };

/** Phones and Macs turn `--` into a dash, and quotes into curly ones. Each is one character, so that places stay. */
const straight = (text: string) => text.replace(/[“”„‟″]/g, '"').replace(/[‘’‚‛]/g, "'");

const SPACE = /\s*/y;
const WORD = /\S+/y;
const BARE_END = /--(?=\s|$)/y;
/** `--x` is always meant as an option; `—x` only where it is one, because dashes stand in prose. */
const DASHES = /--(?=[a-z])[^\s=]*/iy;
const LONG_DASH = /[—–]([a-z]+)(?=[\s=]|$)/iy;
/** From a quote at the start of a word to one at the end of a word. */
const DOUBLE_QUOTED = /"[^"]*"(?=[\s.,;:!?)]|$)/y;
const VALUE_QUOTED = /"[^"]*"(?=\s|$)|'[^']*'(?=\s|$)/y;

/**
 * Options stand anywhere: `--size 1024x1024`, `--size=1024x1024`, values in quotes or not. What stands in double quotes
 * is prose, and after a `--` by itself everything is.
 */
export function cutOptions(typed: string): Cut {
  const text = straight(typed);
  const found: Found[] = [];
  let rest = '';
  let at = 0;
  while (at < text.length) {
    const from = at;
    at = after(SPACE, text, at) ?? at;
    const ended = after(BARE_END, text, at);
    if (ended !== null) return { rest: rest + typed.slice(ended), found };
    const option = optionAt(text, at);
    if (option) {
      const { value, end } = option.name === 'help' ? { value: null, end: option.end } : valueAt(text, option.end);
      found.push({ name: option.name, value });
      at = end;
      continue;
    }
    at = after(DOUBLE_QUOTED, text, at) ?? after(WORD, text, at) ?? text.length;
    rest += typed.slice(from, at);
  }
  return { rest, found };
}

/** The whole prompt in quotes is how commands are quoted elsewhere, and not what should be drawn. */
export function withoutQuotes(prompt: string): string {
  const inside = /^"([^"]*)"$/s.exec(straight(prompt));
  return inside ? prompt.slice(1, -1) : prompt;
}

function optionAt(text: string, at: number): { name: string; end: number } | null {
  const dashes = matched(DASHES, text, at);
  if (dashes) return { name: dashes[0].slice(2).toLowerCase(), end: at + dashes[0].length };
  const dash = matched(LONG_DASH, text, at);
  const name = dash?.[1]?.toLowerCase() ?? '';
  return dash && (OPTIONS as readonly string[]).includes(name) ? { name, end: at + dash[0].length } : null;
}

function valueAt(text: string, at: number): { value: string | null; end: number } {
  const glued = text[at] === '=';
  const from = glued ? at + 1 : (after(SPACE, text, at) ?? at);
  const quoted = matched(VALUE_QUOTED, text, from);
  if (quoted) return { value: quoted[0].slice(1, -1).trim() || null, end: from + quoted[0].length };
  const next = after(BARE_END, text, from) ?? optionAt(text, from);
  const word = matched(WORD, text, from);
  if (!word || (!glued && next !== null)) return { value: null, end: glued ? from : at };
  return { value: word[0], end: from + word[0].length };
}

function matched(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

const after = (pattern: RegExp, text: string, at: number): number | null =>
  matched(pattern, text, at) ? pattern.lastIndex : null;
