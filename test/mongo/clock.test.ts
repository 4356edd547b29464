import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyBooks } from '../../src/app/self-check/verify-books.ts';
import { Book } from '../../src/book/book.ts';
import { standings } from '../../src/ledger/usage/standings.ts';
import type { Clock } from '../../src/ports/ports.ts';
import type { OpenStores } from '../../src/start/folder-stores.ts';
import { openDatabase } from '../../src/start/open-stores.ts';
import { realClock } from '../../src/start/real-clock.ts';
import { createTrustedClock } from '../../src/start/trusted-clock.ts';
import { agency, commandOf as command, hold, limit } from '../support/fixtures.ts';
import { describeOnMongo, testDatabase } from '../support/mongo.ts';

const DAY_MS = 86_400_000;
const AHEAD_MS = 40 * DAY_MS;
const silent = { info: () => {}, warn: () => {}, error: () => {} };

describeOnMongo('two processes on one MongoDB, and the clock of one is weeks ahead', () => {
  const database = testDatabase('clock');
  let stores: OpenStores[];

  beforeEach(async () => {
    await database.empty();
    stores = [
      await openDatabase(database.uri, { waitMs: 20_000 }),
      await openDatabase(database.uri, { waitMs: 20_000 }),
    ];
  });
  afterEach(async () => {
    for (const each of stores) await each.close();
  });

  const openBook = (index: number, clock: Clock) =>
    Book.open({ journal: stores[index]!.journal, workspace: 'T1', clock });
  async function setUp(book: Book) {
    for (const [index, asked] of [...agency(), limit('client:acme', 'month', 10)].entries())
      expect(await book.submit(command(asked, `c${index}`))).toMatchObject({ ok: true });
  }
  const ahead: Clock = { ...realClock, now: () => Date.now() + AHEAD_MS };

  test('the database says so: that one spends nothing and dates nothing ahead, the other goes on', async () => {
    const clock = createTrustedClock(ahead, silent);
    clock.askBy(async () => clock.heard('database', (await stores[1]!.askTime()) ?? Number.NaN));
    await clock.askAround?.();
    const [right, wrong] = [await openBook(0, realClock), await openBook(1, clock)];
    await setUp(right);
    await wrong.read();
    expect(await wrong.submit(command(hold(2), 'wrong'))).toMatchObject({ refusal: { reason: 'clock_wrong' } });
    expect(await wrong.submit(command(limit('client:acme', 'day', 5), 'limit'))).toMatchObject({ ok: true });
    expect(await right.submit(command(hold(2), 'right'))).toMatchObject({ ok: true });
    expect(right.now().lastAt).toBeLessThan(Date.now() + 60_000);
  });

  test('what it wrote before anybody looked is corrected once, whoever of both is first', async () => {
    const [right, wrong] = [await openBook(0, realClock), await openBook(1, ahead)];
    await setUp(right);
    await wrong.read();
    expect(await wrong.submit(command(hold(4), 'ahead'))).toMatchObject({ ok: true });
    await right.read();
    expect(await right.submit(command(hold(1), 'no'))).toMatchObject({ refusal: { whose: 'ledger' } });
    const other = await openBook(1, realClock);
    const wrongAt = right.now().lastAt;
    const correct = { by: 'inkwell', commandId: `clock/0/${wrongAt}`, kind: 'correct_clock', wrongAt } as const;
    const answers = await Promise.all([right.submit(correct), other.submit(correct)]);
    expect(answers).toMatchObject([{ ok: true }, { ok: true }]);
    for (const book of [right, other]) {
      const state = await book.read();
      expect(state.corrections).toHaveLength(1);
      expect(standings(state, 'client:acme', Date.now())[0]).toMatchObject({ heldCredits: 4, availableCredits: 6 });
      expect(standings(state, 'client:acme', Date.now() + 32 * DAY_MS)[0]).toMatchObject({ availableCredits: 10 });
    }
    const history = await right.history({ account: 'client:acme', fromAt: 0, toAt: Date.now() + 1, linesMax: 99 });
    expect(history.map(({ commandId }) => commandId)).toContain('ahead');
    expect(await verifyBooks(stores[0]!.journal, 'T1')).toMatchObject({ ok: true });
  });
});
