import { openMongoRecords } from '../../../src/storage/records/mongo.ts';
import { describeOnMongo, testDatabase } from '../../support/mongo.ts';
import { recordsContract } from './contract.ts';

describeOnMongo('on MongoDB', () => {
  const database = testDatabase('records');

  recordsContract('mongo', async () => {
    await database.empty();
    const mongo = await database.open();
    const records = await openMongoRecords(mongo);
    return { ...records, close: () => database.close() };
  });
});
