import { type AccountId, memberAccount, parseAccount } from '../accounts.ts';
import { type CommandBody, INKWELL } from '../commands/commands.ts';
import { principalOf } from '../principal.ts';
import { type Refused, refuse } from '../refusals.ts';
import type { Member, Role, State } from '../state.ts';
import { ownersOnly, whoseLimit } from './ceilings.ts';
import { delegatorsOf, managesAccount } from './manages.ts';

/**
 * Everything somebody may or may not do: the ledger's own wishes, some of them told apart by what they are about, and the
 * looks that change nothing.
 */
export type Action = Exclude<CommandBody['kind'], 'set_limit' | 'set_rule'> | Finer | Look;
type Finer = 'set_limit' | 'set_people_limit' | 'set_rule' | 'set_role_rule';
export type Look =
  /** Own figures, and the allowance of the client whose channel one is in. */
  | 'see_own'
  | 'see_client'
  /** What a client or a team used, and who. */
  | 'see_figures'
  | 'see_agency'
  | 'see_people'
  /** What was changed lately, and by whom. */
  | 'see_changes'
  /** Home's setup: each part of it asks for its own right besides. */
  | 'set_up'
  | 'delete_image';

/**
 * Who: a role; `manager_of`, a manager who looks after the account that the action is about; `delegate_of`, whoever
 * decides in place of somebody who may; `self`, whom the action is about.
 */
export type Who = Role | 'manager_of' | 'delegate_of' | 'self';

const EVERYBODY: readonly Who[] = ['owner', 'manager', 'creator', 'viewer'];
const NOBODY: readonly Who[] = [];

/** Default deny: who is not listed may not. An empty list is for the product itself. */
export const RIGHTS: Readonly<Record<Action, readonly Who[]>> = {
  open_workspace: NOBODY,
  set_policy: ['owner'],
  add_member: ['owner', 'manager'],
  set_role: ['owner'],
  set_manages: ['owner'],
  set_teams: ['owner'],
  suspend_member: ['owner', 'manager_of'],
  resume_member: ['owner', 'manager_of'],
  remove_member: ['owner', 'manager_of'],
  bring_back_member: ['owner'],
  appoint_owner: NOBODY,
  set_delegate: ['owner', 'manager'],
  create_team: ['owner'],
  rename_team: ['owner'],
  create_client: ['owner', 'manager'],
  rename_client: ['owner', 'manager_of'],
  close_client: ['owner'],
  reopen_client: ['owner'],
  set_approvals_channel: ['owner', 'manager_of'],
  bind_channel: ['owner', 'manager_of'],
  change_channel_id: NOBODY,
  create_project: ['owner', 'manager_of'],
  change_project: ['owner', 'manager_of'],
  close_project: ['owner', 'manager_of'],
  reopen_project: ['owner', 'manager_of'],
  bind_project: ['owner', 'manager_of'],
  set_limit: ['owner'],
  set_people_limit: ['owner', 'manager_of'],
  set_rule: ['owner', 'manager_of'],
  set_role_rule: ['owner'],
  move_budget: ['owner', 'manager_of'],
  grant: ['owner'],
  stop_spending: NOBODY,
  resume_spending: ['owner'],
  correct_clock: ['owner'],
  hold: ['owner', 'manager', 'creator'],
  capture: NOBODY,
  void: NOBODY,
  slip: NOBODY,
  approve: ['owner', 'manager_of', 'delegate_of'],
  deny: ['owner', 'manager_of', 'delegate_of'],
  withdraw: ['self'],
  escalate: NOBODY,
  lapse: NOBODY,
  see_own: EVERYBODY,
  see_client: EVERYBODY,
  see_figures: ['owner', 'manager_of'],
  see_agency: ['owner'],
  see_people: ['owner', 'manager'],
  see_changes: ['owner', 'manager'],
  set_up: ['owner', 'manager'],
  delete_image: ['owner', 'manager_of', 'self'],
};

