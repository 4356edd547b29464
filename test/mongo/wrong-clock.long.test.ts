import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { createLocalSlack, DEMO_WORKSPACE, type LocalSlack, readManifest } from '@inkwell/local-slack';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { verifyBooks } from '../../src/app/self-check/verify-books.ts';
import { Book } from '../../src/book/book.ts';
import { readConfig } from '../../src/config.ts';
import { standings } from '../../src/ledger/usage/standings.ts';
import { setUpDemo } from '../../src/start/demo-seed.ts';
import { closeStores, openStores, type Stores } from '../../src/start/open-stores.ts';
import { realClock } from '../../src/start/real-clock.ts';
import { wordsIn } from '../slack/home-views.ts';
import { type BotProcess, buildBot, startBot } from '../support/bot-process.ts';
import { hold } from '../support/fixtures.ts';
import { describeOnMongo, testDatabase } from '../support/mongo.ts';
import { type ScriptedProvider, startScriptedProvider } from '../support/scripted-provider.ts';

const WORKSPACE = DEMO_WORKSPACE.workspace.teamId;
const CHANNEL = 'C0ATLAS';
const ANA = 'U0ANA';
const INBOX = 'D0OLIVIAINKWELL';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WAIT_MS = 30_000;

describeOnMongo('two bots on one MongoDB, and the clock of one machine is wrong', () => {
  const database = testDatabase('wrong-clock');
  let main: string;
  let slack: LocalSlack;
  let provider: ScriptedProvider;
  let stores: Stores;
  let bots: BotProcess[];

  beforeAll(async () => {
    main = await buildBot();
  });
  afterAll(() => {
    if (main) rmSync(dirname(main), { recursive: true, force: true });
  });

  beforeEach(async () => {
    await database.empty();
    bots = [];
    slack = createLocalSlack({
      manifest: readManifest('manifest.yml'),
      seed: DEMO_WORKSPACE,
      signingSecret: 'a1'.repeat(16),
      botToken: 'xoxb-test',
      clock: Date.now,
      rateLimits: 'off',
    });
    await slack.listen();
    provider = await startScriptedProvider();
    stores = await openStores(
      { dataDir: '/nowhere', sqliteEngine: 'auto', mongoUri: database.uri },
      { workspace: WORKSPACE, clock: realClock },
    );
    await setUpDemo(stores, readConfig({}, 'Europe/London').workspace);
  });
  afterEach(async () => {
    for (const bot of bots) await bot.kill();
    await closeStores(stores);
    await slack.close();
    await provider.close();
  });

  const startOne = async (laterMs = 0) => {
    const environment = {
      MONGODB_URI: database.uri,
      DATA_DIR: '/proc/no-such-folder',
      SLACK_BOT_TOKEN: 'xoxb-test',
      SLACK_SIGNING_SECRET: 'a1'.repeat(16),
      SLACK_API_URL: slack.apiUrl,
      INKWELL_OWNER_ID: 'U0OLIVIA',
      OPENAI_API_KEY: 'sk-test-key',
      OPENAI_BASE_URL: provider.url,
      SKETCH: 'off',
    };
    const bot = await startBot(main, environment, { laterMs });
    bots.push(bot);
    return bot;
  };

  const spent = async () => {
    const lines = await stores.journal.read({ workspace: WORKSPACE, afterSeq: 0, linesMax: 5_000 });
    return lines.flatMap((line) => (line.kind === 'captured' ? [line.capturedCredits] : []));
  };
  const left = async (at: number) => {
    const [month] = standings(await stores.book.read(), 'client:atlas', at);
    return month?.availableCredits ?? Number.NaN;
  };
  const said = (words: string) =>
    slack.messages(CHANNEL, { as: ANA }).filter(({ text }) => text.includes(words)).length;
  const cards = (words: string) =>
    slack.messages(INBOX, { as: 'U0OLIVIA' }).filter(({ blocks }) => wordsIn(blocks).includes(words));

  const type = async (bot: BotProcess) => {
    slack.deliverTo(bot.eventsUrl);
    await slack.as(ANA).command('/imagine', 'a fox --quality low', { channelId: CHANNEL });
  };
  async function isMade(bot: BotProcess) {
    const before = (await spent()).length;
    await type(bot);
    for (let looks = 0; (await spent()).length === before; looks += 1) {
      if (looks > 150) throw new Error(`no image: ${bot.log()}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  async function isToldWhy(bot: BotProcess) {
    const [before, posts] = [said('a clock is wrong'), provider.posts];
    await type(bot);
    await slack.until(() => said('a clock is wrong') > before, WAIT_MS);
    expect(provider.posts).toBe(posts);
  }

  test('it makes nothing and says why, the other goes on by its own budget, and after the repair both do', async () => {
    const [right, wrong] = [await startOne(), await startOne(40 * DAY_MS)];
    await slack.until(() => cards('machine that runs Inkwell is wrong').length === 1, WAIT_MS);
    const begunAt = await left(Date.now());
    for (const laterMs of [40 * DAY_MS, HOUR_MS, -2 * DAY_MS]) {
      await wrong.setClock(laterMs);
      await isToldWhy(wrong);
      await isMade(right);
      await wrong.setClock(0);
      await isMade(wrong);
    }
    const used = await spent();
    expect(used).toHaveLength(6);
    expect(await left(Date.now())).toBe(begunAt - used.reduce((sum, each) => sum + each, 0));
    expect(await left(Date.now() + 32 * DAY_MS)).toBe(900);
    expect(stores.book.now()).toMatchObject({ corrections: [] });
    expect(stores.book.now().lastAt).toBeLessThan(Date.now() + 5_000);
    // An owner hears once a day.
    expect(cards('machine that runs Inkwell is wrong')).toHaveLength(1);
    expect(wrong.log()).toContain('this machine’s clock is wrong');
    expect(right.log()).not.toContain('clock of this machine');
    expect(await verifyBooks(stores.journal, WORKSPACE)).toMatchObject({ ok: true });
  }, 120_000);

  test('what a process wrote ahead that nobody told the time: nothing is spent until it is corrected, then by all', async () => {
    const right = await startOne();
    await isMade(right);
    const clock = { ...realClock, now: () => Date.now() + 45 * DAY_MS };
    const deaf = await Book.open({ journal: stores.journal, workspace: WORKSPACE, clock });
    const ahead = { ...hold(7, { channelId: CHANNEL, timeoutMs: HOUR_MS }), by: ANA, commandId: 'ahead' };
    expect(await deaf.submit(ahead)).toMatchObject({ ok: true });
    await isToldWhy(right);
    // At its start a bot corrects it at once; one that runs does within a minute.
    const other = await startOne();
    await slack.until(() => cards('time is right again').length === 1, WAIT_MS);
    for (const bot of [right, other]) await isMade(bot);
    const used = (await spent()).reduce((sum, each) => sum + each, 0);
    expect(await left(Date.now())).toBe(900 - used - 7);
    expect(await left(Date.now() + 32 * DAY_MS)).toBe(900);
    const state = await stores.book.read();
    expect(state.corrections).toHaveLength(1);
    expect(state.holds.get('ahead/1')?.deadlineAt).toBeLessThan(Date.now() + 2 * HOUR_MS);
    expect(await verifyBooks(stores.journal, WORKSPACE)).toMatchObject({ ok: true });
  }, 120_000);
});
