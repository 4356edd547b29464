import { createLocalSlack, DEMO_WORKSPACE, type LocalSlack, readManifest } from '@inkwell/local-slack';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { Line } from '../../src/ledger/lines.ts';
import { Verifier } from '../../src/ledger/verify/verifier.ts';
import { contentHash } from '../../src/ports/content-hash.ts';
import { setUpDemo } from '../../src/start/demo-seed.ts';
import { closeStores, openStores, type Stores } from '../../src/start/open-stores.ts';
import { realClock } from '../../src/start/real-clock.ts';
import { foldJob } from '../../src/storage/records/fold-job.ts';
import { type BotProcess, buildBot, startBot } from '../support/bot-process.ts';
import { describeOnMongo, testDatabase } from '../support/mongo.ts';
import { type ScriptedProvider, startScriptedProvider } from '../support/scripted-provider.ts';

const WORKSPACE = DEMO_WORKSPACE.workspace.teamId;
const CHANNELS = ['C0ATLAS', 'C0GENERAL', 'C0SUMMER', 'C0NORTHWIND'];
const JOBS = 8;
/** Longer than any lease, shorter than a hold. */
const LATER_MS = 20 * 60_000;
const HOUR_MS = 3_600_000;

describeOnMongo('several bots on one MongoDB', () => {
  const database = testDatabase('processes');
  let main: string;
  let slack: LocalSlack;
  let provider: ScriptedProvider;
  let stores: Stores;
  let bots: BotProcess[];
  /** Slack lives as late as the latest of them: else their clocks were wrong. */
  let slackLaterMs = 0;

  beforeAll(() => {
    main = buildBot();
  });

  beforeEach(async () => {
    await database.empty();
    bots = [];
    slackLaterMs = 0;
    slack = createLocalSlack({
      manifest: readManifest('manifest.yml'),
      seed: DEMO_WORKSPACE,
      signingSecret: 'a1'.repeat(16),
      botToken: 'xoxb-test',
      clock: () => Date.now() + slackLaterMs,
      rateLimits: 'off',
    });
    await slack.listen();
    provider = await startScriptedProvider();
    provider.script(Array.from({ length: JOBS * 3 }, (_, n) => ({ name: 'ok', delayMs: 30 + ((n * 53) % 250) })));
    stores = await openStores(
      { dataDir: '/nowhere', sqliteEngine: 'auto', mongoUri: database.uri },
      { workspace: WORKSPACE, clock: realClock },
    );
    await setUpDemo(stores, readConfig({}, 'Europe/London').workspace);
    for (const channelId of CHANNELS) {
      const wish = { kind: 'bind_channel', channelId, clientId: 'atlas', ifUnbound: false } as const;
      await stores.book.submit({ commandId: `bind-${channelId}`, by: 'U0OLIVIA', ...wish });
    }
  });
  afterEach(async () => {
    for (const bot of bots) await bot.kill();
    await closeStores(stores);
    await slack.close();
    await provider.close();
  });

  const startOne = async (laterMs = 0) => {
    slackLaterMs = Math.max(slackLaterMs, laterMs);
    const environment = {
      MONGODB_URI: database.uri,
      // Nothing is kept there: with MongoDB no process needs a disk.
      DATA_DIR: '/proc/no-such-folder',
      SLACK_BOT_TOKEN: 'xoxb-test',
      SLACK_SIGNING_SECRET: 'a1'.repeat(16),
      SLACK_API_URL: slack.apiUrl,
      INKWELL_OWNER_ID: 'U0OLIVIA',
      OPENAI_API_KEY: 'sk-test-key',
      OPENAI_BASE_URL: provider.url,
      SKETCH: 'off',
      IMAGES_AT_ONCE: '6',
    };
    const bot = await startBot(main, environment, { laterMs });
    bots.push(bot);
    return bot;
  };

  /** Slack sends each command to the next bot, as a load balancer would. */
  async function askFor(jobs: number, of: readonly BotProcess[]) {
    const typed: Promise<unknown>[] = [];
    for (let n = 0; n < jobs; n += 1) {
      slack.deliverTo((of[n % of.length] as BotProcess).eventsUrl);
      typed.push(
        slack
          .as(n % 2 ? 'U0ANA' : 'U0MARCUS')
          .command('/imagine', `job number ${n + 1} of many --quality low`, { channelId: CHANNELS[n % 4] ?? '' }),
      );
    }
    await Promise.allSettled(typed);
  }

  const jobs = async () => {
    const ids = await Promise.all(
      ['U0ANA', 'U0MARCUS'].map((memberId) =>
        stores.records.jobs.latest({ workspace: WORKSPACE, memberId, jobsMax: 99 }),
      ),
    );
    const steps = ids.flat().map((jobId) => stores.records.jobs.steps({ workspace: WORKSPACE, jobId }));
    return (await Promise.all(steps)).flatMap((each) => foldJob(each) ?? []);
  };

  type Job = Awaited<ReturnType<typeof jobs>>[number];

  async function eventually(isSo: (all: readonly Job[]) => boolean) {
    for (let looks = 0; looks < 150; looks += 1) {
      if (isSo(await jobs())) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`jobs do not come to an end: ${bots.map((bot) => bot.log()).join('')}`);
  }

  /** Each hold has ended once, each job has one message, with images where they were paid for; the ledger adds up. */
  async function audit() {
    const lines = await stores.journal.read({ workspace: WORKSPACE, afterSeq: 0, linesMax: 5_000 });
    const verifier = new Verifier(WORKSPACE, contentHash);
    for (const line of lines) verifier.add(line);
    expect(verifier.result()).toMatchObject({ ok: true, linesCount: lines.length });
    const held = lines.flatMap((line) => (line.kind === 'held' ? line.holds.map(({ holdId }) => holdId) : []));
    const ended = lines.filter((line): line is Line & { holdId: string } =>
      ['captured', 'voided', 'slipped'].includes(line.kind),
    );
    expect(ended.map(({ holdId }) => holdId).sort()).toEqual(held.sort());
    const shown = CHANNELS.flatMap((channelId) => slack.messages(channelId));
    const all = await jobs();
    for (const job of all) {
      const prompt = await stores.records.prompts.get({ workspace: WORKSPACE, jobId: job.jobId });
      const images = shown
        .filter((message) => JSON.stringify(message.blocks).includes(`"${prompt}"`))
        .filter(({ blocks }) => blocks.some(({ type }) => type === 'image'));
      expect(images).toHaveLength(job.images.some(({ settled: end }) => end?.as === 'captured') ? 1 : 0);
    }
    return { jobs: all, ended, owners: new Set(all.map(({ owner }) => owner)) };
  }

  test('share the work: every job is done once, and all see one ledger', async () => {
    const [one, other] = [await startOne(), await startOne()];
    await askFor(JOBS, [one, other]);
    await eventually((all) => all.length === JOBS && all.every(({ finished }) => finished));
    const { jobs: done, ended, owners } = await audit();
    expect(done).toHaveLength(JOBS);
    expect(owners.size).toBe(2);
    expect(ended.filter(({ kind }) => kind === 'captured')).toHaveLength(JOBS);
    expect(provider.posts).toBe(JOBS);
    expect(await one.stop()).toBe(0);
    bots = [other];
  }, 60_000);

  test('one is killed: the other leaves its jobs alone while their leases run, and takes them over afterwards', async () => {
    const [one, other] = [await startOne(), await startOne()];
    const typed = askFor(JOBS, [one, other]);
    await slack.until(() => slack.calls.length >= 8, 30_000);
    await one.kill();
    await typed;
    bots = [other];
    // What the living one was asked for comes to its end beside the jobs of the dead one.
    const waits = (job: Job) => job.finished || job.shown === 'waiting';
    await eventually((all) => all.filter(waits).length >= JOBS / 2);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const left = (await jobs()).filter((job) => !waits(job));
    expect(left.length).toBeGreaterThan(0);
    expect(left.every(({ leaseUntilAt }) => leaseUntilAt > Date.now())).toBe(true);

    // Another one lives so much later that the leases of the dead one have run out, and then the holds have.
    bots.push(await startOne(LATER_MS));
    await eventually((all) => all.every(waits));
    bots.push(await startOne(HOUR_MS));
    await eventually((all) => all.every(({ finished }) => finished));
    const { jobs: done } = await audit();
    expect(done.length).toBeGreaterThanOrEqual(JOBS / 2);
    const logs = [one, ...bots].map((bot) => bot.log()).join('');
    expect(logs).not.toMatch(/job number|sk-test-key|xoxb-test/);
  }, 90_000);
});
