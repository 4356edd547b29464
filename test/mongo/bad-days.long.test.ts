import { afterEach, beforeEach, expect, test } from 'vitest';
import { Book } from '../../src/book/book.ts';
import type { Answer, Line } from '../../src/ledger/lines.ts';
import { Verifier } from '../../src/ledger/verify/verifier.ts';
import { contentHash } from '../../src/ports/content-hash.ts';
import type { Journal } from '../../src/storage/journal/journal.ts';
import { openMongoJournal } from '../../src/storage/journal/mongo.ts';
import { WAIT_MS } from '../../src/storage/mongo/open.ts';
import { createClock } from '../support/clock.ts';
import { agency, commandOf, hold, limit, WORKSPACE } from '../support/fixtures.ts';
import { given } from '../support/given.ts';
import { describeOnMongo, testDatabase } from '../support/mongo.ts';
import { type MongoProxy, startMongoProxy, type WireFault } from '../support/mongo-proxy.ts';

/** Whoever asked is to be answered by then, and a little is left for a busy machine. */
const ANSWERED_WITHIN_MS = 3_000;

const { lines: opening } = given(agency(), limit('client:acme', 'month', 35));
const steps = Array.from({ length: 6 }, (_, n) => hold(1, { commandId: `h${n}` }));
const batch = given([...opening], ...steps).lines.slice(opening.length);

const NOT_PRIMARY = { code: 10_107, codeName: 'NotWritablePrimary' };
const STEPPED_DOWN = { code: 189, codeName: 'PrimarySteppedDown' };
const UNAUTHORIZED = { code: 13, codeName: 'Unauthorized' };
const AS_EVER: WireFault = { delayMs: 0 };
const DISK_FULL = { code: 14_031, codeName: 'OutOfDiskSpace' };

/**
 * A batch of six lines meets a fault. What the store says of it, how many lines stand then, and what becomes of eight
 * commands sent to a book over it at once: five fit into the limit.
 */
const TABLE: readonly {
  name: string;
  fault: WireFault;
  store: 'appended' | 'uncertain' | 'unavailable';
  stand: number;
  book: 'answered' | 'unavailable';
}[] = [
  { name: 'cut before it arrives', fault: 'cut', store: 'uncertain', stand: 0, book: 'answered' },
  { name: 'the answer is lost', fault: 'lose_the_answer', store: 'uncertain', stand: 6, book: 'answered' },
  { name: 'delayed', fault: { delayMs: 300 }, store: 'appended', stand: 6, book: 'answered' },
  {
    name: 'delayed for longer than we wait',
    fault: { delayMs: 1_900 },
    store: 'uncertain',
    stand: 0,
    book: 'answered',
  },
  { name: 'no primary there', fault: NOT_PRIMARY, store: 'uncertain', stand: 0, book: 'answered' },
  {
    name: 'the primary steps down in the middle',
    fault: { ...STEPPED_DOWN, done: 'half' },
    store: 'uncertain',
    stand: 3,
    book: 'answered',
  },
  {
    name: 'the primary steps down at the end',
    fault: { ...STEPPED_DOWN, done: 'all' },
    store: 'uncertain',
    stand: 6,
    book: 'answered',
  },
  {
    name: 'half is written, and all is said to be well',
    fault: 'half',
    store: 'uncertain',
    stand: 3,
    book: 'answered',
  },
  { name: 'half is written, then cut', fault: 'half_and_cut', store: 'uncertain', stand: 3, book: 'answered' },
  { name: 'no majority in time', fault: 'no_majority', store: 'uncertain', stand: 6, book: 'answered' },
  { name: 'the user may not write any more', fault: UNAUTHORIZED, store: 'unavailable', stand: 0, book: 'unavailable' },
  {
    name: 'the disk is full in the middle',
    fault: { ...DISK_FULL, done: 'half' },
    store: 'uncertain',
    stand: 3,
    book: 'answered',
  },
];

