import type { KnownBlock, PlainTextOption, StaticSelect } from '@slack/types';
import type { PeopleFilter, PeopleView, PersonRow } from '../../app/people/people-view.ts';
import { number } from '../../words/figures.ts';
import { limitsWords, looksAfterWords, teamsWords, usedWords } from '../../words/people.ts';
import { findField } from '../kit/find-field.ts';
import { pagerBlocks } from '../kit/home-location.ts';
import { type HomeLocation, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS } from '../kit/ids.ts';
import { actions, button, context, divider, plain, title } from '../kit/parts.ts';
import { mention } from '../kit/text.ts';
import { teamsBlocks } from './home-teams.ts';

const FIELD_CHARACTERS_MAX = 300;

/** Home's people: who there is, found by name and more, a page at a time; and the teams. */
export function peopleBlocks(view: PeopleView, pages: HomeLocation): KnownBlock[] {
  const { rows, look, foundCount, knownCount, pagesCount } = view;
  const here: HomeLocation = { ...pages, members: look.page };
  const first = look.page * ROWS_A_PAGE;
  const where = `${number(first + 1)}–${number(first + rows.length)} of ${number(foundCount)}`;
  return [
    title(`${TITLES[look.filter]} · ${number(foundCount)}`, invite(view, here)),
    peopleField(look),
    actions(filterMenu(look.filter, here), ...(look.find === '' ? [] : [showAll(here)]), ...setLimit(view, here)),
    ...(foundCount === 0 ? [context(nobody(look, knownCount))] : []),
    ...(view.withoutNames && look.find !== '' ? [context(WITHOUT_NAMES)] : []),
    ...rows.map((row) => personBlock(row, here)),
    ...pagerBlocks({ list: 'members', where, at: look.page, hasMore: look.page < pagesCount - 1 }, here),
    ...defaultRole(view, here),
    divider,
    ...teamsBlocks(view, here),
  ];
}

const ROWS_A_PAGE = 20;
const WITHOUT_NAMES =
  'Slack didn’t return names just now, so only IDs, roles and teams were searched. Try again in a minute.';

const TITLES: Readonly<Record<PeopleFilter, string>> = {
  all: 'People',
  managers: 'Owners and managers',
  suspended: 'Suspended',
  removed: 'Removed',
};

/** Its block is named by what is looked for, so that Slack draws an empty field where all are shown again. */
const peopleField = ({ find, filter }: PeopleView['look']) =>
  findField({
    blockId: `people_find.${filter}.${find}`,
    action: ACTIONS.peopleFind,
    label: 'Find a person',
    placeholder: 'A name, team or role, then press Enter',
    find,
  });

/** The filter in a find field's block; all people where the block is not ours. */
export const filterOfBlock = (blockId: string): string => blockId.split('.')[1] ?? '';

function filterMenu(present: PeopleFilter, pages: HomeLocation): StaticSelect {
  const option = (filter: PeopleFilter): PlainTextOption => ({
    text: plain(filter === 'all' ? 'Everyone' : TITLES[filter]),
    value: writeMetadata({ ...pages, members: 0, filter }),
  });
  const filters: PeopleFilter[] = ['all', 'managers', 'suspended', 'removed'];
  return {
    type: 'static_select',
    action_id: ACTIONS.peopleFilter,
    options: filters.map(option),
    initial_option: option(present),
  };
}

function showAll({ clients, tab, filter }: HomeLocation) {
  const value = writeMetadata({ clients, members: 0, ...(tab ? { tab } : {}), ...(filter ? { filter } : {}) });
  return button('Show all', { action: ACTIONS.homePage, value });
}

const setLimit = ({ maySetLimits }: PeopleView, pages: HomeLocation) =>
  maySetLimits ? [button('Set a limit…', { action: ACTIONS.homeMemberLimit, value: writeMetadata(pages) })] : [];

const invite = ({ mayInvite }: PeopleView, pages: HomeLocation) =>
  mayInvite ? button('Invite…', { action: ACTIONS.peopleInvite, value: writeMetadata(pages) }) : undefined;

function nobody({ find, filter }: PeopleView['look'], knownCount: number): string {
  if (find !== '' && knownCount > 0) return 'No one matches.';
  return filter === 'all' ? 'No one is here yet.' : 'No one.';
}

function personBlock(row: PersonRow, pages: HomeLocation): KnownBlock {
  const { memberId, role, status } = row;
  const words = [mention(memberId), role, ...(status === 'active' ? [] : [`*${status}*`]), usedWords(row)];
  const looksAfter = looksAfterWords(row);
  const fields = [teamsWords(row), limitsWords(row), looksAfter].filter((field) => field !== null);
  return {
    type: 'section',
    block_id: `person.${memberId}`,
    text: { type: 'mrkdwn', text: words.join(' · ') },
    fields: fields.map((field) => plain(field, FIELD_CHARACTERS_MAX)),
    accessory: button('Open', { action: ACTIONS.peoplePerson, value: writeMetadata(pages, memberId) }),
  };
}

/** The role that a new person gets with their first command. Owners change it among the agency's settings. */
function defaultRole({ defaultRole: present }: PeopleView, pages: HomeLocation): KnownBlock[] {
  if (present === null) return [];
  return [
    divider,
    {
      type: 'section',
      text: plain(`New full members start as ${present}. Guests and people from other organizations start as viewer.`),
      accessory: button('Agency settings…', { action: ACTIONS.policyOpen, value: writeMetadata(pages) }),
    },
  ];
}
