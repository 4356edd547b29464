import { afterAll, describe, expect, test } from 'vitest';
import { Book } from '../../src/book/book.ts';
import type { Line } from '../../src/ledger/lines.ts';
import { Verifier } from '../../src/ledger/verify/verifier.ts';
import { contentHash } from '../../src/ports/content-hash.ts';
import type { Journal } from '../../src/storage/journal/journal.ts';
import { createMemoryJournal } from '../../src/storage/journal/memory.ts';
import { openSqliteJournal } from '../../src/storage/journal/sqlite.ts';
import { temporaryFiles } from '../storage/sqlite/files.ts';
import { createClock } from '../support/clock.ts';
import {
  agency,
  bind,
  CREATOR,
  capture,
  client,
  commandOf,
  grant,
  hold,
  limit,
  MANAGER,
  slip,
  voided,
  WORKSPACE,
} from '../support/fixtures.ts';
import { given, plain } from '../support/given.ts';
import { isLong } from '../support/is-long.ts';

const files = temporaryFiles();
afterAll(files.remove);

const { lines: opening } = given(agency(), client('nova', 'Nova'), bind('C2', 'nova'));

/** Ways for several processes to share one journal. */
const SHARED: [string, (count: number) => Journal[]][] = [
  ['one memory journal', (count) => Array<Journal>(count).fill(createMemoryJournal())],
  [
    'one SQLite file, each with its own connection',
    (count) => {
      const file = files.next();
      return Array.from({ length: count }, () => openSqliteJournal(file));
    },
  ],
];

async function openBooks(journals: readonly Journal[]): Promise<Book[]> {
  await journals[0]?.append(opening);
  const clock = createClock();
  return Promise.all(journals.map((journal) => Book.open({ journal, clock, workspace: WORKSPACE })));
}

const linesOf = (journal: Journal) => journal.read({ workspace: WORKSPACE, afterSeq: 0, linesMax: 100_000 });

function expectSound(lines: readonly Line[]) {
  expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, index) => index + 1));
  expect(new Set(lines.map(({ commandId }) => commandId)).size).toBe(lines.length);
  const verifier = new Verifier(WORKSPACE, contentHash);
  for (const line of lines) verifier.add(line);
  expect(verifier.result()).toMatchObject({ ok: true, linesCount: lines.length });
}

describe.each(SHARED)('%s', (_, share) => {
  test.each([2, 3, 4])('%i books, 800 commands in all: no gap, every law holds, all see the same', async (count) => {
    const journals = share(count);
    const books = await openBooks(journals);
    const at = (n: number) => books[n % count] as Book;
    await at(0).submit(commandOf(limit('agency', 'day', 900), 'l0'));
    await at(0).submit(commandOf(limit('client:acme', 'day', 500), 'l1'));
    await at(0).submit(commandOf(limit(`member:${CREATOR}`, 'day', 600), 'l2'));

    const oneImage = async (n: number) => {
      const channelId = n % 3 === 0 ? 'C2' : 'C1';
      const held = await at(n).submit(
        commandOf(hold(4 + (n % 5), { channelId, by: n % 4 === 0 ? MANAGER : CREATOR }), `h${n}`),
      );
      if (!held.ok) return held;
      const end = [capture(`h${n}/1`, 3), voided(`h${n}/1`), capture(`h${n}/1`, 4), slip(`h${n}/1`)][n % 4];
      return at(n + 1).submit(commandOf(end as ReturnType<typeof capture>, `e${n}`));
    };
    const images = Array.from({ length: 360 }, (_each, n) => oneImage(n));
    const grants = Array.from({ length: 40 }, (_each, n) =>
      at(n).submit(commandOf(grant('client:acme', 3, { grantId: `G${n}` }), `g${n}`)),
    );
    const again = Array.from({ length: 40 }, (_each, n) => oneImage(n * 9));
    const answers = await Promise.all([...images, ...grants, ...again]);
    expect(answers.slice(400)).toEqual(again.map((__, n) => answers[n * 9]));

    const lines = await linesOf(journals[0] as Journal);
    expectSound(lines);
    expect(lines.filter(({ kind }) => kind === 'refused').length).toBeGreaterThan(20);
    expect(lines.filter(({ kind }) => kind === 'held').length).toBeGreaterThan(100);
    const states = await Promise.all(books.map((book) => book.read()));
    for (const state of states) expect(plain(state)).toEqual(plain(states[0] as (typeof states)[0]));
    for (const journal of new Set(journals)) await journal.close();
  });
});

