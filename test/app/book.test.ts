import { describe, expect, test } from 'vitest';
import { Book } from '../../src/book/book.ts';
import { CLOCK_TOLERANCE_MS } from '../../src/book/clock-doubt.ts';
import type { Command } from '../../src/ledger/commands/commands.ts';
import type { Line } from '../../src/ledger/lines.ts';
import type { Journal } from '../../src/storage/journal/journal.ts';
import { createMemoryJournal } from '../../src/storage/journal/memory.ts';
import { createClock, MONDAY } from '../support/clock.ts';
import { agency, CREATOR, client, commandOf, hold, limit, member, WORKSPACE } from '../support/fixtures.ts';
import { given } from '../support/given.ts';

const DAY = 86_400_000;
const { lines: opening } = given(agency());

/** A book over a journal that an agency was opened in. */
async function openBook(journal: Journal = createMemoryJournal(), clock = createClock()) {
  if ((await journal.lastSeq(WORKSPACE)) === 0) await journal.append(opening);
  const book = await Book.open({ journal, clock, workspace: WORKSPACE });
  return { book, journal, clock };
}

const linesOf = (journal: Journal) => journal.read({ workspace: WORKSPACE, afterSeq: 0, linesMax: 100_000 });

/** A journal whose writes wait until they are let go, and that counts them. */
function slowJournal() {
  const journal = createMemoryJournal();
  const batches: Line[][] = [];
  let letGo = () => {};
  let gate: Promise<void> | null = null;
  return {
    ...journal,
    batches,
    hold() {
      gate = new Promise((resolve) => {
        letGo = resolve;
      });
    },
    letGo: () => letGo(),
    async append(lines: readonly Line[]) {
      batches.push([...lines]);
      await gate;
      return journal.append(lines);
    },
  };
}

const turns = async (count: number) => {
  for (let n = 0; n < count; n += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('a book', () => {
  test('answers with the line, once it stands in the journal', async () => {
    const journal = slowJournal();
    const { book } = await openBook(journal);
    journal.hold();
    let answered = false;
    const answer = book.submit(commandOf(hold(5), 'h')).then((each) => {
      answered = true;
      return each;
    });
    await turns(20);
    expect(answered).toBe(false);
    expect(book.now().seq).toBe(opening.length);
    journal.letGo();
    const stored = {
      ok: true,
      line: expect.objectContaining({ kind: 'held', seq: opening.length + 1, commandId: 'h' }),
    };
    expect(await answer).toEqual(stored);
    expect((await linesOf(journal)).at(-1)).toEqual((await answer).line);
    expect(book.now().seq).toBe(opening.length + 1);
  });

  test('answers a refusal, which stands in the journal too', async () => {
    const { book, journal } = await openBook();
    const answer = await book.submit(commandOf(hold(5, { channelId: 'C9' }), 'h'));
    expect(answer).toMatchObject({ ok: false, refusal: { reason: 'channel_unbound', channelId: 'C9' } });
    expect((await linesOf(journal)).at(-1)).toEqual(answer.line);
  });

  test('writes many commands at once, so many that one write is not too large', async () => {
    const journal = slowJournal();
    const { book } = await openBook(journal);
    journal.batches.length = 0;
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, (_, n) => book.submit(commandOf(member(`U${n}`), `m${n}`))),
    );
    expect(answers.map(({ line }) => line?.seq)).toEqual(answers.map((_, n) => opening.length + 1 + n));
    expect(journal.batches.length).toBeLessThanOrEqual(8);
    expect(Math.max(...journal.batches.map((batch) => batch.length))).toBeLessThanOrEqual(256);
  });

  test('decides each command on what the one before it left, also inside one write', async () => {
    const { book } = await openBook();
    await book.submit(commandOf(limit('agency', 'day', 25), 'l'));
    const answers = await Promise.all([1, 2, 3].map((n) => book.submit(commandOf(hold(10), `h${n}`))));
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, false]);
  });

  test('reads what other processes wrote', async () => {
    const { book: one, journal } = await openBook();
    const { book: other } = await openBook(journal);
    await one.submit(commandOf(client('nova', 'Nova'), 'c'));
    expect(other.now().clients.has('nova')).toBe(false);
    expect((await other.read()).clients.has('nova')).toBe(true);
    expect(other.now().clients.has('nova')).toBe(true);
  });

  test('reads while others write without end', async () => {
    const { book } = await openBook();
    let busy = true;
    let written = 0;
    const writeOn = async (writer: number) => {
      for (let n = 0; busy; n += 1) {
        await book.submit(commandOf(member(`U${writer}-${n}`), `m${writer}-${n}`));
        written += 1;
      }
    };
    const writers = Promise.all([1, 2, 3].map(writeOn));
    await turns(10);
    const before = written;
    const state = await book.read();
    const after = written;
    busy = false;
    await writers;
    expect(state.seq).toBeGreaterThan(opening.length);
    expect(after - before).toBeLessThan(20);
  });

  test('reads a journal of many pages', async () => {
    const journal = createMemoryJournal();
    const { book } = await openBook(journal);
    for (let n = 0; n < 50; n += 1) {
      await Promise.all(
        Array.from({ length: 100 }, (_, each) => book.submit(commandOf(member(`U${n}-${each}`), `m${n}-${each}`))),
      );
    }
    const { book: again } = await openBook(journal);
    expect(again.now().seq).toBe(opening.length + 5_000);
    expect(again.now().members.size).toBe(book.now().members.size);
  });

  test('says that a journal does not add up, instead of going on', async () => {
    const journal = createMemoryJournal();
    const spend = { memberId: 'U1', teamIds: [], clientId: 'acme', projectId: null };
    const captured = { ...spend, kind: 'captured', holdId: 'h/1' };
    const odd = opening.map((line) => (line.seq === 5 ? { ...line, ...captured } : line));
    await journal.append(odd as Line[]);
    await expect(openBook(journal)).rejects.toMatchObject({
      name: 'JournalFault',
      code: 'corrupt',
      message: `the journal of ${WORKSPACE} does not add up after line 0`,
    });
  });
});

