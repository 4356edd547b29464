import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalSlack, DEMO_WORKSPACE, type LocalSlack, readManifest } from '@inkwell/local-slack';
import { WebClient } from '@slack/web-api';
import { createApp } from '../../src/app/app.ts';
import { createBolt } from '../../src/slack/bolt.ts';
import { createMessenger } from '../../src/slack/messenger/messenger.ts';
import { webClientOptions } from '../../src/slack/platform/web-client.ts';
import { createClock, type TestClock } from '../support/clock.ts';
import { createWorld, openAgency, type Stores, type TestWorld } from '../support/world.ts';

const SECRET = 'a-signing-secret-for-tests';
const TOKEN = 'xoxb-processes';

type Process = { world: TestWorld; url: string; idle(): Promise<void>; stop(): Promise<void> };

export type Processes = {
  slack: LocalSlack;
  clock: TestClock;
  all: readonly Process[];
  errors: Record<string, unknown>[];
  /** Sends a body that Slack might send, signed, to one of the processes; the answer’s status. */
  send(body: string, to: number): Promise<number>;
  idle(): Promise<void>;
  stop(): Promise<void>;
};

/** Several processes on one store, each with the real Bolt on signed HTTP, and one local Slack before them all. */
export async function startProcesses(openStores: readonly (() => Promise<Stores>)[]): Promise<Processes> {
  const clock = createClock();
  const errors: Record<string, unknown>[] = [];
  const slack = createLocalSlack({
    manifest: readManifest('manifest.yml'),
    seed: DEMO_WORKSPACE,
    signingSecret: SECRET,
    botToken: TOKEN,
    clock: clock.now,
    rateLimits: 'off',
  });
  await slack.listen();
  const all: Process[] = [];
  for (const [index, open] of openStores.entries()) {
    all.push(await startProcess({ slack, clock, errors, stores: await open(), processId: `p${index + 1}` }));
    if (index === 0) await openAgency(all[0]!.world, { monthCredits: 100_000 });
  }
  slack.deliverTo(all[0]!.url);
  return {
    slack,
    clock,
    all,
    errors,
    async send(body, to) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded', ...slack.sign(body) };
      return (await fetch(all[to]!.url, { method: 'POST', body, headers })).status;
    },
    idle: async () => void (await Promise.all(all.map(({ idle }) => idle()))),
    stop: async () => {
      for (const { stop } of all) await stop();
      await slack.close();
    },
  };
}

type Parts = Pick<Processes, 'slack' | 'clock' | 'errors'> & { stores: Stores; processId: string };

async function startProcess({ slack, clock, errors, stores, processId }: Parts): Promise<Process> {
  const client = new WebClient(TOKEN, webClientOptions(slack.apiUrl));
  const log = { info: () => {}, warn: () => {}, error: (facts: Record<string, unknown>) => void errors.push(facts) };
  const messenger = createMessenger({ client, clock, log, paceMs: 0 });
  const world = Object.assign(await createWorld({ ...stores, clock, processId }), {
    messenger,
  }) as unknown as TestWorld;
  world.maker.make = async () => ({ kind: 'done', bytes: PNG, contentType: 'image/png', costMicroUsd: 0 });
  const { userId: botUserId, botId } = DEMO_WORKSPACE.workspace.bot;
  const connection = {
    mode: 'http',
    signingSecret: SECRET,
    apiUrl: slack.apiUrl,
    botToken: TOKEN,
    botUserId,
    botId,
  } as const;
  const { people, channels } = world;
  const app = createApp(world);
  const newReference = () => 'REF-1';
  const bolt = createBolt({ ...connection, app, people, channels, clock, log, newReference, wallClock: Date.now });
  const server = createServer(bolt.requestListener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    world,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`,
    idle: () => bolt.idle(),
    stop: async () => {
      await bolt.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
