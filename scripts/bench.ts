// Measures what the architecture promises, as ratios within one run: these machines are shared. `--quick` in a minute.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ackCpu, receive } from './bench/ack.ts';
import { chainCost } from './bench/chain.ts';
import { type CrowdSize, crowds, LOOKS } from './bench/crowd.ts';
import { growth } from './bench/growth.ts';
import { onHomes } from './bench/homes.ts';
import { mongoThroughput } from './bench/mongo.ts';
import { findMongo } from './bench/mongo-server.ts';
import { onOneWorkspace } from './bench/one-workspace.ts';
import { sharedWorkspace, write } from './bench/processes.ts';
import { atLeast, atMost, report, toKnow } from './bench/report.ts';
import { throughput } from './bench/throughput.ts';
import { usageCost } from './bench/usage.ts';
import { windowsCost } from './bench/windows.ts';

const QUICK = {
  imagesCount: 2_000,
  linesCount: 60_000,
  holdsCount: 300,
  requestsCount: 500,
  looksCount: 300,
  imagesADayCount: 300,
  chainLinesCount: 8_000,
  mongoImagesCount: 200,
  loopMs: 4_000,
};
const FULL = {
  imagesCount: 10_000,
  linesCount: 1_000_000,
  holdsCount: 2_000,
  requestsCount: 3_000,
  looksCount: 1_000,
  imagesADayCount: 2_000,
  chainLinesCount: 40_000,
  mongoImagesCount: 1_000,
  loopMs: 10_000,
};

/** Each axis is compared with an agency of a hundred; one axis grows at a time. */
const FEW: CrowdSize = { membersCount: 100, clientsCount: 100, requestsCount: 100 };
const MANY: readonly { of: string; size: CrowdSize }[] = [
  { of: '20,000 members', size: { ...FEW, membersCount: 20_000 } },
  { of: '5,000 clients', size: { ...FEW, clientsCount: 5_000 } },
  { of: '5,000 open requests', size: { ...FEW, membersCount: 5_200, requestsCount: 5_000 } },
];

