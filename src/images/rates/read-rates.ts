import { type Document, isMap, isNode, isPair, LineCounter, parseDocument, type YAMLError } from 'yaml';
import type { z } from 'zod';
import type { Rates } from './card.ts';
import { type Finding, findContradictions } from './check.ts';
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
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  // What follows the first one mostly comes of it.
  const [broken] = [...document.errors, ...document.warnings];
  if (broken) {
    const { line } = lines.linePos(broken.pos[0]);
    return { ok: false, problems: [{ line, what: brokenWords(broken, text) }] };
  }
  const content = contentOf(document);
  if (!content.ok) return { ok: false, problems: [wrong(unreadable(content.message))] };
  if (content.value === null) return { ok: false, problems: [wrong('It is empty. Copy a shipped card into it.')] };

  const parsed = ratesFile.safeParse(content.value, { error: (issue) => unknownKeys(issue, nearest) });
  const found = parsed.success ? findContradictions(parsed.data, nearest) : parsed.error.issues.flatMap(findings);
  const problems = withoutTwins(found.map(({ path, what }) => ({ line: lineOf(document, lines, path), what })));
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

function brokenWords({ code, message, pos }: YAMLError, text: string): string {
  if (code === 'MULTIPLE_DOCS') return 'A second document begins here. Put its cards into the first one.';
  if (code !== 'DUPLICATE_KEY') return unreadable(message);
  const [key = 'A key'] = /^[^\s:]+/.exec(text.slice(pos[0])) ?? [];
  return `${key} stands here twice. Remove one of them.`;
}

const withoutTwins = (problems: readonly RatesProblem[]): RatesProblem[] =>
  problems.filter(
    ({ line, what }, index) => problems.findIndex((each) => each.line === line && each.what === what) === index,
  );

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

/** Of what is missing, the line of what it is missing in. */
function lineOf(document: Document, lines: LineCounter, path: Finding['path']): number | null {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const inside = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    const key = path[depth - 1];
    const pair = isMap(inside) ? inside.items.find((each) => isPair(each) && String(each.key) === String(key)) : null;
    const node = pair ? pair.key : document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return null;
}
