import { type AccountId, parseAccount } from '../../ledger/accounts.ts';
import type { SettingChange } from '../../ledger/commands/commands.ts';
import type { Role } from '../../ledger/roles.ts';

import type { Window } from '../../ledger/usage/windows.ts';
import type { ProjectSaid } from '../clients/projects.ts';
import type { CalendarPrices } from '../limits/calendar-prices.ts';
import type { MoveInput } from '../limits/move-budget.ts';
import type { Figures } from '../limits/show-limits.ts';

/**
 * A change with what it found and what it leaves, so that its reverse is a change too. What a button carries of one is a
 * hint: the ledger decides again, and only while it has not been changed since.
 */
export type ReversibleChange =
  | SetUpChange
  /** Every window of an account that one form changed. */
  | { kind: 'limits'; account: AccountId; windows: readonly LimitSet[] }
  | ({ kind: 'moved' } & MoveInput)
  | { kind: 'settings'; before: CalendarPrices; after: CalendarPrices };

export type LimitSet = { window: Window; before: Figures; after: Figures };

/** What is set up of people, clients and projects. */
export type SetUpChange =
  | { kind: 'limit'; account: AccountId; window: Window; before: number | null; after: number | null }
  | { kind: 'name'; clientId: string; before: string; after: string }
  | { kind: 'client_digest'; clientId: string; before: boolean; after: boolean }
  | { kind: 'role'; memberId: string; before: Role; after: Role }
  | { kind: 'channel'; channelId: string; before: string | null; after: string | null }
  /** A team is deleted and restored. */
  | { kind: 'closed'; of: 'client' | 'project' | 'team'; id: string; before: boolean; after: boolean }
  | { kind: 'project'; projectId: string; before: ProjectSaid; after: ProjectSaid }
  /** The project that a channel or a thread of it is bound to. */
  | { kind: 'place'; channelId: string; threadTs: string | null; before: string | null; after: string | null }
  /** Ids in order, with commas between them. */
  | { kind: 'teams'; memberId: string; before: string; after: string }
  | { kind: 'suspended'; memberId: string; before: boolean; after: boolean };

/** Turns a change round. */
export function reverse(change: ReversibleChange): ReversibleChange {
  switch (change.kind) {
    case 'limits':
      return { ...change, windows: change.windows.map(swap) };
    case 'moved':
      return { ...change, from: change.to, to: change.from };
    case 'settings':
    case 'limit':
    case 'name':
    case 'client_digest':
    case 'role':
    case 'channel':
    case 'closed':
    case 'project':
    case 'place':
    case 'teams':
    case 'suspended':
      return swap(change);
  }
}

const swap = <Of extends { before: unknown; after: unknown }>(change: Of): Of => ({
  ...change,
  before: change.after,
  after: change.before,
});

/** A value may be a project's whole description: all of them are written in one order of fields. */
export const isSame = (one: SetUpChange['before'], other: SetUpChange['before']): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** Lists the people that changes are about. */
export const membersIn = (changes: readonly SetUpChange[]): string[] =>
  changes.flatMap((change) => {
    if ('memberId' in change) return [change.memberId];
    const account = change.kind === 'limit' ? parseAccount(change.account) : null;
    return account?.kind === 'member' ? [account.memberId] : [];
  });

/** Lists the parts of the calendar and the prices that differ. */
export function settingsChanged(from: CalendarPrices, to: CalendarPrices): SettingChange[] {
  const all: SettingChange[] = [
    { name: 'timeZone', value: to.timeZone },
    { name: 'weekStartsOn', value: to.weekStartsOn },
    { name: 'creditValueMicroUsd', value: to.creditValueMicroUsd },
    { name: 'markupBasisPoints', value: to.markupBasisPoints },
  ];
  return all.filter(({ name, value }) => from[name] !== value);
}

/** Team ids as a change carries them. */
export const writeIds = (ids: readonly string[]): string => [...ids].sort().join(',');
export const readIds = (ids: string): string[] => ids.split(',').filter((each) => each !== '');
