import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, type Logger, LogLevel } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { WebClient } from '@slack/web-api';
import {
  createLocalSlack,
  DEMO_WORKSPACE,
  type LocalSlack,
  type LocalSlackOptions,
  readManifest,
} from '../src/local-slack.ts';
import type { Manifest } from '../src/manifest.ts';

/** Refusals are expected here, and looked at by the tests themselves. */
export const SILENT: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

export const MANIFEST = readManifest('manifest.yml');
export const TOKEN = 'xoxb-local-inkwell';
export const SECRET = 'a-signing-secret-for-tests';

export const OLIVIA = 'U0OLIVIA';
export const MARCUS = 'U0MARCUS';
export const ANA = 'U0ANA';
export const GINA = 'U0GINA';
export const TOM = 'U0TOM';
export const BOT = 'U0INKWELL';
export const NORTHWIND = 'C0NORTHWIND';
export const ATLAS = 'C0ATLAS';
export const MIRA = 'C0MIRA';

/** A workspace clock that stands still until told otherwise. */
export function standingClock(at = Date.UTC(2026, 10, 23, 9)) {
  let now = at;
  return Object.assign(() => now, {
    advance: (ms: number) => {
      now += ms;
    },
  });
}

export type Started = {
  slack: LocalSlack;
  clock: ReturnType<typeof standingClock>;
  client: WebClient;
  stop(): Promise<void>;
};

/** The local Slack alone, with a client that never retries. */
export async function startSlack(options: Partial<LocalSlackOptions> = {}): Promise<Started> {
  const clock = standingClock();
  const slack = createLocalSlack({
    manifest: MANIFEST,
    seed: DEMO_WORKSPACE,
    signingSecret: SECRET,
    botToken: TOKEN,
    clock,
    ...options,
  });
  await slack.listen();
  return { slack, clock, client: clientFor(slack), stop: () => slack.close() };
}

export type StartedWithBot = Started & { app: App; botUrl: string };

/** The local Slack with a real Bolt app behind it, on real HTTP both ways. The app acks `/credits` and no more. */
export async function startWithBot(
  listen: (app: App) => void,
  options: Partial<LocalSlackOptions> = {},
): Promise<StartedWithBot> {
  const started = await startSlack(options);
  const receiver = new HTTPReceiver({ signingSecret: SECRET, logger: SILENT });
  const app = new App({
    receiver,
    logger: SILENT,
    clientOptions: { slackApiUrl: started.slack.apiUrl, retryConfig: { retries: 0 }, logger: SILENT },
    authorize: async () => ({ botToken: TOKEN, botId: 'B0INKWELL', botUserId: BOT, teamId: 'T0JUNIPER' }),
  });
  app.command('/credits', async ({ ack }) => ack());
  listen(app);
  const server = (await receiver.start(0)) as Server;
  const botUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  started.slack.deliverTo(botUrl);
  return {
    ...started,
    app,
    botUrl,
    stop: async () => {
      await started.stop();
      server.closeAllConnections();
      await receiver.stop();
    },
  };
}

export function clientFor(slack: LocalSlack, token: string | undefined = TOKEN): WebClient {
  return new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: SILENT,
  });
}

/** The manifest with other scopes, commands or settings. */
export function manifestWith(change: Partial<Manifest>): Manifest {
  return { ...MANIFEST, ...change };
}

/** The error code that a call ended with, or null where it worked. */
export async function errorOf(call: Promise<unknown>): Promise<string | null> {
  try {
    await call;
    return null;
  } catch (error) {
    return (error as { data?: { error?: string } }).data?.error ?? (error as { code?: string }).code ?? String(error);
  }
}

/** What Slack says about each block that it refuses. */
export async function problemsOf(call: Promise<unknown>): Promise<string[]> {
  try {
    await call;
    return [];
  } catch (error) {
    const { data } = error as { data?: { response_metadata?: { messages?: string[] } } };
    return data?.response_metadata?.messages ?? [String(error)];
  }
}

/** The smallest whole PNG: one transparent point. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export const section = (text: string) => ({ type: 'section' as const, text: { type: 'mrkdwn' as const, text } });
export const plain = (text: string) => ({ type: 'plain_text' as const, text });
export const button = (actionId: string, text: string, value?: string) => ({
  type: 'button' as const,
  action_id: actionId,
  text: plain(text),
  ...(value === undefined ? {} : { value }),
});

/** A modal with a name to type and a button beside it. */
export const modalView = (more: Partial<ModalView> = {}): ModalView => ({
  type: 'modal',
  callback_id: 'form',
  title: plain('A form'),
  submit: plain('Send'),
  blocks: [
    {
      type: 'input',
      block_id: 'name',
      optional: true,
      label: plain('Name'),
      element: { type: 'plain_text_input', action_id: 'text', initial_value: 'Ana' },
    },
    { type: 'actions', block_id: 'row', elements: [button('deeper', 'Deeper')] },
  ],
  ...more,
});

/** Runs a command and gives its trigger, unspent. */
export async function triggerOf({ slack }: StartedWithBot): Promise<string> {
  await slack.as(ANA).command('/credits', '', { channelId: NORTHWIND });
  return new URLSearchParams(slack.deliveries.at(-1)?.body).get('trigger_id') ?? '';
}
