import { spawnSync } from 'node:child_process';
import { beforeAll } from 'vitest';
import { touchedBy } from '../../src/ledger/kinds/kinds.ts';
import type { Line } from '../../src/ledger/lines.ts';
import { lineId } from '../../src/storage/journal/mongo-lines.ts';
import { DAMAGES } from '../app/chain-damages.ts';
import { type ChainPlace, chainSuite } from '../app/chain-suite.ts';
import { describeOnMongo, testDatabase } from '../support/mongo.ts';
import { programOfRun } from '../support/program.ts';

describeOnMongo('a chained ledger in a MongoDB that a person changed in its shell', () => {
  const database = testDatabase('chain');
  let program: string;
  beforeAll(() => {
    program = programOfRun('scripts/ledger-verify.ts');
  });

  async function mongo(): Promise<ChainPlace> {
    await database.empty();
    const collection = async () => (await database.open()).connection.collection<Document>('lines');
    return {
      at: { dataDir: '/nowhere', sqliteEngine: 'auto', mongoUri: database.uri },
      async lines() {
        const documents = await (await collection()).find().sort({ seq: 1 }).toArray();
        return documents.map(({ _id, touchedAccounts, ...line }) => line as Line);
      },
      async change({ removed, added }) {
        const lines = await collection();
        await lines.deleteMany({ seq: { $in: removed.map(({ seq }) => seq) } });
        const made = added.map((line) => ({ _id: lineId(line), touchedAccounts: [...touchedBy(line)], ...line }));
        if (made.length > 0) await lines.insertMany(made);
      },
      verify: () => spawnSync(process.execPath, [program, '--uri', database.uri], { encoding: 'utf8' }).stdout,
      remove: () => database.close(),
    };
  }
  type Document = Line & { _id: string; touchedAccounts: string[] };

  // FerretDB is slow: the cut end is the quick proof.
  chainSuite(mongo, { oneIn: DAMAGES.length });
});
