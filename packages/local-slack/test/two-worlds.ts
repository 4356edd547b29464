import { WebClient } from '@slack/web-api';
import { createEmulator } from 'emulate';
import { ANA, ATLAS, clientFor, manifestWith, PNG, SILENT, startSlack } from './support.ts';

/** One emulation of Slack: a client for it, with a person and a channel to talk to. */
export type World = { client: WebClient; channel: string; person: string; trigger: () => Promise<string> };
export type TwoWorlds = { ours: World; theirs: World; stop(): Promise<void> };

const SCOPES = ['commands', 'chat:write', 'files:write', 'users:read', 'channels:read', 'im:write'];

/** The local Slack beside another emulation, written by others, each with an #atlas-outdoor and an Ana. */
export async function twoWorlds(): Promise<TwoWorlds> {
  const [ours, theirs] = [await localSlack(), await emulate()];
  return {
    ours: ours.world,
    theirs: theirs.world,
    stop: async () => {
      await ours.stop();
      await theirs.stop();
    },
  };
}

async function localSlack() {
  const { slack, stop } = await startSlack({
    manifest: manifestWith({ scopes: SCOPES }),
    rateLimits: 'off',
    processingMs: 1_000,
    deliverTo: 'http://127.0.0.1:9/',
  });
  const trigger = async () => {
    await slack.as(ANA).command('/credits', '', { channelId: ATLAS });
    return new URLSearchParams(slack.deliveries.at(-1)?.body).get('trigger_id')!;
  };
  return { world: { client: clientFor(slack), channel: ATLAS, person: ANA, trigger }, stop };
}

async function emulate() {
  const emulator = await createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      slack: {
        strict_scopes: true,
        users: [{ name: 'inkwell' }, { name: 'ana' }],
        channels: [{ name: 'atlas-outdoor' }],
        tokens: [{ token: 'xoxb-other', user: 'inkwell', type: 'bot', scopes: SCOPES }],
      },
    },
  });
  const options = { slackApiUrl: `${emulator.url}/api/`, retryConfig: { retries: 0 }, logger: SILENT };
  const client = new WebClient('xoxb-other', options);
  const { channels = [] } = await client.conversations.list();
  const { members = [] } = await client.users.list({});
  const channel = channels.find(({ name }) => name === 'atlas-outdoor')!.id!;
  const person = members.find(({ name }) => name === 'ana')!.id!;
  const trigger = async () => {
    const answer = await client.apiCall('views.generateTriggerId', { user_id: person });
    return (answer as unknown as { trigger_id: string }).trigger_id;
  };
  return { world: { client, channel, person, trigger }, stop: () => emulator.close() };
}

export type Posted = { channel: string; ts: string; warning?: string; message: object };
export const post = async ({ client, channel }: World, more: object = {}) =>
  (await client.apiCall('chat.postMessage', { channel, text: 'Hello', ...more })) as unknown as Posted;
export const upload = async ({ client }: World) => {
  const { upload_url: url, file_id: id } = await client.files.getUploadURLExternal({
    filename: 'fox.png',
    length: PNG.length,
  });
  await fetch(url!, { method: 'POST', body: new Uint8Array(PNG) });
  return id!;
};
export const complete = ({ client }: World, id: string, more: object = {}) =>
  client.apiCall('files.completeUploadExternal', { files: [{ id, title: 'A fox' }], ...more });

/** The fields that matter of an answer; of ids, timestamps and addresses only that they are some. */
export function essence(answer: unknown, keep: readonly string[]): unknown {
  const object = answer as Record<string, unknown> | undefined;
  return Object.fromEntries(keep.map((key) => [key, blurred(object?.[key])]));
}

function blurred(value: unknown): unknown {
  return typeof value === 'string' && /^(\d+\.[\w-]+|[A-Z][A-Z0-9]{3,}|https?:.*)$/.test(value) ? 'an id' : value;
}
