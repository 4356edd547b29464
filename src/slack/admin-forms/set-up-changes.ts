import type { ChangeResult } from '../../app/inputs.ts';
import type { SetLimits, SetupView } from '../../app/messenger.ts';
import { AGENCY, parseAccount } from '../../ledger/accounts.ts';
import { makeProjectChange, projectAsOfNow, projectIn, sayProjectChange } from '../clients/project-changes.ts';
import { readIds, type Undoable, writeIds } from '../kit/home-metadata.ts';
import { hasLimit } from '../kit/limit-words.ts';
import type { NotSpending } from '../kit/once.ts';
import { bold, channelMention, type Inline, listUpTo, name, person } from '../kit/parts.ts';

export type By = { by: string; deliveryId: string };

/** `ifUnbound`: a channel that somebody has decided about meanwhile stays where it is. */
export type Asking = By & { ifUnbound?: boolean };

/** Asks the ledger for a change. Each of one form has an id of its own, so that each is answered once. */
export async function makeChange(
  app: NotSpending,
  change: Undoable,
  { ifUnbound = false, ...who }: Asking,
): Promise<ChangeResult> {
  switch (change.kind) {
    case 'closed':
    case 'project':
    case 'place':
      return await makeProjectChange(app, change, who);
    case 'limit':
      return await app.setLimit({ ...who, account: change.account, window: change.window, limitCredits: change.after });
    case 'name':
      return await app.renameClient({ ...who, clientId: change.clientId, name: change.after });
    case 'role':
      return await app.setRole({ ...who, memberId: change.memberId, role: change.after });
    case 'teams':
      return await app.setTeams({ ...who, memberId: change.memberId, teamIds: readIds(change.after) });
    case 'suspended':
      return await app.setSuspended({ ...who, memberId: change.memberId, isSuspended: change.after });
    case 'channel': {
      const { channelId, after } = change;
      const decision = after === null ? ({ kind: 'none' } as const) : ({ kind: 'client', clientId: after } as const);
      return await app.bindChannel({ ...who, channelId, decision, ifUnbound });
    }
  }
}

/** The change the other way round. */
export const reverse = <Of extends Undoable>(change: Of): Of => ({
  ...change,
  before: change.after,
  after: change.before,
});

/** What stood and what stands may be a project's whole description; all of them are written in one order of fields. */
export const isSame = (one: Undoable['before'], other: Undoable['before']): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** Whom changes are about. */
export const membersIn = (changes: readonly Undoable[]): string[] =>
  changes.flatMap((change) => {
    if ('memberId' in change) return [change.memberId];
    const account = change.kind === 'limit' ? parseAccount(change.account) : null;
    return account?.kind === 'member' ? [account.memberId] : [];
  });

/** The change with what stands now as its `before`; null where nobody has decided yet, or it is about nothing known. */
export function withCurrent(setup: SetupView, change: Undoable): Undoable | null {
  switch (change.kind) {
    case 'closed':
    case 'project':
    case 'place':
      return projectAsOfNow(setup, change);
    case 'limit': {
      const before = limitOf(setup, change);
      return before === undefined ? null : { ...change, before };
    }
    case 'name': {
      const client = setup.clients.find(({ clientId }) => clientId === change.clientId);
      return client ? { ...change, before: client.name } : null;
    }
    case 'role': {
      const member = setup.members.find(({ memberId }) => memberId === change.memberId);
      return member ? { ...change, before: member.role } : null;
    }
    case 'teams': {
      const member = setup.members.find(({ memberId }) => memberId === change.memberId);
      return member ? { ...change, before: writeIds(member.teamIds) } : null;
    }
    case 'suspended': {
      const member = setup.members.find(({ memberId }) => memberId === change.memberId);
      return member && member.status !== 'removed' ? { ...change, before: member.status === 'suspended' } : null;
    }
    case 'channel': {
      const owner = setup.clients.find(({ channelIds }) => channelIds.includes(change.channelId));
      if (owner) return { ...change, before: owner.clientId };
      return setup.channelsOfNone.includes(change.channelId) ? { ...change, before: null } : null;
    }
  }
}

function limitOf(setup: SetupView, { account, window }: Undoable & { kind: 'limit' }): number | null | undefined {
  const parsed = parseAccount(account);
  const creditsIn = (limits: SetLimits) => limits.find((limit) => limit.window === window)?.limitCredits ?? null;
  switch (parsed?.kind) {
    case 'project':
      return window === 'total' ? projectIn(setup, parsed.projectId)?.budgetCredits : undefined;
    case 'agency':
      return setup.agency ? creditsIn(setup.agency.limits) : undefined;
    case 'client': {
      const client = setup.clients.find(({ clientId }) => clientId === parsed.clientId);
      return client && creditsIn(client.limits);
    }
    // Somebody whom Inkwell has not met has no limit either.
    case 'member':
      return creditsIn(setup.members.find(({ memberId }) => memberId === parsed.memberId)?.limits ?? []);
    case 'team':
    case 'member_in_client':
    case undefined:
      return undefined;
  }
}

/** `Northwind Coffee has 500 credits a month`. */
export function describeChange(setup: SetupView | null, change: Undoable): Inline[] {
  const clientName = (clientId: string) =>
    name(setup?.clients.find((client) => client.clientId === clientId)?.name ?? 'the client');
  switch (change.kind) {
    case 'closed':
    case 'project':
    case 'place':
      return sayProjectChange(setup, change);
    case 'limit':
      return [
        whose(setup, change.account, clientName),
        ...hasLimit({ window: change.window, limitCredits: change.after }),
      ];
    case 'name':
      if (change.before === '') return ['The client ', name(change.after), ' is there'];
      return [name(change.before), ' is called ', name(change.after), ' now'];
    case 'role':
      return [person(change.memberId), ' is ', bold(change.after), ' now'];
    case 'teams': {
      const teams = readIds(change.after).map((id) =>
        name(setup?.teams.find(({ teamId }) => teamId === id)?.name ?? id),
      );
      return [person(change.memberId), ...(teams.length > 0 ? [' is in ', ...listUpTo(teams, 5)] : [' is in no team'])];
    }
    case 'suspended':
      return [person(change.memberId), change.after ? ' is suspended' : ' is active again'];
    case 'channel': {
      const { channelId, after } = change;
      return [channelMention(channelId), ' belongs to ', after === null ? 'no client' : clientName(after)];
    }
  }
}

function whose(setup: SetupView | null, account: string, clientName: (clientId: string) => Inline): Inline {
  const parsed = account === AGENCY ? null : parseAccount(account);
  if (parsed?.kind === 'client') return clientName(parsed.clientId);
  if (parsed?.kind === 'project') return name(projectIn(setup, parsed.projectId)?.name ?? 'The project');
  return parsed?.kind === 'member' ? person(parsed.memberId) : bold('The agency');
}
