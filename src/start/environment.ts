import { nearest } from '../words/closest.ts';

type Given = Readonly<Record<string, string | undefined>>;

/** What was given by known names, and a sentence for each thing that Inkwell cannot make out. */
export type Environment = { values: Record<string, string>; problems: readonly string[] };

/** A byte order mark, and what else cannot be seen. */
const INVISIBLE = /[\u200b-\u200f\u2060\ufeff]/gu;
/** As lines of a shell begin; a container runtime that reads the file takes them for part of the name. */
const SHELL_WORD = /^(?:export|set|setx|declare -x|\$env:)\s*/i;
const QUOTED = [/^"(.*)"$/su, /^'(.*)'$/su, /^`(.*)`$/su, /^“(.*)”$/su, /^‘(.*)’$/su];
/** A remark at the end of a line, where the reader of the file kept it. */
const REMARK = /(?<!\s)\s+#.*$/su;

/** Made by a container runtime for each service that it runs, so also for one called `inkwell` or `slack`. */
const OF_A_SERVICE = /_(?:SERVICE_(?:HOST|PORT)(?:_\w+)?|PORT(?:_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)?)$/;
/** Near to names of ours, and other programs’. */
const OTHERS = new Set(['FTP_PROXY', 'ALL_PROXY', 'RSYNC_PROXY', 'OPENAI_ORG_ID']);

const EDITS_MAX = 2;
/** A name that begins like this is meant for Inkwell, however it is spelt. */
const OWN = /^(?:SLACK|INKWELL)_/;
const OWN_EDITS_MAX = 4;
/** Shorter names are too near to everything. */
const LETTERS_MIN = 6;

/**
 * Reads what an editor, a shell or a container runtime made of the variables: quotes that were kept, a mark before the first
 * name, `export`, small letters, spaces. What is clear is understood; what is misspelt is named with the nearest known name.
 */
export function environmentOf(given: Given, known: readonly string[]): Environment {
  const values: Record<string, string> = {};
  const problems: string[] = [];
  const unknown: string[] = [];
  const names = new Set(known);
  for (const [name, text] of Object.entries(given)) {
    const value = text === undefined ? '' : textOf(text);
    if (value === '') continue;
    const meant = nameOf(name);
    if (!names.has(meant)) unknown.push(meant);
    else if (values[meant] !== undefined && values[meant] !== value && !isProxy(meant)) {
      problems.push(`${meant} is given twice, with different values. Remove one of them.`);
    } else if (values[meant] === undefined || name === meant.toLowerCase()) values[meant] = value;
  }
  const missing = known.filter((name) => values[name] === undefined);
  for (const name of unknown) {
    const near = misspelt(name, missing);
    if (near) problems.push(`${name} isn’t a variable of Inkwell. Did you mean ${near}?`);
  }
  return { values, problems };
}

/** An empty variable hides none that the file sets: it counts as one that was left out. */
export function mergedEnvironment(file: Given, environment: Given): Given {
  const said = Object.entries(environment).filter(([, value]) => value?.trim());
  return { ...file, ...Object.fromEntries(said) };
}

const nameOf = (name: string): string =>
  name.replace(INVISIBLE, '').trim().replace(SHELL_WORD, '').trim().toUpperCase();

function textOf(text: string): string {
  const bare = text.replace(INVISIBLE, '').trim();
  for (const quotes of QUOTED) {
    const inside = quotes.exec(bare)?.[1];
    if (inside !== undefined) return inside.trim();
  }
  // In quotes, or in front of them: `"xoxb-1" # the bot`.
  const withoutRemark = bare.replace(REMARK, '');
  return withoutRemark === bare ? (bare.startsWith('#') ? '' : bare) : textOf(withoutRemark);
}

/** Other programs write them in small letters too, and those win. */
const isProxy = (name: string): boolean => /^(?:HTTPS?|NO)_PROXY$/.test(name);

function misspelt(name: string, missing: readonly string[]): string | null {
  if (OTHERS.has(name) || OF_A_SERVICE.test(name) || name.length < LETTERS_MIN) return null;
  const same = missing.find((each) => lettersOf(each) === lettersOf(name));
  return same ?? nearest(name, missing, OWN.test(name) ? OWN_EDITS_MAX : EDITS_MAX);
}

/** `SLACK-BOT-TOKEN`, `SLACKBOTTOKEN` and `BOT_TOKEN_SLACK` are `SLACK_BOT_TOKEN`: the same letters. */
const lettersOf = (name: string): string => [...name.replace(/[^A-Z0-9]/g, '')].sort().join('');
