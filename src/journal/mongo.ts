import { touchedBy } from '../ledger/balances.ts';
import type { Line } from '../ledger/lines.ts';
import { seen } from '../mongo/insert-once.ts';
import type { Mongo } from '../mongo/open.ts';
import { ensure, insertAll, tryRead } from '../mongo/write.ts';
import { firstOf, gapBefore, type HistoryQuery, type Journal, JournalFault } from './journal.ts';
import { assertLine, parseLine } from './line.ts';
import { createBudgetCopies } from './mongo-budgets.ts';
import { LINES, type LineDocument, lineId, lineModel, linesQueries } from './mongo-lines.ts';

/** How many lines one look at a history may pass over: few enough to be answered in time. */
const SCAN_LINES = 20_000;

/**
 * A journal in one collection, for any number of processes: an append is one ordered insert, and the unique keys settle
 * every race. `copyBudgets`: keeps the current balances as documents beside the lines, for people with Mongo tools.
 */
export async function openMongoJournal(
  mongo: Mongo,
  { copyBudgets = false }: { copyBudgets?: boolean } = {},
): Promise<Journal> {
  const model = lineModel(mongo);
  const ask = linesQueries(model);
  await ensure(mongo, LINES, () => model.createIndexes());

  const read: Journal['read'] = async (query) => (await answered(() => ask.after(query))).map(lineOf);
  const copies = copyBudgets ? await createBudgetCopies(mongo, read) : null;

  return {
    async append(lines) {
      const first = firstOf(lines);
      if (!first) return 'appended';
      if (first.seq > 1 && !(await answered(() => ask.at({ workspace: first.workspace, seq: first.seq - 1 })))) {
        throw gapBefore(first);
      }
      const written = await insertAll(mongo, model as never, lines.map(documentOf));
      switch (written.kind) {
        case 'done':
          copies?.saw(lines);
          return 'appended';
        case 'taken': {
          const unseen = await seen(model as never, ...waysToFind(lines[written.index] ?? first));
          if (unseen) throw new JournalFault('uncertain', { cause: unseen.cause });
          return 'taken';
        }
        case 'fault':
          throw new JournalFault(written.code, { cause: written.cause });
      }
    },
    read: async (query) => {
      const lines = await read(query);
      copies?.saw(lines);
      return lines;
    },
    findCommands: async (query) => (await answered(() => ask.byCommand(query))).map(lineOf),
    lastSeq: async (workspace) => (await answered(() => ask.last(workspace)))?.seq ?? 0,
    history: (query) => history(ask, query),
    workspaces: async () => (await answered(() => ask.workspaces())).sort(),
    close: async () => copies?.close(),
  };
}

type Ask = ReturnType<typeof linesQueries>;

/** Backwards from the last line before `toAt` to the first one from `fromAt`: time never goes back in a journal. */
async function history(ask: Ask, query: HistoryQuery): Promise<Line[]> {
  const { workspace, account, fromAt, toAt, beforeSeq = Number.POSITIVE_INFINITY, linesMax } = query;
  const endSeq = (await answered(() => ask.last(workspace)))?.seq ?? 0;
  const firstSeq = await firstSeqFrom(ask, { workspace, at: fromAt, endSeq });
  let before = Math.min(beforeSeq, await firstSeqFrom(ask, { workspace, at: toAt, endSeq }));
  const found: Line[] = [];
  while (before > firstSeq && found.length < linesMax) {
    const fromSeq = Math.max(firstSeq, before - SCAN_LINES);
    const wanted = { workspace, account, fromSeq, beforeSeq: before, linesMax: linesMax - found.length };
    found.push(...(await answered(() => ask.touching(wanted))).map(lineOf));
    before = fromSeq;
  }
  return found;
}

/** The first seq at or after a time, found by halving; one past the last where there is none. */
async function firstSeqFrom(ask: Ask, { workspace, at, endSeq }: { workspace: string; at: number; endSeq: number }) {
  let low = 1;
  let high = endSeq + 1;
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

/** What stood in the way of a line has its seq or its command. */
const waysToFind = (line: Line) => {
  const { workspace, commandId } = line;
  return [{ _id: lineId(line) }, { workspace, commandId }];
};

/** Checked as it is; only where something is wrong is it read again as text, which says what. */
function lineOf(document: LineDocument): Line {
  const { _id, touchedAccounts, ...line } = document;
  try {
    assertLine(line as Line);
    return line as Line;
  } catch {
    return parseLine(JSON.stringify(line), line.seq);
  }
}

async function answered<Value>(work: () => Promise<Value>): Promise<Value> {
  const tried = await tryRead(work);
  if (tried.kind === 'done') return tried.value;
  throw new JournalFault(tried.code, { cause: tried.cause });
}
