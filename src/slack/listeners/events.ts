import type { App as Bolt } from '@slack/bolt';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { EVENTS } from '../ids.ts';
import { userId } from '../user-id.ts';

const changed = z.object({ user: z.object({ id: userId, deleted: z.boolean().optional() }) });
const inChannel = z.object({ channel: z.string().min(1) });

/** Somebody came or went, or another organisation did. */
const READERS_CHANGED = [EVENTS.memberJoined, EVENTS.memberLeft, EVENTS.channelShared, EVENTS.channelUnshared] as const;

/** What Slack tells about people and channels. It may come late, twice or never, so it only makes memories go sooner. */
export function registerEvents(bolt: Bolt, { app, people, channels }: Pick<Deps, 'app' | 'people' | 'channels'>): void {
  bolt.event(EVENTS.userChanged, async ({ event }) => {
    const { user } = changed.parse(event);
    people.forget(user.id);
    channels.forget({ userId: user.id });
    if (user.deleted) await app.removeDeactivated({ memberId: user.id });
  });
  for (const type of READERS_CHANGED) {
    bolt.event(type, async ({ event }) => channels.forget({ channelId: inChannel.parse(event).channel }));
  }
}