describe('time in a book', () => {
  test('never goes back, whatever the clock says', async () => {
    const { book, clock } = await openBook();
    const times: number[] = [];
    for (const at of [MONDAY + 1_000, MONDAY + 500, MONDAY - 30 * DAY, MONDAY + 2_000]) {
      clock.set(at);
      times.push((await book.submit(commandOf(limit('client:acme', 'day', 9), `l${at}`))).line?.at ?? 0);
    }
    expect(times).toEqual([MONDAY + 1_000, MONDAY + 1_000, MONDAY + 1_000, MONDAY + 2_000]);
  });

  test.each([
    ['a minute', 60_000, true],
    ['four minutes', 4 * 60_000, true],
    ['six minutes', 6 * 60_000, false],
    ['two months', 60 * DAY, false],
  ])('that is %s behind the last line: something is spent, or nothing and no line says so', async (_, behindMs, ok) => {
    const { book, clock } = await openBook();
    const { seq, lastAt } = book.now();
    clock.set(lastAt - behindMs);
    const answer = await book.submit(commandOf(hold(1), 'h'));
    expect(answer).toMatchObject(
      ok ? { ok } : { ok, refusal: { reason: 'clock_wrong', whose: 'ledger', shownAt: lastAt } },
    );
    expect(book.now().seq).toBe(ok ? seq + 1 : seq);
    // The id was not used up: asked again when the time is right, it is decided.
    clock.set(lastAt + 1);
    expect(await book.submit(commandOf(hold(1), 'h'))).toMatchObject({ ok: true });
  });

  test('is that of the furthest of several clocks', async () => {
    const { book: ahead, journal } = await openBook(undefined, createClock(MONDAY + 5_000));
    const { book: behind } = await openBook(journal, createClock(MONDAY));
    await ahead.submit(commandOf(hold(1), 'h1'));
    expect((await behind.submit(commandOf(hold(1), 'h2'))).line?.at).toBe(MONDAY + 5_000);
  });

  test.each([
    ['a minute, which two clocks may differ', 60_000, 60_000],
    ['an hour', 3_600_000, CLOCK_TOLERANCE_MS],
    ['ten years', 3_653 * 86_400_000, CLOCK_TOLERANCE_MS],
  ])('is not that of another process, which is ahead by %s', async (_, aheadMs, isDatedMs) => {
    const { book, clock } = await openBook();
    const handed = { isHanded: true, notBeforeAt: clock.now() + aheadMs };
    const { line } = await book.submit(commandOf(hold(1), 'h1'), handed);
    expect(line?.at).toBe(clock.now() + isDatedMs);
    // Its own is neither doubted nor ahead because of that.
    expect((await book.submit(commandOf(hold(1), 'h2'))).ok).toBe(true);
  });
});

