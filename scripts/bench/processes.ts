import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Book } from '../../src/book/book.ts';
import { openMongoLeases } from '../../src/peers/mongo-leases.ts';
import { openPeers } from '../../src/peers/open.ts';
import type { Log } from '../../src/ports/ports.ts';
import { realClock, steadyClock } from '../../src/start/real-clock.ts';
import { openMongoJournal } from '../../src/storage/journal/mongo.ts';
import { openMongo } from '../../src/storage/mongo/open.ts';
import { closedLoop, type Loop, openLoop, type Took } from './loops.ts';
import { WAIT_MS } from './mongo.ts';
import { newDatabase, type Server } from './mongo-server.ts';
import { images } from './people.ts';
import { timed } from './report.ts';
import { openingCommands, WORKSPACE } from './workload.ts';

const PEOPLE = 64;
/** Images of different processes have numbers that are far apart. */
const NUMBERS = 1_000_000;

type Order = { kind: 'share'; from: number; count: number } | ({ kind: 'loop' } & Loop);
const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} };
type Shared = { linesPerS: number; askedAgain: number };

/** So many processes on one workspace of one server, each with people of its own; the same number of images in all. */
export async function sharedWorkspace(
  server: Server,
  { processesCount, imagesCount }: { processesCount: number; imagesCount: number },
): Promise<Shared> {
  return await withProcesses(server, processesCount, async (children) => {
    const count = Math.floor(imagesCount / processesCount);
    let askedAgain = 0;
    const ms = await timed(async () => {
      const done = await Promise.all(
        children.map((child, n) => askFor<number>(child, { kind: 'share', from: NUMBERS * n, count })),
      );
      askedAgain = done.reduce((sum, each) => sum + each, 0);
    });
    return { linesPerS: (count * processesCount * 2 * 1_000) / ms, askedAgain };
  });
}

/** Open loops at each rate, of images a second over all processes, and a closed one: how long each command took, by process. */
export async function loops(
  server: Server,
  { processesCount, cells }: { processesCount: number; cells: readonly Pick<Loop, 'ms' | 'imagesPerS'>[] },
  tell: (index: number, took: readonly Took[]) => void,
): Promise<void> {
  await withProcesses(server, processesCount, async (children) => {
    for (const [index, { ms, imagesPerS }] of cells.entries()) {
      const each = imagesPerS === null ? null : imagesPerS / processesCount;
      const loopOf = (n: number): Loop => ({
        ms,
        imagesPerS: each,
        from: NUMBERS * (n + processesCount * index),
        people: PEOPLE,
      });
      tell(index, await Promise.all(children.map((child, n) => askFor<Took>(child, { kind: 'loop', ...loopOf(n) }))));
    }
  });
}

async function withProcesses<Result>(
  server: Server,
  count: number,
  work: (children: readonly ChildProcess[]) => Promise<Result>,
): Promise<Result> {
  const uri = newDatabase(server);
  await openAgency(uri);
  const children = await Promise.all(Array.from({ length: count }, () => startWriter(uri)));
  const result = await work(children);
  for (const child of children) child.disconnect();
  await Promise.all(children.map((child) => once(child, 'exit')));
  await dropDatabase(uri);
  return result;
}

async function openAgency(uri: string): Promise<void> {
  const { book, close } = await openBook(uri);
  for (const { command } of openingCommands()) await book.submit(command);
  await close();
}

/** As the product opens it, but for the copies of budgets: the tests’ server scans for each. */
async function openBook(uri: string) {
  const mongo = await openMongo(uri, { waitMs: WAIT_MS });
  const journal = await openMongoJournal(mongo, { clock: realClock });
  const peers = await openPeers({
    ...{ host: '127.0.0.1', port: 0, processId: randomUUID(), newId: randomUUID, key: 'bench', rules: 'bench' },
    ...{
      workspace: WORKSPACE,
      leases: await openMongoLeases(mongo),
      clock: realClock,
      steady: steadyClock,
      log: SILENT,
    },
  });
  const book = await Book.open({ journal, clock: realClock, workspace: WORKSPACE, writer: peers.writer });
  await peers.serve(book);
  return {
    book,
    close: async () => {
      await book.close();
      await peers.close();
      await journal.close();
      await mongo.close();
    },
  };
}

async function dropDatabase(uri: string): Promise<void> {
  const mongo = await openMongo(uri, { waitMs: WAIT_MS });
  await mongo.connection.dropDatabase();
  await mongo.close();
}

async function startWriter(uri: string): Promise<ChildProcess> {
  const child = fork(process.argv[1] ?? '', ['--write', uri], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  await once(child, 'message');
  return child;
}

async function askFor<Answer>(child: ChildProcess, order: Order): Promise<Answer> {
  child.send(order);
  const [answer] = (await once(child, 'message')) as [Answer];
  return answer;
}

/** What a child process does that was started to write. */
export async function write(uri: string): Promise<void> {
  const { book, close } = await openBook(uri);
  const work = (order: Order) => {
    if (order.kind === 'share') return images(book, { ...order, people: PEOPLE });
    return order.imagesPerS === null ? closedLoop(book, order) : openLoop(book, order);
  };
  process.on('message', (order: Order) => void work(order).then((answer) => process.send?.(answer)));
  process.once('disconnect', () => void close());
  process.send?.('ready');
}
