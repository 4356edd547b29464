import { spawnSync } from 'node:child_process';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { openMongoJournal } from '../../src/storage/journal/mongo.ts';
import { agency, capture, hold, limit } from '../support/fixtures.ts';
import { historyOf } from '../support/history.ts';
import { someOf } from '../support/is-long.ts';
import { describeOnMongo, testDatabase } from '../support/mongo.ts';
import { programOfRun } from '../support/program.ts';

const { lines } = historyOf([
  ...agency(),
  limit('client:acme', 'month', 100),
  { ...hold(5), commandId: 'h1' },
  capture('h1/1', 4),
]);

describeOnMongo('ledger:verify of a MongoDB', () => {
  const database = testDatabase('verify');
  let program: string;
  beforeAll(() => {
    program = programOfRun('scripts/ledger-verify.ts');
  });

  beforeEach(async () => {
    await database.empty();
    const mongo = await database.open();
    await (await openMongoJournal(mongo)).append(lines);
    await database.close();
  });

  const verify = (environment: Record<string, string>, ...words: string[]) => {
    const { stdout, status } = spawnSync(process.execPath, [program, ...words], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', ...environment },
    });
    return { said: stdout.replace(/[^ ]*-test/g, 'HERE'), status };
  };

  test('says how much it checked, where MONGODB_URI points', () => {
    const said =
      'T1: 10 lines, all right; 0 open holds, 0 slips to reconcile.\n1 workspace, 10 lines checked in lines of HERE.\n';
    expect(verify({ MONGODB_URI: database.uri })).toEqual({ said, status: 0 });
    expect(verify({ DATA_DIR: '/nowhere' }, '--uri', database.uri)).toEqual({ said, status: 0 });
  });

  const damages: readonly (readonly [what: string, filter: object, change: object, problem: RegExp])[] = [
    [
      'a changed amount',
      { kind: 'captured' },
      { $set: { capturedCredits: 3 } },
      /line 10 cannot be right: it states agency/,
    ],
    [
      'a field of another kind',
      { seq: 6 },
      { $set: { channelId: 6 } },
      /line 6 cannot be right: cannot be read \(line 6/,
    ],
    [
      'a line that is not found by its command',
      { seq: 8 },
      { $set: { seq: 80 } },
      /line 9 cannot be right: line 8 is missing/,
    ],
  ];
  test.each(someOf(damages, 3))('names %s', async (_, filter, change, problem) => {
    const mongo = await database.open();
    await mongo.connection.collection('lines').updateOne(filter, change);
    await database.close();
    const { said, status } = verify({ MONGODB_URI: database.uri });
    expect(said).toMatch(problem);
    expect(status).toBe(1);
  });
});
