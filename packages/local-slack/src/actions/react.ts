import type { LocalSlackContext } from '../context.ts';
import { deliverEvent } from '../deliveries/events.ts';
import { isMember } from '../membership.ts';
import { setReaction } from '../reactions.ts';
import type { Act, ActAnswer } from '../view.ts';
import type { Person } from '../workspace.ts';
import { DONE, refused } from './answers.ts';

/** Adds a person's reaction to a message, or takes it back. Ephemeral messages take none. */
export async function react(
  context: LocalSlackContext,
  { userId }: Person,
  { channelId, ts, name, isOn }: Extract<Act, { act: 'react' }>,
): Promise<ActAnswer> {
  const message = context.state.messages.get(channelId, ts);
  const isThere = message && message.onlyFor === null && !message.isTombstone && isMember(context, userId, channelId);
  if (!isThere) return refused('What you reacted to is no longer there.');
  const set = setReaction(context, message, { userId, name, isOn });
  if (!set.ok) return refused(`That reaction failed with the error "${set.error}"`);
  await deliverEvent(context, set.event);
  return DONE;
}
