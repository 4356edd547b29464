import type { Facts, Line } from '../../ledger/lines.ts';

/**
 * What Home calls a change: about people, clients and their projects, limits, rules, and how the agency is run. What is
 * spent, asked for and approved is told elsewhere.
 */
const ABOUT_PEOPLE = [
  'workspace_opened',
  'policy_set',
  'member_added',
  'role_set',
  'manages_set',
  'teams_set',
  'member_suspended',
  'member_resumed',
  'member_removed',
  'member_brought_back',
  'owner_appointed',
  'delegate_set',
  'team_created',
  'team_renamed',
  'spending_stopped',
  'spending_resumed',
] as const satisfies readonly Facts['kind'][];

const ABOUT_CLIENTS = [
  'client_created',
  'client_renamed',
  'client_closed',
  'client_reopened',
  'approvals_channel_set',
  'channel_bound',
  'project_created',
  'project_changed',
  'project_closed',
  'project_reopened',
  'project_bound',
] as const satisfies readonly Facts['kind'][];

const ABOUT_LIMITS = ['limit_set', 'rule_set', 'budget_moved', 'granted'] as const satisfies readonly Facts['kind'][];

type Of<Kinds extends readonly Facts['kind'][]> = Extract<Facts, { kind: Kinds[number] }>;
export type PeopleChange = Of<typeof ABOUT_PEOPLE>;
export type ClientsChange = Of<typeof ABOUT_CLIENTS>;
export type LimitsChange = Of<typeof ABOUT_LIMITS>;
export type ChangeFacts = PeopleChange | ClientsChange | LimitsChange;
export type ChangeLine = Line & ChangeFacts;

const PEOPLE: ReadonlySet<string> = new Set(ABOUT_PEOPLE);
const CLIENTS: ReadonlySet<string> = new Set(ABOUT_CLIENTS);
const LIMITS: ReadonlySet<string> = new Set(ABOUT_LIMITS);

export const isAboutPeople = (facts: Facts): facts is PeopleChange => PEOPLE.has(facts.kind);
export const isAboutClients = (facts: Facts): facts is ClientsChange => CLIENTS.has(facts.kind);
export const isChange = (line: Line): line is ChangeLine =>
  PEOPLE.has(line.kind) || CLIENTS.has(line.kind) || LIMITS.has(line.kind);
