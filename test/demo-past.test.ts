import { describe, expect, test } from 'vitest';
import { Book } from '../src/book/book.ts';
import type { State } from '../src/ledger/state.ts';
import { standings } from '../src/ledger/usage/standings.ts';
import { Verifier } from '../src/ledger/verify/verifier.ts';
import { contentHash } from '../src/ports/content-hash.ts';
import { digestOf } from '../src/reports/digest/digest.ts';
import { PAST_DAYS } from '../src/start/demo-past.ts';
import { setUpDemo } from '../src/start/demo-seed.ts';
import { LINE_CHAIN } from '../src/storage/journal/line-text.ts';
import { createMemoryJournal } from '../src/storage/journal/memory.ts';
import { createClock } from './support/clock.ts';
import { someOf } from './support/is-long.ts';

const WORKSPACE = 'T1';
const SETTINGS = {
  timeZone: 'Europe/London',
  weekStartsOn: 1,
  creditValueMicroUsd: 10_000,
  markupBasisPoints: 15_000,
  defaultRole: 'creator',
} as const;

/** An agency on the first day of a newcomer. */
async function firstDay(now: number, timeZone: string = SETTINGS.timeZone) {
  const journal = createMemoryJournal();
  let writesCount = 0;
  const counting = {
    ...journal,
    append: (lines: Parameters<typeof journal.append>[0]) => {
      writesCount += 1;
      return journal.append(lines);
    },
  };
  const open = () => Book.open({ journal: counting, clock: createClock(now), workspace: WORKSPACE });
  const setUp = async () => {
    const book = await open();
    const past = { journal: counting, workspace: WORKSPACE, days: PAST_DAYS.folder, now, rateCardId: '2026-11' };
    await setUpDemo({ book }, { ...SETTINGS, timeZone }, past);
    return book;
  };
  const book = await setUp();
  return { book, state: book.now(), journal, setUp, writes: () => writesCount };
}

const leftIn = (state: State, account: 'client:atlas' | 'client:northwind' | 'client:mira', now: number) =>
  standings(state, account, now).find(({ window }) => window === 'month')?.balanceCredits ?? 0;

const DAYS = ['2026-11-30T08:00Z', '2026-12-31T17:00Z', '2027-02-01T00:05Z', '2027-03-28T12:00Z', '2026-10-30T22:00Z'];

describe('the playground’s past', () => {
  test.each(someOf(DAYS, 3))(
    'on %s leaves room to try things, and has a digest with findings and a forecast',
    async (day) => {
      const now = Date.parse(day);
      const { state } = await firstDay(now);
      expect(state.lastAt).toBeLessThan(now);
      expect(leftIn(state, 'client:atlas', now)).toBeGreaterThan(150);
      expect(leftIn(state, 'client:northwind', now)).toBeGreaterThan(300);
      expect(leftIn(state, 'client:mira', now)).toBe(20);
      const digest = digestOf(state, 'U0OLIVIA', now);
      expect(digest?.findings.length).toBeGreaterThanOrEqual(2);
      expect(digest?.findings.map(({ facts }) => facts.kind)).toContain('runs_out');
      expect(digest?.week.keptCount).toBeGreaterThan(0);
      if (digest?.month?.forecast) expect(digest.month.forecast.range).not.toBe(null);
      expect(digestOf(state, 'U0MARCUS', now)?.findings.length).toBeGreaterThanOrEqual(1);
    },
  );

  test('is decided line by line: the verifier finds a whole chain, every image charged and nothing refused', async () => {
    const { journal } = await firstDay(Date.parse('2026-11-30T08:00Z'));
    const lines = await journal.read({ workspace: WORKSPACE, afterSeq: 0, linesMax: 10_000 });
    const verifier = new Verifier(WORKSPACE, contentHash, LINE_CHAIN);
    for (const line of lines) verifier.add(line);
    expect(verifier.result()).toMatchObject({ ok: true, linesCount: lines.length });
    expect(new Set(lines.map(({ commandId }) => commandId)).size).toBe(lines.length);
    expect(lines.filter(({ kind }) => kind === 'refused')).toEqual([]);
    const held = lines.flatMap((line) => (line.kind === 'held' || line.kind === 'approved' ? line.holds : []));
    expect(lines.filter(({ kind }) => kind === 'captured')).toHaveLength(held.length);
  });

  test('is written in a few writes, and once: the next start finds it', async () => {
    const { state, setUp, writes } = await firstDay(Date.parse('2026-11-30T08:00Z'));
    expect(writes()).toBeLessThan(12);
    const again = await setUp();
    expect(again.now().seq).toBe(state.seq);
  });

  test('goes on where another process was quicker', async () => {
    const now = Date.parse('2026-11-30T08:00Z');
    const journal = createMemoryJournal();
    const books = await Promise.all(
      [now, now + 700].map((at) => Book.open({ journal, clock: createClock(at), workspace: WORKSPACE })),
    );
    const pasts = books.map((book, index) =>
      setUpDemo({ book }, SETTINGS, {
        journal,
        workspace: WORKSPACE,
        days: PAST_DAYS.database,
        now: now + 700 * index,
        rateCardId: '2026-11',
      }),
    );
    await Promise.all(pasts);
    const [one, other] = await Promise.all(books.map((book) => book.read()));
    expect(one?.seq).toBe(other?.seq);
    expect(one?.clients.size).toBe(3);
  });

  test.each(someOf(['Pacific/Auckland', 'America/Los_Angeles', 'Asia/Kolkata'], 3))(
    'falls on working days and hours in %s',
    async (timeZone) => {
      const { journal } = await firstDay(Date.parse('2026-11-30T08:00Z'), timeZone);
      const lines = await journal.read({ workspace: WORKSPACE, afterSeq: 0, linesMax: 10_000 });
      const there = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', hourCycle: 'h23' });
      const times = lines.filter(({ kind }) => kind === 'held').map(({ at }) => there.format(at));
      expect(times.filter((time) => !/^(Mon|Tue|Wed|Thu|Fri), 1[0-6]$/.test(time))).toEqual([]);
    },
  );
});
