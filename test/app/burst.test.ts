import { expect, test } from 'vitest';
import { Book } from '../../src/book/book.ts';
import { createMemoryJournal } from '../../src/storage/journal/memory.ts';
import { createClock } from '../support/clock.ts';
import {
  type Asked,
  agency,
  CREATOR,
  commandOf,
  hold,
  limit,
  MANAGER,
  member,
  WORKSPACE,
} from '../support/fixtures.ts';
import { given } from '../support/given.ts';
import { policy } from '../support/wishes.ts';

const MINUTE = 60_000;

async function openBooks(count: number, ...more: Asked[]) {
  const journal = createMemoryJournal();
  const burst = policy('burst', { requestsMax: 3, withinMs: MINUTE });
  const { lines } = given(agency(), burst, ...more);
  await journal.append(lines);
  const clock = createClock();
  const books = await Promise.all(
    Array.from({ length: count }, () => Book.open({ journal, clock, workspace: WORKSPACE })),
  );
  return { books, journal, clock, linesCount: lines.length };
}

const flood = (books: readonly Book[], count: number) =>
  Promise.all(
    Array.from({ length: count }, (_, n) => (books[n % books.length] as Book).submit(commandOf(hold(1), `h${n}`))),
  );

test('what the burst limit turns away leaves no line, is counted, and may come again later with the same id', async () => {
  const { books, journal, clock, linesCount } = await openBooks(1);
  const [book] = books as [Book];
  const answers = await flood(books, 200);
  expect(answers.filter(({ ok }) => ok)).toHaveLength(3);
  expect(answers[3]).toEqual({
    ok: false,
    line: null,
    refusal: { reason: 'too_fast', requestsMax: 3, withinMs: MINUTE, againAt: clock.now() + MINUTE },
  });
  expect(book.turnedAwayCount).toBe(197);
  expect(await journal.lastSeq(WORKSPACE)).toBe(linesCount + 3);
  expect((await book.submit(commandOf(hold(1, { by: MANAGER }), 'm'))).ok).toBe(true);

  await clock.advance(MINUTE);
  expect(await book.submit(commandOf(hold(1), 'h3'))).toMatchObject({ ok: true, line: { commandId: 'h3' } });
  expect(await book.submit(commandOf(hold(1), 'h0'))).toEqual(answers[0]);
});

test('a flood of what is refused does not fill the journal either', async () => {
  const { books, journal, linesCount } = await openBooks(1, limit(`member:${CREATOR}`, 'total', 0));
  const answers = await flood(books, 200);
  expect(answers.filter(({ line }) => line?.kind === 'refused')).toHaveLength(3);
  expect(await journal.lastSeq(WORKSPACE)).toBe(linesCount + 3);
});

test.each([
  ['clicks on a request that is not there', { kind: 'withdraw', requestId: 'none' }],
  ['approvals of one', { kind: 'approve', requestId: 'none', how: { kind: 'once' }, seen: [] }],
  ['channels that nobody has decided about', { ...hold(1), channelId: 'C0NOWHERE' }],
  [
    'what somebody may not do',
    { kind: 'set_limit', account: 'agency', window: 'day', limitCredits: 1, over: 'refuse', rollOverMaxCredits: null },
  ],
] as [string, Asked][])('%s are refused with their own reason, and fill nothing', async (_, asked) => {
  const { books, journal, linesCount } = await openBooks(1);
  const [book] = books as [Book];
  const wish = { ...asked, by: CREATOR };
  const answers = await Promise.all(Array.from({ length: 300 }, (_each, n) => book.submit(commandOf(wish, `w${n}`))));
  expect(answers.filter(({ line }) => line !== null)).toHaveLength(3);
  expect(new Set(answers.map((each) => !each.ok && each.refusal.reason)).size).toBeLessThanOrEqual(2);
  expect(await journal.lastSeq(WORKSPACE)).toBe(linesCount + 3);
  expect(book.turnedAwayCount).toBe(297);
});

test('two processes count together', async () => {
  const { books } = await openBooks(2);
  const answers = await flood(books, 100);
  expect(answers.filter(({ ok }) => ok)).toHaveLength(3);
  expect(books.reduce((sum, { turnedAwayCount }) => sum + turnedAwayCount, 0)).toBe(97);
});

test('what was held is answered by its line for ever, also where the limit is reached and nobody remembers it', async () => {
  const { books, journal, clock } = await openBooks(1);
  const answers = await flood(books, 3);
  const others = Array.from({ length: 600 }, (_, n) => commandOf(member(`UX${n}`), `m${n}`));
  await Promise.all(others.map((command) => (books[0] as Book).submit(command)));
  const again = await Book.open({ journal, clock, workspace: WORKSPACE });
  for (const book of [books[0] as Book, again]) {
    expect(await book.submit(commandOf(hold(1), 'h0'))).toEqual(answers[0]);
    expect(await book.submit(commandOf(hold(1), 'new'))).toMatchObject({ refusal: { reason: 'too_fast' } });
    await expect(book.submit(commandOf(hold(2), 'h0'))).rejects.toMatchObject({ code: 'id_reused' });
  }
  expect(again.turnedAwayCount).toBe(1);
});
