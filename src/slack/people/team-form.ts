import type { ModalView } from '@slack/types';
import type { Named } from '../../app/people/people-view.ts';
import { created, renamed } from '../../words/parts.ts';
import { mayNotModal } from '../kit/error-modals.ts';
import { FIELDS, modal, nameField } from '../kit/fields.ts';
import { defineForm, type Show } from '../kit/form/form.ts';
import { savedBanner, showChange, showInHome } from '../kit/form/home-answer.ts';
import { shownValue } from '../kit/form/shown.ts';
import { readName } from '../kit/form/typed.ts';
import { given, textAt, typedAt } from '../kit/form/values.ts';
import {
  NOTHING_SHOWN,
  readAdminFormMetadata,
  readMetadataAbout,
  writeAdminFormMetadata,
} from '../kit/form-metadata.ts';
import type { HomeLocation } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';

const showTeam: Show = async ({ app }, { by, pages, words: [id] }) => {
  const { setup } = await app.showHome({ by });
  const team = setup?.teams.find(({ teamId }) => teamId === id);
  if (!setup?.maySetRoles) return mayNotModal();
  return teamModal({ team: team ? { id: team.teamId, name: team.name } : null, pages });
};

export const createTeamForm = defineForm({
  id: VIEWS.createTeam,
  opens: { [ACTIONS.peopleCreateTeam]: showTeam },
  metadata: readAdminFormMetadata,
  read: (view) => typedAt(view, FIELDS.name, readName),
  async submit(deps, { typed, deliveryId, ...where }) {
    const changed = await deps.app.createTeam({ deliveryId, by: where.by, name: typed });
    await showChange(deps, where, changed, savedBanner(...created('team', typed), '.'));
  },
});

/** A name that was left as it was shown does not come back over one that others have given meanwhile. */
export const renameTeamForm = defineForm({
  id: VIEWS.renameTeam,
  opens: { [ACTIONS.peopleTeam]: showTeam },
  metadata: readMetadataAbout('teamId'),
  read(view, about) {
    const shown = about.shown.name || shownValue(view, FIELDS.name);
    // Of an earlier version, and its field came back without what it was drawn with.
    if (shown === undefined) return null;
    const read = typedAt(view, FIELDS.name, readName);
    return read.ok && textAt(view, FIELDS.name)?.trim() === shown ? given(null) : read;
  },
  async submit(deps, { about, typed, deliveryId, ...where }) {
    if (typed === null) return await showInHome(deps, where);
    const changed = await deps.app.renameTeam({ deliveryId, by: where.by, teamId: about.id, name: typed });
    await showChange(deps, where, changed, savedBanner(...renamed('team', about.shown.name || null, typed), '.'));
  },
});

/** To create one, or to rename the one it is about. */
export const teamModal = ({ team, pages }: { team: Named | null; pages: HomeLocation }): ModalView =>
  modal(
    {
      callback: team ? VIEWS.renameTeam : VIEWS.createTeam,
      title: team ? 'Rename team' : 'Create a team',
      submit: team ? 'Save' : 'Create',
    },
    writeAdminFormMetadata({
      pages,
      teamId: team?.id ?? null,
      shown: { ...NOTHING_SHOWN, name: team?.name ?? '' },
    }),
    [nameField(team?.name ?? null, { placeholder: 'Design', hint: 'Each team needs a different name.' })],
  );