describe('a command that is a bug', () => {
  const bugs: [string, Command][] = [
    ['of no known kind', { ...commandOf(hold(1), 'odd'), kind: 'hole' } as unknown as Command],
    ['that cannot be read', null as unknown as Command],
    [
      'whose line could not be read back',
      commandOf({ ...hold(1), work: { ...hold(1).work, boundMicroUsd: 0.5 } }, 'odd'),
    ],
    ['of an id that is no key', commandOf(member('U9'), 'two words')],
    ['by somebody whose id is no key', { ...commandOf(member('U9'), 'odd'), by: 'a\u0000b' }],
  ];

  test.each(bugs)('%s, stops alone', async (_, bug) => {
    const { book, journal } = await openBook();
    const results = await Promise.allSettled([
      book.submit(commandOf(hold(1), 'h1')),
      ...(bug === null ? [Promise.resolve().then(() => book.submit(bug))] : [book.submit(bug)]),
      book.submit(commandOf(hold(1), 'h2')),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await linesOf(journal)).slice(opening.length).map(({ commandId }) => commandId)).toEqual(['h1', 'h2']);
    await book.close();
  });

  test('a clock that fails stops what waits for it, and nothing after', async () => {
    const clock = createClock();
    let broken = false;
    const failing = {
      ...clock,
      now() {
        if (broken) throw new Error('no clock');
        return MONDAY;
      },
    };
    const journal = createMemoryJournal();
    await journal.append(opening);
    const book = await Book.open({ journal, clock: failing, workspace: WORKSPACE });
    broken = true;
    await expect(book.submit(commandOf(hold(1), 'h1'))).rejects.toThrow('no clock');
    broken = false;
    expect(await book.submit(commandOf(hold(1), 'h1'))).toMatchObject({ ok: true });
  });
});

describe('a queue', () => {
  test('has an end: who comes too late is told, and the others are answered', async () => {
    const journal = slowJournal();
    const { book } = await openBook(journal);
    journal.hold();
    const first = book.submit(commandOf(member('U0'), 'm0'));
    await turns(3);
    const waiting = Array.from({ length: 10_000 }, (_, n) => book.submit(commandOf(member('U1'), `m${n + 1}`)));
    await expect(book.submit(commandOf(member('U2'), 'late'))).rejects.toMatchObject({
      name: 'BookFault',
      code: 'busy',
    });
    journal.letGo();
    expect((await first).ok).toBe(true);
    expect((await Promise.all(waiting)).every(({ ok }) => ok)).toBe(true);
    expect((await book.submit(commandOf(member('U2'), 'late'))).ok).toBe(true);
  });
});

describe('closing', () => {
  test('answers those who wait, and takes no more', async () => {
    const { book, journal } = await openBook();
    const answers = Promise.all(
      Array.from({ length: 600 }, (_, n) => book.submit(commandOf(hold(1, { by: CREATOR }), `h${n}`))),
    );
    const closing = book.close();
    await expect(book.submit(commandOf(hold(1), 'late'))).rejects.toMatchObject({ code: 'closed' });
    await closing;
    expect(await journal.lastSeq(WORKSPACE)).toBe(opening.length + 600);
    expect((await answers).every(({ ok }) => ok)).toBe(true);
  });

  test('of a book that does nothing is done at once', async () => {
    const { book } = await openBook();
    await book.close();
    await book.close();
  });
});
