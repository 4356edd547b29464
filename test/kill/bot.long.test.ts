import { rmSync } from 'node:fs';
import { createLocalSlack, DEMO_WORKSPACE, type LocalSlack, readManifest } from '@inkwell/local-slack';
import { beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { Line } from '../../src/ledger/lines.ts';
import { Verifier } from '../../src/ledger/verify/verifier.ts';
import { setUpDemo } from '../../src/start/demo-seed.ts';
import { closeStores, openStores, type Stores } from '../../src/start/open-stores.ts';
import { realClock } from '../../src/start/real-clock.ts';
import { foldJob } from '../../src/storage/records/fold-job.ts';
import type { Job } from '../../src/storage/records/job.ts';
import { type BotProcess, buildBot, newDataDir, startBot } from '../support/bot-process.ts';
import { type ScriptedProvider, startScriptedProvider } from '../support/scripted-provider.ts';

const WORKSPACE = DEMO_WORKSPACE.workspace.teamId;
/** All of one client; several, because Slack takes one message a second in a channel. */
const CHANNELS = ['C0ATLAS', 'C0GENERAL', 'C0SUMMER', 'C0NORTHWIND'];
const JOBS = 20;
const HOUR_MS = 3_600_000;
/** The process dies when it has called Slack so often: while it announces, makes, uploads, draws. */
const KILLED_AFTER_CALLS = [6, 45];

let main: string;
beforeAll(() => {
  main = buildBot();
});

type Rig = {
  slack: LocalSlack;
  provider: ScriptedProvider;
  dataDir: string;
  start(laterMs?: number): Promise<BotProcess>;
};

async function openRig(): Promise<Rig> {
  const dataDir = newDataDir();
  const secret = 'a1'.repeat(16);
  let slackLaterMs = 0;
  const slack = createLocalSlack({
    manifest: readManifest('manifest.yml'),
    seed: DEMO_WORKSPACE,
    signingSecret: secret,
    botToken: 'xoxb-test',
    // Slack lives as late as the bot: else the bot's clock were wrong.
    clock: () => Date.now() + slackLaterMs,
    rateLimits: 'off',
  });
  await slack.listen();
  const provider = await startScriptedProvider();
  const environment = {
    DATA_DIR: dataDir,
    SLACK_BOT_TOKEN: 'xoxb-test',
    SLACK_SIGNING_SECRET: secret,
    SLACK_API_URL: slack.apiUrl,
    INKWELL_OWNER_ID: 'U0OLIVIA',
    OPENAI_API_KEY: 'sk-test-key',
    OPENAI_BASE_URL: provider.url,
    SKETCH: 'off',
    IMAGES_AT_ONCE: '6',
  };
  const stores = await open(dataDir);
  await setUpDemo(stores, readConfig({}, 'Europe/London').workspace);
  for (const channelId of CHANNELS) {
    const wish = { kind: 'bind_channel', channelId, clientId: 'atlas', ifUnbound: false } as const;
    await stores.book.submit({ commandId: `bind-${channelId}`, by: 'U0OLIVIA', ...wish });
  }
  await closeStores(stores);
  const start = async (laterMs = 0) => {
    slackLaterMs = laterMs;
    const bot = await startBot(main, environment, { laterMs });
    slack.deliverTo(bot.eventsUrl);
    return bot;
  };
  return { slack, provider, dataDir, start };
}

const open = (dataDir: string) =>
  openStores({ dataDir, sqliteEngine: 'auto' }, { workspace: WORKSPACE, clock: realClock });

async function jobsOf({ records }: Stores): Promise<Job[]> {
  const ids = (
    await Promise.all(
      ['U0ANA', 'U0MARCUS'].map((memberId) => records.jobs.latest({ workspace: WORKSPACE, memberId, jobsMax: 100 })),
    )
  ).flat();
  const jobs = await Promise.all(
    ids.map(async (jobId) => foldJob(await records.jobs.steps({ workspace: WORKSPACE, jobId }))),
  );
  return jobs.flatMap((job) => job ?? []);
}

/** Looks into the stores beside the running bot until nothing is left to do but to wait for deadlines. */
async function settled(dataDir: string, isDone: (job: Job) => boolean) {
  const stores = await open(dataDir);
  try {
    for (let looks = 0; looks < 300; looks += 1) {
      const jobs = await jobsOf(stores);
      if (jobs.every(isDone)) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('jobs do not come to an end');
  } finally {
    await closeStores(stores);
  }
}

const waits = (job: Job) => job.finished || job.shown === 'waiting';

async function audit({ slack, provider, dataDir }: Rig) {
  const stores = await open(dataDir);
  const lines = await stores.journal.read({ workspace: WORKSPACE, afterSeq: 0, linesMax: 5_000 });
  const jobs = await jobsOf(stores);
  const verifier = new Verifier(WORKSPACE);
  for (const line of lines) verifier.add(line);
  expect(verifier.result().ok).toBe(true);
  expect(stores.book.now().holds.size).toBe(0);

  const heldIds = lines.flatMap((line) => (line.kind === 'held' ? line.holds.map(({ holdId }) => holdId) : []));
  const ended = lines.filter((line): line is Line & { holdId: string } =>
    ['captured', 'voided', 'slipped'].includes(line.kind),
  );
  expect(ended.map(({ holdId }) => holdId).sort()).toEqual(heldIds.sort());
  const captured = lines.reduce((sum, line) => sum + (line.kind === 'captured' ? line.capturedCredits : 0), 0);
  expect(
    stores.book
      .now()
      .use.get('client:atlas')
      ?.find(({ key }) => key === 'total')?.usedCredits ?? 0,
  ).toBe(captured);

  const shown = CHANNELS.flatMap((channelId) => slack.messages(channelId)).filter(
    ({ userId }) => userId === DEMO_WORKSPACE.workspace.bot.userId,
  );
  for (const job of jobs) {
    const prompt = (await stores.records.prompts.get({ workspace: WORKSPACE, jobId: job.jobId })) ?? '';
    const about = shown.filter((message) => JSON.stringify(message.blocks).includes(`"${prompt}"`));
    const withImage = about.filter((message) => message.blocks.some(({ type }) => type === 'image'));
    const paid = job.images.filter((image) => image.settled?.as === 'captured').length;
    expect(withImage.length).toBe(paid > 0 ? 1 : 0);
    expect(job.finished).toBe(true);
    expect(about.some(({ ts }) => ts === job.messagePlace?.ts)).toBe(true);
  }
  const sent = jobs.reduce((sum, job) => sum + job.images.reduce((attempts, image) => attempts + image.attempts, 0), 0);
  expect(provider.posts).toBeLessThanOrEqual(sent);
  await closeStores(stores);
  return { jobs, captured, slipped: ended.filter(({ kind }) => kind === 'slipped').length };
}

/** What `kill.long.test.ts` does without Bolt and Slack's client, done to the very program that is run. */
describe('kill -9 of the bot while twenty jobs run', () => {
  test.each(KILLED_AFTER_CALLS)(
    'after %i calls: no credit lost, none doubled, everybody told once',
    async (callsCount) => {
      const rig = await openRig();
      rig.provider.script(
        Array.from({ length: JOBS * 2 }, (_, index) => ({ name: 'ok', delayMs: 30 + ((index * 53) % 250) })),
      );
      const first = await rig.start();
      const typed = Array.from({ length: JOBS }, (_, index) =>
        rig.slack
          .as(index % 2 ? 'U0ANA' : 'U0MARCUS')
          .command('/imagine', `job number ${index + 1} of twenty --quality low`, {
            channelId: CHANNELS[index % 4] ?? '',
          }),
      );
      await rig.slack.until(() => rig.slack.calls.length >= callsCount, 30_000);
      await first.kill();
      await Promise.allSettled(typed);

      const second = await rig.start();
      await settled(rig.dataDir, waits);
      await second.kill();
      // What was being sent when it died is unknown, and slips when its hold's deadline has passed.
      const third = await rig.start(HOUR_MS);
      await settled(rig.dataDir, (job) => job.finished);
      expect(await third.stop()).toBe(0);

      const { jobs } = await audit(rig);
      expect(jobs.length).toBeGreaterThan(0);
      expect(first.log() + second.log() + third.log()).not.toMatch(/job number|sk-test-key|xoxb-test/);
      await rig.slack.close();
      await rig.provider.close();
      rmSync(rig.dataDir, { recursive: true, force: true });
    },
    60_000,
  );
});
