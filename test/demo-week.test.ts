import { beforeAll, describe, expect, test } from 'vitest';
import { openWorkspace } from '../src/app/people/open-workspace.ts';
import { Book } from '../src/book/book.ts';
import { momentsOf } from '../src/start/demo-week.ts';
import { createMemoryJournal } from '../src/storage/journal/memory.ts';
import { createClock, MONDAY } from './support/clock.ts';

const DAY_MS = 86_400_000;

async function bookIn(timeZone: string): Promise<Book> {
  const book = await Book.open({ journal: createMemoryJournal(), clock: createClock(), workspace: timeZone });
  const settings = { timeZone, weekStartsOn: 1, creditValueMicroUsd: 10_000, markupBasisPoints: 15_000 };
  await openWorkspace({ book }, { ...settings, defaultRole: 'creator', ownerId: 'U0OLIVIA' });
  return book;
}

const there = (at: number, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    .format(at)
    .replace(',', '');

describe.each(['Europe/London', 'Pacific/Auckland', 'America/Los_Angeles'])('a week in %s', (timeZone) => {
  let book: Book;
  beforeAll(async () => {
    book = await bookIn(timeZone);
  });

  /** Every day of the week at several hours, and over both changes of the clocks. */
  const starts = [MONDAY, Date.UTC(2027, 2, 22, 9), Date.UTC(2026, 9, 19, 9)].flatMap((monday) =>
    Array.from({ length: 21 }, (_, index) => monday + (index * DAY_MS) / 3),
  );

  test('ends on a Monday at nine that is five to twelve days away, from whatever moment', () => {
    const ends = starts.map((now) => momentsOf({ book }, now).at(-1)?.at ?? 0);
    expect(new Set(ends.map((at) => there(at, timeZone)))).toEqual(new Set(['Mon 09:00']));
    const days = ends.map((at, index) => (at - (starts[index] ?? 0)) / DAY_MS);
    expect(Math.min(...days)).toBeGreaterThan(4);
    expect(Math.max(...days)).toBeLessThan(12);
  });

  test('has moments that follow one another, all of them ahead', () => {
    for (const now of starts) {
      const times = [now, ...momentsOf({ book }, now).map(({ at }) => at)];
      expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    }
  });

  test('has a Thursday on which much is made, so that there is something to tell', () => {
    for (const now of starts) {
      const busy = momentsOf({ book }, now).filter(({ deeds }) => deeds.some(({ text }) => /--n 10/.test(text)));
      expect(busy.length).toBeGreaterThanOrEqual(1);
    }
  });
});