const [word, name] = process.argv.slice(2);
if (word === '--receive') await receive(name ?? '');
else if (word === '--write') await write(name ?? '');
else if (word === '--mongo') await onMongo(name === '--quick' ? QUICK : FULL);
else if (word === '--crowd') await onCrowds(name === '--quick' ? QUICK : FULL);
else if (word === '--home') await onHomes(name === '--quick' ? QUICK : FULL);
else if (word === '--usage') await onUsage(name === '--quick' ? QUICK : FULL);
else if (word === '--processes') await onProcesses(name === '--quick' ? QUICK : FULL);
else if (word === '--chain') await inFolder((folder) => onChain(folder, name === '--quick' ? QUICK : FULL));
else await inFolder((folder) => all(folder, process.argv.includes('--quick') ? QUICK : FULL));

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  // Beside the code, not in a temporary folder that may live in memory: a durable write has to reach a disk.
  const folder = mkdtempSync(join(process.cwd(), 'dist', 'bench-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function all(folder: string, sizes: typeof FULL): Promise<void> {
  const lines = `${sizes.linesCount.toLocaleString('en-US')} lines`;

  const { bookPerS, straightPerS, barePerS, batchMean } = await throughput(folder, sizes);
  report({ name: 'holds and captures through the book, SQLite', unit: 'lines/s', ...toKnow(bookPerS) });
  report({ name: 'the same lines straight into a journal', unit: 'lines/s', ...toKnow(straightPerS) });
  report({ name: 'the same lines, ready-made rows into a bare table', unit: 'lines/s', ...toKnow(barePerS) });
  report({ name: 'lines a write', unit: 'lines', ...toKnow(batchMean) });
  report({ name: 'book ÷ straight', unit: 'ratio', ...atLeast(bookPerS / straightPerS, 0.5) });
  report({ name: 'book ÷ bare table', unit: 'ratio', ...toKnow(bookPerS / barePerS) });

  await onChain(folder, sizes);

  const grown = await growth(folder, sizes);
  const { short, long } = grown;
  for (const [part, shortMs, longMs] of [
    ['p50', short.p50Ms, long.p50Ms],
    ['p99', short.p99Ms, long.p99Ms],
  ] as const) {
    report({ name: `one hold at 1,000 lines, ${part}`, unit: 'ms', ...toKnow(shortMs) });
    report({ name: `one hold at ${lines}, ${part}`, unit: 'ms', ...toKnow(longMs) });
    report({ name: `hold at ${lines} ÷ at 1,000, ${part}`, unit: 'ratio', ...atMost(longMs / shortMs, 1.1) });
  }
  report({ name: `start with ${lines}`, unit: 'ms', ...toKnow(grown.startMs) });
  report({ name: `reading ${lines} raw`, unit: 'ms', ...toKnow(grown.rawMs) });
  report({ name: 'start ÷ raw read', unit: 'ratio', ...atMost(grown.startMs / grown.rawMs, 1.5) });
  report({ name: `start with ${lines} and a snapshot`, unit: 'ms', ...toKnow(grown.quickStartMs) });
  const quickRatio = grown.quickStartMs / grown.rawMs;
  // The lines after a snapshot are as many in a short journal, and weigh more there.
  const aimed = sizes.linesCount >= FULL.linesCount ? atMost(quickRatio, 0.2) : toKnow(quickRatio);
  report({ name: 'start with a snapshot ÷ raw read', unit: 'ratio', ...aimed });
  const megabytes = grown.bytesPerMillionLines / 1024 / 1024;
  // A short journal's state is smaller than what the collector leaves lying about.
  if (sizes.linesCount >= FULL.linesCount)
    report({ name: 'memory per million lines', unit: 'MiB', ...toKnow(megabytes) });

  const { inkwellUs, bareUs } = await ackCpu(sizes);
  report({ name: '/imagine up to its ack', unit: 'µs CPU', ...toKnow(inkwellUs) });
  report({ name: 'a bare Bolt command', unit: 'µs CPU', ...toKnow(bareUs) });
  report({ name: '/imagine ack ÷ bare Bolt', unit: 'ratio', ...atMost(inkwellUs / bareUs, 2) });

  await onCrowds(sizes);
  await onHomes(sizes);
  await onMongo(sizes);
}

/** Measures the cost of the lines' hashes and of six windows. `--chain` runs this alone. */
/** A week's figures must cost the same, however long the history is. */
async function onUsage({ linesCount }: typeof FULL): Promise<void> {
  const short = await usageCost(Math.round(linesCount / 20));
  const long = await usageCost(linesCount);
  const lines = `${linesCount.toLocaleString('en-US')} lines`;
  report({ name: `a week split in nine ways, after ${lines}`, unit: 'ms CPU', ...atMost(long.weekMs, 100) });
  report({ name: 'the same ÷ after a twentieth of them', unit: 'ratio', ...atMost(long.weekMs / short.weekMs, 1.5) });
  report({ name: `days and cells kept of ${lines}`, unit: 'days', ...toKnow(long.daysCount) });
  report({ name: 'cells kept', unit: 'cells', ...toKnow(long.cellsCount) });
}

async function onChain(folder: string, { chainLinesCount: linesCount, imagesCount }: typeof FULL): Promise<void> {
  const { chainedMs, bareMs, checkedMs, uncheckedMs } = await chainCost(folder, { linesCount });
  const perLine = (ms: number) => toKnow((ms / linesCount) * 1_000);
  report({ name: 'append with the chain, SQLite', unit: 'µs CPU a line', ...perLine(chainedMs) });
  report({ name: 'append without the chain, SQLite', unit: 'µs CPU a line', ...perLine(bareMs) });
  report({ name: 'append with the chain ÷ without, SQLite', unit: 'ratio', ...toKnow(chainedMs / bareMs) });
  report({ name: 'reading and checking all lines, with the chain', unit: 'µs CPU a line', ...perLine(checkedMs) });
  report({ name: 'reading and checking all lines, without the chain', unit: 'µs CPU a line', ...perLine(uncheckedMs) });
  report({ name: 'checking with the chain ÷ without', unit: 'ratio', ...toKnow(checkedMs / uncheckedMs) });

  const { sixMs, fourMs, foldedSixMs, foldedFourMs } = await windowsCost({ imagesCount });
  const perImage = (ms: number) => toKnow((ms / imagesCount) * 1_000);
  report({ name: 'hold and capture in memory, six windows counted', unit: 'µs CPU', ...perImage(sixMs) });
  report({ name: 'hold and capture in memory, four windows counted', unit: 'µs CPU', ...perImage(fourMs) });
  report({ name: 'hold and capture, six windows ÷ four', unit: 'ratio', ...toKnow(sixMs / fourMs) });
  report({ name: 'fold at a start, six windows ÷ four', unit: 'ratio', ...toKnow(foldedSixMs / foldedFourMs) });
}

/** What people ask for must not cost more where there are more of them; `--crowd` for this alone. */
async function onCrowds(sizes: typeof FULL): Promise<void> {
  for (const { of, size } of MANY) {
    const [few, many] = await crowds([FEW, size], sizes);
    for (const name of LOOKS) {
      const [fewMs = 0, manyMs = 0] = [few?.[name], many?.[name]];
      report({ name: `${name} at 100, p50`, unit: 'ms', ...toKnow(fewMs) });
      report({ name: `${name} at ${of}, p50`, unit: 'ms', ...toKnow(manyMs) });
      report({ name: `${name} at ${of} ÷ at 100`, unit: 'ratio', ...atMost(manyMs / fewMs, 1.2) });
    }
  }
}

/** On the server that the tests run on; `--mongo` for these alone, `--processes` for several processes alone. */
async function onMongo({ mongoImagesCount: imagesCount, loopMs }: typeof FULL): Promise<void> {
  const server = await findMongo();
  if (typeof server === 'string') return console.log(`!!! MongoDB: NOT MEASURED, ${server}`);
  try {
    const { bookPerS, barePerS, usualPerS, batchMean } = await mongoThroughput(server, { imagesCount });
    report({ name: `holds and captures through the book, ${server.name}`, unit: 'lines/s', ...toKnow(bookPerS) });
    report({ name: 'the same documents, insertMany by the bare driver', unit: 'lines/s', ...toKnow(barePerS) });
    report({ name: 'conditional $inc for each account and an insert', unit: 'commands/s', ...toKnow(usualPerS) });
    report({ name: 'lines a write', unit: 'lines', ...toKnow(batchMean) });
    report({ name: 'book ÷ bare driver', unit: 'ratio', ...atLeast(bookPerS / barePerS, 0.65) });
    report({ name: 'book ÷ the usual way', unit: 'ratio', ...toKnow(bookPerS / usualPerS) });

    const one = await sharedWorkspace(server, { processesCount: 1, imagesCount });
    report({ name: 'one process on a workspace', unit: 'lines/s', ...toKnow(one.linesPerS) });
    for (const processesCount of [2, 4]) {
      const { linesPerS, askedAgain } = await sharedWorkspace(server, { processesCount, imagesCount });
      const ratio = linesPerS / one.linesPerS;
      const aimed = processesCount === 4 ? atLeast(ratio, 0.7) : toKnow(ratio);
      report({ name: `${processesCount} processes on one workspace`, unit: 'lines/s', ...toKnow(linesPerS) });
      report({ name: `${processesCount} processes ÷ one`, unit: 'ratio', ...aimed });
      report({ name: `${processesCount} processes: told to try again`, unit: 'times', ...toKnow(askedAgain) });
    }
    await onOneWorkspace(server, loopMs);
  } finally {
    await server.stop();
  }
}

async function onProcesses({ loopMs }: typeof FULL): Promise<void> {
  const server = await findMongo();
  if (typeof server === 'string') return console.log(`!!! MongoDB: NOT MEASURED, ${server}`);
  try {
    await onOneWorkspace(server, loopMs);
  } finally {
    await server.stop();
  }
}
