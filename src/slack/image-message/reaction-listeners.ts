import type { App as Bolt } from '@slack/bolt';
import { z } from 'zod';
import { EVENTS } from '../kit/ids.ts';
import { userId } from '../kit/user-id.ts';
import { reactionId } from '../platform/delivery.ts';
import type { Deps } from '../platform/deps.ts';

const reacted = z.object({
  user: userId,
  reaction: z.string().min(1).max(200),
  item: z.object({ type: z.string(), channel: z.string().min(1).optional(), ts: z.string().min(1).optional() }),
  event_ts: z.string().min(1),
});

/** Slack tells of every reaction in every channel that Inkwell is in; only messages are looked at. */
export function registerReactions(bolt: Bolt, { app }: Pick<Deps, 'app'>): void {
  for (const type of [EVENTS.reactionAdded, EVENTS.reactionRemoved] as const) {
    bolt.event(type, async ({ event }) => {
      const { user: by, reaction, item, event_ts: at } = reacted.parse(event);
      const { channel: channelId, ts } = item;
      if (channelId === undefined || ts === undefined) return;
      // A hand or a face may have a skin tone, and is the same emoji.
      const [emoji = ''] = reaction.split('::');
      const deliveryId = reactionId([type, by, reaction, channelId, ts, at]);
      const isAdded = type === EVENTS.reactionAdded;
      await app.markByReaction({ deliveryId, by, message: { channelId, ts }, emoji, isAdded });
    });
  }
}
