import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { type Clock, type People, PeopleFault, type Person } from '../app/ports.ts';
import { createMemory } from './memory.ts';
import { attempt, ONE_MORE } from './messenger/attempt.ts';

/** Somebody may be made a guest, or leave, at any moment; `user_change` says so at once, when it arrives. */
const REMEMBERED_MS = 5 * 60_000;
const REMEMBERED_MAX = 5_000;
/** Somebody waits for it, usually with a command that has been acknowledged. */
const TRIES = { ...ONE_MORE, afterRateLimit: 1 };

const user = z.object({
  id: z.string(),
  team_id: z.string().optional(),
  name: z.string().optional(),
  real_name: z.string().optional(),
  tz: z.string().optional(),
  deleted: z.boolean().optional(),
  is_bot: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  enterprise_user: z.object({ teams: z.array(z.string()).optional() }).optional(),
  profile: z.object({ display_name: z.string().optional(), real_name: z.string().optional() }).optional(),
});
const answer = z.object({ user });
const listed = z.object({
  members: z.array(user),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

const UNKNOWN = new Set(['user_not_found', 'user_not_visible']);

/** Names change rarely, and only to find somebody by. */
const NAMES_REMEMBERED_MS = 10 * 60_000;
const NAMES_A_PAGE = 1_000;
const PAGES_MAX = 20;

/** Who people are in Slack, for five minutes from memory. Questions about the same person at once are asked once. */
export function createPeople({ client, teamId, clock }: { client: WebClient; teamId: string; clock: Clock }): People {
  const known = createMemory<Person | null>(clock, { forMs: REMEMBERED_MS, max: REMEMBERED_MAX });

  const ask = async (userId: string): Promise<Person | null> => {
    const asked = await attempt(clock, () => client.users.info({ user: userId }), TRIES);
    if (!asked.ok) {
      if (UNKNOWN.has(asked.failure.code)) return null;
      throw new PeopleFault(`users.info: ${asked.failure.code}`);
    }
    const { data, error } = answer.safeParse(asked.value);
    if (!data) throw new PeopleFault('users.info: odd_answer', { cause: error });
    return personIn(data.user, teamId);
  };

  const names = createNames(client, clock);
  return {
    names,
    look: (userId) => known.recall(userId, () => ask(userId)),
    forget: (userId) => known.forget(userId),
  };
}

/** The whole list, a thousand people a call; asked once however many look at the same time. */
function createNames(client: WebClient, clock: Clock): People['names'] {
  const known = createMemory<ReadonlyMap<string, string>>(clock, { forMs: NAMES_REMEMBERED_MS, max: 1 });
  const ask = async () => {
    const names = new Map<string, string>();
    let cursor = '';
    for (let page = 0; page < PAGES_MAX; page += 1) {
      const query = { limit: NAMES_A_PAGE, ...(cursor === '' ? {} : { cursor }) };
      const asked = await attempt(clock, () => client.users.list(query), TRIES);
      if (!asked.ok) throw new PeopleFault(`users.list: ${asked.failure.code}`);
      const { data, error } = listed.safeParse(asked.value);
      if (!data) throw new PeopleFault('users.list: odd_answer', { cause: error });
      for (const each of data.members) names.set(each.id, namesOf(each).join(' '));
      cursor = data.response_metadata?.next_cursor ?? '';
      if (cursor === '') break;
    }
    return names;
  };
  return () => known.recall('everybody', ask);
}

const namesOf = ({ name, real_name: realName, profile }: z.infer<typeof user>): string[] => {
  const names = [profile?.display_name, profile?.real_name, realName, name];
  return names.filter((each): each is string => each !== undefined && each.trim() !== '');
};

function personIn(found: z.infer<typeof user>, teamId: string): Person {
  const { id, tz } = found;
  return {
    userId: id,
    name: namesOf(found)[0] ?? id,
    kind: kindOf(found, teamId),
    timeZone: tz ?? null,
  };
}

/** Ids, never names. In an Enterprise Grid a person's first team may be another one of the same organisation. */
function kindOf(found: z.infer<typeof user>, teamId: string): Person['kind'] {
  if (found.deleted) return 'deactivated';
  if (found.is_bot || found.id === 'USLACKBOT') return 'bot';
  const isInTeam = found.team_id === teamId || (found.enterprise_user?.teams?.includes(teamId) ?? false);
  if (found.is_stranger || !isInTeam) return 'outsider';
  return found.is_restricted || found.is_ultra_restricted ? 'guest' : 'member';
}
