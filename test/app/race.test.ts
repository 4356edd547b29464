import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { Book } from '../../src/book/book.ts';
import type { AccountId } from '../../src/ledger/accounts.ts';
import type { Answer } from '../../src/ledger/lines.ts';
import { usageOf } from '../../src/ledger/usage/standings.ts';
import type { Journal } from '../../src/storage/journal/journal.ts';
import { createMemoryJournal } from '../../src/storage/journal/memory.ts';
import { openSqliteJournal } from '../../src/storage/journal/sqlite.ts';
import { temporaryFiles } from '../storage/sqlite/files.ts';
import { createClock, type TestClock } from '../support/clock.ts';
import { type Asked, client, commandOf, hold, limit, open, voided } from '../support/fixtures.ts';
import { isLong } from '../support/is-long.ts';
import { AT_ONCE, accountsOf, FIT, limitsOf, placesOf, type Shape, shapes, WINDOWS } from '../support/race-shapes.ts';
import { move } from '../support/wishes.ts';

/** Ten are held, never one more or less; and when all were given back, ten fit again. */
const ROUNDS = isLong ? 200 : 20;

const files = temporaryFiles();
afterAll(files.remove);

type Round = { round: number; shape: Shape; books: readonly Book[]; clock: TestClock };

const STORES: [string, number, () => Journal[]][] = [
  ['a book on a memory journal', ROUNDS, () => [createMemoryJournal()]],
  ['a book on SQLite', ROUNDS, () => [openSqliteJournal(files.next())]],
  [
    'two books on one SQLite file',
    ROUNDS >> 3,
    () => {
      const file = files.next();
      return [openSqliteJournal(file), openSqliteJournal(file)];
    },
  ],
];

test.each(STORES)(
  `%s, %i rounds of ${AT_ONCE} requests at once: exactly ${FIT} are held, and no room is lost`,
  async (_, rounds, openJournals) => {
    const journals = openJournals();
    const clock = createClock();
    const books = await Promise.all(journals.map((journal) => Book.open({ journal, clock, workspace: 'T1' })));
    const bank = WINDOWS.map((each) => limit('client:bank', each, 1_000_000_000));
    await accepted(books[0], 'open', [open(), client('bank', 'Bank'), ...bank]);
    for (const [round, shape] of fc.sample(shapes, { seed: 20_261_124, numRuns: rounds }).entries()) {
      await race({ round, shape, books, clock });
    }
    for (const book of books) await book.close();
    for (const journal of journals) await journal.close();
  },
  180_000,
);

/** Beside the agency, people and places of its own for every round; what it did to the agency is taken back. */
async function race({ round, shape, books, clock }: Round): Promise<void> {
  const { tight, eachCredits, imagesCount, madeOf } = shape;
  const account = accountsOf(round)[tight] as AccountId;
  const part = (eachCredits * imagesCount * FIT) >> 1;
  await accepted(books[0], `${round}-set`, [
    ...placesOf(round),
    ...limitsOf(round, shape, { grantUntilAt: clock.now() + 1_000 }),
  ]);

  const held = await askAtOnce({ round, shape, books, clock }, { named: 'h', count: AT_ONCE });
  const lastRefused = held.refused.at(-1);
  expect({ round, account, held: held.ids.length }).toEqual({ round, account, held: FIT });
  if (lastRefused?.reason === 'limit_exceeded') expect(lastRefused.binding.account).toBe(account);
  await giveBack(books, held.ids, imagesCount);

  const again = await askAtOnce({ round, shape, books, clock }, { named: 'again', count: FIT + 1 });
  expect({ round, account, again: again.ids.length }).toEqual({ round, account, again: FIT });
  await giveBack(books, again.ids, imagesCount);
  const state = await (books[0] as Book).read();
  const left = accountsOf(round).map((each) => usageOf(state, each, 'total'));
  expect(left.map(({ usedCredits, heldCredits }) => usedCredits + heldCredits)).toEqual([0, 0, 0, 0, 0, 0]);

  const back = madeOf === 'move' && part > 0 ? [move(account, 'client:bank', part, { window: shape.window })] : [];
  await accepted(books[0], `${round}-end`, [...back, ...WINDOWS.map((each) => limit('agency', each, null))]);
  clock.set(clock.now() + 2_000);
}

/** The ids of what is held; what became of the others is a refusal, or a request that waits. */
async function askAtOnce({ round, shape, books }: Round, { named, count }: { named: string; count: number }) {
  const { eachCredits, imagesCount } = shape;
  const wish = hold(eachCredits, { imagesCount, channelId: `C${round}`, by: `U${round}` });
  const answers = await Promise.all(
    Array.from({ length: count }, (_, n) => {
      return (books[n % books.length] as Book).submit(commandOf(wish, `${round}-${named}-${n}`));
    }),
  );
  return {
    ids: answers.flatMap((answer) => (answer.line?.kind === 'held' ? [answer.line.commandId] : [])),
    refused: answers.flatMap((answer) => (answer.ok ? [] : [answer.refusal])),
  };
}

async function giveBack(books: readonly Book[], ids: readonly string[], imagesCount: number): Promise<void> {
  const holdIds = ids.flatMap((id) => Array.from({ length: imagesCount }, (_, n) => `${id}/${n + 1}`));
  const book = books.at(-1) as Book;
  const answers = await Promise.all(holdIds.map((id) => book.submit(commandOf(voided(id), `void-${id}`))));
  expectAccepted(answers);
}

/** In one write, one after the other. */
async function accepted(book: Book | undefined, name: string, wishes: readonly Asked[]): Promise<void> {
  expectAccepted(await Promise.all(wishes.map((wish, n) => (book as Book).submit(commandOf(wish, `${name}-${n}`)))));
}

const expectAccepted = (answers: readonly Answer[]) =>
  expect(answers.flatMap((answer) => (answer.ok ? [] : [answer.refusal]))).toEqual([]);
