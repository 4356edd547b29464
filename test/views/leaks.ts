import type { AccountId } from '../../src/ledger/accounts.ts';
import { type Knowledge, markOf } from './knowledge.ts';

export type Figures = ReadonlyMap<AccountId, ReadonlySet<number>>;

/** What can be told apart in a view: by what it says, and whether anybody reads it there. */
export type Content = Map<string | number, { isRead: boolean }>;

/** Smaller than any figure that an account of a random organisation has. */
const FIGURE_MIN = 40_000;
/** Not credits: moments, lengths of time, and what the product counts for itself. */
const NO_CREDITS = /(?:At|^at|^since|Ms|MicroUsd|^seq|^ts|Max)$/;
/** Letters and digits by chance. */
const DIGESTS: ReadonlySet<string> = new Set(['commandHash', 'contentDigest', 'previousHash']);
/** What comes back with a click or a form, and that nobody reads. */
const UNREAD: ReadonlySet<string> = new Set(['private_metadata', 'value', 'block_id', 'action_id']);

/** Every mark and every figure in a view, or in what is drawn of it. */
export function contentOf(seen: unknown): Content {
  const content: Content = new Map();
  walk(seen, (key, value) => {
    if (DIGESTS.has(key)) return;
    const isRead = !UNREAD.has(key);
    const note = (part: string | number) => {
      if (isRead || !content.has(part)) content.set(part, { isRead });
    };
    if (typeof value === 'string') for (const part of partsOf(value)) note(part);
    else if (typeof value === 'number' && Math.abs(value) >= FIGURE_MIN && !NO_CREDITS.test(key)) note(Math.abs(value));
  });
  return content;
}

/** One sentence for each thing that the reader may not know. `readOnly`: what stands there only to come back is left out. */
export function leaksIn(
  content: Content,
  known: Knowledge,
  { figures, readOnly = false }: { figures: Figures; readOnly?: boolean },
): string[] {
  if (known.everything) return [];
  const isExplained = explainer(known, figures);
  return [...content].flatMap(([part, { isRead }]) => {
    if (readOnly && !isRead) return [];
    if (typeof part === 'number') return isExplained(part) ? [] : [`says ${part}${whose(part, figures)}`];
    return known.marks.has(markOf(part)) ? [] : [`names ${part}`];
  });
}

/** The same words come again and again. */
const remembered = new Map<string, readonly (string | number)[]>();

function partsOf(text: string): readonly (string | number)[] {
  const before = remembered.get(text);
  if (before) return before;
  const marks = [...text.matchAll(/(?:cl|tm|pj)(?:id|name)\d/gi)].map(([mark]) => mark);
  const figures = [...withoutMoments(text).matchAll(/\d{1,3}(?:,\d{3})+|\d{5,}/g)]
    .map(([figure]) => Number(figure.replaceAll(',', '')))
    .filter((figure) => figure >= FIGURE_MIN);
  const parts = [...marks, ...figures];
  remembered.set(text, parts);
  return parts;
}

/** What somebody knows, and the sum or the difference of two such figures. */
function explainer(known: Knowledge, figures: Figures): (figure: number) => boolean {
  let all: Set<number> | null = null;
  return (figure) => {
    if (!all) {
      all = new Set(known.sums);
      for (const account of known.accounts) for (const each of figures.get(account) ?? []) all.add(each);
    }
    // A few credits more or less are the price of a request, which whoever sees the figure knows.
    for (let price = -PRICE_MAX; price <= PRICE_MAX; price += 1) if (all.has(figure + price)) return true;
    for (const each of all) if (all.has(Math.abs(figure - each)) || all.has(figure + each)) return true;
    return false;
  };
}

const PRICE_MAX = 60;

/** Dates are drawn by Slack from seconds; a thread's or a message's time stamp is no figure either. */
const withoutMoments = (text: string) =>
  text
    .replace(/<!date\^\d+/g, '')
    .replace(/\d{10}\.\d+/g, '')
    .replace(/20\d\d-\d\d(?:-\d\d)?/g, '');

function whose(figure: number, figures: Figures): string {
  const of = [...figures].filter(([, all]) => all.has(figure)).map(([account]) => account);
  return of.length > 0 ? `, which is of ${of.join(', ')}` : '';
}

function walk(value: unknown, visit: (key: string, value: unknown) => void, key = ''): void {
  if (typeof value !== 'object' || value === null) {
    visit(key, value);
    return;
  }
  if (Array.isArray(value)) {
    for (const each of value) walk(each, visit, key);
    return;
  }
  if ('type' in value && value.type === 'date') return;
  for (const name in value) {
    if (/\d/.test(name)) visit('', name);
    walk(value[name as keyof typeof value], visit, name);
  }
}

/** The people that a view lists. */
export function peopleIn(seen: unknown): string[] {
  const found = new Set<string>();
  walk(seen, (key, value) => {
    if (key === 'memberId' && typeof value === 'string') found.add(value);
  });
  return [...found];
}
