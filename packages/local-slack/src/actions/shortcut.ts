import type { LocalSlackContext } from '../context.ts';
import { FORM, interactionBase, interactionBody, payloadChannelName } from '../deliveries/payloads.ts';
import { isMember } from '../membership.ts';
import { messageOnWire } from '../serializers/message.ts';
import type { Act, ActAnswer } from '../view.ts';
import type { Person } from '../workspace.ts';
import { DONE, failureOf, refused } from './answers.ts';

/** Picks a shortcut from a message's menu: the app is given the message, also in channels that it is not in. */
export async function runShortcut(
  context: LocalSlackContext,
  person: Person,
  { callbackId, channelId, ts }: Extract<Act, { act: 'shortcut' }>,
): Promise<ActAnswer> {
  const { manifest, state, triggers, responseUrls, postman } = context;
  const channel = state.channels.get(channelId);
  const message = state.messages.get(channelId, ts);
  if (!channel || !message || !isMember(context, person.userId, channelId)) return refused('This message is gone.');
  // Only one person sees an ephemeral message, and it has no menu of shortcuts.
  if (message.onlyFor !== null || message.isTombstone) return refused('This message has no shortcuts.');
  const declared = manifest.shortcuts.find((one) => one.callbackId === callbackId);
  if (!declared || !manifest.isInteractive) return refused('This app has no such shortcut.');
  const payload = {
    type: 'message_action',
    ...interactionBase(context, person),
    callback_id: callbackId,
    action_ts: state.nextTs(),
    trigger_id: triggers.issue({ userId: person.userId, isFromModal: false }),
    response_url: responseUrls.issue({ channelId, userId: person.userId, originalTs: ts }),
    channel: { id: channelId, name: payloadChannelName(channel) },
    message_ts: ts,
    message: messageOnWire(context, message),
  };
  const outcome = await postman.send('message_action', interactionBody(payload), { contentType: FORM });
  const failure = failureOf(context, `The shortcut ${declared.name}`, outcome);
  return failure === null ? DONE : refused(`${declared.name} failed with the error "${failure}"`);
}
