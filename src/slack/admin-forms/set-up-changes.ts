import { projectIn } from '../../app/changes/present-value.ts';
import { readIds, type SetUpChange } from '../../app/changes/reversible-change.ts';
import type { SetupView } from '../../app/messenger.ts';
import { AGENCY, parseAccount } from '../../ledger/accounts.ts';
import { sayProjectChange } from '../clients/project-changes.ts';
import { hasLimit } from '../kit/limit-words.ts';
import { bold, channelMention, type Inline, listUpTo, name, person } from '../kit/parts.ts';

/** `Northwind Coffee has 500 credits a month`. */
export function describeChange(setup: SetupView | null, change: SetUpChange): Inline[] {
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
      if (change.before === '') return ['The client ', name(change.after), ' was created'];
      return [name(change.before), ' was renamed ', name(change.after)];
    case 'role':
      return [person(change.memberId), ' is now ', bold(change.after)];
    case 'teams': {
      const teams = readIds(change.after).map((id) =>
        name(setup?.teams.find(({ teamId }) => teamId === id)?.name ?? id),
      );
      return [
        person(change.memberId),
        ...(teams.length > 0 ? [' is in ', ...listUpTo(teams, 5)] : [' isn’t in any team']),
      ];
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
