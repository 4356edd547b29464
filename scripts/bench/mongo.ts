import { Book } from '../../src/book/book.ts';
import { touchedBy } from '../../src/ledger/kinds/kinds.ts';
import type { Line } from '../../src/ledger/lines.ts';

import { realClock } from '../../src/start/real-clock.ts';
import { openMongoJournal } from '../../src/storage/journal/mongo.ts';
import { lineId } from '../../src/storage/journal/mongo-lines.ts';
import { type Mongo, openMongo } from '../../src/storage/mongo/open.ts';
import { newDatabase, type Server } from './mongo-server.ts';
import { images } from './people.ts';
import { median, timed } from './report.ts';
import { usualWay } from './usual-way.ts';
import { openingCommands, WORKSPACE } from './workload.ts';

const PEOPLE = 64;
const ROUNDS = 5;
/** The benchmark can wait for a busy machine. */
export const WAIT_MS = 30_000;

/**
 * Holds and captures through the book on MongoDB, without the copies of budgets (the tests’ server scans for each), against `insertMany` of the very same
 * documents by the bare driver, in batches as large, with the same indexes and write concern; and against the usual way
 * of doing it. Rounds take turns.
 */
export async function mongoThroughput(server: Server, { imagesCount }: { imagesCount: number }) {
  const mongo = await openMongo(newDatabase(server), { waitMs: WAIT_MS });
  const journal = await openMongoJournal(mongo, { clock: realClock });
  const written: Line[][] = [];
  const counted: typeof journal = {
    ...journal,
    append: async (lines) => {
      written.push([...lines]);
      return await journal.append(lines);
    },
  };
  const book = await Book.open({ journal: counted, clock: realClock, workspace: WORKSPACE });
  for (const { command } of openingCommands()) await book.submit(command);
  const bare = await openBare(mongo);
  const usual = await usualWay(mongo);

  const spentMs: { book: number[]; bare: number[]; usual: number[] } = { book: [], bare: [], usual: [] };
  const batches: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const from = round * (imagesCount + 1);
    // The others’ turns were a pause for the book: it looks for newer lines after one, and the tests’ server scans for that.
    await images(book, { from: from + imagesCount, count: 1, people: 1 });
    written.length = 0;
    const byBook = await timed(() => images(book, { from, count: imagesCount, people: PEOPLE }));
    const documents = written.map((lines) => lines.map(documentOf));
    const byDriver = await timed(async () => {
      for (const batch of documents) await bare.insertMany(batch);
    });
    // A tenth of them: it takes its time.
    const count = Math.ceil(imagesCount / 10);
    const byHand = (await timed(() => usual.images({ from, count, people: PEOPLE }))) * (imagesCount / count);
    // The first round warms up.
    if (round === 0) continue;
    spentMs.book.push(byBook);
    spentMs.bare.push(byDriver);
    spentMs.usual.push(byHand);
    batches.push(...written.map(({ length }) => length));
  }
  await book.close();
  await journal.close();
  await mongo.connection.dropDatabase();
  await mongo.close();
  const perS = (roundsMs: readonly number[]) => ((imagesCount * 2) / median(roundsMs)) * 1_000;
  return {
    bookPerS: perS(spentMs.book),
    barePerS: perS(spentMs.bare),
    usualPerS: perS(spentMs.usual),
    batchMean: batches.reduce((sum, count) => sum + count, 0) / batches.length,
  };
}

const documentOf = (line: Line) => ({ _id: lineId(line), touchedAccounts: [...touchedBy(line)], ...line });

async function openBare({ connection }: Mongo) {
  const bare = connection.collection('bare');
  await bare.createIndex({ workspace: 1, seq: 1 }, { unique: true });
  await bare.createIndex({ workspace: 1, commandId: 1 }, { unique: true });
  return {
    insertMany: (documents: readonly object[]) => bare.insertMany([...documents] as never[], { ordered: true }),
  };
}
