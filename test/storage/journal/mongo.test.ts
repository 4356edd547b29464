import { expect, test } from 'vitest';
import { realClock } from '../../../src/start/real-clock.ts';
import { openMongoJournal } from '../../../src/storage/journal/mongo.ts';
import { lineModel } from '../../../src/storage/journal/mongo-lines.ts';
import { isLong } from '../../support/is-long.ts';
import { describeOnMongo, server, testDatabase } from '../../support/mongo.ts';
import { startMongoProxy } from '../../support/mongo-proxy.ts';
import { journalContract } from './contract.ts';
import { historyContract, writeManyLines } from './history-contract.ts';

describeOnMongo('on MongoDB', () => {
  const database = testDatabase('journal');

  const empty = async () => {
    await database.empty();
    const mongo = await database.open();
    const journal = await openMongoJournal(mongo, { clock: realClock });
    return { ...journal, close: () => database.close() };
  };
  journalContract('mongo', empty);
  // FerretDB reads every line for each question.
  if (server?.name === 'MongoDB') historyContract('mongo', empty, 50_000);
  else if (isLong) historyContract('mongo', empty, 1_200);
});

type Find = { filter: Record<string, unknown>; hint: Record<string, number> };

(isLong ? describeOnMongo : () => undefined)('a history on MongoDB', () => {
  const database = testDatabase('journal-history');
  const query = { workspace: 'T1', account: 'client:once', fromAt: 0, toAt: 1e15, linesMax: 9 } as const;

  test('asks once for the lines of the account alone; before the index is built it looks through ranges of lines', async () => {
    const proxy = await startMongoProxy(database.uri);
    const first = await database.open();
    await writeManyLines(await openMongoJournal(first), 1_200);
    await first.connection.collection('lines').dropIndexes();

    const told: string[] = [];
    const mongo = await database.open({ at: proxy.uri, tell: (message) => void told.push(message) });
    const finds: Find[] = [];
    mongo.connection.getClient().on('commandStarted', ({ commandName, command }) => {
      if (commandName === 'find' && 'touchedAccounts' in command.filter) finds.push(command as unknown as Find);
    });
    await lineModel(first).createIndexes();
    // Two are asked for before anybody is served, and are there.
    for (const delayMs of [0, 0, 4_000]) proxy.next('createIndexes', { delayMs });
    const journal = await openMongoJournal(mongo);
    expect((await journal.history(query)).map(({ seq }) => seq)).toEqual([1]);
    expect(finds.map(({ hint }) => hint)).toEqual([{ workspace: 1, seq: 1 }]);

    for (let looks = 0; looks < 200 && !finds.some(({ hint }) => 'touchedAccounts' in hint); looks += 1) {
      finds.length = 0;
      expect((await journal.history(query)).map(({ seq }) => seq)).toEqual([1]);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(finds).toMatchObject([
      {
        filter: { workspace: 'T1', touchedAccounts: 'client:once', seq: { $gte: 1, $lt: 1_201 } },
        hint: { workspace: 1, touchedAccounts: 1, seq: 1 },
      },
    ]);
    await journal.close();
    await database.close();
    await proxy.close();
  }, 60_000);
});