describe('the last credits of a client', () => {
  const ROUNDS = isLong ? 200 : 40;
  const AT_ONCE = 50;

  test(`${ROUNDS} times ${AT_ONCE} holds at once, by two people in two processes: exactly the room is granted`, async () => {
    const journal = createMemoryJournal();
    const books = await openBooks([journal, journal]);
    const [one, other] = books as [Book, Book];
    for (let round = 0; round < ROUNDS; round += 1) {
      const clientId = `client-${round}`;
      const channelId = `CR${round}`;
      const room = round % 7;
      const setUp = [
        client(clientId, `Client ${round}`),
        bind(channelId, clientId),
        limit(`client:${clientId}`, 'day', room * 10 + (round % 10)),
      ];
      for (const [n, wish] of setUp.entries()) await one.submit(commandOf(wish, `r${round}-${n}`));
      const answers = await Promise.all(
        Array.from({ length: AT_ONCE }, (_, n) => {
          const by = n % 2 === 0 ? CREATOR : MANAGER;
          return (n % 3 === 0 ? one : other).submit(commandOf(hold(10, { channelId, by }), `r${round}-h${n}`));
        }),
      );
      expect({ round, granted: answers.filter(({ ok }) => ok).length }).toEqual({ round, granted: room });
    }
    expectSound(await linesOf(journal));
  });
});

/** Restated from a public kit for ledgers (facts.md): its numbers are ours where they apply. */
describe('what every ledger promises', () => {
  const openOne = async () => {
    const journal = createMemoryJournal();
    const [book] = (await openBooks([journal])) as [Book];
    return { book, journal };
  };
  const useOf = (book: Book, account: 'agency' | 'client:acme') =>
    book
      .now()
      .use.get(account)
      ?.find(({ key }) => key === 'total');

  test('05: 64 submissions of one key at once apply once', async () => {
    const { book, journal } = await openOne();
    await Promise.all(Array.from({ length: 64 }, () => book.submit(commandOf(hold(5), 'h'))));
    expect(useOf(book, 'agency')?.heldCredits).toBe(5);
    expect(await journal.lastSeq(WORKSPACE)).toBe(opening.length + 1);
  });

  test('06: 500 movements of one account at once lose nothing', async () => {
    const { book } = await openOne();
    await Promise.all(
      Array.from({ length: 500 }, async (_, n) => {
        await book.submit(commandOf(hold(5), `h${n}`));
        await book.submit(commandOf(capture(`h${n}/1`, 3), `e${n}`));
      }),
    );
    expect(useOf(book, 'client:acme')).toMatchObject({ usedCredits: 1_500, heldCredits: 0 });
  });

  test('08, 13: a balance is what the lines add up to, and the state can be made again from them', async () => {
    const { book, journal } = await openOne();
    await Promise.all(Array.from({ length: 100 }, (_, n) => book.submit(commandOf(hold(n % 9), `h${n}`))));
    const lines = await linesOf(journal);
    const held = lines.flatMap((line) => (line.kind === 'held' ? line.holds : []));
    expect(useOf(book, 'agency')?.heldCredits).toBe(held.reduce((sum, { amountCredits }) => sum + amountCredits, 0));
    const again = await Book.open({ journal, clock: createClock(), workspace: WORKSPACE });
    expect(plain(again.now())).toEqual(plain(book.now()));
  });

  test('09: of 20 withdrawals at once with credits for 10, 10 are granted', async () => {
    const { book } = await openOne();
    await book.submit(commandOf(limit('agency', 'total', 100), 'l'));
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => book.submit(commandOf(hold(10), `h${n}`))));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(10);
    expect(useOf(book, 'agency')?.heldCredits).toBe(100);
  });

  test('10: a thousand small movements leave no drift', async () => {
    const { book } = await openOne();
    await book.submit(commandOf(limit('client:acme', 'total', 10), 'l'));
    for (let n = 0; n < 500; n += 1) {
      await book.submit(commandOf(hold(1 + (n % 10)), `h${n}`));
      await book.submit(commandOf(voided(`h${n}/1`), `v${n}`));
    }
    expect(useOf(book, 'client:acme')).toMatchObject({ usedCredits: 0, heldCredits: 0 });
    expect((await book.submit(commandOf(hold(10), 'all'))).ok).toBe(true);
  });

  test('02, 12: what is taken back is a new line, and the old one stays as it was', async () => {
    const { book, journal } = await openOne();
    const held = await book.submit(commandOf(hold(5), 'h'));
    await book.submit(commandOf(voided('h/1'), 'v'));
    expect((await linesOf(journal)).slice(-2)).toMatchObject([held.line, { kind: 'voided', holdId: 'h/1' }]);
  });

  test('14: the lines of an account are in the order in which they were answered', async () => {
    const { book, journal } = await openOne();
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => book.submit(commandOf(hold(1), `h${n}`))));
    const query = { workspace: WORKSPACE, account: 'client:acme' as const, fromAt: 0, toAt: 1e15, linesMax: 50 };
    const history = await journal.history(query);
    expect(history.reverse()).toEqual(answers.map(({ line }) => line));
    expect(history.map(({ balances }) => balances[0]?.heldCredits)).toEqual(history.map((_, n) => n + 1));
  });

  test('15: the same again of what was refused is not told as done', async () => {
    const { book } = await openOne();
    await book.submit(commandOf(limit('agency', 'total', 1), 'l'));
    const answers = await Promise.all([1, 2].map(() => book.submit(commandOf(hold(5), 'h'))));
    expect(answers.map(({ ok }) => ok)).toEqual([false, false]);
  });
});
