import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { callSlack } from '../messenger/call-slack.ts';
import { sameChannel } from './channels.ts';
import type { Deps } from './deps.ts';

/** More than anybody mentions in one prompt, and few enough to be asked for while they wait. */
const NAMES_MAX = 10;
const TRIES = { afterLost: 0, afterRateLimit: 0 };

const info = z.object({ channel: z.object({ name: z.string(), is_private: z.boolean().default(true) }) });

/** `channelId`: where it was typed, and where it will be read. */
type Typed = { memberId: string; channelId: string };
type Parts = Pick<Deps, 'people' | 'channels' | 'clock' | 'log'>;

/**
 * What people see of a mention that has only an id. Without Slack's answer the id stays, and where not every reader may know the
 * name.
 */
export async function namesOfMentioned(
  parts: Parts,
  client: WebClient,
  { ids, ...typed }: Typed & { ids: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  const { people, log } = parts;
  const asked = ids.slice(0, NAMES_MAX).map(async (id): Promise<[string, string][]> => {
    try {
      const name = /^[UW]/.test(id)
        ? (await people.look(id))?.name
        : await channelName({ ...parts, client }, { ...typed, id });
      return name ? [[id, name]] : [];
    } catch (error) {
      log.warn({ code: (error as { code?: unknown }).code ?? 'unknown' }, 'a mention stays without its name');
      return [];
    }
  });
  return new Map((await Promise.all(asked)).flat());
}

/**
 * Inkwell may be in channels that others don't know of. Everyone who reads along knows the channel that they read in; a public one
 * is known to full members alone, and its name may be that of another client.
 */
async function channelName(
  { client, clock, channels }: Parts & { client: WebClient },
  { id: channel, memberId, channelId }: Typed & { id: string },
): Promise<string | null> {
  const asked = await callSlack(clock, () => client.conversations.info({ channel }), TRIES);
  const found = asked.ok ? info.safeParse(asked.value).data?.channel : undefined;
  if (!found) return null;
  if (sameChannel(channels)(channel, channelId)) return found.name;
  return !found.is_private && (await channels.audience(channelId, memberId)) === 'internal' ? found.name : null;
}
