import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalSlack, DEMO_WORKSPACE, type LocalSlack, readManifest } from '@inkwell/local-slack';
import { createSampleImages } from '@inkwell/sample-images';
import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app/app.ts';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import { syncMember } from '../../src/app/people/sync-member.ts';
import type { ImageOutcome } from '../../src/images/image-provider.ts';
import { createBolt, type RunningBolt } from '../../src/slack/bolt.ts';
import { COMMANDS } from '../../src/slack/kit/ids.ts';
import { createMessenger } from '../../src/slack/messenger/messenger.ts';
import { createChannels } from '../../src/slack/platform/channels.ts';
import { createPeople } from '../../src/slack/platform/people.ts';
import { webClientOptions } from '../../src/slack/platform/web-client.ts';
import { realClock } from '../../src/start/real-clock.ts';
import { ANA, CHANNEL, CLIENT, createWorld, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';
import { wordsIn } from './home-views.ts';

const TEAM = 'T0JUNIPER';
const SECRET = 'a-signing-secret-for-tests';
const TOKEN = 'xoxb-off-board';
const INBOX = 'D0OLIVIAINKWELL';

/** The whole way: Slack's own deactivation over signed HTTP, the real use cases, the real messenger. */
describe('a designer who is deactivated in Slack while five of her images are being made', () => {
  let slack: LocalSlack;
  let world: TestWorld;
  let bolt: RunningBolt;
  let server: Server;
  const errors: unknown[] = [];
  const arrive: (() => void)[] = [];

  beforeAll(async () => {
    slack = createLocalSlack({
      manifest: readManifest('manifest.yml'),
      seed: DEMO_WORKSPACE,
      signingSecret: SECRET,
      botToken: TOKEN,
      clock: realClock.now,
      rateLimits: 'off',
    });
    await slack.listen();
    const client = new WebClient(TOKEN, webClientOptions(slack.apiUrl));
    const log = { info: () => {}, warn: () => {}, error: (facts: unknown) => void errors.push(facts) };
    const people = createPeople({ client, teamId: TEAM, clock: realClock });
    world = Object.assign(await createWorld({ clock: realClock as TestWorld['clock'] }), {
      log,
      people,
      channels: createChannels({ client, people, clock: realClock, log }),
      messenger: createMessenger({ client, clock: realClock, log, paceMs: 0 }),
    }) as unknown as TestWorld;
    world.imageQueue.concurrency = 2;
    const sketch = createSampleImages();
    const maker = {
      make: async (...given: Parameters<typeof sketch.make>): Promise<ImageOutcome> => {
        await new Promise<void>((resolve) => void arrive.push(resolve));
        return await sketch.make(...given);
      },
    };
    world.providers = { ...world.providers, images: maker };
    await openAgency(world);
    await syncMember(world, ANA);
    const { userId: botUserId, botId } = DEMO_WORKSPACE.workspace.bot;
    const connection = { mode: 'http', signingSecret: SECRET, apiUrl: slack.apiUrl, botToken: TOKEN } as const;
    const parts = { app: createApp(world), people, channels: world.channels, clock: realClock, log };
    bolt = createBolt({ ...connection, botUserId, botId, ...parts, newReference: () => 'REF-1' });
    server = createServer(bolt.requestListener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    slack.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  });
  afterAll(async () => {
    await bolt.stop();
    await slack.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const total = (account: 'agency' | `client:${string}`) =>
    world.book
      .now()
      .use.get(account)
      ?.find(({ key }) => key === 'total');
  const receipts = () => slack.messages(INBOX).filter(({ blocks }) => wordsIn(blocks).includes('deactivated in Slack'));

  test('loses what was not begun at once; what was is finished on the agency; the owner is told once', async () => {
    for (let count = 0; count < 5; count += 1) {
      await slack.as(ANA).command(COMMANDS.imagine, `fox number ${count}`, { channelId: CHANNEL });
    }
    await slack.until(() => arrive.length === 2 && world.book.now().holds.size === 5);

    const begunAt = performance.now();
    await slack.changePerson(ANA, { deactivated: true });
    await slack.until(() => receipts().length === 1);
    expect(performance.now() - begunAt).toBeLessThan(3_000);
    expect(world.book.now().members.get(ANA)).toMatchObject({ status: 'removed', statusBy: 'inkwell' });
    expect(world.book.now().holds.size).toBe(2);
    const words = wordsIn(receipts()[0]!.blocks);
    expect(words).toContain('3 images canceled');
    expect(words).toContain('2 images still in progress');

    for (const go of arrive) go();
    await bolt.idle();
    await slack.until(() => world.running.size === 0);
    expect(arrive).toHaveLength(2);
    expect(world.book.now().holds.size).toBe(0);
    expect(total(`client:${CLIENT}`)).toMatchObject({ usedCredits: 0, heldCredits: 0 });
    expect(total('agency')?.usedCredits).toBeGreaterThan(0);

    const posted = slack.messages(CHANNEL).map(({ blocks }) => wordsIn(blocks));
    expect(posted.filter((each) => each.includes('canceled before it started. Not charged.'))).toHaveLength(3);
    expect(posted.filter((each) => each.includes('not charged'))).toHaveLength(2);
    // Whoever sweeps next, after a restart too: the receipt says what became of the two that were being made.
    const { journal, records, people, channels, messenger, log } = world;
    const restarted = Object.assign(await createWorld({ journal, records, clock: realClock as TestWorld['clock'] }), {
      ...{ people, channels, messenger, log, processId: 'p2' },
    });
    await recoverJobs(restarted, { alone: true });
    expect(receipts()).toHaveLength(1);
    const settled = wordsIn(receipts()[0]!.blocks);
    expect(settled).toContain('2 images finished after the removal');
    expect(settled).not.toContain('still in progress');
    const drawnCount = () => slack.calls.filter(({ method }) => method === 'chat.update').length;
    const drawn = drawnCount();
    await recoverJobs(restarted, { alone: true });
    expect(drawnCount()).toBe(drawn);
    expect(errors).toEqual([]);
    expect(slack.violations).toEqual([]);
  });

  test('comes back only through an owner, and once she is active in Slack again', async () => {
    await slack.changePerson(ANA, { deactivated: false });
    await slack.as(ANA).command(COMMANDS.imagine, 'a fox', { channelId: CHANNEL });
    await bolt.idle();
    const whispers = slack.messages(CHANNEL, { as: ANA }).filter(({ ephemeral }) => ephemeral);
    expect(whispers.at(-1)?.text).toContain('You’re no longer a member in Inkwell');
    expect(world.book.now().members.get(ANA)?.status).toBe('removed');

    const [card] = receipts();
    await slack.as(OLIVIA).click({ channelId: INBOX, ts: card!.ts }, 'receipt_bring_back');
    const form = await slack.until(() => slack.modal(OLIVIA));
    await slack.as(OLIVIA).submit(form, {});
    await bolt.idle();
    expect(world.book.now().members.get(ANA)).toMatchObject({ status: 'active', role: 'creator' });
    const redrawn = receipts()[0]!;
    expect(wordsIn(redrawn.blocks)).toContain('Brought back by @U0OLIVIA');
    expect(JSON.stringify(redrawn.blocks)).not.toContain('receipt_bring_back');
    expect(slack.violations).toEqual([]);
  });
});
