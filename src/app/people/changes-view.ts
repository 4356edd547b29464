import { type AccountId, clientAccount, parseAccount, teamAccount } from '../../ledger/accounts.ts';
import type { ChangeFacts, ChangeLine } from '../../ledger/kinds/change-kinds.ts';
import { touchedBy } from '../../ledger/kinds/kinds.ts';
import type { Facts, Line } from '../../ledger/lines.ts';
import type { RaisedLimit } from '../../ledger/requests.ts';
import type { State } from '../../ledger/state.ts';
import { teamNameOf } from '../../ledger/teams.ts';

export type ChangeRow = {
  seq: number;
  at: number;
  by: string;
  facts: ChangeFacts;
  /** What an approval raised, and from where, as long as its request is known. */
  raised?: readonly RaisedLimit[];
};

export type ChangesView = {
  page: number;
  rows: readonly ChangeRow[];
  hasMore: boolean;
  /** There may be older ones, further back than is looked. */
  lookedBackEnough: boolean;
  /** What clients, projects and teams are called, by account. */
  names: Readonly<Record<string, string>>;
};

export function changeRow(state: State, line: ChangeLine): ChangeRow {
  const room = line.kind === 'approved' ? state.requests.get(line.requestId)?.room : null;
  const { seq, at, by } = line;
  return { seq, at, by, facts: line, raised: room?.kind === 'raise' ? room.limits : [] };
}

export function namesOf(state: State, lines: readonly Line[]): Record<string, string> {
  const names: Record<string, string> = {};
  for (const account of lines.flatMap(accountsIn)) {
    const name = nameOf(state, account);
    if (name !== null) names[account] = name;
  }
  return names;
}

export function accountsIn(line: Line): readonly AccountId[] {
  if (line.kind === 'manages_set') return [...line.clientIds.map(clientAccount), ...line.teamIds.map(teamAccount)];
  if (line.kind === 'channel_bound' && line.before) return [...touchedBy(line), clientAccount(line.before)];
  if (line.kind === 'approved') return changedBy(line);
  return line.kind === 'teams_set' ? line.teamIds.map(teamAccount) : touchedBy(line);
}

/** The accounts that an approval gave something to; what it held in them is no change. */
export const changedBy = ({ how, grants }: Facts & { kind: 'approved' }): readonly AccountId[] =>
  how.kind === 'raise' ? how.limits.map(({ account }) => account) : grants.map(({ account }) => account);

function nameOf(state: State, account: AccountId): string | null {
  const parsed = parseAccount(account);
  switch (parsed?.kind) {
    case 'client':
      return state.clients.get(parsed.clientId)?.name ?? null;
    case 'member_in_client':
      return state.clients.get(parsed.clientId)?.name ?? null;
    case 'project':
      return state.projects.get(parsed.projectId)?.name ?? null;
    case 'team':
      return teamNameOf(state, parsed.teamId) ?? null;
    case 'agency':
    case 'member':
    case undefined:
      return null;
  }
}
