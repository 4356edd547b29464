import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Book } from '../../src/book/book.ts';
import type { Answer } from '../../src/ledger/lines.ts';
import { timelessClock } from '../../src/start/real-clock.ts';
import { JournalFault } from '../../src/storage/journal/journal.ts';
import { createMemoryJournal } from '../../src/storage/journal/memory.ts';
import { createClock, MONDAY, type TestClock } from '../support/clock.ts';
import { agency, commandOf, hold, limit, WORKSPACE } from '../support/fixtures.ts';
import { given } from '../support/given.ts';

/** What Slack and people are promised. */
const ANSWERED_WITHIN_MS = 3_000;
/** What each part of a command waits for a silent MongoDB. */
const WAIT_MS = 1_300;

const { lines: opening } = given(agency(), limit('client:acme', 'month', 35));

type Part = 'read' | 'append';
/** How long the store takes for a part, whether the part is done at all, and whether anybody hears of it. */
type Weather = (part: Part) => { tookMs: number; done: boolean; heard: boolean };

const CLEAR = { tookMs: 0, done: true, heard: true };
const SILENT = { tookMs: WAIT_MS, done: false, heard: false };

/** A journal over which the weather changes, in the time of the test's own clock. */
function journalIn(clock: TestClock, weather: Weather) {
  const journal = createMemoryJournal();
  const reads = { count: 0 };
  const through = async <Result>(part: Part, work: () => Promise<Result>): Promise<Result> => {
    const { tookMs, done, heard } = weather(part);
    if (tookMs > 0) await clock.sleep(tookMs);
    const result = done ? await work() : null;
    if (!done || !heard) throw new JournalFault(part === 'append' ? 'uncertain' : 'unavailable');
    return result as Result;
  };
  return {
    ...journal,
    reads,
    read: (query: Parameters<typeof journal.read>[0]) => {
      reads.count += 1;
      return through('read', () => journal.read(query));
    },
    findCommands: (query: Parameters<typeof journal.findCommands>[0]) =>
      through('read', () => journal.findCommands(query)),
    append: (lines: Parameters<typeof journal.append>[0]) => through('append', () => journal.append(lines)),
    apart: journal,
  };
}

/** Little by little, so that whatever is due is done before more time passes. */
async function pass(clock: TestClock, ms: number) {
  for (let passed = 0; passed < ms; passed += 50) {
    await clock.advance(50);
    for (let turn = 0; turn < 6; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }
}

type Said = { id: string; tookMs: number; answer: Answer | null; code: string };

async function openBook(weather: { now: Weather }) {
  const clock = createClock();
  const journal = journalIn(clock, (part) => weather.now(part));
  await journal.apart.append(opening);
  const book = await Book.open({ journal, clock, workspace: WORKSPACE });
  const said: Said[] = [];
  const submit = (id: string, credits = 1) => {
    const askedAt = clock.now();
    const note = (answer: Answer | null, code: string) =>
      void said.push({ id, tookMs: clock.now() - askedAt, answer, code });
    void book.submit(commandOf(hold(credits, { commandId: id }), id)).then(
      (answer) => note(answer, 'answered'),
      (error: { code: string }) => note(null, error.code),
    );
  };
  const standing = async () =>
    (await journal.apart.read({ workspace: WORKSPACE, afterSeq: opening.length, linesMax: 1_000 })).map(
      ({ commandId }) => commandId,
    );
  return { book, clock, journal, submit, said, standing };
}

describe('a store that says nothing any more', () => {
  test('whoever asks in the middle of somebody else’s attempt is told within three seconds that nothing was written', async () => {
    const weather = { now: (): ReturnType<Weather> => SILENT };
    weather.now = () => CLEAR;
    const { clock, submit, said, standing } = await openBook(weather);
    weather.now = () => SILENT;
    submit('first');
    await pass(clock, 100);
    submit('early');
    await pass(clock, 1_400);
    submit('middle');
    await pass(clock, 900);
    submit('late');
    await pass(clock, 6_000);
    expect(said.map(({ id, code }) => [id, code])).toEqual([
      ['first', 'uncertain'],
      ['early', 'unavailable'],
      ['middle', 'unavailable'],
      // It looked for newer lines first, in vain: nothing was sent for it.
      ['late', 'unavailable'],
    ]);
    expect(said.filter(({ tookMs }) => tookMs > ANSWERED_WITHIN_MS)).toEqual([]);
    expect(await standing()).toEqual([]);
    weather.now = () => CLEAR;
    for (const { id } of [...said]) submit(id);
    await pass(clock, 100);
    expect(await standing()).toEqual(['first', 'early', 'middle', 'late']);
  });

  test('a write whose parts all come at the last moment is answered in time too: in doubt, and settled when it is sent again', async () => {
    const weather: { now: Weather } = { now: () => CLEAR };
    const { clock, submit, said, standing } = await openBook(weather);
    weather.now = (part) => ({ tookMs: part === 'append' ? 2_500 : 1_200, done: true, heard: part === 'read' });
    submit('slow');
    await pass(clock, 6_000);
    expect(said).toEqual([{ id: 'slow', tookMs: expect.any(Number), answer: null, code: 'uncertain' }]);
    expect(said[0]?.tookMs).toBeLessThanOrEqual(ANSWERED_WITHIN_MS);
    weather.now = () => CLEAR;
    submit('slow');
    await pass(clock, 50);
    expect(said[1]).toMatchObject({ answer: { ok: true, line: { commandId: 'slow' } } });
    expect(await standing()).toEqual(['slow']);
  });

  test('whoever asks again after everybody was answered is answered in time too, while the same attempt goes on', async () => {
    const weather: { now: Weather } = { now: () => CLEAR };
    const { clock, submit, said } = await openBook(weather);
    weather.now = () => ({ ...SILENT, tookMs: 20_000 });
    submit('first');
    await pass(clock, 4_000);
    submit('second');
    await pass(clock, 4_000);
    submit('third');
    await pass(clock, 4_000);
    expect(said.map(({ id, code }) => [id, code])).toEqual([
      ['first', 'uncertain'],
      ['second', 'unavailable'],
      ['third', 'unavailable'],
    ]);
    expect(said.filter(({ tookMs }) => tookMs > ANSWERED_WITHIN_MS)).toEqual([]);
  });

  test('those who read share the next look, and are told in time that there was none', async () => {
    const weather: { now: Weather } = { now: () => CLEAR };
    const { book, clock, journal, submit, said } = await openBook(weather);
    weather.now = () => SILENT;
    submit('first');
    await pass(clock, 50);
    const before = journal.reads.count;
    const ended: { code: string; tookMs: number }[] = [];
    for (let n = 0; n < 20; n += 1) {
      const askedAt = clock.now();
      void book.read().catch(({ code }: JournalFault) => ended.push({ code, tookMs: clock.now() - askedAt }));
    }
    await pass(clock, 9_000);
    expect(ended).toHaveLength(20);
    expect(ended.filter(({ code, tookMs }) => code !== 'unavailable' || tookMs > ANSWERED_WITHIN_MS)).toEqual([]);
    // The write's own look for its line, and one for all who read.
    expect(journal.reads.count - before).toBe(2);
    expect(said).toMatchObject([{ id: 'first', code: 'uncertain' }]);
  });
});

const weathers = fc.array(
  fc.record({ tookMs: fc.constantFrom(0, 50, 400, 1_300, 2_600), done: fc.boolean(), heard: fc.boolean() }),
  { minLength: 5, maxLength: 40 },
);
const arrivals = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 5, maxLength: 30 });

