import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalSlack, DEMO_WORKSPACE, type LocalSlack, readManifest } from '@inkwell/local-slack';
import { type App, createApp } from '../../src/app/app.ts';
import type { ImageInput } from '../../src/app/inputs.ts';
import { createBolt } from '../../src/slack/bolt.ts';
import { realClock } from '../../src/start/real-clock.ts';
import { createWorld, openAgency, type TestWorld } from '../support/world.ts';

export type Inkwell = {
  slack: LocalSlack;
  world: TestWorld;
  url: string;
  /** What has been asked of the use case that makes images, which here makes none. */
  requests: ImageInput[];
  /** Waits for every delivery to be worked off. */
  idle(): Promise<void>;
  /** Another answer of a verb, until the next `override`. */
  override(verbs: Partial<App>): void;
  errors: Record<string, unknown>[];
  stop(): Promise<void>;
};

const SECRET = 'a-signing-secret-for-tests';
export const TOKEN = 'xoxb-set-up';

/** Home, forms and `/credits` behind the real Bolt on signed HTTP, over the real use cases on a ledger in memory. */
export async function startInkwell(): Promise<Inkwell> {
  const world = await createWorld();
  await openAgency(world);
  const errors: Record<string, unknown>[] = [];
  const log = { info: () => {}, warn: () => {}, error: (facts: Record<string, unknown>) => void errors.push(facts) };
  const slack = createLocalSlack({
    manifest: readManifest('manifest.yml'),
    seed: DEMO_WORKSPACE,
    signingSecret: SECRET,
    botToken: TOKEN,
    clock: realClock.now,
    rateLimits: 'off',
  });
  await slack.listen();

  const requests: ImageInput[] = [];
  const requestImage: App['requestImage'] = async (input) => {
    requests.push(input);
    return { isBegun: true, isDeclined: false, isKept: true };
  };
  const real: App = { ...createApp(world), requestImage };
  let verbs: Partial<App> = {};
  const app = new Proxy(real, { get: (target, verb) => Reflect.get({ ...target, ...verbs }, verb) });

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
  const bolt = createBolt({ ...connection, app, people, channels, clock: realClock, log, newReference: () => 'REF-1' });
  const server = createServer(bolt.requestListener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  slack.deliverTo(url);

  return {
    slack,
    world,
    url,
    requests,
    errors,
    idle: () => bolt.idle(),
    override: (next) => {
      verbs = next;
    },
    stop: async () => {
      await bolt.stop();
      await slack.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
