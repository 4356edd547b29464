import { type AccountId, clientAccount, teamAccount } from '../../ledger/accounts.ts';
import type { ChangeFacts, ChangeLine } from '../../ledger/kinds/change-kinds.ts';
import { touchedBy } from '../../ledger/kinds/kinds.ts';
import type { Facts, Line } from '../../ledger/lines.ts';
import { nameAt } from '../../ledger/lists/former-names.ts';
import type { RaisedLimit } from '../../ledger/requests.ts';
import type { State } from '../../ledger/state.ts';
import { namedOf } from '../limits/account-label.ts';
import type { Names } from '../names.ts';

export type ChangeRow = {
  seq: number;
  at: number;
  by: string;
  facts: ChangeFacts;
  /** What an approval raised, and from where, as long as its request is known. */
  raised?: readonly RaisedLimit[];
  /** What clients, projects and teams were called then, where they have another name now. */
  namesThen?: Names;
};

export type ChangesView = {
  page: number;
  rows: readonly ChangeRow[];
  hasMore: boolean;
  /** There may be older ones, further back than is looked. */
  lookedBackEnough: boolean;
  /** What clients, projects and teams are called now, by account. */
  names: Names;
};

export function changeRow(state: State, line: ChangeLine): ChangeRow {
  const room = line.kind === 'approved' ? state.requests.get(line.requestId)?.room : null;
  const { seq, at, by } = line;
  const raised = room?.kind === 'raise' ? room.limits : [];
  return { seq, at, by, facts: line, raised, namesThen: namesThen(state, line) };
}

export const namesOf = (state: State, lines: readonly Line[]): Names =>
  namesBy(lines.flatMap(accountsIn), (account) => namedOf(state, account)?.name);

function namesThen(state: State, line: Line): Names {
  return namesBy(accountsIn(line), (account) => {
    const named = namedOf(state, account);
    const then = named ? nameAt(named, line.seq) : undefined;
    return then === named?.name ? undefined : then;
  });
}

const namesBy = (accounts: readonly AccountId[], nameOf: (account: AccountId) => string | undefined): Names =>
  Object.fromEntries(
    accounts.flatMap((account) => {
      const name = nameOf(account);
      return name === undefined ? [] : [[account, name]];
    }),
  );

export function accountsIn(line: Line): readonly AccountId[] {
  if (line.kind === 'manages_set') return [...line.clientIds.map(clientAccount), ...line.teamIds.map(teamAccount)];
  if (line.kind === 'channel_bound' && line.before) return [...touchedBy(line), clientAccount(line.before)];
  if (line.kind === 'approved') return changedBy(line);
  return line.kind === 'teams_set' ? line.teamIds.map(teamAccount) : touchedBy(line);
}

/** The accounts that an approval gave something to; what it held in them is no change. */
export const changedBy = ({ how, grants }: Facts & { kind: 'approved' }): readonly AccountId[] =>
  how.kind === 'raise' ? how.limits.map(({ account }) => account) : grants.map(({ account }) => account);
