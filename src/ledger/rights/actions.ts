import type { CommandBody } from '../commands/commands.ts';
import type { Role } from '../roles.ts';

/**
 * Everything a person may or may not do: the ledger's own commands, some of them told apart by what they are about, and the
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
  /** What was changed lately, and by which person. */
  | 'see_changes'
  /** Home's setup: each part of it asks for its own right besides. */
  | 'set_up'
  | 'delete_image';

/**
 * Who: a role; `manager_of`, a manager who looks after the account that the action is about; `delegate_of`, a person
 * who decides in place of one who may; `self`, the person that the action is about.
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
  delete_team: ['owner'],
  restore_team: ['owner'],
  create_client: ['owner', 'manager'],
  rename_client: ['owner', 'manager_of'],
  close_client: ['owner'],
  reopen_client: ['owner'],
  set_approvals_channel: ['owner', 'manager_of'],
  set_client_digest: ['owner', 'manager_of'],
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
  mark_image: ['owner', 'manager', 'creator'],
  set_stage: ['owner', 'manager', 'creator'],
  mute_alerts: ['owner', 'manager_of'],
  cap_quality: ['owner', 'manager_of'],
  expect_use: ['owner', 'manager_of'],
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

/** The roles that could, some of them only for what they look after. */
export const rolesFor = (action: Action): readonly Role[] => [
  ...new Set(
    RIGHTS[action].flatMap((who): Role[] => {
      if (who === 'manager_of') return ['manager'];
      return who === 'delegate_of' || who === 'self' ? [] : [who];
    }),
  ),
];
