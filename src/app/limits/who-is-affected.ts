import { type AccountId, parseAccount } from '../../ledger/accounts.ts';
import { INKWELL } from '../../ledger/commands/commands.ts';
import { type ChangeLine, isChange } from '../../ledger/kinds/change-kinds.ts';
import { touchedBy } from '../../ledger/kinds/kinds.ts';
import type { Line } from '../../ledger/lines.ts';
import { activeWith } from '../../ledger/lists/member-lists.ts';
import type { State } from '../../ledger/state.ts';
import { responsibleFor } from '../alerts/told-to.ts';
import { changedBy } from '../people/changes-view.ts';

/** What others changed of what a person may spend, or of what a manager looks after. */
export type AffectingLine = ChangeLine & {
  kind: 'limit_set' | 'granted' | 'budget_moved' | 'rule_set' | 'quality_capped' | 'approved';
};

/** A change for a thousand people is told to those who look after them, and to no more than so many. */
const READERS_MAX = 20;
/** Limits that are set within this are part of setting up an account, which is no news. */
const SETTING_UP_MS = 10 * 60_000;

export function isAffecting(state: State, line: Line): line is AffectingLine {
  if (line.by === INKWELL || !isChange(line)) return false;
  switch (line.kind) {
    case 'limit_set':
      return Boolean(line.before) || line.at - beganAt(state, line.account) > SETTING_UP_MS;
    case 'granted':
    case 'budget_moved':
    case 'rule_set':
    case 'quality_capped':
      return true;
    // What is for one request alone is told to the person who asked.
    case 'approved':
      return line.how.kind !== 'once';
    case 'alerts_muted':
    case 'approvals_channel_set':
    case 'channel_bound':
    case 'channel_id_changed':
    case 'client_closed':
    case 'client_created':
    case 'client_digest_set':
    case 'client_renamed':
    case 'client_reopened':
    case 'clock_corrected':
    case 'delegate_set':
    case 'manages_set':
    case 'member_added':
    case 'member_brought_back':
    case 'member_removed':
    case 'member_resumed':
    case 'member_suspended':
    case 'owner_appointed':
    case 'policy_set':
    case 'project_bound':
    case 'project_changed':
    case 'project_closed':
    case 'project_created':
    case 'project_reopened':
    case 'role_set':
    case 'spending_resumed':
    case 'spending_stopped':
    case 'team_created':
    case 'team_deleted':
    case 'team_renamed':
    case 'team_restored':
    case 'teams_set':
    case 'use_expected':
    case 'workspace_opened':
      return false;
  }
}

/**
 * The people that a change is about: the person whose own it is, else the managers of the account, or the owners where it has
 * none. The one who did it knows, and the one whose request was approved is told of that.
 */
export function affectedBy(state: State, line: AffectingLine): string[] {
  const told = readersOf(state, line).filter((memberId) => memberId !== line.by);
  const others = line.kind === 'approved' ? told.filter((memberId) => memberId !== line.memberId) : told;
  return [...new Set(others)].slice(0, READERS_MAX);
}

function readersOf(state: State, line: AffectingLine): string[] {
  const accounts = line.kind === 'approved' ? changedBy(line) : touchedBy(line);
  if (accounts.length > 0) return accounts.flatMap((account) => readersOfAccount(state, account));
  // A rule for a role is about everyone who has it.
  return [...activeWith(state, 'owner'), ...activeWith(state, 'manager')].map(({ memberId }) => memberId);
}

function readersOfAccount(state: State, account: AccountId): string[] {
  const parsed = parseAccount(account);
  if (parsed?.kind !== 'member' && parsed?.kind !== 'member_in_client') return responsibleFor(state, account);
  return state.members.get(parsed.memberId)?.status === 'active' ? [parsed.memberId] : [];
}

/** When the subject of an account came to be; of teams and the agency it is not known. */
function beganAt(state: State, account: AccountId): number {
  const parsed = parseAccount(account);
  switch (parsed?.kind) {
    case 'client':
      return state.clients.get(parsed.clientId)?.createdAt ?? 0;
    case 'project':
      return state.projects.get(parsed.projectId)?.createdAt ?? 0;
    case 'member':
    case 'member_in_client':
      return state.members.get(parsed.memberId)?.since ?? 0;
    case 'agency':
    case 'team':
    case undefined:
      return 0;
  }
}
