import type { ModalView } from '@slack/types';
import type { ChangeResult } from '../../app/inputs.ts';
import type { Named, PersonView } from '../../app/people/people-view.ts';
import { ROLES, type Role } from '../../ledger/roles.ts';
import { TEAMS_OF_MEMBER_MAX } from '../../ledger/teams.ts';

import { describeChange } from '../../words/describe-change.ts';
import { counted } from '../../words/figures.ts';
import { goneModal, mayNotModal } from '../kit/error-modals.ts';
import { input, modal, personInput, textInput } from '../kit/fields.ts';
import { defineForm, type Show, showWithSetup } from '../kit/form/form.ts';
import { saidBanner, savedBanner, showChange, type Where } from '../kit/form/home-answer.ts';
import { given, neededAt, optionsAt, textAt, together, userAt } from '../kit/form/values.ts';
import { readAdminFormMetadata, readMetadataAbout, writeAdminFormMetadata } from '../kit/form-metadata.ts';
import type { HomeBanner } from '../kit/home-banner.ts';
import { FIRST_PAGES, type HomeLocation } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { bold, person, section } from '../kit/parts.ts';
import { mention } from '../kit/text.ts';
import type { Deps } from '../platform/deps.ts';
import { askedAboutOutside } from './ask-outside.ts';
import { PEOPLE_FIELDS, roleAt, roleField, severalField } from './people-fields.ts';
import { personModal } from './person-form.ts';

const REASON_CHARACTERS_MAX = 300;

type Came = { memberId: string; changed: ChangeResult; done: HomeBanner };

/** Shows the result in the Home of the sender, and redraws the Home of the person it is about. */
async function showAbout(deps: Deps, where: Where, { memberId, changed, done }: Came): Promise<void> {
  await showChange(deps, where, changed, done);
  if (changed.ok && memberId !== where.by) await deps.publish(where.client, memberId);
}

/** Opens on top of the person's own form. A reader without the right is told so there. */
const showPersonIf =
  (build: (found: PersonView, pages: HomeLocation) => ModalView | null): Show =>
  async ({ app }, { by, pages, words: [memberId = ''] }) => {
    const found = await app.showPerson({ by, memberId });
    return (found && build(found, pages)) ?? mayNotModal();
  };

export const removePersonForm = defineForm({
  id: VIEWS.removePerson,
  opens: {
    [ACTIONS.personRemove]: showPersonIf((found, pages) => (found.may.remove ? removePersonModal(found, pages) : null)),
  },
  metadata: readMetadataAbout('memberId'),
  read: (view) => given((textAt(view, PEOPLE_FIELDS.reason) ?? '').replace(/\s+/g, ' ').trim()),
  closes: 'all',
  async submit(deps, { about: { id: memberId }, typed: reason, deliveryId, ...where }) {
    const changed = await deps.app.removePerson({ deliveryId, by: where.by, memberId, reason });
    const said = [
      ...describeChange({ kind: 'member_removed', memberId, reason: '' }, {}),
      '. The owners have a summary of their open work.',
    ];
    await showAbout(deps, where, { memberId, changed, done: savedBanner(...said) });
  },
});

/** What removal means is said before it is done. */
export function removePersonModal(
  { memberId, openImagesCount, openRequestsCount }: PersonView,
  pages: HomeLocation,
): ModalView {
  const open = [
    ...(openImagesCount > 0 ? [`${counted(openImagesCount, 'image')} in progress`] : []),
    ...(openRequestsCount > 0 ? [`${counted(openRequestsCount, 'request')} waiting`] : []),
  ];
  return modal(
    { callback: VIEWS.removePerson, title: 'Remove person', submit: 'Remove' },
    writeAdminFormMetadata({ pages, memberId }),
    [
      section(
        `${mention(memberId)} loses access to Inkwell immediately. Images that haven’t started are canceled and their credits returned. Images in progress finish, paid for by the agency. Approval requests are withdrawn. Only an owner can bring them back.`,
      ),
      ...(open.length > 0 ? [section(`Open now: ${open.join(', ')}.`)] : []),
      input(PEOPLE_FIELDS.reason, 'Reason', textInput({ max: REASON_CHARACTERS_MAX }), {
        optional: true,
        hint: 'Owners see it in the removal summary and under Changes.',
      }),
    ],
  );
}

