import type { ModalView } from '@slack/types';
import type { Named, PersonView } from '../../app/people/people-view.ts';
import { ROLES, type Role } from '../../ledger/roles.ts';

import { number } from '../../words/figures.ts';
import { FIELD, FIELDS, modal } from '../kit/fields.ts';
import { adminFormMetadata, NOTHING_SHOWN, writeAdminFormMetadata } from '../kit/form-metadata.ts';
import type { HomeLocation } from '../kit/home-metadata.ts';
import { VIEWS } from '../kit/ids.ts';
import { plain, section } from '../kit/parts.ts';
import { mention } from '../kit/text.ts';
import { PEOPLE_FIELDS, roleField, severalField } from './people-fields.ts';

const REASON_CHARACTERS_MAX = 300;
const NAME_UNITS_MAX = 160;
const TEAMS_OF_MEMBER_MAX = 5;

/** What removal means is said before it is done. */
export function removePersonModal(
  { memberId, openImagesCount, openRequestsCount }: PersonView,
  pages: HomeLocation,
): ModalView {
  const open = [
    ...(openImagesCount > 0
      ? [openImagesCount === 1 ? '1 image held or being made' : `${number(openImagesCount)} images held or being made`]
      : []),
    ...(openRequestsCount > 0
      ? [openRequestsCount === 1 ? '1 request waiting' : `${number(openRequestsCount)} requests waiting`]
      : []),
  ];
  return modal({
    callback: VIEWS.removePerson,
    title: 'Remove somebody',
    submit: 'Remove',
    metadata: writeAdminFormMetadata(adminFormMetadata({ pages, memberId })),
    blocks: [
      section(
        `${mention(memberId)} can do nothing in Inkwell any more, at once. What was not begun is given back, what is being made is finished and paid by the agency, and what waits for an approval is withdrawn. Only an owner brings them back.`,
      ),
      ...(open.length > 0 ? [section(`Open now: ${open.join(', ')}.`)] : []),
      {
        type: 'input',
        block_id: PEOPLE_FIELDS.reason,
        optional: true,
        label: plain('Reason'),
        element: { type: 'plain_text_input', action_id: FIELD, max_length: REASON_CHARACTERS_MAX },
        hint: plain('Owners read it in the receipt and among the changes.'),
      },
    ],
  });
}

export function bringBackModal(memberId: string, pages: HomeLocation): ModalView {
  return modal({
    callback: VIEWS.bringBack,
    title: 'Bring somebody back',
    submit: 'Bring back',
    metadata: writeAdminFormMetadata(adminFormMetadata({ pages, memberId })),
    blocks: [
      section(
        `${mention(memberId)} begins anew: in no team, and looking after nothing. Their limits are as they were.`,
      ),
      roleField({ present: 'creator', hint: 'What they may do from now on.', key: memberId }),
    ],
  });
}

/** `roles`: what the reader may give. */
export function inviteModal({
  mayGiveAll,
  allTeams,
  pages,
}: {
  mayGiveAll: boolean;
  allTeams: readonly Named[];
  pages: HomeLocation;
}): ModalView {
  const roles: readonly Role[] = mayGiveAll ? ROLES : ['creator', 'viewer'];
  const teams = mayGiveAll
    ? severalField({
        block: PEOPLE_FIELDS.teams,
        label: 'Teams',
        hint: `At most ${TEAMS_OF_MEMBER_MAX}.`,
        all: allTeams,
        chosen: [],
        most: TEAMS_OF_MEMBER_MAX,
      })
    : null;
  return modal({
    callback: VIEWS.invite,
    title: 'Invite somebody',
    submit: 'Invite',
    metadata: writeAdminFormMetadata(adminFormMetadata({ pages })),
    blocks: [
      {
        type: 'input',
        block_id: PEOPLE_FIELDS.person,
        label: plain('Person'),
        element: { type: 'users_select', action_id: FIELD, placeholder: plain('Choose a person') },
        hint: plain('Somebody of this Slack. Whoever has used Inkwell before is there already.'),
      },
      roleField({ present: 'creator', roles, hint: 'What they may do in Inkwell.', key: 'invited' }),
      ...(teams ? [teams] : []),
    ],
  });
}

/** To create one, or to rename the one it is about. */
export function teamModal({ team, pages }: { team: Named | null; pages: HomeLocation }): ModalView {
  return modal({
    callback: team ? VIEWS.renameTeam : VIEWS.createTeam,
    title: team ? 'Rename a team' : 'Create a team',
    submit: team ? 'Save' : 'Create',
    metadata: writeAdminFormMetadata(
      adminFormMetadata({ pages, teamId: team?.id ?? null, shown: { ...NOTHING_SHOWN, name: team?.name ?? '' } }),
    ),
    blocks: [
      {
        type: 'input',
        block_id: FIELDS.name,
        label: plain('Name'),
        element: {
          type: 'plain_text_input',
          action_id: FIELD,
          max_length: NAME_UNITS_MAX,
          placeholder: plain('Design'),
          ...(team ? { initial_value: team.name } : {}),
        },
        hint: plain('No two teams have the same one.'),
      },
    ],
  });
}
