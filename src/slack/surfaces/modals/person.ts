import type { KnownBlock, ModalView } from '@slack/types';
import type { PersonView } from '../../../app/people/people-view.ts';
import { INKWELL } from '../../../ledger/commands.ts';
import { ACTIONS, VIEWS } from '../../ids.ts';
import { mention, moment, number } from '../../text.ts';
import { type Pages, writeHint, writeIds } from '../home-hints.ts';
import { actions, button, context, plain, section } from '../parts.ts';
import { balanceInShort } from '../parts-balance.ts';
import { limitsInShort, looksAfterWords, teamsWords, usedWords } from '../person-words.ts';
import { modal, notice } from './fields.ts';
import { setUpHint, writeSetUpHint } from './hints.ts';
import { PEOPLE_FIELDS, roleField, severalField } from './people-fields.ts';

const TITLE = 'A person';
const TEAMS_OF_MEMBER_MAX = 5;
/** As many as the ledger takes. */
const MANAGES_MAX = 500;
/** Beside all else that a form may carry in 3,000 characters. */
const MANAGES_UNITS_MAX = 2_000;

/** Everything about one person, and everything that the reader may do about them. */
export function personModal(person: PersonView, pages: Pages): ModalView {
  const { may, memberId } = person;
  const fields = may.setRole ? fieldsOf(person) : [];
  const blocks = [...facts(person), ...doings(person, pages), ...fields];
  if (fields.length === 0) return notice(TITLE, blocks);
  const hint = setUpHint({ pages, memberId, person: shownOf(person) });
  return modal({ callback: VIEWS.person, title: TITLE, submit: 'Save', metadata: writeSetUpHint(hint), blocks });
}

/** What stood in the form, so that only what was changed in it is changed. */
function shownOf({ role, teams, clients, leads }: PersonView) {
  const manages = JSON.stringify([writeIds(clients.map(({ id }) => id)), writeIds(leads.map(({ id }) => id))]);
  return {
    role,
    teams: writeIds(teams.map(({ id }) => id)),
    manages: manages.length > MANAGES_UNITS_MAX ? null : manages,
  };
}

function facts(person: PersonView): KnownBlock[] {
  const { memberId, role, status, figures, standings, openImagesCount, openRequestsCount } = person;
  const open = [
    ...(openImagesCount > 0 ? [`${number(openImagesCount)} being made`] : []),
    ...(openRequestsCount > 0 ? [`${number(openRequestsCount)} waiting for an approval`] : []),
  ];
  const since = `${status} since ${moment(person.statusAt)}, by ${by(person.statusBy)}`;
  const looksAfter = looksAfterWords(person);
  const shown = standings.map((standing) => ({ ...standing, resetsAt: null }));
  const part = { account: `member:${memberId}` as const, standings: shown, usedThisMonthCredits: 0, heldCredits: 0 };
  return [
    section([mention(memberId), `${role}, given by ${by(person.roleBy)}`, usedWords(person), ...open].join(' · ')),
    { type: 'context', elements: [plain(teamsWords(person)), ...(looksAfter ? [plain(looksAfter)] : [])] },
    ...(figures === 'all'
      ? [context([limitsInShort(standings), ...(standings.length > 0 ? [balanceInShort(part)] : [])].join(' · '))]
      : []),
    ...(status === 'active' ? [] : [context(since)]),
    ...(person.isLastOwner ? [context('The last owner: make somebody else an owner before this can change.')] : []),
  ];
}

const by = (memberId: string) => (memberId === INKWELL ? 'Inkwell' : mention(memberId));

function doings({ may, memberId }: PersonView, pages: Pages): KnownBlock[] {
  const value = writeHint(pages, memberId);
  const suspend = {
    ...button('Suspend', { action: ACTIONS.personSuspend, value }),
    confirm: {
      title: plain('Suspend them?', 100),
      text: plain('They make nothing new until they are resumed. What is being made comes to its end.', 300),
      confirm: plain('Suspend', 30),
      deny: plain('Leave', 30),
    },
  };
  const elements = [
    ...(may.limit ? [button('Limits…', { action: ACTIONS.personLimits, value })] : []),
    ...(may.rule ? [button('Rules…', { action: ACTIONS.personRules, value })] : []),
    ...(may.suspend ? [suspend] : []),
    ...(may.resume ? [button('Resume', { action: ACTIONS.personResume, value, style: 'primary' })] : []),
    ...(may.remove ? [button('Remove…', { action: ACTIONS.personRemove, value, style: 'danger' })] : []),
    ...(may.bringBack ? [button('Bring back…', { action: ACTIONS.personBringBack, value, style: 'primary' })] : []),
  ];
  return elements.length > 0 ? [actions(...elements)] : [];
}

function fieldsOf({ memberId, role, teams, clients, leads, allTeams, allClients, may, isLastOwner }: PersonView) {
  const ids = (all: readonly { id: string }[]) => all.map(({ id }) => id);
  const { teams: inTeams, clients: ofClients, leads: ofTeams } = PEOPLE_FIELDS;
  return [
    roleField({
      present: role,
      hint: isLastOwner
        ? 'The last owner stays one.'
        : 'Roles hold in Inkwell only; Slack’s own admins have none here.',
      key: memberId,
    }),
    ...(may.setTeams
      ? [
          severalField({
            block: `${inTeams}.${memberId}`,
            label: 'Teams',
            hint: `At most ${TEAMS_OF_MEMBER_MAX}. Each team’s limit counts for them.`,
            all: allTeams,
            chosen: ids(teams),
            most: TEAMS_OF_MEMBER_MAX,
          }),
        ]
      : []),
    ...(may.setManages
      ? [
          severalField({
            block: `${ofClients}.${memberId}`,
            label: 'Looks after these clients',
            hint: 'While the role is manager.',
            all: allClients,
            chosen: ids(clients),
            most: MANAGES_MAX,
          }),
          severalField({
            block: `${ofTeams}.${memberId}`,
            label: 'Looks after these teams',
            hint: 'While the role is manager: the creators and viewers in them.',
            all: allTeams,
            chosen: ids(leads),
            most: MANAGES_MAX,
          }),
        ]
      : []),
  ].filter((field) => field !== null);
}