describe.each([41, 42])('whatever the store does, seed %i', (seed) => {
  test('everybody is answered in time, nothing that was not written stands, and the same command settles it', async () => {
    const check = fc.asyncProperty(weathers, arrivals, async (parts, steps) => {
      const weather: { now: Weather } = { now: () => CLEAR };
      const { book, clock, submit, said, standing } = await openBook(weather);
      let part = 0;
      weather.now = () => parts[part++ % parts.length] ?? CLEAR;
      for (const [n, step] of steps.entries()) {
        await pass(clock, step * 50);
        submit(`w${n}`, 3);
      }
      const stoodWhenTold = await standing();
      await pass(clock, 9_000);
      expect(said).toHaveLength(steps.length);
      expect(said.filter(({ tookMs }) => tookMs > ANSWERED_WITHIN_MS)).toEqual([]);
      const first = new Map(said.map((each) => [each.id, each]));

      weather.now = () => CLEAR;
      await pass(clock, 9_000);
      const stands = await standing();
      expect(stands.slice(0, stoodWhenTold.length)).toEqual(stoodWhenTold);
      for (const { id, code } of first.values()) {
        if (code === 'unavailable') expect(stands).not.toContain(id);
        if (code === 'answered') expect(stands).toContain(id);
      }
      for (const { id } of first.values()) submit(id, 3);
      await pass(clock, 200);
      for (const { id, answer } of said.slice(steps.length)) {
        const before = first.get(id);
        if (before?.answer) expect(answer).toEqual(before.answer);
      }
      const last = await standing();
      expect(new Set(last).size).toBe(last.length);
      expect(last).toHaveLength(steps.length);
      await book.close();
    });
    await fc.assert(check, { seed, numRuns: 12, endOnFailure: true });
  });
});

test('a clock that calls nobody back leaves nobody without an answer', async () => {
  const journal = createMemoryJournal();
  await journal.append(opening);
  const clock = timelessClock(() => MONDAY);
  const book = await Book.open({ journal, clock, workspace: WORKSPACE });
  expect(await book.submit(commandOf(hold(1), 'h'))).toMatchObject({ ok: true });
  expect((await book.read()).seq).toBe(opening.length + 1);
});
