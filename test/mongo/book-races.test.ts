import { afterEach, beforeEach, expect, test } from 'vitest';
import { Book } from '../../src/book/book.ts';
import { Verifier } from '../../src/ledger/verify/verifier.ts';
import { contentHash } from '../../src/ports/content-hash.ts';
import { realClock } from '../../src/start/real-clock.ts';
import type { Journal } from '../../src/storage/journal/journal.ts';
import { openMongoJournal } from '../../src/storage/journal/mongo.ts';
import { createClock } from '../support/clock.ts';
import {
  agency,
  bind,
  CREATOR,
  capture,
  client,
  commandOf,
  hold,
  limit,
  slip,
  voided,
  WORKSPACE,
} from '../support/fixtures.ts';
import { given, plain } from '../support/given.ts';
import { describeOnMongo, testDatabase } from '../support/mongo.ts';

const { lines: opening } = given(agency(), client('nova', 'Nova'), bind('C2', 'nova'));

describeOnMongo('several processes on one MongoDB, each with its own connections', () => {
  const database = testDatabase('races');
  beforeEach(() => database.empty());
  afterEach(() => database.close());

  const openJournals = (count: number): Promise<Journal[]> =>
    Promise.all(
      Array.from({ length: count }, async () =>
        openMongoJournal(await database.open(), { copyBudgets: true, clock: realClock }),
      ),
    );

  async function openBooks(journals: readonly Journal[]): Promise<Book[]> {
    await journals[0]?.append(opening);
    const clock = createClock();
    return Promise.all(journals.map((journal) => Book.open({ journal, clock, workspace: WORKSPACE })));
  }

  async function soundLines(journal: Journal) {
    const lines = await journal.read({ workspace: WORKSPACE, afterSeq: 0, linesMax: 100_000 });
    const verifier = new Verifier(WORKSPACE, contentHash);
    for (const line of lines) verifier.add(line);
    expect(verifier.result()).toMatchObject({ ok: true, linesCount: lines.length });
    expect(new Set(lines.map(({ commandId }) => commandId)).size).toBe(lines.length);
    return lines;
  }

  test.each([2, 4])(
    '%i books, holds and their ends, some asked for twice: no gap, every law holds, all see the same',
    async (count) => {
      const journals = await openJournals(count);
      const books = await openBooks(journals);
      const at = (n: number) => books[n % count] as Book;
      await at(0).submit(commandOf(limit('client:acme', 'day', 120), 'l1'));
      await at(1).submit(commandOf(limit(`member:${CREATOR}`, 'day', 180), 'l2'));
      const oneImage = async (n: number) => {
        const held = await at(n).submit(
          commandOf(hold(4 + (n % 5), { channelId: n % 3 === 0 ? 'C2' : 'C1' }), `h${n}`),
        );
        if (!held.ok) return held;
        const end = [capture(`h${n}/1`, 3), voided(`h${n}/1`), capture(`h${n}/1`, 4), slip(`h${n}/1`)][n % 4];
        return at(n + 1).submit(commandOf(end as ReturnType<typeof capture>, `e${n}`));
      };
      const images = Array.from({ length: 80 }, (_, n) => oneImage(n));
      const again = Array.from({ length: 20 }, (_, n) => oneImage(n * 4));
      const answers = await Promise.all([...images, ...again]);
      expect(answers.slice(80)).toEqual(again.map((_, n) => answers[n * 4]));

      const lines = await soundLines(journals[0] as Journal);
      expect(lines.filter(({ kind }) => kind === 'refused').length).toBeGreaterThan(5);
      const states = await Promise.all(books.map((book) => book.read()));
      for (const state of states) expect(plain(state)).toEqual(plain(states[0] as (typeof states)[0]));
      for (const journal of journals) await journal.close();
    },
  );

  test('the last credits: 60 holds at once over four books, with credits for 10: exactly ten are granted', async () => {
    const books = await openBooks(await openJournals(4));
    await books[0]?.submit(commandOf(limit('client:acme', 'day', 54), 'l'));
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, n) => (books[n % 4] as Book).submit(commandOf(hold(5), `h${n}`))),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(10);
  });

  test('the same command at once in four books has one line', async () => {
    const journals = await openJournals(4);
    const books = await openBooks(journals);
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, n) => (books[n % 4] as Book).submit(commandOf(hold(5), 'once'))),
    );
    expect(new Set(answers.map(({ line }) => line?.seq)).size).toBe(1);
    expect(await soundLines(journals[0] as Journal)).toHaveLength(opening.length + 1);
  });
});
