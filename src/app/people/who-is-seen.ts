import { memberAccount, memberInClientAccount } from '../../ledger/accounts.ts';
import { whoUsed } from '../../ledger/lists/client-people.ts';
import { listed } from '../../ledger/lists/member-lists.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { Member, State } from '../../ledger/state.ts';
import { usageOf } from '../../ledger/usage/standings.ts';
import { windowKeysAt } from '../../ledger/usage/windows.ts';

/** A member as one reader sees them: what they used altogether, or of the reader's clients alone. */
export type Seen = { member: Member; figures: 'all' | 'of_clients'; usedThisMonthCredits: number };

/**
 * Everybody for owners. For managers themselves, the people in their teams, and those who used a client of theirs, with
 * that use and nothing else.
 */
export function peopleSeenBy(state: State, by: string, at: number): Seen[] {
  const see = seenBy(state, by, at);
  return may(state, by, 'see_agency')
    ? [...state.members.values()].flatMap((member) => see(member) ?? [])
    : idsAround(state, by).flatMap((memberId) => {
        const member = state.members.get(memberId);
        return (member && see(member)) ?? [];
      });
}

/** Themselves, and all who may be seen for a manager's teams and clients: others are not looked at. */
function idsAround(state: State, by: string): string[] {
  const { clientIds = [], teamIds = [] } = state.members.get(by)?.manages ?? {};
  const inTeams = teamIds.flatMap((teamId) => listed(state.members, `team/${teamId}`).toArray());
  const ofClients = clientIds.flatMap((clientId) => whoUsed(state, clientId).toArray());
  return [...new Set([by, ...inTeams, ...ofClients])];
}

/** How a person sees one member; null where they may not. */
export function seenBy(state: State, by: string, at: number): (member: Member) => Seen | null {
  if (!state.settings || !may(state, by, 'see_people')) return () => null;
  const { month } = windowKeysAt(at, state.settings);
  const clientIds = state.members.get(by)?.manages.clientIds ?? [];
  const seesAll = may(state, by, 'see_agency');
  const used = (memberId: string) => usageOf(state, memberAccount(memberId), month).usedCredits;
  return (member) => {
    const { memberId } = member;
    const isWhole = seesAll || memberId === by || may(state, by, 'see_figures', { account: memberAccount(memberId) });
    if (isWhole) return { member, figures: 'all', usedThisMonthCredits: used(memberId) };
    const ofClients = clientIds.filter((clientId) => state.use.has(memberInClientAccount(memberId, clientId)));
    if (ofClients.length === 0) return null;
    const usedThisMonthCredits = ofClients.reduce(
      (sum, clientId) => sum + usageOf(state, memberInClientAccount(memberId, clientId), month).usedCredits,
      0,
    );
    return { member, figures: 'of_clients', usedThisMonthCredits };
  };
}
