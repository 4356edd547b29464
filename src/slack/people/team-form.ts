import type { ViewOutput } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import { reverse } from '../../app/changes/reversible-change.ts';
import type { TeamView } from '../../app/people/show-team.ts';
import type { CannotJoin, TeamSaved } from '../../app/people/teams.ts';
import { TEAMS_OF_MEMBER_MAX } from '../../ledger/teams.ts';
import { created, listed, listedUpTo, renamed } from '../../words/parts.ts';
import { goneModal, mayNotModal } from '../kit/error-modals.ts';
import { FIELDS, input, modal, nameField } from '../kit/fields.ts';
import type { Closing } from '../kit/form/closing.ts';
import { defineForm, showWithSetup } from '../kit/form/form.ts';
import { showInHome, showSaved, type Where } from '../kit/form/home-answer.ts';
import { shownIds, shownValue } from '../kit/form/shown.ts';
import { readName } from '../kit/form/typed.ts';
import { fieldOf, given, textAt, together, typedAt, usersAt } from '../kit/form/values.ts';
import {
  digestOfIds,
  NOTHING_SHOWN,
  readAdminFormMetadata,
  readMetadataAbout,
  writeAdminFormMetadata,
} from '../kit/form-metadata.ts';
import { type HomeLocation, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { actions, button, type Inline, name as nameOf, person } from '../kit/parts.ts';
import { UNDO_CHANGES_MAX } from '../kit/undo-metadata.ts';
import type { Deps } from '../platform/deps.ts';
import { PEOPLE_FIELDS, peopleInput } from './people-fields.ts';

export const createTeamForm = defineForm({
  id: VIEWS.createTeam,
  opens: {
    [ACTIONS.peopleCreateTeam]: showWithSetup(({ maySetRoles }, { pages }) =>
      maySetRoles ? teamModal({ team: null, pages }) : mayNotModal(),
    ),
  },
  metadata: readAdminFormMetadata,
  read: (view) =>
    together({ name: typedAt(view, FIELDS.name, readName), joinIds: given(usersAt(view, PEOPLE_FIELDS.people)) }),
  async submit(deps, { typed: { name, joinIds }, deliveryId, ...where }) {
    const outcome = await deps.app.createTeam({ deliveryId, by: where.by, name, joinIds });
    if (outcome.cannotJoin.length > 0) return await sayWhoCannot(deps, where, outcome.cannotJoin);
    const moves = moved(outcome, { name, joinIds, leaveIds: [] });
    await showTeamSaved(deps, where, outcome, { command: [...created('team', name), '.'], moves });
  },
});

/** The people and the name of a team: only what was changed in the form. Its id is of when it had the name alone. */
export const teamForm = defineForm({
  id: VIEWS.team,
  opens: {
    [ACTIONS.peopleTeam]: async ({ app }, { by, pages, words: [teamId = ''] }) => {
      const team = await app.showTeam({ by, teamId });
      return team ? teamModal({ team, pages }) : goneModal();
    },
  },
  metadata: readMetadataAbout('teamId'),
  read(view, about) {
    const shown = about.shown.name || shownValue(view, FIELDS.name);
    const moves = movesIn(view, about.people);
    // Of an earlier version, or a field came back without what it was drawn with.
    if (shown === undefined || !moves) return null;
    const isSame = textAt(view, FIELDS.name)?.trim() === shown;
    const name = typedAt(view, FIELDS.name, readName);
    return together({ name: name.ok && isSame ? given(null) : name, moves: given(moves) });
  },
  async submit(deps, { about, typed: { name, moves }, deliveryId, ...where }) {
    if (name === null && moves.joinIds.length + moves.leaveIds.length === 0) return await showInHome(deps, where);
    const before = about.shown.name || null;
    const outcome = await deps.app.changeTeam({ deliveryId, by: where.by, teamId: about.id, name, ...moves });
    if (outcome.cannotJoin.length > 0) return await sayWhoCannot(deps, where, outcome.cannotJoin);
    await showTeamSaved(deps, where, outcome, {
      command: name === null ? null : [...renamed('team', before, name), '.'],
      moves: moved(outcome, { name: name ?? before ?? '', ...moves }),
    });
  },
});

type Moves = { joinIds: readonly string[]; leaveIds: readonly string[] };

/** A form without the field changes no one. Null where it is not known what it showed. */
function movesIn(view: ViewOutput, digest: string | null): Moves | null {
  if (!fieldOf(view, PEOPLE_FIELDS.people)) return { joinIds: [], leaveIds: [] };
  const typed = usersAt(view, PEOPLE_FIELDS.people);
  const shown = shownIds(view, PEOPLE_FIELDS.people, digest);
  if (!shown) return digest === digestOfIds(typed) ? { joinIds: [], leaveIds: [] } : null;
  return {
    joinIds: typed.filter((id) => !shown.includes(id)),
    leaveIds: shown.filter((id) => !typed.includes(id)),
  };
}

const NAMES_MAX = 8;

/** Says who joined and who left, as far as that was saved. */
function moved({ saved }: TeamSaved, { name, joinIds, leaveIds }: Moves & { name: string }): Inline[][] {
  const isSaved = (memberId: string) =>
    saved.some(({ change }) => 'memberId' in change && change.memberId === memberId);
  const said = (ids: readonly string[], verb: string): Inline[][] => {
    const people = ids.filter(isSaved).map(person);
    const named = people.length > NAMES_MAX ? listedUpTo(people, NAMES_MAX) : listed(people.map((each) => [each]));
    return people.length > 0 ? [[...named, ` ${verb} `, nameOf(name), '.']] : [];
  };
  return [...said(joinIds, 'joined'), ...said(leaveIds, 'left')];
}

type Sent = { view: ViewOutput; closing: Closing };
type Said = { command: Inline[] | null; moves: Inline[][] };

/** Slack draws no mentions beside a field, and several people were chosen in it. */
async function sayWhoCannot({ people }: Deps, { view, closing }: Sent, cannotJoin: readonly CannotJoin[]) {
  const sentences: string[] = [];
  for (const { memberId, why } of cannotJoin) {
    const called = (await people.look(memberId))?.name ?? memberId;
    sentences.push(`${called} ${WHY_NOT[why]}.`);
  }
  const field = fieldOf(view, PEOPLE_FIELDS.people)?.blockId ?? PEOPLE_FIELDS.people;
  await closing.errors({ [field]: sentences.join(' ') });
}

const WHY_NOT: Readonly<Record<CannotJoin['why'], string>> = {
  unknown: 'isn’t an active person in Inkwell',
  too_many_teams: `is already in ${TEAMS_OF_MEMBER_MAX} teams`,
};

/** Undo is offered where it takes back all that it stands beside: neither a name nor a long list comes back. */
async function showTeamSaved(deps: Deps, where: Where, { isDone, saved, refusals }: TeamSaved, said: Said) {
  const lines = [...(isDone && said.command ? [said.command] : []), ...said.moves];
  const mayUndo = said.command === null && saved.length <= UNDO_CHANGES_MAX;
  const undo = mayUndo ? saved.map(({ change }) => reverse(change)) : [];
  await showSaved(deps, where, lines.length > 0 ? [{ kind: 'saved', said: lines, undo }] : [], refusals);
}

/** To create one, or to change the one it is about. */
export function teamModal({ team, pages }: { team: TeamView | null; pages: HomeLocation }): ModalView {
  const name = nameField(team?.name ?? null, { placeholder: 'Design', hint: 'Each team needs a different name.' });
  const shown = { ...NOTHING_SHOWN, name: team?.name ?? '' };
  const people = digestOfIds(team?.memberIds ?? []);
  return modal(
    {
      callback: team ? VIEWS.team : VIEWS.createTeam,
      title: team ? 'Edit team' : 'Create a team',
      submit: team ? 'Save' : 'Create',
    },
    writeAdminFormMetadata({ pages, teamId: team?.id ?? null, shown, people }),
    [name, peopleField(team), ...(team ? [doings(team, pages)] : [])],
  );
}

const peopleField = (team: TeamView | null) =>
  input(`${PEOPLE_FIELDS.people}.${team?.id ?? 'new'}`, 'People', peopleInput(team?.memberIds ?? []), {
    optional: true,
    hint: `The team’s limit applies to everyone in it. Each person can be in up to ${TEAMS_OF_MEMBER_MAX} teams.`,
  });

function doings({ id, name }: TeamView, pages: HomeLocation): KnownBlock {
  const value = writeMetadata(pages, id);
  return actions(
    button('Limits…', { action: ACTIONS.peopleTeamLimits, value, label: `Limits of the team ${name}` }),
    button('Delete team…', { action: ACTIONS.teamDelete, value, style: 'danger' }),
  );
}
