/** Every id that goes out to Slack and comes back, once. `npm run manifest:check` holds the commands against manifest.yml. */

export const COMMANDS = { imagine: '/imagine', credits: '/credits' } as const;

export const EVENTS = {
  homeOpened: 'app_home_opened',
  userChanged: 'user_change',
  memberJoined: 'member_joined_channel',
  memberLeft: 'member_left_channel',
  channelShared: 'channel_shared',
  channelUnshared: 'channel_unshared',
} as const;

export const ACTIONS = {
  again: 'image_again',
  edit: 'image_edit',
  delete: 'image_delete',
  /** The imagine modal: a choice that changes the price. */
  choose: 'imagine_choose',
  cardClient: 'client_card_client',
  cardCreate: 'client_card_create',
  cardNone: 'client_card_none',
  homeImagine: 'home_imagine',
  homeCreateClient: 'home_create_client',
  homeClient: 'home_client',
  homeBindChannel: 'home_bind_channel',
  homeMemberLimit: 'home_member_limit',
  homeAgencyLimit: 'home_agency_limit',
  homePage: 'home_page',
  homePageBack: 'home_page_back',
  homeUndo: 'home_undo',
  homeTabOverview: 'home_tab_overview',
  homeTabClients: 'home_tab_clients',
  homeTabPeople: 'home_tab_people',
  homeTabLimits: 'home_tab_limits',
  homeTabChanges: 'home_tab_changes',
  /** Projects, and the closing of clients. */
  homeProjects: 'home_projects',
  homeAllClients: 'home_all_clients',
  homeCreateProject: 'home_create_project',
  homeProject: 'home_project',
  homeCloseClient: 'home_close_client',
  homeReopenClient: 'home_reopen_client',
  /** People: Home's tab, and what opens from it. */
  peopleFind: 'people_find',
  peopleFilter: 'people_filter',
  peoplePerson: 'people_person',
  peopleInvite: 'people_invite',
  peopleDefaultRole: 'people_default_role',
  peopleCreateTeam: 'people_create_team',
  peopleTeam: 'people_team',
  personSuspend: 'person_suspend',
  personResume: 'person_resume',
  personRemove: 'person_remove',
  personBringBack: 'person_bring_back',
  personLimits: 'person_limits',
  receiptBringBack: 'receipt_bring_back',
  /** The set-up modals: whose value is to be shown. */
  setUpMember: 'set_up_member',
  setUpChannel: 'set_up_channel',
  /** The cards of a request that needs an approval. */
  requestApprove: 'request_approve',
  requestUntil: 'request_until',
  requestRaise: 'request_raise',
  requestDeny: 'request_deny',
  requestOpen: 'request_open',
  requestCoach: 'request_coach',
  requestWithdraw: 'request_withdraw',
  /** Home: somebody decides for others while they are away. */
  homeAway: 'home_away',
  homeBack: 'home_back',
} as const;

export const VIEWS = {
  imagine: 'imagine',
  createClient: 'create_client',
  client: 'client',
  bindChannel: 'bind_channel',
  memberLimit: 'member_limit',
  agencyLimit: 'agency_limit',
  requestUntil: 'request_until_form',
  requestRaise: 'request_raise_form',
  requestDeny: 'request_deny_form',
  away: 'away',
  createProject: 'create_project',
  project: 'project',
  /** People. */
  person: 'person',
  removePerson: 'remove_person',
  bringBack: 'bring_back',
  invite: 'invite',
  createTeam: 'create_team',
  renameTeam: 'rename_team',
} as const;
