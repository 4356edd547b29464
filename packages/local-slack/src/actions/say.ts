import type { LocalSlackContext } from '../context.ts';
import { addMessage } from '../posting.ts';
import { withMentions } from '../slack-text.ts';
import type { Act, ActAnswer } from '../view.ts';
import type { Channel, Person } from '../workspace.ts';
import { DONE, refused, writableFor } from './answers.ts';

const TYPED_MAX = 12_000;

export function say(context: LocalSlackContext, person: Person, act: Extract<Act, { act: 'say' }>): ActAnswer {
  const channel = writableFor(context, person, act.channelId);
  if (typeof channel === 'string') return refused(channel);
  const text = act.text.trim();
  if (text === '') return refused('There is nothing to send.');
  if (text.length > TYPED_MAX) return refused(`A message takes at most ${TYPED_MAX} characters.`);
  const parent = act.threadTs === undefined ? null : context.state.messages.get(act.channelId, act.threadTs);
  if (act.threadTs !== undefined && parent === null) return refused('The message you reply to is gone.');
  const { ts } = addMessage(context, {
    channelId: act.channelId,
    userId: person.userId,
    text: withMentions(text, { ...mentionable(context, person), withNames: false }),
    threadTs: parent ? (parent.threadTs ?? parent.ts) : null,
  });
  context.state.markRead(person.userId, act.channelId, ts);
  return DONE;
}

/** People, and the channels that this person can see. */
export function mentionable(
  { state }: LocalSlackContext,
  { userId }: Person,
): { people: Person[]; channels: Channel[] } {
  const channels = state.channels.all().filter(({ memberIds }) => memberIds.includes(userId));
  return { people: state.people.all(), channels };
}
