import { rmSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { createLocalSlack, DEMO_WORKSPACE, type LocalSlack, readManifest } from '@inkwell/local-slack';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { setUpDemo } from '../src/start/demo-seed.ts';
import { closeStores, openStores } from '../src/start/open-stores.ts';
import { realClock } from '../src/start/real-clock.ts';
import { type BotProcess, buildBot, newDataDir, startBot } from './support/bot-process.ts';
import { plainPng } from './support/provider/png.ts';
import { type ScriptedProvider, startScriptedProvider } from './support/scripted-provider.ts';

const WORKSPACE = DEMO_WORKSPACE.workspace.teamId;
const NORTHWIND = 'C0NORTHWIND';
/** The disk takes files up to this; the picture is larger. */
const FILE_KIB_MAX = 3_000;
const PICTURE = Buffer.concat([plainPng(64, 64), Buffer.alloc(6_000_000, deflateSync('noise'))]);

let main: string;
let slack: LocalSlack;
let provider: ScriptedProvider;
let bot: BotProcess;
let dataDir: string;

const open = () => openStores({ dataDir, sqliteEngine: 'auto' }, { workspace: WORKSPACE, clock: realClock });

beforeAll(async () => {
  main = buildBot();
  dataDir = newDataDir();
  const secret = 'a1'.repeat(16);
  const manifest = readManifest('manifest.yml');
  slack = createLocalSlack({
    manifest,
    seed: DEMO_WORKSPACE,
    signingSecret: secret,
    botToken: 'xoxb-test',
    clock: Date.now,
  });
  await slack.listen();
  provider = await startScriptedProvider();
  const stores = await open();
  await setUpDemo(stores, readConfig({}, 'Europe/London').workspace);
  await closeStores(stores);
  const environment = {
    DATA_DIR: dataDir,
    SLACK_BOT_TOKEN: 'xoxb-test',
    SLACK_SIGNING_SECRET: secret,
    SLACK_API_URL: slack.apiUrl,
    INKWELL_OWNER_ID: 'U0OLIVIA',
    OPENAI_API_KEY: 'sk-test-key',
    OPENAI_BASE_URL: provider.url,
    SKETCH: 'off',
  };
  bot = await startBot(main, environment, { fileKibMax: FILE_KIB_MAX });
  slack.deliverTo(bot.eventsUrl);
}, 60_000);

afterAll(async () => {
  await slack.close();
  await provider.close();
  rmSync(dataDir, { recursive: true, force: true });
});

test('the disk is full when the picture is there: it is shown and charged, and no copy is kept', async () => {
  provider.script([{ name: 'ok', image: PICTURE }]);
  await slack.as('U0ANA').command('/imagine', 'a red fox at dusk', { channelId: NORTHWIND });
  const shown = () =>
    slack.messages(NORTHWIND, { as: 'U0ANA' }).find(({ blocks }) => blocks.some(({ type }) => type === 'image'));
  const message = await slack.until(shown, 60_000);
  expect(message.text).toContain('Inkwell couldn’t keep a copy');
  const block = message.blocks.find(({ type }) => type === 'image') as unknown as { slack_file: { id: string } };
  expect(Buffer.compare(slack.fileBytes(block.slack_file.id) ?? Buffer.alloc(0), PICTURE)).toBe(0);
  expect(provider.posts).toBe(1);

  // Smaller ones still fit, and are kept.
  await slack.as('U0ANA').command('/imagine', 'a grey fox at dawn', { channelId: NORTHWIND });
  await slack.until(
    () => (JSON.stringify(slack.messages(NORTHWIND, { as: 'U0ANA' })).match(/slack_file/g) ?? [])[1],
    60_000,
  );
  await bot.stop();

  const stores = await open();
  const lines = await stores.journal.read({ workspace: WORKSPACE, afterSeq: 0, linesMax: 5_000 });
  const captured = lines.flatMap((line) => (line.kind === 'captured' ? line.holdId : [])).slice(-2);
  const kept = await Promise.all(
    captured.map((imageId) => stores.records.images.get({ workspace: WORKSPACE, imageId })),
  );
  expect(kept.map((each) => each !== null)).toEqual([false, true]);
  expect(stores.book.now().holds.size).toBe(0);
  await closeStores(stores);
  expect(bot.log()).toContain('posted without a copy');
}, 120_000);
