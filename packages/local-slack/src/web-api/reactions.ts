import type { LocalSlackContext } from '../context.ts';
import { deliverEvent } from '../deliveries/events.ts';
import { setReaction } from '../reactions.ts';
import { messageOnWire } from '../serializers/message.ts';
import type { Json } from '../workspace.ts';
import { ApiError } from './api-error.ts';
import type { Arguments } from './arguments.ts';
import { knownChannel, reachableMessage, writableChannel } from './targets.ts';

export function getReactions(context: LocalSlackContext, args: Arguments): Json {
  const { channelId } = knownChannel(context, args.text('channel'));
  const message = reachableMessage(context, channelId, args.text('timestamp'));
  return { type: 'message', channel: channelId, message: messageOnWire(context, message) };
}

export const addReaction = (context: LocalSlackContext, args: Arguments): Json => change(context, args, true);
export const removeReaction = (context: LocalSlackContext, args: Arguments): Json => change(context, args, false);

/** The bot's own. */
function change(context: LocalSlackContext, args: Arguments, isOn: boolean): Json {
  const { channelId } = writableChannel(context, args.text('channel'));
  const message = reachableMessage(context, channelId, args.text('timestamp'));
  const { userId } = context.workspace.bot;
  const set = setReaction(context, message, { userId, name: args.text('name'), isOn });
  if (!set.ok) throw new ApiError(set.error);
  context.background(deliverEvent(context, set.event));
  return {};
}
