import type { Refusal } from '../../ledger/refusals.ts';
import type { Action } from '../../ledger/rights/actions.ts';
import type { Role } from '../../ledger/roles.ts';
import { list } from '../../words/figures.ts';

import type { Inline } from '../kit/parts.ts';
import { othersWhoHelp, type RefusalContext } from './refusal-limit.ts';

const ACTION_WORDS: Readonly<Record<Action, string>> = {
  open_workspace: 'set up Inkwell',
  set_policy: 'change agency settings',
  add_member: 'add people',
  set_role: 'change roles',
  set_manages: 'choose who manages what',
  set_teams: 'choose who is in which team',
  suspend_member: 'suspend people',
  resume_member: 'lift a suspension',
  remove_member: 'remove people',
  bring_back_member: 'bring people back',
  appoint_owner: 'appoint owners from outside Slack',
  set_delegate: 'choose who covers approvals',
  create_team: 'create teams',
  rename_team: 'rename teams',
  delete_team: 'delete teams',
  restore_team: 'restore teams',
  create_client: 'create clients',
  rename_client: 'rename clients',
  close_client: 'close clients',
  reopen_client: 'reopen clients',
  set_approvals_channel: 'choose where approval requests go',
  bind_channel: 'choose which client a channel belongs to',
  set_client_digest: 'turn a client’s weekly digest on or off',
  change_channel_id: 'change a channel’s id',
  create_project: 'create projects',
  change_project: 'change projects',
  close_project: 'close projects',
  reopen_project: 'reopen projects',
  bind_project: 'link channels to projects',
  set_limit: 'set limits',
  set_people_limit: 'set limits for people and projects',
  set_rule: 'set rules',
  set_role_rule: 'set rules for roles',
  move_budget: 'move credits',
  grant: 'add extra credits',
  stop_spending: 'stop spending',
  resume_spending: 'resume spending',
  correct_clock: 'correct the ledger’s clock',
  hold: 'make images',
  capture: 'charge credits',
  void: 'return credits',
  slip: 'write credits off',
  mark_image: 'mark images',
  set_stage: 'say what images are for',
  mute_alerts: 'mute these alerts',
  cap_quality: 'cap a client’s qualities',
  expect_use: 'say what use is expected',
  approve: 'approve this',
  deny: 'deny this',
  withdraw: 'withdraw this',
  escalate: 'ask the owners',
  lapse: 'let requests expire',
  see_own: 'see usage',
  see_client: 'see a client’s usage',
  see_figures: 'see this usage',
  see_agency: 'see the agency’s usage',
  see_people: 'see people',
  see_changes: 'see changes',
  set_up: 'set things up',
  delete_image: 'delete this image',
};

/** Who could, and who can change that. */
export function notAllowed(refusal: Refusal & { reason: 'not_allowed' }, to: RefusalContext): Inline[][] {
  const { action, role, roles, account } = refusal;
  const you = role === null ? 'You have no role in Inkwell' : `You’re ${A_ROLE[role]}`;
  return [
    [`${mayWords(roles, account !== null)} ${ACTION_WORDS[action]}. ${you}. Nothing was done or charged.`],
    ...(roles.length === 0
      ? []
      : [[...othersWhoHelp(to), isEnough(role, roles) ? ' can do this.' : ' can change your role.']]),
  ];
}

/** Whether another role wouldn’t help: the person has the right one, for other clients or people, or would have to own the agency. */
const isEnough = (role: Role | null, roles: readonly Role[]): boolean =>
  (role !== null && roles.includes(role)) || (role === 'manager' && roles.every((each) => each === 'owner'));

/** `Only owners can`, or `Only owners and the managers responsible can`. */
function mayWords(roles: readonly Role[], isAboutSomething: boolean): string {
  if (roles.length === 0) return 'No one can';
  const isScoped = isAboutSomething && roles.includes('manager');
  const named = roles.map((each) => (isScoped && each === 'manager' ? 'the managers responsible' : `${each}s`));
  return `Only ${list(named)} can`;
}

export const A_ROLE: Readonly<Record<Role, string>> = {
  owner: 'an owner',
  manager: 'a manager',
  creator: 'a creator',
  viewer: 'a viewer',
};
