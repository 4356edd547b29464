import type { ModalView } from '@slack/types';
import type { TeamView } from '../../app/people/show-team.ts';
import { counted } from '../../words/figures.ts';
import { limitsInShort } from '../../words/limits.ts';
import { saveAndShow } from '../admin-forms/set-up-save.ts';
import { goneModal } from '../kit/error-modals.ts';
import { modal } from '../kit/fields.ts';
import { defineForm } from '../kit/form/form.ts';
import { given } from '../kit/form/values.ts';
import { readMetadataAbout, writeAdminFormMetadata } from '../kit/form-metadata.ts';
import type { HomeLocation } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { type Inline, name as nameOf, richLines } from '../kit/parts.ts';

export const deleteTeamForm = defineForm({
  id: VIEWS.deleteTeam,
  opens: {
    [ACTIONS.teamDelete]: async ({ app }, { by, pages, words: [teamId = ''] }) => {
      const team = await app.showTeam({ by, teamId });
      return team ? deleteTeamModal(team, pages) : goneModal();
    },
  },
  metadata: readMetadataAbout('teamId'),
  read: () => given(null),
  closes: 'all',
  submit: async (deps, { about: { id }, ...sent }) =>
    await saveAndShow(deps, sent, [{ kind: 'closed', of: 'team', id, before: false, after: true }]),
});

/** What it means is said before it is done. */
export const deleteTeamModal = (team: TeamView, pages: HomeLocation): ModalView =>
  modal(
    { callback: VIEWS.deleteTeam, title: 'Delete team', submit: 'Delete team' },
    writeAdminFormMetadata({ pages, teamId: team.id }),
    [
      richLines(
        [nameOf(team.name), ' will be deleted.'],
        ...consequences(team).map((line): Inline[] => ['• ', ...line]),
        ['Changes and reports still name it. Afterward, Undo brings it back.'],
      ),
    ],
  );

function consequences({ memberIds, managerIds, standings, waitingCount }: TeamView): Inline[][] {
  const members = counted(memberIds.length, 'member');
  const managers = counted(managerIds.length, 'manager');
  const requests = counted(waitingCount, 'approval request');
  return [
    [memberIds.length === 0 ? 'No one is in it.' : `${members} will leave it and stay in Inkwell.`],
    ...(managerIds.length === 0 ? [] : [[`${managers} will no longer manage it.`]]),
    standings.length === 0
      ? ['It has no limit.']
      : [`Its credit limit ends: ${limitsInShort(standings)}. All other limits still apply.`],
    ...(waitingCount === 0 ? [] : [[`${requests} over its limit will stay open.`]]),
  ];
}
