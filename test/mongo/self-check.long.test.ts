import type { Line } from '../../src/ledger/lines.ts';
import { openMongoJournal } from '../../src/storage/journal/mongo.ts';
import { openMongoRecords } from '../../src/storage/records/mongo.ts';
import { type OpenPlace, selfCheckSuite } from '../app/self-check-suite.ts';
import { describeOnMongo, testDatabase } from '../support/mongo.ts';

describeOnMongo('the nightly check of a MongoDB', () => {
  const database = testDatabase('self-check');

  /** Somebody with a Mongo shell. */
  async function mongo(): Promise<OpenPlace> {
    await database.empty();
    const shell = await database.open();
    const lines = shell.connection.collection('lines');
    const replace = async (seq: number, change: object) => {
      const stands = await lines.findOne({ seq });
      await lines.replaceOne({ seq }, { ...stands, ...change });
    };
    return {
      async open() {
        const opened = await database.open();
        const journal = await openMongoJournal(opened);
        const records = await openMongoRecords(opened);
        const close = async () => {
          await journal.close();
          await records.close();
        };
        return { journal, records, close };
      },
      async read(seq) {
        const { _id, touchedAccounts, ...line } = (await lines.findOne({ seq })) as unknown as Stored;
        return line as Line;
      },
      write: (line) => replace(line.seq, line),
      scribble: (seq) => replace(seq, { balances: 'none' }),
      removeAfter: async (seq) => void (await lines.deleteMany({ seq: { $gt: seq } })),
      remove: () => database.close(),
    };
  }
  type Stored = Line & { _id: string; touchedAccounts: string[] };

  selfCheckSuite(mongo, { processes: [3] });
});
