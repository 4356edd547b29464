import type { LocalSlackContext } from '../context.ts';
import { changeChannelId, changePerson, isMember, join, leave, share } from '../membership.ts';
import type { Act, ActAnswer } from '../view.ts';
import type { Channel, Person } from '../workspace.ts';
import { DONE, refused } from './answers.ts';

type PersonAct = Extract<Act, { act: 'set_person' }>;
type MemberAct = Extract<Act, { act: 'set_member' }>;
type SharedAct = Extract<Act, { act: 'set_shared' }>;

/** An organisation that shares a channel without having sent anybody. */
const OTHER_TEAM = 'T0ELSEWHERE';

/** Deactivates a person, or makes them a guest or a full member again. Tells the app, if it subscribed. */
export async function setPerson(context: LocalSlackContext, { userId, standing }: PersonAct): Promise<ActAnswer> {
  const person = context.state.people.get(userId);
  if (!person || person.kind === 'bot') return refused('Nobody here by that name.');
  if (person.kind === 'outsider') return refused(`${person.realName} belongs to another organisation.`);
  if (person.kind === 'owner') return refused(`${person.realName} owns the workspace, and stays a full member.`);
  await changePerson(context, userId, changeTo(standing, person));
  return DONE;
}

function changeTo(standing: PersonAct['standing'], { kind }: Person): Partial<Person> {
  switch (standing) {
    case 'deactivated':
      return { deactivated: true };
    case 'guest':
      return { deactivated: false, kind: kind === 'single_channel_guest' ? kind : 'guest' };
    case 'member':
      return { deactivated: false, kind: kind === 'admin' ? kind : 'member' };
  }
}

/** Adds a person or the app to a channel, or removes them. */
export async function setMember(
  context: LocalSlackContext,
  { channelId, userId, isIn }: MemberAct,
): Promise<ActAnswer> {
  const channel = roomOf(context, channelId);
  const person = context.state.people.get(userId);
  if (!channel || !person) return refused('There is no such channel, or nobody by that name.');
  if (isIn === isMember(context, userId, channelId)) return DONE;
  if (!isIn) await leave(context, channelId, userId);
  else if (person.deactivated) return refused(`The account of ${person.realName} has been deactivated.`);
  else if (person.kind === 'outsider' && !channel.isShared) {
    return refused(`${person.realName} belongs to another organisation: share the channel first.`);
  } else await join(context, channelId, userId);
  return DONE;
}

/** Shares a channel with another organisation, or ends that: then its people are out, as in Slack. */
export async function setShared(context: LocalSlackContext, { channelId, isShared }: SharedAct): Promise<ActAnswer> {
  const channel = roomOf(context, channelId);
  if (!channel) return refused('There is no such channel.');
  if (channel.isShared === isShared) return DONE;
  const others = context.state.people.all().filter(({ kind }) => kind === 'outsider');
  const inside = others.filter(({ userId }) => channel.memberIds.includes(userId));
  const teamId = (inside[0] ?? others[0])?.teamId ?? OTHER_TEAM;
  if (!isShared) for (const { userId } of inside) await leave(context, channelId, userId);
  // Slack gives a private channel another id when it is shared.
  const sharedId = isShared && channel.kind === 'private' ? await changeChannelId(context, channelId) : channelId;
  await share(context, sharedId, { isShared, teamId });
  return DONE;
}

/** The members of a direct message never change. */
function roomOf({ state }: LocalSlackContext, channelId: string): Channel | null {
  const channel = state.channels.get(channelId);
  return channel && channel.kind !== 'im' ? channel : null;
}
