import type { OwnerAppointedHow, Role } from '../roles.ts';
import type { Renamed } from './clients.ts';

/** Commands about people, their roles and their teams. */

/** At first sight, or by invitation; a person who is known already keeps the role they have. */
export type AddMember = { kind: 'add_member'; memberId: string; role: Role };
export type SetRole = { kind: 'set_role'; memberId: string; role: Role };

/** What a manager looks after; both lists are whole. */
export type SetManages = {
  kind: 'set_manages';
  memberId: string;
  clientIds: readonly string[];
  teamIds: readonly string[];
};

/** The teams a member belongs to: a whole list. */
export type SetTeams = { kind: 'set_teams'; memberId: string; teamIds: readonly string[] };

/** May do nothing until resumed; what is being made comes to its end. */
export type SuspendMember = { kind: 'suspend_member'; memberId: string; reason: string };
export type ResumeMember = { kind: 'resume_member'; memberId: string };

/** Off-boarding in one act: requests are withdrawn, what is being made ends on the agency's account. */
export type RemoveMember = { kind: 'remove_member'; memberId: string; reason: string };
/** Only an owner brings a person back, and chooses their role. */
export type BringBackMember = { kind: 'bring_back_member'; memberId: string; role: Role };

/**
 * An owner from outside Slack: by `INKWELL_OWNER_ID` at a start that finds no owner left, or by the operator of the machine.
 * They are active afterwards, whatever they were; the product alone writes it.
 */
export type AppointOwner = { kind: 'appoint_owner'; memberId: string; how: OwnerAppointedHow };

/** Names a delegate for approvals, until a moment; null ends it. */
export type SetDelegate = { kind: 'set_delegate'; toId: string | null; untilAt: number | null };

export type CreateTeam = { kind: 'create_team'; teamId: string; name: string };
export type RenameTeam = { kind: 'rename_team'; teamId: string; name: string };
/** Its people and managers leave it, and its limits end. What was used stays where it was counted. */
export type DeleteTeam = { kind: 'delete_team'; teamId: string };
/** It comes back with the limits, people and managers that it had, as far as they may still be in it. */
export type RestoreTeam = { kind: 'restore_team'; teamId: string };

export type PeopleKinds = {
  member_added: { from: AddMember; setting: true };
  role_set: { from: SetRole; setting: true };
  manages_set: { from: SetManages; setting: true };
  teams_set: { from: SetTeams; setting: true };
  member_suspended: { from: SuspendMember };
  member_resumed: { from: ResumeMember };
  member_removed: { from: RemoveMember };
  member_brought_back: { from: BringBackMember };
  owner_appointed: { from: AppointOwner };
  delegate_set: { from: SetDelegate; setting: true };
  team_created: { from: CreateTeam };
  team_deleted: { from: DeleteTeam; setting: true };
  team_restored: { from: RestoreTeam; setting: true };
  team_renamed: { from: RenameTeam; setting: true; states: Omit<RenameTeam, 'kind'> & Renamed };
};
