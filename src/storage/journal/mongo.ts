import { touchedBy } from '../../ledger/kinds/kinds.ts';
import type { Line } from '../../ledger/lines.ts';

import { ensure } from '../mongo/indexes.ts';
import { seen } from '../mongo/insert-once.ts';
import type { Mongo } from '../mongo/open.ts';
import { insertAll, tryRead } from '../mongo/write.ts';
import { firstOf, gapBefore, type HistoryQuery, type Journal, JournalFault } from './journal.ts';
import { isLine, parseLine } from './line.ts';
import { createBudgetCopies } from './mongo-budgets.ts';
import { indexByAccount, LINES, type LineDocument, lineId, lineModel, linesQueries } from './mongo-lines.ts';

/** How many lines one look at a history may pass over where there is no index yet: few enough to be answered in time. */
const SCAN_LINES = 20_000;
/** Milliseconds. A line seen this recently is not checked again: restoring a backup takes longer. */
const STANDS_FOR_MS = 1_000;
/** Those who lost a race to the same line do not all come again in the same millisecond. */
const JITTER_MS = 4;

type JournalClock = { now(): number; sleep(ms: number): Promise<void> };

/**
 * A journal in one collection, for any number of processes: an append is one ordered insert, and the unique keys settle
 * every race. `copyBudgets`: keeps the current balances as documents beside the lines, for people with Mongo tools.
 */
export async function openMongoJournal(
  mongo: Mongo,
  { copyBudgets = false, clock = null }: { copyBudgets?: boolean; clock?: JournalClock | null } = {},
): Promise<Journal> {
  const model = lineModel(mongo);
  const ask = linesQueries(model);
  await ensure(mongo, LINES, (patient) => lineModel(patient).createIndexes());
  const byAccount = indexInTime(mongo);

  const read: Journal['read'] = async (query) => (await answered(() => ask.after(query))).map(lineOf);
  /** The last line that this process has seen to stand, and when. */
  const stood = new Map<string, { seq: number; at: number }>();
  const saw = (lines: readonly Line[]) => {
    const last = lines.at(-1);
    if (last && clock) stood.set(last.workspace, { seq: last.seq, at: clock.now() });
    copies?.saw(lines);
  };
  const isKnownToStand = ({ workspace, seq }: Line) => {
    const known = stood.get(workspace);
    return seq === 1 || (known?.seq === seq - 1 && (clock?.now() ?? 0) - known.at < STANDS_FOR_MS);
  };
  const copies = copyBudgets ? await createBudgetCopies(mongo, read) : null;

  return {
    async append(lines) {
      const first = firstOf(lines);
      if (!first) return 'appended';
      if (!isKnownToStand(first)) {
        const before = await answered(() => ask.at({ workspace: first.workspace, seq: first.seq - 1 }));
        if (!before) throw gapBefore(first);
      }
      const written = await insertAll(mongo, model as never, lines.map(documentOf));
      switch (written.kind) {
        case 'done':
          saw(lines);
          return 'appended';
        case 'taken': {
          const unseen = await seen(model as never, ...waysToFind(lines[written.index] ?? first));
          if (unseen) throw new JournalFault('uncertain', { cause: unseen.cause });
          await clock?.sleep(JITTER_MS * spreadOf(first));
          return 'taken';
        }
        case 'fault':
          throw new JournalFault(written.code, { cause: written.cause });
      }
    },
    read: async (query) => {
      const lines = await read(query);
      saw(lines);
      return lines;
    },
    findCommands: async (query) => (await answered(() => ask.byCommand(query))).map(lineOf),
    lastSeq: async (workspace) => (await answered(() => ask.last(workspace)))?.seq ?? 0,
    history: (query) => history(ask, query, byAccount),
    workspaces: async () => (await answered(() => ask.workspaces())).sort(),
    async close() {
      byAccount.isClosed = true;
      await copies?.close();
    },
  };
}

/** Builds the histories' index in the background. If that fails, nothing is missing: the next start asks for it again. */
function indexInTime(mongo: Mongo): { isIndexed: boolean; isClosed: boolean } {
  const became = { isIndexed: false, isClosed: false };
  ensure(mongo, LINES, (patient) => indexByAccount(lineModel(patient))).then(
    () => {
      became.isIndexed = true;
    },
    (error: Error) => {
      if (!became.isClosed) mongo.tell(`Looking back takes longer until the next start. ${error.message}`);
    },
  );
  return became;
}

type Ask = ReturnType<typeof linesQueries>;
type Stretch = { workspace: string; at: number; sinceSeq: number; endSeq: number };

/** Backwards from the last line before `toAt` to the first one from `fromAt`: time never goes back in a journal. */
async function history(ask: Ask, query: HistoryQuery, { isIndexed }: { isIndexed: boolean }): Promise<Line[]> {
  const { workspace, account, fromAt, toAt, sinceSeq = 1, beforeSeq = Number.POSITIVE_INFINITY, linesMax } = query;
  const endSeq = Math.min(beforeSeq, ((await answered(() => ask.last(workspace)))?.seq ?? 0) + 1);
  const firstSeq = await firstSeqFrom(ask, { workspace, at: fromAt, sinceSeq, endSeq });
  let before = await firstSeqFrom(ask, { workspace, at: toAt, sinceSeq, endSeq });
  const found: Line[] = [];
  while (before > firstSeq && found.length < linesMax) {
    const fromSeq = isIndexed ? firstSeq : Math.max(firstSeq, before - SCAN_LINES);
    const wanted = { workspace, account, fromSeq, beforeSeq: before, linesMax: linesMax - found.length, isIndexed };
    found.push(...(await answered(() => ask.touching(wanted))).map(lineOf));
    before = fromSeq;
  }
  return found;
}

/** The first seq of a stretch at or after a time, found by halving; its end where there is none. */
async function firstSeqFrom(ask: Ask, { workspace, at, sinceSeq, endSeq }: Stretch) {
  let low = sinceSeq;
  let high = endSeq;
  while (low < high) {
    const seq = Math.floor((low + high) / 2);
    const line = await answered(() => ask.at({ workspace, seq }));
    if (!line) throw new JournalFault('corrupt', { message: `line ${seq} of ${workspace} is missing` });
    if (line.at < at) low = seq + 1;
    else high = seq;
  }
  return low;
}

const documentOf = (line: Line): LineDocument => ({
  _id: lineId(line),
  touchedAccounts: [...touchedBy(line)],
  ...line,
});

/** Of a hash, and so as good as chance; another one at each seq. */
const spreadOf = ({ commandHash, seq }: Line) => (commandHash.charCodeAt(seq % commandHash.length) % 32) / 32;

/** What stood in the way of a line has its seq or its command. */
const waysToFind = (line: Line) => {
  const { workspace, commandId } = line;
  return [{ _id: lineId(line) }, { workspace, commandId }];
};

/** Checked as it is; only where something is wrong is it read again as text, which says what. */
function lineOf(document: LineDocument): Line {
  const { _id, touchedAccounts, ...line } = document;
  return isLine(line) ? line : parseLine(JSON.stringify(line), line.seq);
}

async function answered<Value>(work: () => Promise<Value>): Promise<Value> {
  const tried = await tryRead(work);
  if (tried.kind === 'done') return tried.value;
  throw new JournalFault(tried.code, { cause: tried.cause });
}
