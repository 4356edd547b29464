import type { Facts, Line } from '../../ledger/lines.ts';

/**
 * Where Home's list of changes tells of a line: a kind without a row does not compile. It lists whatever changes what may
 * be spent, by whom, and how the agency is run. Null: what is spent, asked for and refused is told elsewhere.
 */
const HISTORY_OF = {
  workspace_opened: 'people',
  policy_set: 'people',
  member_added: 'people',
  role_set: 'people',
  manages_set: 'people',
  teams_set: 'people',
  member_suspended: 'people',
  member_resumed: 'people',
  member_removed: 'people',
  member_brought_back: 'people',
  owner_appointed: 'people',
  delegate_set: 'people',
  team_created: 'people',
  team_renamed: 'people',
  spending_stopped: 'people',
  spending_resumed: 'people',
  clock_corrected: 'people',
  client_created: 'clients',
  client_renamed: 'clients',
  client_closed: 'clients',
  client_reopened: 'clients',
  approvals_channel_set: 'clients',
  channel_bound: 'clients',
  channel_id_changed: 'clients',
  project_created: 'clients',
  project_changed: 'clients',
  project_closed: 'clients',
  project_reopened: 'clients',
  project_bound: 'clients',
  limit_set: 'limits',
  rule_set: 'limits',
  budget_moved: 'limits',
  granted: 'limits',
  // An approval raises limits for good, or adds extra credits.
  approved: 'limits',
  held: null,
  captured: null,
  voided: null,
  slipped: null,
  asked: null,
  denied: null,
  withdrawn: null,
  escalated: null,
  lapsed: null,
  refused: null,
} as const satisfies Record<Facts['kind'], 'people' | 'clients' | 'limits' | null>;

type KindsOf<Where> = {
  [Kind in Facts['kind']]: (typeof HISTORY_OF)[Kind] extends Where ? Kind : never;
}[Facts['kind']];
type Of<Where> = Extract<Facts, { kind: KindsOf<Where> }>;

export type PeopleChange = Of<'people'>;
export type ClientsChange = Of<'clients'>;
export type LimitsChange = Of<'limits'>;
export type ChangeFacts = PeopleChange | ClientsChange | LimitsChange;
export type ChangeLine = Line & ChangeFacts;

export const isAboutPeople = (facts: Facts): facts is PeopleChange => HISTORY_OF[facts.kind] === 'people';
export const isAboutClients = (facts: Facts): facts is ClientsChange => HISTORY_OF[facts.kind] === 'clients';
export const isChange = (line: Line): line is ChangeLine => HISTORY_OF[line.kind] !== null && !isWithoutRoom(line);

/** By the time it was approved nothing was lacking any more: that changed nothing but the request. */
const isWithoutRoom = (line: Line) => line.kind === 'approved' && line.how.kind !== 'raise' && line.grants.length === 0;
