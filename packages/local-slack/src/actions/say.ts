import type { LocalSlackContext } from '../context.ts';
import { deliverEvent } from '../deliveries/events.ts';
import { isMember } from '../membership.ts';
import { addMessage } from '../posting.ts';
import { withMentions } from '../slack-text.ts';
import type { Act, ActAnswer } from '../view.ts';
import type { Channel, Message, Person } from '../workspace.ts';
import { DONE, refused, writableFor } from './answers.ts';

const TYPED_MAX = 12_000;

/** Writes a message; the app hears of one that mentions it. */
export async function say(
  context: LocalSlackContext,
  person: Person,
  act: Extract<Act, { act: 'say' }>,
): Promise<ActAnswer> {
  const channel = writableFor(context, person, act.channelId);
  if (typeof channel === 'string') return refused(channel);
  const text = act.text.trim();
  if (text === '') return refused('There is nothing to send.');
  if (text.length > TYPED_MAX) return refused(`A message takes at most ${TYPED_MAX} characters.`);
  const parent = act.threadTs === undefined ? null : context.state.messages.get(act.channelId, act.threadTs);
  if (act.threadTs !== undefined && parent === null) return refused('The message you reply to is gone.');
  const message = addMessage(context, {
    channelId: act.channelId,
    userId: person.userId,
    text: withMentions(text, { ...mentionable(context, person), withNames: false }),
    threadTs: parent ? (parent.threadTs ?? parent.ts) : null,
  });
  context.state.markRead(person.userId, act.channelId, message.ts);
  await tellOfMention(context, person, message);
  return DONE;
}

/** In channels that the app is in: Slack asks a person to invite it elsewhere, and tells nothing. */
async function tellOfMention(context: LocalSlackContext, person: Person, message: Message): Promise<void> {
  const { channelId, text, ts, threadTs, userId } = message;
  const { bot, teamId } = context.workspace;
  const isDirect = context.state.channels.get(channelId)?.kind === 'im';
  if (isDirect || !text.includes(`<@${bot.userId}>`) || !isMember(context, bot.userId, channelId)) return;
  await deliverEvent(context, {
    type: 'app_mention',
    user: userId,
    text,
    ts,
    ...(threadTs === null ? {} : { thread_ts: threadTs }),
    team: person.teamId || teamId,
    channel: channelId,
    event_ts: ts,
  });
}

/** People, and the channels that this person can see. */
export function mentionable(
  { state }: LocalSlackContext,
  { userId }: Person,
): { people: Person[]; channels: Channel[] } {
  const channels = state.channels.all().filter(({ memberIds }) => memberIds.includes(userId));
  return { people: state.people.all(), channels };
}