describeOnMongo('a bad day of MongoDB', () => {
  const database = testDatabase('bad-days');
  let proxy: MongoProxy;
  let journal: Journal;
  /** The same database, past the bad network. */
  let apart: Journal;

  beforeEach(async () => {
    await database.empty();
    proxy = await startMongoProxy(database.uri);
    apart = await openMongoJournal(await database.open());
    await apart.append(opening);
    journal = await openMongoJournal(await database.open({ at: proxy.uri, waitMs: WAIT_MS }));
  });
  afterEach(async () => {
    await database.close();
    await proxy.close();
  });

  const standing = async () =>
    (await apart.read({ workspace: WORKSPACE, afterSeq: 0, linesMax: 100 })).slice(opening.length);
  const openBook = () => Book.open({ journal, clock: createClock(), workspace: WORKSPACE });
  const askAll = (book: Book) =>
    Array.from({ length: 8 }, (_, n) => book.submit(commandOf(hold(7, { commandId: `b${n}` }), `b${n}`)));

  async function expectSound() {
    const lines = await apart.read({ workspace: WORKSPACE, afterSeq: 0, linesMax: 100 });
    const verifier = new Verifier(WORKSPACE, contentHash);
    for (const line of lines) verifier.add(line);
    expect(verifier.result()).toMatchObject({ ok: true, linesCount: lines.length });
  }

  /** Every command has one line, and that line is its answer, now and when it is sent again. */
  async function expectAnsweredOnce(book: Book, answers: readonly Answer[]) {
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, true, true, false, false, false]);
    expect(await standing()).toEqual(answers.map(({ line }) => line));
    expect(await Promise.all(askAll(book))).toEqual(answers);
    expect(await Promise.all(askAll(await openBook()))).toEqual(answers);
    await expectSound();
  }

  test.each(TABLE)('$name: the store says $store, $stand lines stand', async ({ fault, store, stand }) => {
    proxy.next('insert', fault);
    const before = performance.now();
    const said = await journal.append(batch).catch((error: { code: string }) => error.code);
    expect(performance.now() - before).toBeLessThan(ANSWERED_WITHIN_MS);
    expect(proxy.planned).toBe(0);
    expect({ said, stand: (await standing()).length }).toEqual({ said: store, stand });
    expect(await standing()).toEqual(batch.slice(0, stand));
    expect(await journal.read({ workspace: WORKSPACE, afterSeq: opening.length, linesMax: 9 })).toEqual(
      batch.slice(0, stand),
    );
  });

  test.each(TABLE)('$name: the book’s commands are $book, once', async ({ fault, book: becomes }) => {
    const book = await openBook();
    proxy.next('insert', fault);
    const before = performance.now();
    const ended = await Promise.allSettled(askAll(book));
    expect(performance.now() - before).toBeLessThan(ANSWERED_WITHIN_MS);
    expect(proxy.planned).toBe(0);
    if (becomes === 'unavailable') {
      for (const end of ended) expect(end).toMatchObject({ reason: { name: 'JournalFault', code: 'unavailable' } });
      expect(await standing()).toEqual([]);
    }
    const answers = await Promise.all(askAll(book));
    if (becomes === 'answered') expect(ended.map((end) => 'value' in end && end.value)).toEqual(answers);
    // What was held up arrives in the meantime, and finds its places taken.
    if (typeof fault === 'object' && 'delayMs' in fault) await pause(fault.delayMs);
    await expectAnsweredOnce(book, answers);
  });

  test('a single line on a full disk: nothing was written, and the store says so', async () => {
    proxy.next('insert', DISK_FULL);
    await expect(journal.append(batch.slice(0, 1))).rejects.toMatchObject({ code: 'full' });
    expect(await standing()).toEqual([]);
  });

  test('the answer is lost, and the read that looks for the line fails: in doubt, and found when it is sent again', async () => {
    const book = await openBook();
    proxy.next('insert', 'lose_the_answer');
    proxy.next('find', AS_EVER);
    proxy.next('find', UNAUTHORIZED);
    const command = commandOf(hold(1), 'one');
    await expect(book.submit(command)).rejects.toMatchObject({ name: 'JournalFault', code: 'uncertain' });
    expect(proxy.planned).toBe(0);
    expect(await standing()).toEqual([(await book.submit(command)).line]);
  });

  test('what could not be sent was not written, also where no read came before it', async () => {
    await proxy.goAway();
    const [first] = opening.map((line): Line => ({ ...line, workspace: 'T2' }));
    // The connections that broke are noticed by whoever uses them first.
    await journal.lastSeq('T2').catch(() => undefined);
    await expect(journal.append([first as Line])).rejects.toMatchObject({ code: 'unavailable' });
    expect(await apart.lastSeq('T2')).toBe(0);
  });

  test('a read on a connection that broke meanwhile is asked again', async () => {
    proxy.next('find', 'cut');
    expect(await journal.lastSeq(WORKSPACE)).toBe(opening.length);
    proxy.next('find', NOT_PRIMARY);
    expect(await journal.lastSeq(WORKSPACE)).toBe(opening.length);
    expect(proxy.planned).toBe(0);
  });

  test('the database is away: answered in time that nothing was written, and by itself at work again', async () => {
    const book = await openBook();
    await proxy.goAway();
    for (const round of ['first', 'second']) {
      const before = performance.now();
      const ended = await Promise.allSettled(askAll(book));
      const tookMs = performance.now() - before;
      expect({ round, inTime: tookMs < ANSWERED_WITHIN_MS, tookMs }).toMatchObject({ inTime: true });
      const codes = new Set(ended.map((end) => (end as { reason: { code: string } }).reason.code));
      expect([...codes]).toEqual(['unavailable']);
    }
    expect(await standing()).toEqual([]);
    await proxy.comeBack();
    await expectAnsweredOnce(book, await eventually(() => Promise.all(askAll(book))));
  });

  test('the database says nothing any more: answered in time, in doubt, and settled when it speaks again', async () => {
    const book = await openBook();
    proxy.next('insert', 'fall_silent');
    const before = performance.now();
    const ended = await Promise.allSettled(askAll(book));
    expect(performance.now() - before).toBeLessThan(ANSWERED_WITHIN_MS);
    for (const end of ended) expect(end).toMatchObject({ reason: { name: 'JournalFault', code: 'uncertain' } });
    expect(await standing()).toHaveLength(8);
    proxy.fallSilent(false);
    await expectAnsweredOnce(book, await eventually(() => Promise.all(askAll(book))));
  });

  test('a long outage leaves nothing behind in memory: what waits is turned away, and the line comes after it', async () => {
    const book = await openBook();
    await proxy.goAway();
    const ended = await Promise.allSettled(
      Array.from({ length: 300 }, (_, n) => book.submit(commandOf(hold(1), `w${n}`))),
    );
    expect(ended.every(({ status }) => status === 'rejected')).toBe(true);
    await proxy.comeBack();
    const one = await eventually(() => book.submit(commandOf(hold(1), 'w0')));
    expect(one.line?.seq).toBe(opening.length + 1);
    expect((await standing()).map(({ commandId }: Line) => commandId)).toEqual(['w0']);
  });
});

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Once the driver has found the server again. */
async function eventually<Value>(work: () => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 20) throw error;
      await pause(100);
    }
  }
}
