import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Clock } from '../../ports/ports.ts';
import { callSlack } from '../messenger/call-slack.ts';
import type { Deps } from './deps.ts';

/** More than anybody mentions in one prompt, and few enough to be asked for while they wait. */
const NAMES_MAX = 10;
const TRIES = { afterLost: 0, afterRateLimit: 0 };

const info = z.object({ channel: z.object({ name: z.string() }) });

/** What people see of a mention that has only an id. Without Slack's answer the id stays. */
export async function namesOfMentioned(
  { people, clock, log }: Pick<Deps, 'people' | 'clock' | 'log'>,
  client: WebClient,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const asked = ids.slice(0, NAMES_MAX).map(async (id): Promise<[string, string][]> => {
    try {
      const name = /^[UW]/.test(id) ? (await people.look(id))?.name : await channelName({ client, clock }, id);
      return name ? [[id, name]] : [];
    } catch (error) {
      log.warn({ code: (error as { code?: unknown }).code ?? 'unknown' }, 'a mention stays without its name');
      return [];
    }
  });
  return new Map((await Promise.all(asked)).flat());
}

async function channelName({ client, clock }: { client: WebClient; clock: Clock }, channel: string) {
  const asked = await callSlack(clock, () => client.conversations.info({ channel }), TRIES);
  return asked.ok ? (info.safeParse(asked.value).data?.channel.name ?? null) : null;
}
