import type { CommandBody } from '../../ledger/commands/commands.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import { TEAMS_OF_MEMBER_MAX } from '../../ledger/teams.ts';
import { shortHash } from '../../ports/content-hash.ts';
import { rehearseCommands } from '../changes/rehearse-commands.ts';
import { writeIds } from '../changes/reversible-change.ts';
import type { SavedChange, SavedChanges } from '../changes/save-changes.ts';
import type { AppContext } from '../context.ts';
import type { ChangeInput, ChangeResult } from '../inputs.ts';
import { submitChange } from '../submit-change.ts';
import { setTeams } from './commands.ts';
import { syncMember } from './sync-member.ts';

/** Everything that people may change about teams. */

/** The people that a form put into a team, and those that it took out. */
type Moves = { joinIds: readonly string[]; leaveIds: readonly string[] };

/** Why a person cannot be in a team: they are no active person of Slack, or in as many teams as people may be. */
export type CannotJoin = { memberId: string; why: 'unknown' | 'too_many_teams' };
/** `isDone`: the team was created, or has its new name. */
export type TeamSaved = SavedChanges & { isDone: boolean; cannotJoin: readonly CannotJoin[] };

/** Creates a team with its people: all of it, or nothing. Its id comes from the delivery, so that the same click twice names the same team. */
export async function createTeam(
  context: AppContext,
  { deliveryId, by, name, joinIds }: ChangeInput<{ name: string; joinIds: readonly string[] }>,
): Promise<TeamSaved> {
  const teamId = `t-${shortHash(deliveryId)}`;
  const command = { kind: 'create_team', teamId, name } as const;
  return await saveTeam(context, { deliveryId, by, teamId, command, joinIds, leaveIds: [] });
}

/** Renames a team, where `name` is not null, and changes who is in it: all of it, or nothing. */
export async function changeTeam(
  context: AppContext,
  { deliveryId, by, teamId, name, ...moves }: ChangeInput<Moves & { teamId: string; name: string | null }>,
): Promise<TeamSaved> {
  const command = name === null ? null : ({ kind: 'rename_team', teamId, name } as const);
  return await saveTeam(context, { deliveryId, by, teamId, command, ...moves });
}

type Saving = ChangeInput<Moves & { teamId: string; command: CommandBody | null }>;

async function saveTeam(
  context: AppContext,
  { deliveryId, by, teamId, command, ...moves }: Saving,
): Promise<TeamSaved> {
  // The ledger tells people who may not change teams.
  const isAsked = may(await context.book.read(), by, 'set_teams');
  const cannotJoin = isAsked ? await thoseWhoCannot(context, { teamId, memberIds: moves.joinIds }) : [];
  if (cannotJoin.length > 0) return { ...nothing([]), cannotJoin };
  const memberIds = [...moves.joinIds, ...moves.leaveIds];
  const state = context.book.now();
  const teams = memberIds.flatMap((memberId) => teamsAfter(state, { memberId, teamId, ...moves }) ?? []);
  // Sent again, the form finds the team that it created.
  const own = command && !(command.kind === 'create_team' && state.teams.has(teamId)) ? [command] : [];
  // Where the team itself cannot be, it says nothing new that no one can be in it.
  for (const commands of [own, [...own, ...teams]]) {
    const refusals = rehearseCommands(context, { state, by, commands });
    if (refusals.length > 0) return nothing(refusals);
  }
  const changed: ChangeResult = command ? await submitChange(context, { deliveryId, by, command }) : { ok: true };
  if (!changed.ok && changed.refusal.reason !== 'nothing_changed') return nothing([changed.refusal]);
  return {
    isDone: command !== null,
    cannotJoin: [],
    ...(await movePeople(context, { deliveryId, by, teamId, ...moves })),
  };
}

const nothing = (refusals: readonly Refusal[]): TeamSaved => ({
  isDone: false,
  cannotJoin: [],
  saved: [],
  refusals,
});

/** Each person has a command of their own. Sent again, the form passes over those who have moved already. */
async function movePeople(
  context: AppContext,
  { deliveryId, by, teamId, joinIds, leaveIds }: ChangeInput<Moves & { teamId: string }>,
): Promise<SavedChanges> {
  const saved: SavedChange[] = [];
  for (const memberId of [...joinIds, ...leaveIds]) {
    const state = context.book.now();
    const command = teamsAfter(state, { memberId, teamId, joinIds, leaveIds });
    if (!command) continue;
    const before = writeIds(state.members.get(memberId)?.teamIds ?? []);
    const changed = await setTeams(context, { deliveryId: `${deliveryId}/${memberId}`, by, ...command });
    if (!changed.ok && changed.refusal.reason !== 'nothing_changed') return { saved, refusals: [changed.refusal] };
    saved.push({ change: { kind: 'teams', memberId, before, after: writeIds(command.teamIds) }, mayUndo: true });
  }
  return { saved, refusals: [] };
}

/** Null where the person is in the team already, or is not. */
function teamsAfter(state: State, { memberId, teamId, joinIds }: Moves & { memberId: string; teamId: string }) {
  const present = state.members.get(memberId)?.teamIds ?? [];
  const isIn = joinIds.includes(memberId);
  if (present.includes(teamId) === isIn) return null;
  const teamIds = isIn ? [...present, teamId] : present.filter((id) => id !== teamId);
  return { kind: 'set_teams', memberId, teamIds } as const;
}

/** People that Inkwell has not met join as they would with their first command. */
async function thoseWhoCannot(
  context: AppContext,
  { teamId, memberIds }: { teamId: string; memberIds: readonly string[] },
): Promise<CannotJoin[]> {
  const found: CannotJoin[] = [];
  for (const memberId of memberIds) {
    const member = await syncMember(context, memberId);
    if (!member || member.status === 'removed') found.push({ memberId, why: 'unknown' });
    else if (!member.teamIds.includes(teamId) && member.teamIds.length >= TEAMS_OF_MEMBER_MAX) {
      found.push({ memberId, why: 'too_many_teams' });
    }
  }
  return found;
}
