import type { AccountId } from '../../ledger/accounts.ts';
import { activeWith } from '../../ledger/lists/member-lists.ts';
import { managesAccount } from '../../ledger/rights/manages.ts';
import type { Settings, State } from '../../ledger/state.ts';
import { timeOfDayAt } from '../../ledger/usage/civil-dates.ts';

/** An account's managers; owners, where it has none. */
export function responsibleFor(state: State, account: AccountId): string[] {
  const managers = activeWith(state, 'manager').filter((member) => managesAccount(state, member, account));
  const told = managers.length > 0 ? managers : activeWith(state, 'owner');
  return told.map(({ memberId }) => memberId);
}

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
