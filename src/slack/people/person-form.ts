import type { KnownBlock, ModalView } from '@slack/types';
import { writeIds } from '../../app/changes/reversible-change.ts';
import type { PersonView } from '../../app/people/people-view.ts';
import { INKWELL } from '../../ledger/commands/commands.ts';
import type { Role } from '../../ledger/roles.ts';
import { TEAMS_OF_MEMBER_MAX } from '../../ledger/teams.ts';
import { balanceInShort } from '../../words/balances.ts';
import { number } from '../../words/figures.ts';
import { listedUpTo } from '../../words/parts.ts';
import { limitsWords, looksAfterWords, teamsWords, usedWords } from '../../words/people.ts';
import { actor, actorText } from '../kit/actor.ts';
import { modal, notice } from '../kit/fields.ts';
import { digestOfIds, writeAdminFormMetadata } from '../kit/form-metadata.ts';
import { type HomeLocation, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import {
  actions,
  bold,
  button,
  confirmation,
  context,
  type Inline,
  name,
  plain,
  richLines,
  section,
} from '../kit/parts.ts';
import { mention, moment } from '../kit/text.ts';
import { PEOPLE_FIELDS, roleField, severalField } from './people-fields.ts';

const TITLE = 'A person';
/** As many as the ledger takes. */
const MANAGES_MAX = 500;
/** Names of chosen things that another person changed meanwhile. */
const TYPED_NAMES_MAX = 40;

type List = 'teams' | 'clients' | 'leads';
/**
 * A form that is shown once more: another person changed one of its lists, and what was typed is not lost. `merged`: the
 * lists of which it is known what was changed in them.
 */
export type Again = {
  role: Role;
  list: List;
  typed: readonly string[];
  by: string | null;
  merged: Readonly<Partial<Record<List, readonly string[]>>>;
};

/** Everything about one person, and everything that the reader may do about them. */
export function personModal(person: PersonView, pages: HomeLocation, again: Again | null = null): ModalView {
  const { may, memberId } = person;
  const fields = may.setRole ? fieldsOf(person, again) : [];
  const blocks = [...facts(person), ...doings(person, pages, { isSent: fields.length > 0 }), ...fields];
  if (fields.length === 0) return notice(TITLE, blocks);
  return modal(
    { callback: VIEWS.person, title: TITLE, submit: 'Save' },
    writeAdminFormMetadata({ pages, memberId, person: shownOf(person) }),
    blocks,
  );
}

/** What stood in the form, so that only what was changed in it is changed. */
function shownOf({ role, teams, clients, leads }: PersonView) {
  const ids = (all: PersonView['teams']) => all.map(({ id }) => id);
  return {
    role,
    teams: writeIds(ids(teams)),
    manages: null,
    clients: digestOfIds(ids(clients)),
    leads: digestOfIds(ids(leads)),
  };
}

/** Says so beside the list, which shows what stands now. */
function changedMeanwhile(person: PersonView, { list, typed, by: who }: Again): KnownBlock[] {
  const names = new Map((list === 'clients' ? person.allClients : person.allTeams).map(({ id, name }) => [id, name]));
  const present = new Set(person[list].map(({ id }) => id));
  const more = typed.filter((id) => !present.has(id)).map((id) => name(names.get(id) ?? id));
  const whoever: Inline = who === null || who === INKWELL ? 'Someone' : actor(who, 'Start');
  return [
    richLines(
      [bold('Nothing is saved yet.'), ' ', whoever, ' changed this list while you had the form open.'],
      ['Below is the list as it is now. Change it again, then save.'],
      more.length > 0 ? ['You had also chosen ', ...listedUpTo(more, TYPED_NAMES_MAX), '.'] : [],
    ),
  ];
}

function facts(person: PersonView): KnownBlock[] {
  const { memberId, role, status, standings, less = null, openImagesCount, openRequestsCount } = person;
  const open = [
    ...(openImagesCount > 0 ? [`${number(openImagesCount)} in progress`] : []),
    ...(openRequestsCount > 0 ? [`${number(openRequestsCount)} waiting for approval`] : []),
  ];
  const since = `${status} ${moment(person.statusAt, 'since ')}, by ${actorText(person.statusBy)}`;
  const looksAfter = looksAfterWords(person);
  const limits = limitsWords({ ...person, less: null });
  const shown = standings.map((standing) => ({ ...standing, resetsAt: null }));
  const part = {
    account: `member:${memberId}` as const,
    standings: shown,
    less,
    usedThisMonthCredits: 0,
    heldCredits: 0,
  };
  return [
    section(
      [mention(memberId), `${role}, given by ${actorText(person.roleBy)}`, usedWords(person), ...open].join(' · '),
    ),
    { type: 'context', elements: [plain(teamsWords(person)), ...(looksAfter ? [plain(looksAfter)] : [])] },
    ...(limits === null
      ? []
      : [context([limits, ...(standings.length > 0 ? [balanceInShort(part)] : [])].join(' · '))]),
    ...(status === 'active' ? [] : [context(since)]),
    ...(person.isLastOwner ? [context('The only owner. Make someone else an owner before you change this.')] : []),
  ];
}

/** A form that is sent has its one primary button: the one that sends it. */
function doings({ may, memberId }: PersonView, pages: HomeLocation, { isSent }: { isSent: boolean }): KnownBlock[] {
  const primary = isSent ? {} : { style: 'primary' as const };
  const value = writeMetadata(pages, memberId);
  const suspend = {
    ...button('Suspend', { action: ACTIONS.personSuspend, value }),
    confirm: confirmation({
      title: 'Suspend this person?',
      text: 'They can’t make images until the suspension is lifted. Images in progress will finish.',
      confirm: 'Suspend',
      isDanger: false,
    }),
  };
  const elements = [
    ...(may.limit ? [button('Limits…', { action: ACTIONS.personLimits, value })] : []),
    ...(may.rule ? [button('Rules…', { action: ACTIONS.personRules, value })] : []),
    ...(may.suspend ? [suspend] : []),
    ...(may.resume ? [button('Lift suspension', { action: ACTIONS.personResume, value, ...primary })] : []),
    ...(may.remove ? [button('Remove…', { action: ACTIONS.personRemove, value, style: 'danger' })] : []),
    ...(may.bringBack ? [button('Bring back…', { action: ACTIONS.personBringBack, value, ...primary })] : []),
  ];
  return elements.length > 0 ? [actions(...elements)] : [];
}

function fieldsOf(person: PersonView, again: Again | null): KnownBlock[] {
  const { memberId, role, teams, clients, leads, allTeams, allClients, may, isLastOwner } = person;
  const note = (list: List) => (again?.list === list ? changedMeanwhile(person, again) : []);
  const chosen = (list: List, all: readonly { id: string }[]) => again?.merged[list] ?? all.map(({ id }) => id);
  const { teams: inTeams, clients: ofClients, leads: ofTeams } = PEOPLE_FIELDS;
  return [
    roleField({
      present: again?.role ?? role,
      hint: isLastOwner
        ? 'The only owner keeps this role.'
        : 'Roles apply only in Inkwell. Being a Slack admin doesn’t count here.',
      key: memberId,
    }),
    ...(may.setTeams
      ? [
          ...note('teams'),
          ...severalField({
            block: `${inTeams}.${memberId}`,
            label: 'Teams',
            hint: `At most ${TEAMS_OF_MEMBER_MAX}. Each team’s limit applies to them.`,
            all: allTeams,
            chosen: chosen('teams', teams),
            most: TEAMS_OF_MEMBER_MAX,
          }),
        ]
      : []),
    ...(may.setManages
      ? [
          ...note('clients'),
          ...severalField({
            block: `${ofClients}.${memberId}`,
            label: 'Manages these clients',
            hint: 'While the role is manager.',
            all: allClients,
            chosen: chosen('clients', clients),
            most: MANAGES_MAX,
          }),
          ...note('leads'),
          ...severalField({
            block: `${ofTeams}.${memberId}`,
            label: 'Manages these teams',
            hint: 'While the role is manager: the creators and viewers in them.',
            all: allTeams,
            chosen: chosen('leads', leads),
            most: MANAGES_MAX,
          }),
        ]
      : []),
  ];
}
