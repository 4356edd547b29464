import { memberAccount, teamAccount } from '../accounts.ts';
import {
  addMember as added,
  appointOwner as appointed,
  bringBack,
  changeMember,
  setDelegate as delegateSet,
  once,
  removeMember as removed,
  setRole as roleSet,
} from '../apply/people.ts';
import { restoreTeam as restored, setTeam, deleteTeam as teamDeleted } from '../apply/teams.ts';
import type { PeopleKinds } from '../commands/people.ts';
import { sameSet } from '../decide/already-so.ts';
import {
  addMember,
  appointOwner,
  isSameDelegate,
  isSameRole,
  setDelegate,
  setManages,
  setRole,
  setTeams,
} from '../decide/members.ts';
import { bringBackMember, removeMember, resumeMember, suspendMember } from '../decide/status.ts';
import { createTeam, deleteTeam, renameTeam, restoreTeam } from '../decide/teams.ts';
import { leavesNoOwner } from '../verify/invariants.ts';
import { listOf, orAbsent, orNull, text, whole } from './check.ts';
import { type Entries, NO_ACCOUNTS, NOTHING_WRONG } from './kind.ts';
import { appointedHow, role } from './shapes.ts';

type OfMember = { memberId: string };
const accounts = ({ memberId }: OfMember) => [memberAccount(memberId)];
const members = ({ memberId }: OfMember) => [memberId];
/** Lines about one member. */
const ofMember = { accounts, members };
const ofTeam = {
  about: NO_ACCOUNTS,
  shape: { teamId: text, name: text },
  accounts: ({ teamId }: { teamId: string }) => [teamAccount(teamId)],
  apply: setTeam,
  invariant: NOTHING_WRONG,
};

export const peopleKinds: Entries<PeopleKinds> = {
  member_added: {
    ...ofMember,
    command: 'add_member',
    about: NO_ACCOUNTS,
    decide: addMember,
    isAlreadySo: (state, { memberId }) => state.members.has(memberId),
    shape: { memberId: text, role },
    apply: added,
    invariant: NOTHING_WRONG,
  },
  role_set: {
    ...ofMember,
    command: 'set_role',
    about: NO_ACCOUNTS,
    decide: setRole,
    isAlreadySo: isSameRole,
    shape: { memberId: text, role },
    apply: roleSet,
    invariant: leavesNoOwner,
  },
  manages_set: {
    ...ofMember,
    command: 'set_manages',
    about: NO_ACCOUNTS,
    decide: setManages,
    isAlreadySo: (state, { memberId, clientIds, teamIds }) => {
      const manages = state.members.get(memberId)?.manages;
      return sameSet(manages?.clientIds, clientIds) && sameSet(manages?.teamIds, teamIds);
    },
    shape: { memberId: text, clientIds: listOf(text), teamIds: listOf(text) },
    apply: (state, { memberId, clientIds, teamIds }) =>
      changeMember(state, memberId, { manages: { clientIds: once(clientIds), teamIds: once(teamIds) } }),
    invariant: NOTHING_WRONG,
  },
  teams_set: {
    ...ofMember,
    command: 'set_teams',
    about: NO_ACCOUNTS,
    decide: setTeams,
    isAlreadySo: (state, { memberId, teamIds }) => sameSet(state.members.get(memberId)?.teamIds, teamIds),
    shape: { memberId: text, teamIds: listOf(text) },
    apply: (state, { memberId, teamIds }) => changeMember(state, memberId, { teamIds: once(teamIds) }),
    invariant: NOTHING_WRONG,
  },
  member_suspended: {
    ...ofMember,
    command: 'suspend_member',
    about: accounts,
    decide: suspendMember,
    shape: { memberId: text, reason: text },
    apply: (state, { memberId, by, at }) =>
      changeMember(state, memberId, { status: 'suspended', statusBy: by, statusAt: at }),
    invariant: leavesNoOwner,
  },
  member_resumed: {
    ...ofMember,
    command: 'resume_member',
    about: accounts,
    decide: resumeMember,
    shape: { memberId: text },
    apply: (state, { memberId, by, at }) =>
      changeMember(state, memberId, { status: 'active', statusBy: by, statusAt: at }),
    invariant: NOTHING_WRONG,
  },
  member_removed: {
    ...ofMember,
    command: 'remove_member',
    about: accounts,
    decide: removeMember,
    shape: { memberId: text, reason: text },
    apply: removed,
    invariant: leavesNoOwner,
  },
  member_brought_back: {
    ...ofMember,
    command: 'bring_back_member',
    about: NO_ACCOUNTS,
    decide: bringBackMember,
    shape: { memberId: text, role },
    apply: bringBack,
    invariant: NOTHING_WRONG,
  },
  owner_appointed: {
    ...ofMember,
    command: 'appoint_owner',
    about: NO_ACCOUNTS,
    decide: appointOwner,
    shape: { memberId: text, how: appointedHow },
    apply: appointed,
    invariant: NOTHING_WRONG,
  },
  delegate_set: {
    command: 'set_delegate',
    about: NO_ACCOUNTS,
    decide: setDelegate,
    isAlreadySo: isSameDelegate,
    shape: { toId: orNull(text), untilAt: orNull(whole) },
    accounts: ({ toId }) => (toId === null ? [] : [memberAccount(toId)]),
    apply: delegateSet,
    members: ({ by }) => [by],
    invariant: NOTHING_WRONG,
  },
  team_created: { ...ofTeam, command: 'create_team', decide: createTeam },
  team_deleted: {
    ...ofTeam,
    command: 'delete_team',
    decide: deleteTeam,
    isAlreadySo: (state, { teamId }) => state.deletedTeams.has(teamId),
    shape: { teamId: text },
    apply: teamDeleted,
  },
  team_restored: {
    ...ofTeam,
    command: 'restore_team',
    decide: restoreTeam,
    isAlreadySo: (state, { teamId }) => state.teams.has(teamId),
    shape: { teamId: text },
    apply: restored,
  },
  team_renamed: {
    ...ofTeam,
    command: 'rename_team',
    decide: renameTeam,
    isAlreadySo: (state, { teamId, name }) => state.teams.get(teamId)?.name === name,
    shape: { ...ofTeam.shape, before: orAbsent(text) },
    commands: ({ by, teamId, name }) => [{ by, kind: 'rename_team', teamId, name }],
  },
};