export const bringBackForm = defineForm({
  id: VIEWS.bringBack,
  opens: {
    [ACTIONS.personBringBack]: showPersonIf(({ may, memberId }, pages) =>
      may.bringBack ? bringBackModal(memberId, pages) : null,
    ),
    // From a receipt, which stands in a direct message.
    [ACTIONS.receiptBringBack]: async ({ app }, { by, value = '' }) => {
      const found = await app.showPerson({ by, memberId: value.split(' ')[0] ?? '' });
      if (!found) return goneModal();
      return found.may.bringBack ? bringBackModal(found.memberId, FIRST_PAGES) : personModal(found, FIRST_PAGES);
    },
  },
  metadata: readMetadataAbout('memberId'),
  read: roleAt,
  closes: 'all',
  async submit(deps, { about, typed: role, deliveryId, view, ...where }) {
    const { id: memberId } = about;
    const asking = { view, about, closing: where.closing, submit: 'Bring them back' };
    if (await askedAboutOutside(deps, { memberId, role, had: null }, asking)) return;
    const changed = await deps.app.bringBackPerson({ deliveryId, by: where.by, memberId, role });
    const said = describeChange({ kind: 'member_brought_back', memberId, role }, {});
    await showAbout(deps, where, { memberId, changed, done: savedBanner(...said, '.') });
  },
});

export const bringBackModal = (memberId: string, pages: HomeLocation): ModalView =>
  modal(
    { callback: VIEWS.bringBack, title: 'Bring person back', submit: 'Bring back' },
    writeAdminFormMetadata({ pages, memberId }),
    [
      section(`${mention(memberId)} starts again with no team and nothing to manage. Their limits are as before.`),
      roleField({ present: 'creator', hint: 'What they can do from now on.', key: memberId }),
    ],
  );

export const inviteForm = defineForm({
  id: VIEWS.invite,
  opens: {
    [ACTIONS.peopleInvite]: showWithSetup(({ teams, maySetRoles }, { pages }) => {
      const allTeams = teams.map(({ teamId: id, name: called }) => ({ id, name: called }));
      return inviteModal({ mayGiveAll: maySetRoles, allTeams, pages });
    }),
  },
  metadata: readAdminFormMetadata,
  read: (view) =>
    together({
      memberId: neededAt(view, PEOPLE_FIELDS.person, userAt(view, PEOPLE_FIELDS.person), 'Choose a person.'),
      role: roleAt(view),
      teamIds: given(optionsAt(view, PEOPLE_FIELDS.teams)),
    }),
  async submit(deps, { about, typed, deliveryId, view, ...where }) {
    const { memberId, role } = typed;
    const asking = { view, about, closing: where.closing, submit: 'Invite them' };
    const present = await deps.app.showPerson({ by: where.by, memberId });
    const isNew = !present || present.status === 'removed';
    if (isNew && (await askedAboutOutside(deps, { memberId, role, had: null }, asking))) return;
    const changed = await deps.app.invitePerson({ deliveryId, by: where.by, ...typed });
    const known = ' is already in Inkwell, and nothing was changed. Open them below to change their role.';
    const invited = [person(memberId), ' is invited as ', bold(role), '. They can start right away.'];
    const isKnown = changed.ok && changed.known;
    const done = isKnown ? saidBanner(person(memberId), known) : savedBanner(...invited);
    await showAbout(deps, where, { memberId, changed, done });
  },
});

type Inviting = { mayGiveAll: boolean; allTeams: readonly Named[]; pages: HomeLocation };

export function inviteModal({ mayGiveAll, allTeams, pages }: Inviting): ModalView {
  const roles: readonly Role[] = mayGiveAll ? ROLES : ['creator', 'viewer'];
  const teams = severalField({
    block: PEOPLE_FIELDS.teams,
    label: 'Teams',
    hint: `At most ${TEAMS_OF_MEMBER_MAX}.`,
    all: mayGiveAll ? allTeams : [],
    chosen: [],
    most: TEAMS_OF_MEMBER_MAX,
  });
  return modal(
    { callback: VIEWS.invite, title: 'Invite a person', submit: 'Invite' },
    writeAdminFormMetadata({ pages }),
    [
      input(PEOPLE_FIELDS.person, 'Person', personInput, {
        hint: 'Anyone in this workspace. People who have used Inkwell are already listed.',
      }),
      roleField({ present: 'creator', roles, hint: 'What they can do in Inkwell.', key: 'invited' }),
      ...teams,
    ],
  );
}
