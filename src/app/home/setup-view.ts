import type { MemberStatus, Role } from '../../ledger/roles.ts';
import type { Limit, Team } from '../../ledger/state.ts';
import type { ProjectView } from '../clients/projects-view.ts';
import type { QualityCapView } from '../limits/quality-cap-view.ts';
import type { Part } from './credits-view.ts';

/** What limits an account, the shortest window first. */
export type SetLimits = readonly Pick<Limit, 'window' | 'limitCredits'>[];

export type SetupView = {
  maySetLimits: boolean;
  mayCloseClients: boolean;
  maySetRoles: boolean;
  clients: readonly {
    clientId: string;
    name: string;
    channelIds: readonly string[];
    /** Those that people from outside the agency are in, as far as it is known. */
    outsideIds?: readonly string[];
    isClosed: boolean;
    /** Its channels get a weekly digest. */
    hasDigest: boolean;
    qualityCap: QualityCapView | null;
    limits: SetLimits;
    /** Open ones first. */
    projects: readonly ProjectView[];
    balance?: Part | null;
  }[];
  /** Clients that the reader may bind no channel to, because no limit stops them; `new`: nor one created now. */
  mayNotBind?: { clientIds: readonly string[]; new: boolean };
  /** Channels that were decided to belong to no client. */
  channelsOfNone: readonly string[];
  /** The asked members that the reader looks after. Teams and limits only where the reader sees all of a member. */
  members: readonly {
    memberId: string;
    role: Role;
    status: MemberStatus;
    teamIds: readonly string[];
    limits: SetLimits;
  }[];
  /** All who were not removed; null for those who look after some alone. */
  membersCount: number | null;
  /** Those whose figures the reader may see. */
  teams: readonly Team[];
  /** Those that the reader may restore. */
  deletedTeams: readonly Team[];
  /** Null for those who may not see how the agency stands. */
  agency: { limits: SetLimits } | null;
  /** Nought for them too. */
  slippedCredits: number;
  /** Who can change what the reader may not. */
  ownerIds: readonly string[];
};
