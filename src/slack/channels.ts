import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { type Channels, type Clock, PeopleFault } from '../app/ports.ts';
import { attempt, ONE_MORE } from './messenger/attempt.ts';

const PAGE = 1_000;
/** Nobody makes images in a channel of more people than that; whoever is not found by then is not taken to be in it. */
const PAGES_MAX = 10;
const TRIES = { ...ONE_MORE, afterRateLimit: 1 };
/** To the bot, a channel that it may not see is one that it cannot post to either. */
const NOT_THERE = new Set(['channel_not_found', 'not_in_channel', 'is_archived']);

const answer = z.object({
  members: z.array(z.string()),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/** Asked each time: somebody may be taken out of a channel while a form is open. */
export function createChannels({ client, clock }: { client: WebClient; clock: Clock }): Channels {
  return {
    async has(channelId, userId) {
      let cursor: string | undefined;
      for (let page = 0; page < PAGES_MAX; page += 1) {
        const query = { channel: channelId, limit: PAGE, ...(cursor ? { cursor } : {}) };
        const asked = await attempt(clock, () => client.conversations.members(query), TRIES);
        if (!asked.ok && NOT_THERE.has(asked.failure.code)) return false;
        if (!asked.ok) throw new PeopleFault(`conversations.members: ${asked.failure.code}`);
        const { members, response_metadata: more } = answer.parse(asked.value);
        if (members.includes(userId)) return true;
        cursor = more?.next_cursor;
        if (!cursor) return false;
      }
      return false;
    },
  };
}