/** What an action is about, and when: delegates decide until a moment, and never about what the one they stand in for asked. */
export type About = { account?: AccountId | null; at?: number; askedBy?: string };

/** Whether a person may, by the ledger's own roles, now. The product itself may do all that is left to it. */
export function may(state: State, by: string, action: Action, about: About = {}): boolean {
  const who = principalOf(by);
  if (who.kind !== 'member') return who.kind === 'system';
  const member = state.members.get(who.memberId);
  if (member?.status !== 'active') return false;
  return RIGHTS[action].some((who) => is({ state, member, action, about }, who));
}

/** Null where `by` may; else the refusal that says who could. */
export function checkRight(state: State, by: string, action: Action, about: About = {}): Refused | null {
  if (may(state, by, action, about)) return null;
  const who = principalOf(by);
  if (who.kind === 'api_key') return refuse({ reason: 'key_without_rights', keyId: who.keyId });
  const member = state.members.get(by);
  if (member && member.status !== 'active') {
    return refuse({ reason: 'member_not_active', memberId: by, status: member.status });
  }
  const account = about.account ?? null;
  const manages = member && account && changesLimits(action) && managesAccount(state, member, account);
  const why = manages ? whoseLimit(state, by, account) : null;
  if (why && account) return ownersOnly(why, account);
  return refuse({ reason: 'not_allowed', action, role: member?.role ?? null, roles: rolesFor(action), account });
}

/** Null where there is something about which `by` may: what is decided before it is known what it is about. */
export function checkAtAll(state: State, by: string, action: Action): Refused | null {
  const member = state.members.get(by);
  if (by === INKWELL || (member?.status === 'active' && RIGHTS[action].some((who) => couldBe(member, who))))
    return null;
  return checkRight(state, by, action);
}

function couldBe(member: Member, who: Who): boolean {
  switch (who) {
    case 'owner':
    case 'manager':
    case 'creator':
    case 'viewer':
      return member.role === who;
    case 'manager_of':
      return member.role === 'manager';
    case 'delegate_of':
      return member.role !== 'viewer';
    case 'self':
      return true;
  }
}

/** The roles that could, some of them only for what they look after. */
export const rolesFor = (action: Action): readonly Role[] => [
  ...new Set(
    RIGHTS[action].flatMap((who): Role[] => {
      if (who === 'manager_of') return ['manager'];
      return who === 'delegate_of' || who === 'self' ? [] : [who];
    }),
  ),
];

type Asking = { state: State; member: Member; action: Action; about: About };

function is({ state, member, action, about }: Asking, who: Who): boolean {
  const { account = null, at = state.lastAt, askedBy } = about;
  switch (who) {
    case 'owner':
    case 'manager':
    case 'creator':
    case 'viewer':
      return member.role === who;
    case 'self':
      return account === memberAccount(member.memberId);
    case 'manager_of':
      return (
        account !== null &&
        managesAccount(state, member, account) &&
        !(changesLimits(action) && whoseLimit(state, member.memberId, account))
      );
    case 'delegate_of':
      return (
        member.role !== 'viewer' &&
        delegatorsOf(state, member.memberId, at).some((each) => {
          return (
            each.memberId !== askedBy &&
            RIGHTS[action].some((of) => of !== 'delegate_of' && is({ state, member: each, action, about }, of))
          );
        })
      );
  }
}

/** A manager changes what others may use, and neither their own account nor an owner's or another manager's. */
const changesLimits = (action: Action): boolean => action === 'set_people_limit' || action === 'move_budget';

/** Limits of people and projects are a manager's business too; those of clients, teams and the agency are an owner's. */
export const limitAction = (account: AccountId): Action => (isOfPeople(account) ? 'set_people_limit' : 'set_limit');

function isOfPeople(account: AccountId): boolean {
  const kind = parseAccount(account)?.kind;
  return kind === 'member' || kind === 'member_in_client' || kind === 'project';
}
