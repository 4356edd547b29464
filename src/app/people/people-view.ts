import type { MemberStatus, Role } from '../../ledger/roles.ts';
import type { Standing } from '../../ledger/usage/standings.ts';
import type { LessSaid } from '../limits/less-said.ts';

/** A search among people. */
export type PeopleLook = { find: string; filter: PeopleFilter; page: number };

/** `all`: everybody who is there; removed people only where they are asked for. */
export const PEOPLE_FILTERS = ['all', 'managers', 'suspended', 'removed'] as const;
export type PeopleFilter = (typeof PEOPLE_FILTERS)[number];

export type Named = { id: string; name: string };

export type PersonRow = {
  memberId: string;
  role: Role;
  status: MemberStatus;
  teams: readonly Named[];
  /** As a manager. */
  clients: readonly Named[];
  leads: readonly Named[];
  /** Of the reader's clients alone, where the reader may see no more of them. */
  figures: 'all' | 'of_clients';
  standings: readonly Standing[];
  less?: LessSaid | null;
  usedThisMonthCredits: number;
};

export type TeamRow = Named & {
  membersCount: number;
  standings: readonly Standing[];
  less?: LessSaid | null;
  usedThisMonthCredits: number;
  /** Whether the reader may set what the team may use. */
  mayEditLimits: boolean;
};

export type PeopleView = {
  look: PeopleLook;
  rows: readonly PersonRow[];
  /** How many were found, and how many there are to look among. */
  foundCount: number;
  knownCount: number;
  pagesCount: number;
  teams: readonly TeamRow[];
  teamsCount: number;
  mayInvite: boolean;
  mayCreateTeams: boolean;
  mayRenameTeams: boolean;
  maySetLimits: boolean;
  /** Null for those who may not set it. */
  defaultRole: Role | null;
  /** Slack did not say what people are called: they are found by id, role and team alone. */
  withoutNames: boolean;
};

/** One person in full, with what the reader may do about them. */
export type PersonView = PersonRow & {
  roleBy: string;
  statusBy: string;
  statusAt: number;
  /** Only where it was asked for. */
  setBy?: { teams: string | null; manages: string | null };
  may: {
    setRole: boolean;
    setTeams: boolean;
    setManages: boolean;
    suspend: boolean;
    resume: boolean;
    remove: boolean;
    bringBack: boolean;
    limit: boolean;
    rule: boolean;
  };
  /** What may be chosen; empty for those who may not. */
  allTeams: readonly Named[];
  allClients: readonly Named[];
  /** There is no other owner: they stay one. */
  isLastOwner: boolean;
  openImagesCount: number;
  openRequestsCount: number;
};
