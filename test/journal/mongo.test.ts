import { realClock } from '../../src/clock.ts';
import { openMongoJournal } from '../../src/journal/mongo.ts';
import { describeOnMongo, testDatabase } from '../support/mongo.ts';
import { journalContract } from './contract.ts';

describeOnMongo('on MongoDB', () => {
  const database = testDatabase('journal');

  journalContract('mongo', async () => {
    await database.empty();
    const mongo = await database.open();
    const journal = await openMongoJournal(mongo, { clock: realClock });
    return { ...journal, close: () => database.close() };
  });
});
