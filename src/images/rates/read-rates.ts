import { type Document, LineCounter, parseDocument, type YAMLError } from 'yaml';
import type { z } from 'zod';
import type { Rates } from './card.ts';
import { type Finding, findContradictions } from './check.ts';
import { createKeyLocator, wrongKey } from './document-keys.ts';
import { ratesFile } from './file.ts';
import { toCard } from './to-card.ts';

/** `line`: counted from 1; null where the whole file is meant. */
export type RatesProblem = { line: number | null; what: string };

export type RatesRead = { ok: true; rates: Rates } | { ok: false; problems: readonly RatesProblem[] };

/** `nearest`: the known word that was probably meant. */
type Options = { nearest?: (word: string, known: readonly string[]) => string | null };

/**
 * Reads a file of rates, YAML or JSON, and says all that is wrong with it at once. Nothing that stands in it is left aside: a key
 * that is not known is a problem.
 */
export function readRates(file: string, { nearest = () => null }: Options = {}): RatesRead {
  // Editors of Windows begin a file with a mark of their own.
  const text = file.replace(/^\uFEFF/, '');
  if (text.includes('\0')) return { ok: false, problems: [wrong('It isn’t plain text. Save it again as UTF-8.')] };
  const lines = new LineCounter();
  // It would compare every two keys.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  // What follows the first one mostly comes of it.
  const [broken] = [...document.errors, ...document.warnings];
  if (broken) {
    const { line } = lines.linePos(broken.pos[0]);
    return { ok: false, problems: [{ line, what: brokenWords(broken) }] };
  }
  const key = wrongKey(document);
  if (key) return { ok: false, problems: [{ line: lines.linePos(key.offset).line, what: key.what }] };
  const content = contentOf(document);
  if (!content.ok) return { ok: false, problems: [wrong(unreadable(content.message))] };
  if (content.value === null) return { ok: false, problems: [wrong('It is empty. Copy a shipped card into it.')] };

  const parsed = ratesFile.safeParse(content.value, { error: (issue) => unknownKeys(issue, nearest) });
  const found = parsed.success ? findContradictions(parsed.data, nearest) : parsed.error.issues.flatMap(findings);
  const offsetOf = createKeyLocator(document);
  // Of what is missing, the line of what it is missing in.
  const lineOf = (path: Finding['path']) => {
    const offset = offsetOf(path);
    return offset === null ? null : lines.linePos(offset).line;
  };
  const problems = withoutTwins(found.map(({ path, what }) => ({ line: lineOf(path), what })));
  if (!parsed.success || problems.length > 0) return { ok: false, problems };
  const { endpoints = {}, cards } = parsed.data;
  return {
    ok: true,
    rates: {
      cards: cards.map(toCard),
      endpoints: Object.entries(endpoints).map(([name, { base_url, key_variable }]) => ({
        name,
        baseUrl: base_url,
        keyVariable: key_variable ?? null,
      })),
    },
  };
}

const brokenWords = ({ code, message }: YAMLError): string =>
  code === 'MULTIPLE_DOCS' ? 'A second document begins here. Put its cards into the first one.' : unreadable(message);

const withoutTwins = (problems: readonly RatesProblem[]): RatesProblem[] => [
  ...new Map(problems.map((each) => [`${each.line} ${each.what}`, each])).values(),
];

const wrong = (what: string): RatesProblem => ({ line: null, what });
const unreadable = (message: string) => `It can’t be read as YAML or JSON: ${message.replace(/\.$/, '')}.`;

/** Names that stand for a great many others are refused here, and names that stand for nothing. */
function contentOf(document: Document): { ok: true; value: unknown } | { ok: false; message: string } {
  try {
    return { ok: true, value: document.toJS() };
  } catch (error) {
    return { ok: false, message: (error as Error).message };
  }
}

/** A sentence for each key that is not known: zod joins them in one issue. */
function findings({ code, path, message, ...issue }: z.core.$ZodIssue): Finding[] {
  const keys = path.filter((key) => typeof key !== 'symbol');
  if (code === 'unrecognized_keys' && 'keys' in issue) {
    const sentences = message.split('\n');
    return issue.keys.map((key, index) => ({ path: [...keys, key], what: sentences[index] ?? message }));
  }
  const field = keys.findLast((key) => typeof key === 'string');
  return [{ path: keys, what: `${field ?? 'The file'} ${message}.` }];
}

type Raw = z.core.$ZodRawIssue;

function unknownKeys(issue: Raw, nearest: NonNullable<Options['nearest']>): string | undefined {
  if (issue.code !== 'unrecognized_keys') return undefined;
  const { shape } = (issue.inst as z.ZodObject)._zod.def;
  const known = Object.keys(shape);
  const sentence = (key: string) => {
    const near = nearest(key.toLowerCase(), known);
    return `${key} isn’t known here. ${near ? `Did you mean ${near}?` : `Known are ${known.join(', ')}.`}`;
  };
  return issue.keys.map(sentence).join('\n');
}
