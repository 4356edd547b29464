import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Clock, Log } from '../../ports/ports.ts';
import { type Audience, type Channels, PeopleFault } from '../../ports/ports.ts';
import { withTimeout } from '../../ports/with-timeout.ts';
import { callSlack, type Tries } from '../messenger/call-slack.ts';
import { createDirectMessages } from '../messenger/direct-messages.ts';
import { memberPages } from './channel-members.ts';
import { remember } from './delivery.ts';
import { factsOf } from './error-facts.ts';
import type { SlackPeople } from './people.ts';
import { createTtlCache } from './ttl-cache.ts';

/** Events say at once what changes, when they arrive; when they do not, this is how long it goes unnoticed. */
const REMEMBERED_MS = 60_000;
const REMEMBERED_MAX = 1_000;
const PEOPLE_A_PAGE = 1_000;
/** Larger channels are not looked through; no images are made in them. */
const PEOPLE_MAX = 2_000;
/** Someone waits, and without Slack's answer there is a safe one. */
const TRIES: Tries = { afterLost: 1, afterRateLimit: 0 };
const ANSWER_WITHIN_MS = 2_000;

/** Two calls each. The others follow the next time. */
const LOOKED_AT_MAX = 8;
const LOOK_WITHIN_MS = 1_000;

/** `readBy`: the people who make it what it is; of others it does not matter what becomes of them. */
type Found = { audience: Audience; readBy: readonly string[] };

const info = z.object({
  channel: z.object({
    is_ext_shared: z.boolean(),
    is_shared: z.boolean(),
    is_org_shared: z.boolean().optional(),
    is_pending_ext_shared: z.boolean().optional(),
  }),
});

/** Slack Connect, or about to be. Workspaces of one organisation share among themselves. */
export const isSharedOutside = (channel: z.infer<typeof info>['channel']): boolean =>
  channel.is_ext_shared ||
  channel.is_pending_ext_shared === true ||
  (channel.is_shared && channel.is_org_shared !== true);

/** Who may read along, in a channel or a direct message. Questions about the same channel at once are asked once. */
export function createAudiences(
  parts: ChannelsParts,
): Pick<Channels, 'audience' | 'forget' | 'hasOutsiders' | 'lookAt'> {
  const { client, people, clock, log } = parts;
  const directMessages = createDirectMessages(client, clock);
  const known = createTtlCache<Found>(clock, { forMs: REMEMBERED_MS, max: REMEMBERED_MAX });

  /** What was found last stands until more is known; `isOld`: Slack has said since that it may be otherwise. */
  const lastFound = new Map<string, { found: Found; isOld: boolean }>();
  const isToBeLookedAt = (channelId: string) => lastFound.get(channelId)?.isOld ?? true;
  /** Channels that the last look learned nothing of, the one looked at longest ago first. */
  const unlearned = new Map<string, true>();

  /** Channels that Slack doesn't answer for come after all others, so that they keep no other one from its turn. */
  const nextToLookAt = (channelIds: readonly string[]): string[] => {
    const turns = new Map([...unlearned.keys()].map((channelId, index) => [channelId, index + 1]));
    const turnOf = (channelId: string) => turns.get(channelId) ?? 0;
    const all = channelIds.filter(isToBeLookedAt).sort((one, other) => turnOf(one) - turnOf(other));
    return all.slice(0, LOOKED_AT_MAX);
  };

  const ask = async (channelId: string): Promise<Found> => {
    if (await isShared(parts, channelId)) return { audience: 'shared', readBy: [] };
    const memberIds = await membersOf(parts, channelId);
    if (memberIds.length === 0 || memberIds.length > PEOPLE_MAX) return { audience: 'unsure', readBy: [] };
    return { audience: (await areAllOurs(parts, memberIds)) ? 'internal' : 'shared', readBy: memberIds };
  };

  const ofChannel = async (channelId: string): Promise<Audience> => {
    const found = await known.recall(channelId, () => ask(channelId));
    // A moment in which it can't be known makes nothing of what is known otherwise.
    if (found.audience !== 'unsure') remember(lastFound, channelId, { found, isOld: false }, REMEMBERED_MAX);
    return found.audience;
  };

  /** A direct message with Inkwell has no other reader. One between two people, where a command was typed, is unknown. */
  const ofDirectMessage = async (channelId: string, readerId: string): Promise<Audience> => {
    if (channelId === readerId) return 'internal';
    const opened = await directMessages.open(readerId);
    return opened.ok && opened.value === channelId ? 'internal' : 'shared';
  };

  const look = async (channelId: string | null, readerId: string): Promise<Audience> => {
    if ((await people.look(readerId))?.kind !== 'member') return 'shared';
    if (channelId === null) return 'internal';
    return await (/^[CG]/.test(channelId) ? ofChannel(channelId) : ofDirectMessage(channelId, readerId));
  };

  return {
    async audience(channelId, readerId) {
      try {
        return await withTimeout(clock, { ms: ANSWER_WITHIN_MS, work: look(channelId, readerId), late });
      } catch (error) {
        log.warn({ channelId, ...factsOf(error) }, 'could not check who can read the channel, leaving figures out');
        return 'unsure';
      }
    },
    hasOutsiders: (channelId) => lastFound.get(channelId)?.found.audience === 'shared',
    async lookAt(channelIds) {
      const looks = nextToLookAt(channelIds).map(async (channelId) => {
        remember(unlearned, channelId, true, REMEMBERED_MAX);
        try {
          if ((await ofChannel(channelId)) !== 'unsure') unlearned.delete(channelId);
        } catch (error) {
          log.warn({ channelId, ...factsOf(error) }, 'could not look who is in a channel');
        }
      });
      const work = Promise.all(looks);
      await withTimeout(clock, { ms: LOOK_WITHIN_MS, work, late: () => null });
    },
    forget(changed) {
      for (const [channelId, last] of lastFound) {
        const isAbout =
          'channelId' in changed ? channelId === changed.channelId : last.found.readBy.includes(changed.userId);
        if (isAbout) last.isOld = true;
      }
      if ('channelId' in changed) return known.forget(changed.channelId);
      known.forgetWhere((found) => found === null || found.readBy.includes(changed.userId));
    },
  };
}

const late = async (): Promise<never> => {
  throw new PeopleFault('no_answer_in_time');
};

async function isShared({ client, clock }: ChannelsParts, channelId: string): Promise<boolean> {
  const asked = await callSlack(clock, () => client.conversations.info({ channel: channelId }), TRIES);
  if (!asked.ok) throw new PeopleFault(`conversations.info: ${asked.failure.code}`);
  return isSharedOutside(info.parse(asked.value).channel);
}

/** Stops at the first page that makes them too many. */
async function membersOf(parts: ChannelsParts, channelId: string): Promise<string[]> {
  const memberIds: string[] = [];
  for await (const page of memberPages(parts, { channelId, limit: PEOPLE_A_PAGE, tries: TRIES })) {
    if (!page.ok) throw new PeopleFault(`conversations.members: ${page.failure.code}`);
    memberIds.push(...page.value);
    if (memberIds.length > PEOPLE_MAX) break;
  }
  return memberIds;
}

/** Bots and deactivated people read nothing. A person that Slack does not know may be anyone. */
async function areAllOurs({ people }: ChannelsParts, memberIds: readonly string[]): Promise<boolean> {
  const found = await people.lookAll(memberIds);
  return found.every((person) => person !== null && person.kind !== 'guest' && person.kind !== 'outsider');
}

export type ChannelsParts = { client: WebClient; people: SlackPeople; clock: Clock; log: Log };
