import type { Action } from '../../ledger/rights/actions.ts';
import { ACTIONS, COMMANDS, EVENTS, SHORTCUTS, VIEWS } from '../kit/ids.ts';

type Id<Of extends Readonly<Record<string, string>>> = Of[keyof Of];
export type RouteId =
  | Id<typeof COMMANDS>
  | Id<typeof SHORTCUTS>
  | Id<typeof ACTIONS>
  | Id<typeof VIEWS>
  | typeof EVENTS.mentioned;

/**
 * Every way in from Slack, and the right that a person needs to get past the first check. An id without a row does not
 * compile. Past the door the ledger decides again, about the very account that is meant: a manager gets to the form of a
 * client, and saves it only for clients that they look after.
 */
export const REQUIRED_RIGHTS: Readonly<Record<RouteId, Action>> = {
  // Help, and what one has left, are for everybody; what costs credits asks for `hold` when it is asked for.
  [COMMANDS.imagine]: 'see_own',
  [COMMANDS.credits]: 'see_own',
  [ACTIONS.creditsMore]: 'see_own',
  [EVENTS.mentioned]: 'see_own',
  [SHORTCUTS.imagineHere]: 'hold',

  [ACTIONS.again]: 'hold',
  [ACTIONS.edit]: 'hold',
  [ACTIONS.insteadFirst]: 'hold',
  [ACTIONS.insteadSecond]: 'hold',
  [ACTIONS.otherProject]: 'hold',
  [ACTIONS.helpAsk]: 'see_own',
  [ACTIONS.roleAsk]: 'see_own',
  [ACTIONS.roleKeep]: 'set_role',
  [ACTIONS.cancel]: 'see_own',
  [ACTIONS.delete]: 'see_own',
  [ACTIONS.keep]: 'mark_image',
  [ACTIONS.final]: 'mark_image',
  [ACTIONS.discard]: 'mark_image',
  [ACTIONS.mark]: 'mark_image',
  [ACTIONS.stage]: 'set_stage',
  [ACTIONS.choose]: 'hold',
  [VIEWS.imagine]: 'hold',

  [ACTIONS.cardClient]: 'bind_channel',
  [ACTIONS.cardCreate]: 'create_client',
  [ACTIONS.cardNone]: 'bind_channel',

  [ACTIONS.homeImagine]: 'hold',
  [ACTIONS.homePage]: 'see_own',
  [ACTIONS.homePageBack]: 'see_own',
  [ACTIONS.homeUndo]: 'set_up',
  [ACTIONS.homeTabOverview]: 'see_own',
  [ACTIONS.homeTabClients]: 'set_up',
  [ACTIONS.homeTabPeople]: 'see_people',
  [ACTIONS.homeTabLimits]: 'set_up',
  [ACTIONS.homeTabChanges]: 'see_changes',

  [ACTIONS.homeCreateClient]: 'create_client',
  [VIEWS.createClient]: 'create_client',
  [ACTIONS.homeClient]: 'rename_client',
  [VIEWS.client]: 'rename_client',
  [ACTIONS.homeBindChannel]: 'bind_channel',
  [VIEWS.bindChannel]: 'bind_channel',
  [ACTIONS.homeProjects]: 'set_up',
  [ACTIONS.homeAllClients]: 'set_up',
  [ACTIONS.homeCreateProject]: 'create_project',
  [VIEWS.createProject]: 'create_project',
  [ACTIONS.homeProject]: 'change_project',
  [VIEWS.project]: 'change_project',
  [ACTIONS.homeCloseClient]: 'close_client',
  [ACTIONS.homeReopenClient]: 'reopen_client',
  [ACTIONS.homeUnbindChannel]: 'bind_channel',
  [ACTIONS.homeUnbindProject]: 'bind_project',
  [ACTIONS.homeMemberLimit]: 'set_people_limit',
  [ACTIONS.homeAgencyLimit]: 'set_limit',
  [ACTIONS.peopleFind]: 'see_people',
  [ACTIONS.peopleFilter]: 'see_people',
  [ACTIONS.peoplePerson]: 'see_people',
  [VIEWS.person]: 'set_role',
  [ACTIONS.peopleInvite]: 'add_member',
  [VIEWS.invite]: 'add_member',
  [ACTIONS.peopleCreateTeam]: 'create_team',
  [VIEWS.createTeam]: 'create_team',
  [ACTIONS.peopleTeam]: 'rename_team',
  [VIEWS.team]: 'rename_team',
  [ACTIONS.teamDelete]: 'delete_team',
  [VIEWS.deleteTeam]: 'delete_team',
  [ACTIONS.peopleTeamLimits]: 'set_limit',
  [ACTIONS.personSuspend]: 'suspend_member',
  [ACTIONS.personResume]: 'resume_member',
  [ACTIONS.personRemove]: 'remove_member',
  [VIEWS.removePerson]: 'remove_member',
  [ACTIONS.personBringBack]: 'bring_back_member',
  [ACTIONS.receiptBringBack]: 'bring_back_member',
  [VIEWS.bringBack]: 'bring_back_member',
  [ACTIONS.personLimits]: 'set_people_limit',
  [ACTIONS.personRules]: 'set_rule',
  [ACTIONS.setUpChannel]: 'bind_channel',

  // Delegates decide too. The ledger then checks the request and the delegation.
  [ACTIONS.requestApprove]: 'approve',
  [ACTIONS.requestUntil]: 'approve',
  [ACTIONS.requestRaise]: 'approve',
  [ACTIONS.requestDeny]: 'deny',
  [ACTIONS.requestOpen]: 'see_own',
  [ACTIONS.requestCoach]: 'approve',
  [ACTIONS.requestWithdraw]: 'withdraw',
  [VIEWS.requestUntil]: 'approve',
  [VIEWS.requestRaise]: 'approve',
  [VIEWS.requestDeny]: 'deny',
  // Budget is moved by those who may move it, of both accounts; a delegate decides, and moves nothing.
  [ACTIONS.requestMove]: 'move_budget',
  [VIEWS.requestMove]: 'move_budget',

  [ACTIONS.spendingResume]: 'resume_spending',
  [ACTIONS.clockCorrect]: 'correct_clock',

  [ACTIONS.alertMuteDay]: 'mute_alerts',
  [ACTIONS.alertMuteWindow]: 'mute_alerts',
  [ACTIONS.alertExpect]: 'expect_use',
  [ACTIONS.alertUnmute]: 'mute_alerts',
  [ACTIONS.alertCapQuality]: 'cap_quality',
  [ACTIONS.alertLiftCap]: 'cap_quality',
  [ACTIONS.askOwnersOpen]: 'see_figures',
  [VIEWS.askOwners]: 'see_figures',

  [ACTIONS.homeAway]: 'set_delegate',
  [ACTIONS.homeBack]: 'set_delegate',
  [VIEWS.away]: 'set_delegate',

  // Which account is meant is known behind the door only, where the ledger asks for `set_limit` where it is a wide one.
  [ACTIONS.limitsOpen]: 'set_people_limit',
  [ACTIONS.limitsBack]: 'set_people_limit',
  [ACTIONS.limitsMore]: 'set_people_limit',
  [ACTIONS.limitsUndo]: 'set_people_limit',
  [ACTIONS.limitsFind]: 'set_up',
  [ACTIONS.limitsPage]: 'set_up',
  [ACTIONS.limitsPageBack]: 'set_up',
  [VIEWS.limits]: 'set_people_limit',
  [VIEWS.limitsRehearsed]: 'set_people_limit',
  [VIEWS.limitsPerson]: 'set_people_limit',
  [ACTIONS.grantOpen]: 'grant',
  [VIEWS.grant]: 'grant',
  [ACTIONS.moveOpen]: 'move_budget',
  [VIEWS.move]: 'move_budget',
  [ACTIONS.moveUndo]: 'move_budget',
  [ACTIONS.ruleOpen]: 'set_rule',
  [ACTIONS.ruleCreators]: 'set_role_rule',
  [ACTIONS.ruleManagers]: 'set_role_rule',
  [ACTIONS.ruleOwners]: 'set_role_rule',
  [ACTIONS.ruleViewers]: 'set_role_rule',
  [VIEWS.rule]: 'set_rule',
  [ACTIONS.policyOpen]: 'set_policy',
  [VIEWS.policy]: 'set_policy',
  [ACTIONS.calendarPricesOpen]: 'set_policy',
  [ACTIONS.calendarPricesBack]: 'set_policy',
  [ACTIONS.calendarPricesUndo]: 'set_policy',
  [VIEWS.calendarPrices]: 'set_policy',
  [ACTIONS.digestOpen]: 'set_policy',
  [ACTIONS.digestPreview]: 'set_policy',
  [ACTIONS.digestSend]: 'set_policy',
  [VIEWS.digest]: 'set_policy',
  [ACTIONS.peerCheckOpen]: 'set_policy',
  [ACTIONS.peerDifferent]: 'see_own',
  [VIEWS.peerCheck]: 'set_policy',
  [VIEWS.peerCheckOn]: 'set_policy',
  [ACTIONS.clientDigestPreview]: 'set_client_digest',
  [VIEWS.calendarPricesPreview]: 'set_policy',
};

export const rightAtRoute = (id: string): Action | null =>
  Object.hasOwn(REQUIRED_RIGHTS, id) ? REQUIRED_RIGHTS[id as RouteId] : null;
