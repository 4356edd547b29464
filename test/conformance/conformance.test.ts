import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyBooks } from '../../src/app/self-check/verify-books.ts';
import type { Line } from '../../src/ledger/lines.ts';
import { contentHash } from '../../src/ports/content-hash.ts';
import type { Journal } from '../../src/storage/journal/journal.ts';
import { createMemoryJournal } from '../../src/storage/journal/memory.ts';
import { openMongoJournal } from '../../src/storage/journal/mongo.ts';
import { openSqliteJournal } from '../../src/storage/journal/sqlite.ts';
import { temporaryFiles } from '../storage/sqlite/files.ts';
import { createClock } from '../support/clock.ts';
import { isLong } from '../support/is-long.ts';
import { describeOnMongo, testDatabase } from '../support/mongo.ts';
import { serveKit, throughHttp } from './http.ts';
import { INVARIANTS } from './invariants.ts';
import { CAPABILITIES, CREDITS, type KitLedger, type Leg } from './kit.ts';
import { type BookLedger, openBookLedger } from './on-the-book.ts';

const declared = INVARIANTS.filter(({ needs }) => !needs || CAPABILITIES.some((each) => each === needs));
const files = temporaryFiles();
afterAll(() => files.remove());

type Open = () => Promise<{ journals: [Journal, ...Journal[]]; close(): Promise<void> }>;

const onSqlite =
  (writers: number): Open =>
  async () => {
    const file = files.next();
    const [first, ...others] = Array.from({ length: writers }, () => openSqliteJournal(file));
    const journals: [Journal, ...Journal[]] = [first as Journal, ...others];
    return { journals, close: async () => void (await Promise.all(journals.map((each) => each.close()))) };
  };

/** After each invariant the whole ledger is folded again: what it let happen is also right by its own laws. */
function invariants(open: Open, { times, ids }: { times: number; ids?: readonly string[] }) {
  let opened: Awaited<ReturnType<Open>>;
  let ledger: BookLedger;
  beforeEach(async () => {
    opened = await open();
    ledger = await openBookLedger({ journals: opened.journals, clock: createClock() });
  });
  afterEach(async () => {
    await ledger.close();
    await opened.close();
  });
  test.each(declared.filter(({ id }) => !ids || ids.includes(id)))('$id $title', async ({ check }) => {
    await expect(check(ledger, times)).resolves.toMatchObject({ held: true });
    const verified = await verifyBooks(opened.journals[0], ledger.workspace(), { linesMax: 2_000 });
    expect(verified).toMatchObject({ ok: true });
  });
}

const TIMES = isLong ? 10 : 1;

describe(`the fifteen invariants, on SQLite, at ${TIMES} times the load`, () => {
  invariants(onSqlite(1), { times: TIMES });

  test('all of them are declared', () => {
    expect(declared).toEqual(INVARIANTS);
    expect(INVARIANTS.map(({ id }) => Number(id))).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
  });
});

test.each([
  ['changed', (line: Line) => [{ ...line, by: 'UODD' }]],
  ['removed', () => []],
])('03 does not hold where a line was %s', async (_, put) => {
  const journal = createMemoryJournal();
  const read: Journal['read'] = async (query) =>
    (await journal.read(query)).flatMap((line) => (line.seq === 9 ? (put(line) as Line[]) : [line]));
  const ledger = await openBookLedger({ journals: [{ ...journal, read }], clock: createClock() });
  await expect(INVARIANTS[2]?.check(ledger, 1)).resolves.toMatchObject({ held: false });
  await ledger.close();
});

describe('with four writers on one SQLite file, those that race', () => {
  invariants(onSqlite(4), { times: 2, ids: ['05', '06', '07', '09', '14', '15'] });
});

(isLong ? describeOnMongo : () => undefined)('on MongoDB, with two writers', () => {
  const database = testDatabase('conformance');
  const open: Open = async () => {
    await database.empty();
    const journals: [Journal, Journal] = [
      await openMongoJournal(await database.open()),
      await openMongoJournal(await database.open()),
    ];
    return { journals, close: () => database.close() };
  };
  // All of them, and at any load: `npm run conformance`.
  invariants(open, { times: 1, ids: ['04', '05', '09', '12', '15'] });
});

/** Nothing of what they show is about HTTP: `npm run conformance` runs them there too. */
const DEAR = ['07', '08', '10', '13'];

