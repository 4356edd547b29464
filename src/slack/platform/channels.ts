import { type Channels, PeopleFault } from '../../ports/ports.ts';
import { ONE_MORE } from '../messenger/call-slack.ts';
import type { ChannelsParts } from './audience.ts';
import { createAudiences } from './audience.ts';
import { memberPages } from './channel-members.ts';

const PAGE = 1_000;
/** Larger channels are not looked through: a person not found by then counts as absent. */
const PAGES_MAX = 10;
const TRIES = { ...ONE_MORE, afterRateLimit: 1 };
/** To the bot, a channel that it may not see is one that it cannot post to either. */
const NOT_THERE = new Set(['channel_not_found', 'not_in_channel', 'is_archived']);

/** `channelNow`: the id that a channel has now, where the one from before was noted. */
type Ids = { channelNow?: (channelId: string) => string };

/** Links and forms may carry the id that a channel had before. */
export const sameChannel =
  ({ now = (channelId) => channelId }: Pick<Channels, 'now'>) =>
  (one: string, other: string): boolean =>
    now(one) === now(other);

export function createChannels({ channelNow = (channelId) => channelId, ...parts }: ChannelsParts & Ids): Channels {
  const { audience, forget, hasOutsiders, lookAt } = createAudiences(parts);
  return {
    /** Asked each time: a person may leave a channel while a form is open. */
    async has(givenId, userId) {
      const channelId = channelNow(givenId);
      let pages = 0;
      for await (const page of memberPages(parts, { channelId, limit: PAGE, tries: TRIES })) {
        if (!page.ok && NOT_THERE.has(page.failure.code)) return false;
        if (!page.ok) throw new PeopleFault(`conversations.members: ${page.failure.code}`);
        if (page.value.includes(userId)) return true;
        pages += 1;
        if (pages === PAGES_MAX) return false;
      }
      return false;
    },
    hasOutsiders: (channelId) => hasOutsiders?.(channelNow(channelId)) ?? false,
    lookAt: async (channelIds) => await lookAt?.(channelIds.map(channelNow)),
    audience: (channelId, readerId) => audience(channelId && channelNow(channelId), readerId),
    now: channelNow,
    forget,
  };
}
