import type { AccountId } from '../../ledger/accounts.ts';
import { activeWith } from '../../ledger/lists/member-lists.ts';
import { managesAccount } from '../../ledger/rights/manages.ts';
import { may } from '../../ledger/rights/rights.ts';
import { thereOf } from '../../ledger/rights/who-is-there.ts';
import type { Member, Settings, State } from '../../ledger/state.ts';
import { timeOfDayAt } from '../../ledger/usage/civil-dates.ts';

/** An account's managers; owners, where it has none. */
export const responsibleFor = (state: State, account: AccountId): string[] => idsOf(responsible(state, account));

function responsible(state: State, account: AccountId): Member[] {
  const managers = activeWith(state, 'manager').filter((member) => managesAccount(state, member, account));
  const told = managers.length > 0 ? managers : activeWith(state, 'owner');
  return told;
}

/**
 * Lists the responsible people who can act now, as with requests. For a manager who is away the delegate is told, if they may see
 * the account; owners where no one of these is there. People who are away are told only where no one else is left.
 */
export function responsibleNow(state: State, account: AccountId, at: number): string[] {
  const can = ({ memberId }: Member) => may(state, memberId, 'see_figures', { account, at });
  for (const group of [responsible(state, account), activeWith(state, 'owner')]) {
    const there = thereOf(state, group, { at, can });
    if (there.length > 0) return idsOf(there);
  }
  return responsibleFor(state, account);
}

/** Lists everyone who may have been told at some time: they are responsible, or were, or stood in for a person who was away. */
export const allWhoSee = (state: State, account: AccountId, at: number): string[] =>
  idsOf([...activeWith(state, 'manager'), ...activeWith(state, 'owner')]).filter((memberId) =>
    may(state, memberId, 'see_figures', { account, at }),
  );

const idsOf = (members: readonly Member[]): string[] => members.map(({ memberId }) => memberId);

/** Whether no message is begun now. A time from 20:00 to 08:00 goes over midnight. */
export function isQuiet({ alerts, timeZone }: Settings, at: number): boolean {
  if (!alerts.quiet) return false;
  const { from, to } = alerts.quiet;
  const time = timeOfDayAt(at, timeZone);
  return from < to ? time >= from && time < to : time >= from || time < to;
}

export function isMuted({ alerts }: State, account: AccountId, at: number): boolean {
  return (alerts.get(account)?.muted?.untilAt ?? 0) > at;
}
