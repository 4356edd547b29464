import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Book } from '../../src/book/book.ts';
import type { Line } from '../../src/ledger/lines.ts';
import { openMongoJournal } from '../../src/storage/journal/mongo.ts';
import { createClock } from '../support/clock.ts';
import { agency, capture, commandOf, hold, limit, WORKSPACE } from '../support/fixtures.ts';
import { given } from '../support/given.ts';
import { describeOnMongo, testDatabase } from '../support/mongo.ts';
import { type MongoProxy, startMongoProxy } from '../support/mongo-proxy.ts';

const { lines } = given(
  agency(),
  limit('client:acme', 'month', 50),
  hold(5, { commandId: 'h1' }),
  capture('h1/1', 4),
  hold(7, { commandId: 'h2' }),
);
const LAST = lines.length;
const seqs = (fromSeq: number, toSeq: number) => lines.slice(fromSeq - 1, toSeq);

describeOnMongo('the budgets', () => {
  const database = testDatabase('budgets');
  beforeEach(() => database.empty());
  afterEach(() => database.close());

  const copies = async () => {
    const { connection } = await database.open();
    return (await connection.collection('budgets').find().sort({ _id: 1 }).toArray()) as unknown as {
      account: string;
    }[];
  };

  /** What a person has to find: each account as the last line that touched it says. */
  const expected = (of: readonly Line[]) =>
    [...new Set(of.flatMap(({ balances }) => balances.map(({ account }) => account)))].sort().map((account) => {
      const last = of.findLast(({ balances }) => balances.some((each) => each.account === account)) as Line;
      const windows = last.balances
        .filter((each) => each.account === account)
        .map(({ account: _, ...window }) => window);
      const { seq, at } = last;
      return { _id: `${WORKSPACE} ${account}`, workspace: WORKSPACE, account, windows, seq, at };
    });

  const write = async (batches: readonly (readonly Line[])[]) => {
    const journal = await openMongoJournal(await database.open(), { copyBudgets: true });
    for (const batch of batches) await journal.append(batch);
    await journal.close();
  };

  test('follow the lines', async () => {
    await write([seqs(1, 7), seqs(8, 8)]);
    expect(await copies()).toEqual(expected(seqs(1, 8)));
    expect((await copies()).map(({ account }) => account)).toContain('client:acme');
    await write([seqs(9, LAST)]);
    expect(await copies()).toEqual(expected(lines));
  });

  test('what a crash left out is copied with the next line that anybody writes', async () => {
    await write([seqs(1, 3)]);
    const died = await openMongoJournal(await database.open());
    await died.append(seqs(4, LAST - 1));
    expect(await copies()).toEqual(expected(seqs(1, 3)));
    await write([seqs(LAST, LAST)]);
    expect(await copies()).toEqual(expected(lines));
  });

  test('what a crash left out is copied at the next start, without a new line', async () => {
    const died = await openMongoJournal(await database.open());
    await died.append(lines);
    const journal = await openMongoJournal(await database.open(), { copyBudgets: true });
    await Book.open({ journal, clock: createClock(), workspace: WORKSPACE });
    await journal.close();
    expect(await copies()).toEqual(expected(lines));
  });

  test('a start with nothing new writes nothing', async () => {
    await write([lines]);
    const mongo = await database.open();
    const journal = await openMongoJournal(mongo, { copyBudgets: true });
    const updates: string[] = [];
    mongo.connection.getClient().on('commandStarted', ({ commandName, command }) => {
      if (commandName === 'update') updates.push(String((command as { update: string }).update));
    });
    await Book.open({ journal, clock: createClock(), workspace: WORKSPACE });
    await journal.close();
    expect(updates).not.toContain('budgets');
  });

  test('the later line wins, also where the earlier one is copied last', async () => {
    const slow = await openMongoJournal(await database.open(), { copyBudgets: true });
    await slow.append(seqs(1, 8));
    const quick = await openMongoJournal(await database.open(), { copyBudgets: true });
    await quick.append(seqs(9, LAST));
    await quick.close();
    await slow.close();
    expect(await copies()).toEqual(expected(lines));
  });

  test('of several workspaces are apart', async () => {
    const others = lines.map((line): Line => ({ ...line, workspace: 'T2' }));
    await write([lines, others]);
    const { connection } = await database.open();
    expect(await connection.collection('budgets').countDocuments({ workspace: 'T2' })).toBe(expected(lines).length);
    expect(await connection.collection('budgets').countDocuments()).toBe(expected(lines).length * 2);
  });

  describe('that cannot be written', () => {
    let proxy: MongoProxy;
    beforeEach(async () => {
      proxy = await startMongoProxy(database.uri);
    });
    afterEach(async () => {
      await database.close();
      await proxy.close();
    });

    test('hold up no answer, and are written with the next line', async () => {
      const journal = await openMongoJournal(await database.open({ at: proxy.uri }), { copyBudgets: true });
      const book = await Book.open({ journal, clock: createClock(), workspace: WORKSPACE });
      for (const n of [1, 2]) proxy.next('update', { code: 13, codeName: `Unauthorized${n}` });
      for (const [n, asked] of agency().entries()) {
        expect((await book.submit(commandOf(asked, `c${n}`))).ok).toBe(true);
      }
      await new Promise((resolve) => setTimeout(resolve, 700));
      expect(proxy.planned).toBeLessThan(2);
      await book.submit(commandOf(hold(2), 'h'));
      await journal.close();
      await journal.close();
      const all = await journal.read({ workspace: WORKSPACE, afterSeq: 0, linesMax: 100 });
      expect(await copies()).toEqual(expected(all));
    });
  });
});
