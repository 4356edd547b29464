import { afterAll } from 'vitest';
import { createMemoryJournal } from '../../src/storage/journal/memory.ts';
import { openMongoJournal } from '../../src/storage/journal/mongo.ts';
import { createMemoryRecords } from '../../src/storage/records/memory.ts';
import { openMongoRecords } from '../../src/storage/records/mongo.ts';
import { describeOnMongo, testDatabase } from '../support/mongo.ts';
import { twoOnSqlite } from './on-sqlite.ts';
import { shakyFinger } from './shaky-finger.ts';

const inMemory = { journal: createMemoryJournal(), records: createMemoryRecords() };
shakyFinger('in memory', async () => inMemory);

const sqlite = twoOnSqlite();
shakyFinger('on SQLite, opened twice', sqlite.open);
afterAll(sqlite.close);

describeOnMongo('on one MongoDB', () => {
  const database = testDatabase('finger');
  shakyFinger(
    'each with its own connections',
    async () => {
      const mongo = await database.open();
      return { journal: await openMongoJournal(mongo), records: await openMongoRecords(mongo) };
    },
    { gaps: [2_900] },
  );
});
