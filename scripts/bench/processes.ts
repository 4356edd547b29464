import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Book } from '../../src/app/book.ts';
import { realClock } from '../../src/clock.ts';
import { openMongoJournal } from '../../src/journal/mongo.ts';
import { openMongo } from '../../src/mongo/open.ts';
import { WAIT_MS } from './mongo.ts';
import { newDatabase, type Server } from './mongo-server.ts';
import { images } from './people.ts';
import { timed } from './report.ts';
import { openingCommands, WORKSPACE } from './workload.ts';

const PEOPLE = 64;

type Share = { from: number; count: number };
type Shared = { linesPerS: number; askedAgain: number };

/** So many processes on one workspace of one server, each with people of its own; the same number of images in all. */
export async function sharedWorkspace(
  server: Server,
  { processesCount, imagesCount }: { processesCount: number; imagesCount: number },
): Promise<Shared> {
  const uri = newDatabase(server);
  await openAgency(uri);
  const children = await Promise.all(Array.from({ length: processesCount }, () => startWriter(uri)));
  const count = Math.floor(imagesCount / processesCount);
  let askedAgain = 0;
  const ms = await timed(async () => {
    const done = await Promise.all(children.map((child, n) => askFor(child, { from: 1_000_000 * n, count })));
    askedAgain = done.reduce((sum, each) => sum + each, 0);
  });
  for (const child of children) child.disconnect();
  await Promise.all(children.map((child) => once(child, 'exit')));
  await dropDatabase(uri);
  return { linesPerS: (count * processesCount * 2 * 1_000) / ms, askedAgain };
}

async function openAgency(uri: string): Promise<void> {
  const { book, close } = await openBook(uri);
  for (const { command } of openingCommands()) await book.submit(command);
  await close();
}

async function openBook(uri: string) {
  const mongo = await openMongo(uri, { waitMs: WAIT_MS });
  const journal = await openMongoJournal(mongo, { clock: realClock });
  const book = await Book.open({ journal, clock: realClock, workspace: WORKSPACE });
  return {
    book,
    close: async () => {
      await book.close();
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

async function askFor(child: ChildProcess, share: Share): Promise<number> {
  child.send(share);
  const [askedAgain] = (await once(child, 'message')) as [number];
  return askedAgain;
}

/** What a child process does that was started to write. */
export async function write(uri: string): Promise<void> {
  const { book, close } = await openBook(uri);
  const work = async (share: Share) => void process.send?.(await images(book, { ...share, people: PEOPLE }));
  process.on('message', (share: Share) => void work(share));
  process.once('disconnect', () => void close());
  process.send?.('ready');
}
