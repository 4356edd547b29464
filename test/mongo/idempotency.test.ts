import { test } from 'vitest';
import { openMongoJournal } from '../../src/storage/journal/mongo.ts';
import { runPairs } from '../app/idempotency-run.ts';
import { describeOnMongo, testDatabase } from '../support/mongo.ts';

describeOnMongo('an id is answered once, for ever, on MongoDB', () => {
  const database = testDatabase('idempotency');

  test('300 pairs: at once, after 400 days, after a restart on another connection', async () => {
    const [journal, other] = [
      await openMongoJournal(await database.open()),
      await openMongoJournal(await database.open()),
    ];
    await runPairs({ journal, other, count: 300 });
  }, 60_000);
});
