import type { Line } from '../ledger/lines.ts';
import type { State } from '../ledger/state.ts';
import type { HistoryQuery, Journal } from '../storage/journal/journal.ts';

type Corrections = State['corrections'];

/** Dates lines as people read them. A line dated later than the one that corrected the clock happened before that one. */
export function inTime(lines: readonly Line[], corrections: Corrections): Line[] {
  return lines.map((line) => {
    const latestAt = corrections.reduce((at, each) => (each.seq > line.seq ? Math.min(at, each.at) : at), line.at);
    return latestAt === line.at ? line : { ...line, at: latestAt };
  });
}

/** Reads the lines that touched an account, newest first. Within each stretch that it reads, time never went back. */
export async function historyInTime(
  journal: Pick<Journal, 'history'>,
  corrections: Corrections,
  query: HistoryQuery,
): Promise<Line[]> {
  const { fromAt, linesMax } = query;
  let { toAt, beforeSeq = Number.POSITIVE_INFINITY } = query;
  const found: Line[] = [];
  for (const { seq, at } of [...corrections].reverse()) {
    const more = { linesMax: linesMax - found.length, toAt, beforeSeq, sinceSeq: seq };
    if (beforeSeq > seq) found.push(...(await journal.history({ ...query, ...more })));
    if (found.length >= linesMax || at < fromAt) return inTime(found, corrections);
    // Whatever the lines before it say, they were written by then.
    if (toAt > at) toAt = Number.POSITIVE_INFINITY;
    beforeSeq = Math.min(beforeSeq, seq);
  }
  found.push(...(await journal.history({ ...query, linesMax: linesMax - found.length, toAt, beforeSeq })));
  return inTime(found, corrections);
}
