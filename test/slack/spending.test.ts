import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createLocalSlack, DEMO_WORKSPACE, type LocalSlack, readManifest } from '@inkwell/local-slack';
import { createSampleImages } from '@inkwell/sample-images';
import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app/app.ts';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import { runDue } from '../../src/scheduler/run-due.ts';
import { createBolt, type RunningBolt } from '../../src/slack/bolt.ts';
import { ACTIONS, COMMANDS } from '../../src/slack/kit/ids.ts';
import { createMessenger } from '../../src/slack/messenger/messenger.ts';
import { createChannels } from '../../src/slack/platform/channels.ts';
import { createPeople } from '../../src/slack/platform/people.ts';
import { webClientOptions } from '../../src/slack/platform/web-client.ts';
import { realClock } from '../../src/start/real-clock.ts';
import { openSqliteJournal } from '../../src/storage/journal/sqlite.ts';
import { openSqliteRecords } from '../../src/storage/records/sqlite.ts';
import { closeSqlite, openSqlite } from '../../src/storage/sqlite/open.ts';
import { as, fresh, payloadOf } from '../matrix/forge.ts';
import { temporaryFiles } from '../storage/sqlite/files.ts';
import { ANA, CHANNEL, createWorld, MARCUS, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';
import { wordsIn } from './home-views.ts';

const SECRET = 'a-signing-secret-for-tests';
const TOKEN = 'xoxb-spending';
const INBOX = 'D0OLIVIAINKWELL';

/** The whole way: a file that somebody edits at night, signed HTTP, real Bolt, real use cases, the real messenger. */
describe('a ledger that somebody edits behind Inkwell’s back', () => {
  const files = temporaryFiles();
  let file: string;
  let slack: LocalSlack;
  let world: TestWorld;
  let bolt: RunningBolt;
  let server: Server;
  const errors: unknown[] = [];

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
    const people = createPeople({ client, teamId: DEMO_WORKSPACE.workspace.teamId, clock: realClock });
    file = files.next();
    const journal = openSqliteJournal(file);
    const records = openSqliteRecords(join(file, '../records.sqlite'));
    world = Object.assign(await createWorld({ journal, records, clock: realClock as TestWorld['clock'] }), {
      log,
      people,
      channels: createChannels({ client, people, clock: realClock, log }),
      messenger: createMessenger({ client, clock: realClock, log, paceMs: 0 }),
    }) as unknown as TestWorld;
    world.providers = { ...world.providers, images: createSampleImages() };
    await openAgency(world);
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
    await world.book.close();
    await world.journal.close();
    await world.records.close();
    files.remove();
  });

  function edit(from: string, to: string) {
    const database = openSqlite(file, { schema: ['there already'] });
    database.exec(`UPDATE lines SET line = replace(line, '${from}', '${to}') WHERE seq = 6`);
    closeSqlite(database);
  }
  const cards = () => slack.messages(INBOX).filter(({ blocks }) => wordsIn(blocks).includes('ledger failed its check'));
  const imagine = async (by = ANA) => {
    await slack.as(by).command(COMMANDS.imagine, 'a red fox', { channelId: CHANNEL });
    await bolt.idle();
    await slack.until(() => world.running.size === 0);
  };
  const whispers = (as: string) =>
    slack
      .messages(CHANNEL, { as })
      .filter(({ ephemeral }) => ephemeral)
      .map(({ text }) => text);
  const images = () =>
    slack.messages(CHANNEL).filter(({ blocks }) => blocks.some(({ type }) => String(type) === 'image'));
  const home = async (by: string) => {
    await slack.as(by).openHome();
    await bolt.idle();
    return wordsIn(slack.home(by)?.blocks ?? []);
  };
  const click = async () => {
    const [card] = cards();
    await slack.as(OLIVIA).click({ channelId: INBOX, ts: card!.ts }, ACTIONS.spendingResume);
    await bolt.idle();
  };

  test('is found at night: the owner is told in plain words, once, and nobody makes anything new', async () => {
    await imagine();
    expect(images()).toHaveLength(1);
    edit('"limitCredits":100', '"limitCredits":900');
    await runDue(world);
    await runDue(world);
    await recoverJobs(world, { alone: true });
    expect(cards()).toHaveLength(1);
    const words = wordsIn(cards()[0]!.blocks);
    expect(words).toMatch(/Line 6 of Inkwell’s ledger failed its check/);
    expect(words).toMatch(/Inkwell makes no new images in any channel\. Images in progress will finish/);
    expect(words).toMatch(/npm run ledger:verify.*from a backup/);
    // What the program compares is in the log.
    expect(words).not.toMatch(/add up|client:northwind/);
    expect(errors).toEqual([
      expect.objectContaining({ problem: expect.stringContaining('the lines add up to client:northwind') }),
    ]);
    expect(words).toMatch(/Check and resume/);

    await imagine();
    expect(images()).toHaveLength(1);
    expect(whispers(ANA).at(-1)).toMatch(/stopped making new images.*Nothing was made or charged/s);
    expect(whispers(ANA).at(-1)).toContain('<@U0OLIVIA>');
    expect(await home(OLIVIA)).toMatch(/Line 6 of Inkwell’s ledger failed its check/);
    expect(await home(MARCUS)).not.toMatch(/ledger/);
  });

  test('a click before it is right says what is still wrong, where the click was', async () => {
    await click();
    expect(slack.messages(INBOX).at(-1)?.text).toMatch(/Line 6 still fails its check/);
    expect(wordsIn(slack.home(OLIVIA)?.blocks ?? [])).toMatch(/still fails its check/);
    await imagine();
    expect(images()).toHaveLength(1);
  });

  test('somebody who is no owner and clicks is told so, and nothing goes on', async () => {
    edit('"limitCredits":900', '"limitCredits":100');
    const delivery = slack.deliveries.findLast(({ body }) => body.includes(ACTIONS.spendingResume));
    const forged = fresh(as((delivery && payloadOf(delivery)) ?? {}, MARCUS));
    const body = new URLSearchParams({ payload: JSON.stringify(forged) }).toString();
    await slack.deliver(body, { 'content-type': 'application/x-www-form-urlencoded', ...slack.sign(body) });
    await bolt.idle();
    expect(slack.messages(slack.directMessage(MARCUS)).at(-1)?.text).toMatch(/Only owners can resume spending/);
    expect(world.book.now().stop?.resumed).toBeNull();
  });

  test('once it is as it was, the owner’s click lets spending go on, in the card and in Home', async () => {
    await click();
    expect(world.book.now().stop?.resumed?.by).toBe(OLIVIA);
    expect(cards()).toHaveLength(1);
    const words = wordsIn(cards()[0]!.blocks);
    expect(words).toMatch(/@U0OLIVIA rechecked the ledger and resumed spending/);
    expect(words).not.toMatch(/Check and resume/);
    expect(slack.messages(INBOX).at(-1)?.text).toMatch(/All \d+ ledger lines passed\. Spending has resumed\./);
    // That it was stopped stands among the changes.
    expect(await home(OLIVIA)).not.toMatch(/makes no new images|Check and resume/);
    await imagine();
    expect(images()).toHaveLength(2);
    expect(errors).toEqual([expect.objectContaining({ brokenSeq: 6 })]);
    expect(slack.violations).toEqual([]);
  });
});
