import {
  type AccountId,
  AGENCY,
  clientAccount,
  parseAccount,
  projectAccount,
  teamAccount,
} from '../../ledger/accounts.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import type { AppContext } from '../context.ts';
import { nameOf } from '../people/sync-member.ts';
import { labelOf } from './account-label.ts';
import { seesFigures } from './less-said.ts';
import type { LimitsView } from './limits-view.ts';
import { memberOf, rowOf } from './show-limits.ts';

/** A page of the accounts that a person may see, of those whose name has `find` in it. */
export type LimitsLook = { page: number; find: string };

/** Each row is two blocks and a line of Home's, of which Slack draws a hundred. */
const ROWS_A_PAGE = 15;
/** Names of people are asked of Slack; more than this would keep Home waiting. */
const NAMES_LOOKED_AT_MAX = 300;

/** The agency, its teams and clients, and all else that has a limit: widest first, then by name. */
export async function listLimits(
  context: AppContext,
  state: State,
  { by, page, find, at }: LimitsLook & { by: string; at: number },
): Promise<LimitsView> {
  const seen = accountsIn(state).filter((account) => seesFigures(state, by, account));
  const accounts = find === '' ? seen : await matching(context, state, seen, find);
  const last = Math.max(0, Math.ceil(accounts.length / ROWS_A_PAGE) - 1);
  const shown = Math.min(Math.max(0, page), last);
  const from = shown * ROWS_A_PAGE;
  const role = state.members.get(by)?.role;
  return {
    rows: accounts.slice(from, from + ROWS_A_PAGE).map((account) => rowOf(state, { by, account, at })),
    page: shown,
    pagesCount: last + 1,
    accountsCount: accounts.length,
    find,
    mayRun: may(state, by, 'set_policy'),
    mayLimitPeople: role === 'owner' || role === 'manager',
  };
}

function accountsIn(state: State): AccountId[] {
  const byName = <Each extends { name: string }>(all: Iterable<Each>) =>
    [...all].sort((a, b) => a.name.localeCompare(b.name));
  const open = byName(state.clients.values()).filter(({ closedAt }) => closedAt === null);
  const projects = byName(state.projects.values()).filter(({ closedAt }) => closedAt === null);
  const limited = [...state.limits].flatMap(([account, limits]) => (limits.length > 0 ? [account] : [])).sort();
  const of = (kind: string) => limited.filter((account) => parseAccount(account)?.kind === kind);
  return [
    AGENCY,
    ...byName(state.teams.values()).map(({ teamId }) => teamAccount(teamId)),
    ...open.map(({ clientId }) => clientAccount(clientId)),
    ...projects.map(({ projectId }) => projectAccount(projectId)),
    ...of('member'),
    ...of('member_in_client'),
  ];
}

async function matching(
  context: AppContext,
  state: State,
  accounts: readonly AccountId[],
  find: string,
): Promise<AccountId[]> {
  const wanted = folded(find);
  const memberIds = [...new Set(accounts.flatMap((account) => memberOf(account) ?? []))].slice(0, NAMES_LOOKED_AT_MAX);
  const names = new Map(await Promise.all(memberIds.map(async (id) => [id, await nameOf(context, id)] as const)));
  return accounts.filter((account) => {
    const { kind, name, memberId } = labelOf(state, account);
    const words = [
      kind === 'agency' ? 'the agency' : '',
      name ?? '',
      memberId === null ? '' : (names.get(memberId) ?? ''),
    ];
    return words.some((each) => folded(each).includes(wanted));
  });
}

const folded = (words: string) => words.normalize('NFKC').toLowerCase();
