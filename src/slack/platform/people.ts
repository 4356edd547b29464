import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { type Clock, type People, PeopleFault, type Person } from '../../ports/ports.ts';
import { withTimeout } from '../../ports/with-timeout.ts';
import { callSlack } from '../messenger/call-slack.ts';
import { createDirectory, type SlackUser, slackUser } from './directory.ts';
import { createTtlCache } from './ttl-cache.ts';

/** A person may become a guest or leave at any moment. `user_change` says so at once, if it arrives. */
const REMEMBERED_MS = 5 * 60_000;
const REMEMBERED_MAX = 5_000;
const TRIES = { afterLost: 1, afterRateLimit: 0 };

const answer = z.object({ user: slackUser });

const UNKNOWN = new Set(['user_not_found', 'user_not_visible']);

/** As many are asked for one by one; for more of them the whole list costs Slack less. */
const ONE_BY_ONE_MAX = 3;
/** People who are on no list, such as those of another organisation. With more of them there is no answer. */
const UNLISTED_MAX = 20;
/** Someone waits, usually with a command that was acknowledged; the ledger's roles decide where Slack does not answer. */
const ANSWER_WITHIN_MS = 2_000;

/** What Slack's side asks besides: who many people are, in as few questions as possible. */
export type SlackPeople = People & {
  lookAll(userIds: readonly string[]): Promise<(Person | null)[]>;
};

/** Who people are in Slack, for five minutes from memory. Questions about the same person at once are asked once. */
export function createPeople({ client, teamId, clock }: PeopleParts): SlackPeople {
  const remembered = createTtlCache<Person | null>(clock, { forMs: REMEMBERED_MS, max: REMEMBERED_MAX });
  const directory = createDirectory({ client, clock });

  const ask = async (userId: string): Promise<Person | null> => {
    const asked = await callSlack(clock, () => client.users.info({ user: userId }), TRIES);
    if (!asked.ok) {
      if (UNKNOWN.has(asked.failure.code)) return null;
      throw new PeopleFault(`users.info: ${asked.failure.code}`);
    }
    const { data, error } = answer.safeParse(asked.value);
    if (!data) throw new PeopleFault('users.info: odd_answer', { cause: error });
    return personIn(data.user, teamId);
  };

  const look = async (userId: string): Promise<Person | null> => {
    const listed = remembered.has(userId) ? null : directory.known(userId);
    if (listed) return personIn(listed, teamId);
    const work = remembered.recall(userId, () => ask(userId));
    return await withTimeout(clock, { ms: ANSWER_WITHIN_MS, work, late: tooLate });
  };

  return {
    look,
    async lookAll(userIds) {
      const isKnown = (userId: string) => remembered.has(userId) || directory.known(userId) !== null;
      if (userIds.filter((userId) => !isKnown(userId)).length > ONE_BY_ONE_MAX) await directory.everyone();
      if (userIds.filter((userId) => !isKnown(userId)).length > UNLISTED_MAX) {
        throw new PeopleFault('users.list: unlisted_people');
      }
      return await Promise.all(userIds.map(look));
    },
    names: async () =>
      new Map([...(await directory.everyone())].map(([userId, listed]) => [userId, namesOf(listed).join(' ')])),
    forget(userId) {
      remembered.forget(userId);
      directory.forget(userId);
    },
  };
}

type PeopleParts = { client: WebClient; teamId: string; clock: Clock };

const tooLate = async (): Promise<never> => {
  throw new PeopleFault('users.info: no_answer_in_time');
};

const namesOf = ({ name, real_name: realName, profile }: SlackUser): string[] => {
  const names = [profile?.display_name, profile?.real_name, realName, name];
  return names.filter((each): each is string => each !== undefined && each.trim() !== '');
};

function personIn(found: SlackUser, teamId: string): Person {
  const { id, tz } = found;
  return {
    userId: id,
    name: namesOf(found)[0] ?? id,
    kind: kindOf(found, teamId),
    timeZone: tz ?? null,
  };
}

/** Ids, never names. In an Enterprise Grid a person's first team may be another one of the same organisation. */
function kindOf(found: SlackUser, teamId: string): Person['kind'] {
  if (found.deleted) return 'deactivated';
  if (found.is_bot || found.id === 'USLACKBOT') return 'bot';
  const isInTeam = found.team_id === teamId || (found.enterprise_user?.teams?.includes(teamId) ?? false);
  if (found.is_stranger || !isInTeam) return 'outsider';
  return found.is_restricted || found.is_ultra_restricted ? 'guest' : 'member';
}
