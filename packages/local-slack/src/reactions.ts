import type { LocalSlackContext } from './context.ts';
import { changeMessage } from './posting.ts';
import type { Json, Message } from './workspace.ts';

/** As many kinds as Slack lets people put on one message. */
const KINDS_MAX = 50;
const NAME = /^[\p{Ll}\p{Lo}\p{N}_+'-]{1,100}(::skin-tone-[2-6])?$/u;

export type Reaction = { userId: string; name: string };
export type ReactionError = 'invalid_name' | 'already_reacted' | 'no_reaction' | 'too_many_emoji';

/** Adds or removes a person's reaction. Answers with the event that tells the app, or with Slack's error. */
export function setReaction(
  context: LocalSlackContext,
  message: Message,
  { userId, name, isOn }: Reaction & { isOn: boolean },
): { ok: true; event: Json } | { ok: false; error: ReactionError } {
  const error = problemOf(message, { userId, name, isOn });
  if (error) return { ok: false, error };
  const { reactions = [], channelId, ts } = message;
  const others = reactions.flatMap((each) => {
    if (each.name !== name) return [each];
    const userIds = each.userIds.filter((id) => id !== userId);
    return isOn ? [{ name, userIds: [...userIds, userId] }] : userIds.length > 0 ? [{ name, userIds }] : [];
  });
  const isNew = isOn && !reactions.some((each) => each.name === name);
  changeMessage(context, { ...message, reactions: isNew ? [...others, { name, userIds: [userId] }] : others });
  const event = {
    type: isOn ? 'reaction_added' : 'reaction_removed',
    user: userId,
    reaction: name,
    item: { type: 'message', channel: channelId, ts },
    item_user: message.userId,
    event_ts: context.state.nextTs(),
  };
  return { ok: true, event };
}

function problemOf(
  { reactions = [] }: Message,
  { userId, name, isOn }: Reaction & { isOn: boolean },
): ReactionError | null {
  if (!NAME.test(name)) return 'invalid_name';
  const known = reactions.find((each) => each.name === name);
  const isThere = known?.userIds.includes(userId) ?? false;
  if (isOn && isThere) return 'already_reacted';
  if (!isOn && !isThere) return 'no_reaction';
  return isOn && !known && reactions.length >= KINDS_MAX ? 'too_many_emoji' : null;
}
