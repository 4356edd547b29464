import { type CommandBody, INKWELL } from '../../src/ledger/commands/commands.ts';
import type { Member, State } from '../../src/ledger/state.ts';
import { ACME_CHANNEL, type Organisation } from './organisation.ts';

/**
 * Puts back what an owner or a manager has changed about who everybody is, as they may: otherwise somebody who was made an
 * owner would see what owners see, and nothing could be said about leaks any more.
 */
export async function restorePremise(org: Organisation, premise: State): Promise<void> {
  const wishes = [
    ...channelWishes(org, premise),
    ...[...premise.members.values()].flatMap((was) => memberWishes(org, was)),
  ];
  if (wishes.length > 0) await org.submit(INKWELL, ...wishes);
}

function channelWishes({ world }: Organisation, premise: State): CommandBody[] {
  const was = premise.channels.get(ACME_CHANNEL) ?? null;
  if (world.book.now().channels.get(ACME_CHANNEL) === was) return [];
  return [{ kind: 'bind_channel', channelId: ACME_CHANNEL, clientId: was, ifUnbound: false }];
}

function memberWishes({ world }: Organisation, was: Member): CommandBody[] {
  const { memberId, role, status, teamIds, manages } = was;
  const now = world.book.now().members.get(memberId);
  if (!now) return [];
  const wishes: CommandBody[] = [];
  if (now.status === 'removed' && status !== 'removed') wishes.push({ kind: 'bring_back_member', memberId, role });
  if (now.status === 'suspended' && status !== 'suspended') wishes.push({ kind: 'resume_member', memberId });
  if (now.status === 'active' && status === 'suspended') wishes.push({ kind: 'suspend_member', memberId, reason: '' });
  if (now.status === 'active' && status === 'removed') wishes.push({ kind: 'remove_member', memberId, reason: '' });
  if (status === 'removed') return wishes;
  const isChanged = now.role !== role || wishes.length > 0;
  if (isChanged) wishes.push({ kind: 'set_role', memberId, role });
  if (role === 'manager' && (isChanged || !same(now.manages, manages))) {
    wishes.push({ kind: 'set_manages', memberId, ...manages });
  }
  if (!same(now.teamIds, teamIds)) wishes.push({ kind: 'set_teams', memberId, teamIds });
  return wishes;
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