describe('over HTTP, as an outsider runs the kit', () => {
  let ledger: BookLedger;
  let kit: Awaited<ReturnType<typeof serveKit>>;
  let client: KitLedger;
  beforeEach(async () => {
    ledger = await openBookLedger({ journals: [createMemoryJournal()], clock: createClock() });
    kit = await serveKit(ledger);
    client = throughHttp(kit.url);
  });
  afterEach(async () => {
    await kit.close();
    await ledger.close();
  });

  test.each(declared.filter(({ id }) => !DEAR.includes(id)))('$id $title', async ({ check }) => {
    await client.reset();
    await expect(check(client, 1)).resolves.toMatchObject({ held: true });
  });

  const post = (...legs: Leg[]) =>
    client.post({ idempotencyKey: contentHash(legs), transactionId: 'x', allowOverdraft: true, legs });
  const debit = (accountId: string, amountSubunits: number): Leg => ({
    accountId,
    type: 'DEBIT',
    amountSubunits,
    currency: CREDITS,
  });
  const credit = (accountId: string, amountSubunits: number): Leg => ({
    ...debit(accountId, amountSubunits),
    type: 'CREDIT',
  });

  test('begins empty, answers in whole credits, and forgets everything at a reset', async () => {
    expect(await client.journal()).toEqual([]);
    await post(debit('external:funding', 12_345), credit('acct:a', 12_345));
    expect(await client.balance('acct:a')).toBe(12_345);
    expect(await client.journal()).toHaveLength(2);
    await client.reset();
    expect([await client.balance('acct:a'), (await client.journal()).length]).toEqual([0, 0]);
  });

  test.each<[string, Leg[]]>([
    ['does not balance', [debit('external:funding', 5), credit('acct:a', 4)]],
    ['has one leg', [credit('acct:a', 4)]],
    ['has three', [debit('external:funding', 5), credit('acct:a', 4), credit('acct:b', 1)]],
    ['moves nothing', [debit('external:funding', 0), credit('acct:a', 0)]],
    ['moves half a credit', [debit('external:funding', 0.5), credit('acct:a', 0.5)]],
    ['moves less than nothing', [debit('external:funding', -1), credit('acct:a', -1)]],
    ['moves more than there can be', [debit('external:funding', 2 ** 53), credit('acct:a', 2 ** 53)]],
    ['moves to itself', [debit('acct:a', 1), credit('acct:a', 1)]],
    ['names no account', [debit('external:funding', 1), credit('', 1)]],
    ['takes what is not there', [debit('acct:a', 1), credit('acct:b', 1)]],
    ['spends what is not there', [debit('acct:a', 1), credit('external:spent', 1)]],
  ])('refuses a transaction that %s, with 200', async (_, legs) => {
    expect(await post(...legs)).toMatchObject({ status: 'REJECTED' });
    expect(await client.journal()).toEqual([]);
  });

  test('refuses a key that comes with another content, whatever came of the first', async () => {
    const [from, to] = [debit('external:funding', 5), credit('acct:a', 5)];
    const send = (...legs: Leg[]) =>
      client.post({ idempotencyKey: 'k', transactionId: 'x', allowOverdraft: true, legs });
    expect(await send(from, to)).toMatchObject({ status: 'APPLIED' });
    expect(await send({ ...from, amountSubunits: 6 }, { ...to, amountSubunits: 6 })).toMatchObject({
      status: 'REJECTED',
    });
    expect(await send(from, to)).toMatchObject({ status: 'DUPLICATE' });
    expect(await client.balance('acct:a')).toBe(5);
  });

  test('answers what is no transaction with 400, and knows no other way in', async () => {
    const odd = await fetch(`${kit.url}/_lck/post`, { method: 'POST', body: '{"legs": 1}' });
    expect(odd.status).toBe(400);
    expect((await fetch(`${kit.url}/_lck/lines`)).status).toBe(404);
    expect((await fetch(`${kit.url}/slack/events`)).status).toBe(404);
  });
});

test('the product knows nothing of the kit’s endpoints', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => /\.(ts|js)$/.test(file));
  const naming = sources.filter((file) => /_lck|conformance/.test(readFileSync(join('src', file), 'utf8')));
  expect(sources.length).toBeGreaterThan(300);
  expect(naming).toEqual([]);
});
