import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Book } from '../../src/book/book.ts';
import { fold } from '../../src/ledger/apply/apply.ts';
import type { Line } from '../../src/ledger/lines.ts';
import { emptyState } from '../../src/ledger/state.ts';
import { timelessClock } from '../../src/start/real-clock.ts';
import type { Journal } from '../../src/storage/journal/journal.ts';
import { openSqliteJournal } from '../../src/storage/journal/sqlite.ts';
import { folderSnapshots } from '../../src/storage/snapshots/folder.ts';
import { EVERY_LINES, keepSnapshots } from '../../src/storage/snapshots/keep.ts';
import { openSqlite } from '../../src/storage/sqlite/open.ts';
import { median, quantile, timed } from './report.ts';
import { imageCommands, journalLines, WORKSPACE } from './workload.ts';

const WRITE_LINES = 2_000;
const READ_LINES = 2_000;
const FEW_LINES = 1_000;
const STARTS = 3;
/** The first image that no journal here has. */
const NEXT_IMAGE = 100_000_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

type Latency = { p50Ms: number; p99Ms: number };
const NONE: Latency = { p50Ms: 0, p99Ms: 0 };

/** What a long journal costs: at the start, in memory, and for one hold. */
export async function growth(folder: string, { linesCount, holdsCount }: { linesCount: number; holdsCount: number }) {
  const few = join(folder, 'few.sqlite');
  const many = join(folder, 'many.sqlite');
  await writeJournal(few, FEW_LINES);
  await writeJournal(many, linesCount);
  await leaveSnapshot(many, linesCount - EVERY_LINES + 1);

  const [rawMs, openMs, quickMs]: [number[], number[], number[]] = [[], [], []];
  for (let start = 0; start < STARTS; start += 1) {
    rawMs.push(await timed(() => readRaw(many)));
    openMs.push(await timed(async () => await (await openBook(many)).close()));
    quickMs.push(await timed(async () => await (await openBook(many, { withSnapshot: true })).close()));
  }
  collectGarbage();
  const emptyBytes = process.memoryUsage().heapUsed;
  const long = await openBook(many);
  collectGarbage();
  const stateBytes = process.memoryUsage().heapUsed - emptyBytes;
  const short = await openBook(few);
  const latencies = await holdLatencies([short.book, long.book], holdsCount);
  await Promise.all([short.close(), long.close()]);
  return {
    startMs: median(openMs),
    quickStartMs: median(quickMs),
    rawMs: median(rawMs),
    bytesPerMillionLines: (stateBytes / linesCount) * 1_000_000,
    short: latencies[0] ?? NONE,
    long: latencies[1] ?? NONE,
  };
}

async function writeJournal(file: string, linesCount: number): Promise<void> {
  const journal = openSqliteJournal(file);
  let batch: Line[] = [];
  for (const line of journalLines(linesCount)) {
    batch.push(line);
    if (batch.length < WRITE_LINES) continue;
    await journal.append(batch);
    batch = [];
  }
  await journal.append(batch);
  await journal.close();
}

/** Every line in order, and parsed: the least that anybody who wants to know them has to do. */
function readRaw(file: string): number {
  const database = openSqlite(file, { schema: [''] });
  const page = database.prepare('SELECT seq, line FROM lines WHERE workspace = ? AND seq > ? ORDER BY seq LIMIT ?');
  let after = 0;
  let bytes = 0;
  for (;;) {
    const rows = page.all(WORKSPACE, after, READ_LINES) as { seq: number; line: string }[];
    for (const row of rows) bytes += (JSON.parse(row.line) as Line).seq;
    const last = rows.at(-1);
    if (!last) break;
    after = last.seq;
  }
  database.close();
  return bytes;
}

const silent = { info: () => {}, warn: () => {} };

const keeperOf = (file: string, journal: Journal) =>
  keepSnapshots({
    snapshots: folderSnapshots(dirname(file)),
    journal,
    workspace: WORKSPACE,
    foldId: 'bench',
    log: silent,
    atStopLines: EVERY_LINES,
  });

/** At a line after which as many others follow as there can be before the next one is written. */
async function leaveSnapshot(file: string, seq: number): Promise<void> {
  const journal = openSqliteJournal(file);
  let state = emptyState(WORKSPACE);
  while (state.seq < seq) {
    const linesMax = Math.min(WRITE_LINES, seq - state.seq);
    state = fold(state, await journal.read({ workspace: WORKSPACE, afterSeq: state.seq, linesMax }));
  }
  const keeper = keeperOf(file, journal);
  keeper.saw(state);
  await keeper.close(state);
  await journal.close();
}

async function openBook(file: string, { withSnapshot = false } = {}) {
  const journal = openSqliteJournal(file);
  const clock = timelessClock(() => Date.now());
  const snapshots = withSnapshot ? keeperOf(file, journal) : null;
  const book = await Book.open({ journal, clock, workspace: WORKSPACE, snapshots });
  return {
    book,
    close: async () => {
      await book.close();
      await journal.close();
    },
  };
}

/** Milliseconds of one hold after the other; the books take turns, so that a slow moment hits all of them. */
async function holdLatencies(books: readonly Book[], holdsCount: number): Promise<Latency[]> {
  const latencies = books.map((): number[] => []);
  for (let n = 0; n < holdsCount; n += 1) {
    for (const [index, book] of books.entries()) {
      const { hold, capture } = imageCommands(NEXT_IMAGE + n);
      latencies[index]?.push(await timed(() => book.submit(hold.command)));
      await book.submit(capture.command);
    }
  }
  return latencies.map((ms) => ({ p50Ms: median(ms), p99Ms: quantile(ms, 0.99) }));
}
