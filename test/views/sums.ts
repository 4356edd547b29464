import type { Line } from '../../src/ledger/lines.ts';
import { reckon } from '../ledger/reckoning.ts';

/** What is left, and by how much limits are exceeded: by every limit, added up from the lines alone. */
export type Sums = { left: ReadonlySet<number>; over: ReadonlySet<number> };

export function sumsOf(lines: readonly Line[], at: number): Sums {
  const { limits, standing, spent, told } = reckon(lines);
  // What a person gave themselves is nothing that they can use, unless they are an owner.
  const unusable = (account: string) => {
    const [, memberId = ''] = /^member:([^@]+)/.exec(account) ?? [];
    if (told.people.get(memberId)?.role === 'owner') return 0;
    return told.grants
      .filter(({ by, account: of, expiresAt }) => by === memberId && of === account && (expiresAt ?? at + 1) > at)
      .reduce((sum, { grantId, amountCredits }) => sum + amountCredits - spent(grantId, account), 0);
  };
  const all = limits.map(({ account, window }) => standing(account, window, at).available - unusable(account));
  return { left: new Set(all.map((each) => Math.max(0, each))), over: new Set(all.map((each) => -each)) };
}

/** The same at any moment from a line on: what is told on the way is not drawn again because of the next line. */
export function sumsSince(lines: readonly Line[], sinceSeq: number, at: number): Sums {
  const left = new Set<number>();
  const over = new Set<number>();
  for (let count = Math.max(1, sinceSeq); count <= lines.length; count += 1) {
    const sums = sumsOf(lines.slice(0, count), at);
    for (const each of sums.left) left.add(each);
    for (const each of sums.over) over.add(each);
  }
  return { left, over };
}

/** One sentence for each figure that a text says is left, or over, and that no limit has; and for each sum that is none. */
export function wrongSums(drawn: unknown, { left, over }: Sums): string[] {
  const text = textsIn(drawn).join('\n');
  const said = (pattern: RegExp) => [...text.matchAll(pattern)].map(([words, figure]) => ({ words, of: read(figure) }));
  return [
    ...said(LEFT).flatMap(({ words, of }) => (left.has(of) ? [] : [`“${words}”, which no limit leaves`])),
    ...said(OVER).flatMap(({ words, of }) => (over.has(of) ? [] : [`“${words}”, which no limit is`])),
    ...[...text.matchAll(SUM)].flatMap(([words]) => (addsUp(words) ? [] : [`“${words}” does not add up`])),
    ...[...text.matchAll(LACKS)].flatMap(([words, has, needs, lacks]) =>
      read(needs) - read(has) === read(lacks) ? [] : [`“${words}” does not add up`],
    ),
  ];
}

/** Whether there is a figure in it that is looked at. */
export const saysSums = (drawn: unknown): boolean =>
  [LEFT, OVER, SUM].some((pattern) => textsIn(drawn).join('\n').search(pattern) >= 0);

const LEFT = /(?<![\d,−.])(\d[\d,]*)(?: of \d[\d,]*)?(?: credits?)? left\b/g;
const OVER = /Over by (\d[\d,]*)/g;
/** `= 7 left. This needs 12: 5 credits over.`, of an open request. */
const LACKS = /= (−?\d[\d,]*) left\. This needs (\d[\d,]*): (\d[\d,]*) credits? over/g;
const SUM = /(?:Limit \d[\d,]*|\d[\d,]* limit)(?: [+−] \d[\d,]* [a-z ]+?)* = −?\d[\d,]* left/g;

/** `Limit 400 − 50 moved away − 6 used = 344 left`. */
function addsUp(sum: string): boolean {
  const [terms = '', result = ''] = sum.split(' = ');
  const parts = [...terms.matchAll(/(?:([+−]) )?(\d[\d,]*)/g)];
  const all = parts.reduce((so, [, sign, figure]) => so + (sign === '−' ? -1 : 1) * read(figure), 0);
  return all === read(result.replace(' left', ''));
}

const read = (figure = '') => Number(figure.replaceAll(',', '').replace('−', '-'));

/** Of a block that is read as one, in one piece. */
function textsIn(drawn: unknown): string[] {
  if (typeof drawn !== 'object' || drawn === null) return [];
  if (Array.isArray(drawn) && drawn.every((each) => typeof each?.text === 'string' && !('blocks' in each))) {
    return [drawn.map(({ text }) => text).join('')];
  }
  return Object.entries(drawn).flatMap(([key, value]) =>
    key === 'text' && typeof value === 'string' ? [value] : textsIn(value),
  );
}
