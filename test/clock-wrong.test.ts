import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalSlack, DEMO_WORKSPACE, type LocalSlack, readManifest } from '@inkwell/local-slack';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyBooks } from '../src/app/self-check/verify-books.ts';
import { Book } from '../src/book/book.ts';
import { readConfig } from '../src/config.ts';
import type { Command } from '../src/ledger/commands/commands.ts';
import { standings } from '../src/ledger/usage/standings.ts';
import { ACTIONS } from '../src/slack/kit/ids.ts';
import { openFolder } from '../src/start/folder-stores.ts';
import { realClock } from '../src/start/real-clock.ts';
import { type Running, start } from '../src/start/start.ts';
import { wordsIn } from './slack/home-views.ts';
import { hold } from './support/fixtures.ts';

const WORKSPACE = DEMO_WORKSPACE.workspace.teamId;
const OLIVIA = 'U0OLIVIA';
const INBOX = 'D0OLIVIAINKWELL';
const DAY_MS = 86_400_000;
const AHEAD_MS = [3, 45, 400].map((days) => days * DAY_MS);

let dataDir: string;
let slack: LocalSlack;
let running: Running | null;
let aheadMs = 0;
let logged: string[];

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'inkwell-'));
  aheadMs = 0;
  logged = [];
  slack = createLocalSlack({
    manifest: readManifest('manifest.yml'),
    seed: DEMO_WORKSPACE,
    signingSecret: 'a1'.repeat(16),
    botToken: 'xoxb-test',
    clock: Date.now,
    rateLimits: 'off',
  });
  await slack.listen();
});
afterEach(async () => {
  await running?.stop();
  running = null;
  await slack.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const keep = (_: object, words: string) => void logged.push(words);
const edge = () => ({
  clock: { ...realClock, now: () => Date.now() + aheadMs },
  log: { info: keep, warn: keep, error: keep },
});

async function open(variables: Record<string, string> = {}) {
  const config = readConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent', ...variables }, 'Europe/London');
  running = await start(config, edge());
  return running;
}
const inRealSlack = () =>
  open({
    SKETCH: 'on',
    SLACK_BOT_TOKEN: 'xoxb-test',
    SLACK_SIGNING_SECRET: 'a1'.repeat(16),
    SLACK_API_URL: slack.apiUrl,
    INKWELL_OWNER_ID: OLIVIA,
  });

const asked = (book: Book, id: string, wish: Partial<Command> = hold(3, { channelId: 'C0NORTHWIND' })) =>
  book.submit({ by: OLIVIA, commandId: id, ...wish } as Command);
async function setUp(book: Book) {
  await asked(book, 'client', { kind: 'create_client', clientId: 'northwind', name: 'Northwind' });
  await asked(book, 'bind', {
    kind: 'bind_channel',
    channelId: 'C0NORTHWIND',
    clientId: 'northwind',
    ifUnbound: false,
  });
  const limit = { kind: 'set_limit', account: 'client:northwind', limitCredits: 10, over: 'refuse' } as const;
  for (const window of ['day', 'month'] as const)
    await asked(book, `limit-${window}`, { ...limit, window, rollOverMaxCredits: null });
}
const byOlivia = (id: string) => ({ ...hold(3, { channelId: 'C0NORTHWIND' }), by: OLIVIA, commandId: id }) as Command;
const left = (book: Book, at: number) =>
  standings(book.now(), 'client:northwind', at).map(({ availableCredits }) => availableCredits);

/** As one command of one process did whose clock nobody held against anything. */
async function writeAhead(ms: number) {
  const { journal, close } = openFolder({ dataDir, sqliteEngine: 'auto' });
  const book = await Book.open({ journal, workspace: WORKSPACE, clock: { ...realClock, now: () => Date.now() + ms } });
  expect(await book.submit(byOlivia(`ahead-${ms}`))).toMatchObject({ ok: true });
  await book.close();
  await close();
}

const cardsOf = (of: LocalSlack) =>
  of.messages(INBOX, { as: OLIVIA }).map(({ blocks, ts }) => ({ ts, words: wordsIn(blocks) }));

describe('a process whose clock is ahead of Slack’s', () => {
  test.each(AHEAD_MS)('by %d ms spends nothing, dates nothing ahead, and goes on when it is right', async (ms) => {
    const { context: world } = await inRealSlack();
    await setUp(world.book);
    aheadMs = ms;
    expect(await world.book.submit(byOlivia('wrong'))).toMatchObject({ ok: false, refusal: { reason: 'clock_wrong' } });
    await asked(world.book, 'meanwhile', { kind: 'create_team', teamId: 'film', name: 'Film' });
    expect(world.book.now().lastAt).toBeLessThan(Date.now() + 2_000);
    aheadMs = 0;
    expect(await world.book.submit(byOlivia('right'))).toMatchObject({ ok: true });
  });

  test('at its start says so in the log and to the owner, and is at work all the same', async () => {
    aheadMs = 40 * DAY_MS;
    const { context: world } = await inRealSlack();
    await slack.until(
      () => cardsOf(slack).find(({ words }) => words.includes('machine that runs Inkwell is wrong')),
      10_000,
    );
    expect(logged).toContain('this machine’s clock is wrong, spending stopped until it is right');
    expect(world.book.now().lastAt).toBeLessThan(Date.now() + 2_000);
  });
});

describe('a ledger that was dated ahead', () => {
  test.each(AHEAD_MS)('by %d ms is right again after the next start', async (ms) => {
    await setUp((await inRealSlack()).context.book);
    await running?.stop();
    await writeAhead(ms);
    const { context: world } = await inRealSlack();
    const { book } = world;
    expect(book.now().lastAt).toBeLessThan(Date.now() + 2_000);
    expect(book.now().corrections).toMatchObject([{ by: 'inkwell' }]);
    expect(left(book, Date.now())).toEqual([7, 7]);
    expect(left(book, Date.now() + 32 * DAY_MS)).toEqual([10, 10]);
    expect([...book.now().holds.values()].every(({ deadlineAt }) => deadlineAt < Date.now() + DAY_MS)).toBe(true);
    expect(await book.submit(byOlivia('on'))).toMatchObject({ ok: true });
    expect(await verifyBooks(world.journal, WORKSPACE)).toMatchObject({ ok: true });
    await slack.until(() => cardsOf(slack).find(({ words }) => words.includes('time is right again')), 10_000);
    const history = await book.history({ account: 'client:northwind', fromAt: 0, toAt: Date.now() + 1, linesMax: 99 });
    expect(history.map(({ commandId }) => commandId)).toContain(`ahead-${ms}`);
    expect(history.every(({ at }) => at <= Date.now())).toBe(true);
  });

  test('is left to an owner where nobody confirms the clock: one click mends it', async () => {
    aheadMs = 60 * DAY_MS;
    await open();
    await running?.stop();
    aheadMs = 0;
    const { context: world, slack: own } = await open();
    if (!own) throw new Error('not the playground');
    const wrong = world.book.now().lastAt;
    expect(wrong).toBeGreaterThan(Date.now() + 50 * DAY_MS);
    expect(await world.book.submit({ ...byOlivia('no'), by: 'U0ANA' } as Command)).toMatchObject({
      refusal: { reason: 'clock_wrong', whose: 'ledger' },
    });
    const card = await own.until(() => cardsOf(own).find(({ words }) => words.includes('dated ahead')), 10_000);
    await own.as(OLIVIA).click({ channelId: INBOX, ts: card.ts }, ACTIONS.clockCorrect);
    await own.until(() => world.book.now().corrections.length === 1, 10_000);
    expect(world.book.now().lastAt).toBeLessThan(Date.now() + 60_000);
    await own.until(
      () => cardsOf(own).find(({ ts, words }) => ts === card.ts && words.includes('right again')),
      10_000,
    );
  });
});
