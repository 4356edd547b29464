import type { App as Bolt } from '@slack/bolt';
import { z } from 'zod';
import { EVENTS } from '../kit/ids.ts';
import { userId } from '../kit/user-id.ts';
import type { Deps } from './deps.ts';

const changed = z.object({ user: z.object({ id: userId, deleted: z.boolean().optional() }) });
const inChannel = z.object({ channel: z.string().min(1) });

const who = z.object({ user: z.string().optional() });

const changedId = z.object({ old_channel_id: z.string().min(1), new_channel_id: z.string().min(1) });

/** A person or another organization came or went, or posting became impossible or possible again. */
const READERS_CHANGED = [
  EVENTS.memberJoined,
  EVENTS.memberLeft,
  EVENTS.channelShared,
  EVENTS.channelUnshared,
  EVENTS.channelArchived,
  EVENTS.groupArchived,
  EVENTS.channelUnarchived,
  EVENTS.groupUnarchived,
] as const;
/** Nothing can be drawn there. */
const ARCHIVED: ReadonlySet<string> = new Set([EVENTS.channelArchived, EVENTS.groupArchived]);
const DELETED = [EVENTS.channelDeleted, EVENTS.groupDeleted] as const;

/**
 * What Slack tells about people and channels. It may come late, twice or never. A renamed channel needs nothing: channels
 * are kept by id, and Slack shows their names.
 */
export function registerEvents(bolt: Bolt, { app, people, channels }: Pick<Deps, 'app' | 'people' | 'channels'>): void {
  bolt.event(EVENTS.userChanged, async ({ event }) => {
    const { user } = changed.parse(event);
    people.forget(user.id);
    channels.forget({ userId: user.id });
    if (user.deleted) await app.removeDeactivated({ memberId: user.id });
  });
  bolt.event(EVENTS.channelIdChanged, async ({ event }) => {
    const { old_channel_id: channelId, new_channel_id: toChannelId } = changedId.parse(event);
    await app.changeChannelId({ channelId, toChannelId });
    for (const each of [channelId, toChannelId]) channels.forget({ channelId: each });
  });
  for (const type of DELETED) {
    bolt.event(type, async ({ event }) => {
      const { channel: channelId } = inChannel.parse(event);
      channels.forget({ channelId });
      await app.forgetChannel({ channelId });
    });
  }
  for (const type of READERS_CHANGED) {
    bolt.event(type, async ({ event, context: { botUserId } }) => {
      const { channel: channelId } = inChannel.parse(event);
      channels.forget({ channelId });
      const isInvited = type === EVENTS.memberJoined && who.parse(event).user === botUserId;
      if (isInvited) return await app.greetChannel({ channelId });
      // What stands in the channel is said to those who read it now.
      if (!ARCHIVED.has(type)) await app.checkGreeting({ channelId });
    });
  }
}
