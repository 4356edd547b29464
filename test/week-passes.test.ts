import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalSlack, DEMO_WORKSPACE, type LocalSlack, readManifest } from '@inkwell/local-slack';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { realClock } from '../src/start/real-clock.ts';
import { type Running, start } from '../src/start/start.ts';
import { demoFolder, startDemo } from './support/demo.ts';
import { testLong } from './support/is-long.ts';

/** The whole product and its Slack, taken from week to week. Tests follow one another. */

const [OLIVIA, MARCUS, ANA] = ['U0OLIVIA', 'U0MARCUS', 'U0ANA'];
const NORTHWIND = 'C0NORTHWIND';
const PATIENCE_MS = 60_000;
const DAY_MS = 86_400_000;
const silent = { info: () => {}, warn: () => {}, error: () => {} };

let dataDir: string;
let running: Running;
let slack: LocalSlack;

async function open() {
  running = await startDemo(dataDir);
  if (!running.slack) throw new Error('not the playground');
  slack = running.slack;
}
beforeAll(async () => {
  dataDir = await demoFolder();
  await open();
}, PATIENCE_MS);
afterAll(async () => {
  await running.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const pass = async () => {
  expect(await slack.as(OLIVIA).letWeekPass()).toEqual({ ok: true });
  await slack.until(() => !slack.time().isPassing, PATIENCE_MS);
  expect(slack.time().problem).toBe(null);
};
const digests = (userId: string) =>
  slack.messages(slack.directMessage(userId)).filter(({ blocks }) => /The week of/.test(JSON.stringify(blocks)));
const inLondon = (at: number) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', weekday: 'long', hour: '2-digit', minute: '2-digit' })
    .format(at)
    .replace(',', '');
const images = () => slack.messages(NORTHWIND).filter(({ blocks }) => blocks.some(({ type }) => type === 'image'));

describe('a week that passes', () => {
  test(
    'ends on a Monday at nine, five to twelve days later, and a second click meanwhile does nothing',
    async () => {
      const before = slack.time().now;
      const passed = pass();
      await slack.until(() => slack.time().isPassing);
      expect(await slack.as(MARCUS).letWeekPass()).toMatchObject({ ok: false });
      await passed;
      const { now } = slack.time();
      expect(inLondon(now)).toBe('Monday 09:00');
      expect(now - before).toBeGreaterThan(4 * DAY_MS);
      expect(now - before).toBeLessThan(12 * DAY_MS);
      expect(Math.abs(running.context.clock.now() - now)).toBeLessThan(1_000);
    },
    PATIENCE_MS,
  );

  test('brings the digest to owner and manager, once, dated by the time there', () => {
    for (const userId of [OLIVIA, MARCUS]) {
      const last = digests(userId).at(-1);
      expect(Math.abs(Number(last?.ts) * 1_000 - slack.time().now)).toBeLessThan(60_000);
      expect(digests(userId).filter(({ ts }) => ts === last?.ts || Number(ts) > Number(last?.ts) - 3_600)).toHaveLength(
        1,
      );
    }
  });

  test('has images that people made, kept and approved meanwhile, on days of that week', () => {
    expect(images().length).toBeGreaterThanOrEqual(2);
    expect(images().flatMap(({ reactions }) => reactions)).toContainEqual({ name: 'star', userIds: [ANA] });
    const days = new Set(images().map(({ ts }) => new Date(Number(ts) * 1_000).toISOString().slice(0, 10)));
    expect(days.size).toBe(images().length);
    const told = slack.messages(slack.directMessage(MARCUS)).map(({ blocks }) => JSON.stringify(blocks));
    expect(told.some((text) => text.includes('far more than usual'))).toBe(true);
  });

  test('leaves the clock without doubt, spending open, and Slack without complaint', async () => {
    expect(running.context.clock.doubt?.()).toBe(null);
    expect(slack.violations).toEqual([]);
    await slack.as(ANA).command('/imagine', 'a cup', { channelId: NORTHWIND });
    const count = images().length;
    await slack.until(() => images().length === count + 1, 15_000);
    const header = (await fetch(`${slack.url}/playground/state?as=${ANA}`)).headers.get('date');
    expect(Math.abs(Date.parse(header ?? '') - slack.time().now)).toBeLessThan(2_000);
  }, 20_000);

  test(
    'is past after a restart: time goes on from there, and the digest does not come again',
    async () => {
      const [before, read] = [slack.time().now, digests(OLIVIA).length];
      await running.stop();
      await open();
      expect(slack.time().now).toBeGreaterThanOrEqual(before);
      expect(slack.time().now - before).toBeLessThan(60_000);
      const { lastAt } = running.context.book.now();
      expect(lastAt).toBeLessThanOrEqual(running.context.clock.now());
      expect(digests(OLIVIA)).toHaveLength(read);
    },
    PATIENCE_MS,
  );

  testLong(
    'is followed by another: seven days, one digest more for each',
    async () => {
      const [before, read] = [slack.time().now, digests(OLIVIA).length];
      await pass();
      expect(Math.round((slack.time().now - before) / DAY_MS)).toBe(7);
      expect(digests(OLIVIA)).toHaveLength(read + 1);
      expect(slack.violations).toEqual([]);
    },
    PATIENCE_MS,
  );
});

describe('a real workspace', () => {
  test('goes by the machine’s clock, whatever lies in its folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'inkwell-'));
    writeFileSync(join(folder, 'playground-clock.json'), '{"aheadMs":604800000}\n');
    const keys = { signingSecret: 'a1'.repeat(16), botToken: 'xoxb-test' };
    const real = createLocalSlack({
      ...keys,
      manifest: readManifest('manifest.yml'),
      seed: DEMO_WORKSPACE,
      clock: Date.now,
      rateLimits: 'off',
    });
    await real.listen();
    expect(await real.as(OLIVIA).letWeekPass()).toMatchObject({ ok: false });
    const environment = {
      DATA_DIR: folder,
      PORT: '0',
      SKETCH: 'on',
      SLACK_BOT_TOKEN: keys.botToken,
      SLACK_SIGNING_SECRET: keys.signingSecret,
      SLACK_API_URL: real.apiUrl,
      INKWELL_OWNER_ID: OLIVIA,
    };
    const product = await start(readConfig(environment, 'Europe/London'), { clock: realClock, log: silent });
    expect(Math.abs(product.context.clock.now() - Date.now())).toBeLessThan(1_000);
    await product.stop();
    await real.close();
    rmSync(folder, { recursive: true });
  }, 20_000);
});
