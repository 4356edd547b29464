import { expect, test } from 'vitest';
import { openMongoJournal } from '../../src/storage/journal/mongo.ts';
import { testLong } from '../support/is-long.ts';
import { describeOnMongo, describeOnMongoDbItself, testDatabase } from '../support/mongo.ts';
import { startMongoProxy } from '../support/mongo-proxy.ts';

describeOnMongo('building an index', () => {
  const database = testDatabase('indexes');

  testLong('takes as long as it takes, and says how far it is', async () => {
    const proxy = await startMongoProxy(database.uri);
    const told: string[] = [];
    proxy.next('createIndexes', { delayMs: 6_500 });
    const mongo = await database.open({ at: proxy.uri, waitMs: 1_300, tell: (message) => void told.push(message) });
    const journal = await openMongoJournal(mongo);
    expect(told).toEqual([
      'Building the indexes of lines in MongoDB, for 3 s so far.',
      'Building the indexes of lines in MongoDB, for 6 s so far.',
    ]);
    await journal.close();
    await database.close();
    await proxy.close();
  });

  test('goes on where the connection broke in the middle of it', async () => {
    const proxy = await startMongoProxy(database.uri);
    proxy.next('createIndexes', 'lose_the_answer');
    const mongo = await database.open({ at: proxy.uri });
    await (await openMongoJournal(mongo)).close();
    expect(proxy.planned).toBe(0);
    await database.close();
    await proxy.close();
  });

  test.each([
    [{ code: 13, codeName: 'Unauthorized' }, 'refused', /\(code 13\): the user needs the right readWrite/],
    [{ code: 8_000, codeName: 'AtlasError' }, 'refused', /needs the right readWrite/],
    [{ code: 50, codeName: 'MaxTimeMSExpired' }, 'unreachable', /took too long/],
    [{ code: 11_000, codeName: 'DuplicateKey' }, 'damaged', /share a key that is unique/],
    [{ code: 86, codeName: 'IndexKeySpecsConflict' }, 'refused', /another index of that name/],
    [{ code: 14_031, codeName: 'OutOfDiskSpace' }, 'refused', /\(code 14031\).*OutOfDiskSpace/],
  ])('refused with %j says why', async (error, code, message) => {
    const proxy = await startMongoProxy(database.uri);
    proxy.next('createIndexes', error);
    const mongo = await database.open({ at: proxy.uri });
    const opened = openMongoJournal(mongo);
    await expect(opened).rejects.toMatchObject({ name: 'MongoFault', code, message: expect.stringMatching(message) });
    await database.close();
    await proxy.close();
  });
});

/** FerretDB answers with an internal error and no code. */
describeOnMongoDbItself('building an index on MongoDB itself', () => {
  const database = testDatabase('indexes-itself');

  test('of documents that share a key says so, and which', async () => {
    await database.empty();
    const mongo = await database.open();
    const twice = [1, 2].map((n) => ({ _id: `T1 ${n}`, workspace: 'T1', seq: 7, commandId: `c${n}` }));
    await mongo.connection.db!.collection('lines').insertMany(twice as never[]);
    await expect(openMongoJournal(mongo)).rejects.toMatchObject({
      name: 'MongoFault',
      code: 'damaged',
      message: expect.stringMatching(/seq = 7/),
    });
    await database.empty();
  });
});
