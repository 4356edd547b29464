import { describe, expect, test } from 'vitest';
import type { PeopleView, PersonRow, PersonView } from '../../../src/app/people/people-view.ts';
import type { LeavingReceipt } from '../../../src/app/people/receipt-view.ts';
import { creditsHelp } from '../../../src/slack/credits/credits-help.ts';
import { peopleMessage, teamsMessage } from '../../../src/slack/credits/credits-people.ts';
import { home } from '../../../src/slack/home/home.ts';
import { FIND_UNITS_MAX, readFind, readMetadata, writeMetadata } from '../../../src/slack/kit/home-metadata.ts';
import { deleteTeamModal } from '../../../src/slack/people/delete-team-form.ts';
import { leavingReceipt } from '../../../src/slack/people/leaving-receipt.ts';
import { bringBackModal, inviteModal, removePersonModal } from '../../../src/slack/people/people-form.ts';
import { personModal } from '../../../src/slack/people/person-form.ts';
import { teamModal } from '../../../src/slack/people/team-form.ts';
import {
  homeView,
  mrkdwnIn,
  NASTY,
  NOW,
  problemsOfMessage,
  problemsOfView,
  setupView,
  standing,
  wordsIn,
} from '../home-views.ts';

const LONG = NASTY.padEnd(80, 'x');
const named = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, at) => ({
    id: `${prefix}${String(at).padStart(119, '0')}`,
    name: `${at} ${LONG}`.slice(0, 80),
  }));
const row = (given: Partial<PersonRow> = {}): PersonRow => ({
  memberId: 'U0ANA',
  role: 'manager',
  status: 'active',
  teams: named('t', 5),
  clients: named('c', 200),
  leads: named('t', 50),
  figures: 'all',
  standings: (['day', 'week', 'month', 'quarter', 'year', 'total'] as const).map((window) =>
    standing({ window, limitCredits: 1_000_000_000, over: 'ask' }),
  ),
  usedThisMonthCredits: 1_000_000_000,
  ...given,
});
const find = '"'.repeat(FIND_UNITS_MAX);
const people = (given: Partial<PeopleView> = {}): PeopleView => ({
  look: { find, filter: 'suspended', page: 7 },
  rows: Array.from({ length: 20 }, (_, at) =>
    row({ memberId: `U${String(at).padStart(20, '0')}`, status: 'suspended' }),
  ),
  foundCount: 1_000,
  knownCount: 1_000,
  pagesCount: 50,
  teams: named('t', 15).map((team) => ({
    ...team,
    membersCount: 1_000,
    standings: row().standings,
    usedThisMonthCredits: 9,
    mayEditLimits: true,
  })),
  teamsCount: 200,
  mayInvite: true,
  mayCreateTeams: true,
  mayRenameTeams: true,
  maySetLimits: true,
  defaultRole: 'viewer',
  withoutNames: true,
  ...given,
});
const person = (given: Partial<PersonView> = {}): PersonView => ({
  ...row(),
  roleBy: 'U0OLIVIA',
  statusBy: 'inkwell',
  statusAt: NOW,
  may: {
    setRole: true,
    setTeams: true,
    setManages: true,
    suspend: true,
    resume: true,
    remove: true,
    bringBack: true,
    rule: true,
    limit: true,
  },
  allTeams: named('t', 50),
  allClients: named('c', 400),
  isLastOwner: true,
  openImagesCount: 20,
  openRequestsCount: 3,
  ...given,
});
const pages = { clients: 99_999, members: 99_999, tab: 'people' as const, find, filter: 'suspended' as const };
const none = { imagesCount: 0, credits: 0 };
const removal = {
  kind: 'member_removed',
  memberId: 'U0ANA',
  by: 'U0OLIVIA',
  at: NOW,
  reason: NASTY,
} as LeavingReceipt['leaving']['removal'];
const receipt = (given: Partial<LeavingReceipt['leaving']> = {}): LeavingReceipt => ({
  kind: 'leaving_receipt',
  memberId: 'U0ANA',
  at: NOW,
  leaving: {
    removal,
    used: {
      requestsCount: 2,
      imagesCount: 3,
      credits: 18,
      byClient: named('c', 30).map(({ id: clientId }) => ({ clientId, imagesCount: 1, credits: 6 })),
    },
    givenBack: { imagesCount: 17, credits: 102 },
    finished: { imagesCount: 1, credits: 6 },
    beingMade: { imagesCount: 2, credits: 12 },
    settledAt: null,
    withdrawnCount: 2,
    broughtBack: null,
    ...given,
  },
  clientNames: Object.fromEntries(named('c', 30).map(({ id, name }) => [id, name])),
});

describe('surfaces about people', () => {
  test('hold Slack’s limits, and keep people’s words out of markup', () => {
    const view = home(homeView({ setup: setupView(), people: people() }), { notices: [], pages, pictures: true });
    const crowd = {
      ...named('t', 1)[0]!,
      memberIds: Array.from({ length: 1_000 }, (_, at) => `U${String(at).padStart(20, '0')}`),
      managerIds: ['U0ANA'],
      standings: row().standings,
      waitingCount: 1_000,
    };
    const forms = [
      personModal(person(), pages),
      personModal(person({ may: { ...person().may, setRole: false } }), pages),
      removePersonModal(person(), pages),
      bringBackModal('U0ANA', pages),
      inviteModal({ mayGiveAll: true, allTeams: named('t', 200), pages }),
      teamModal({ team: crowd, pages }),
      deleteTeamModal(crowd, pages),
    ];
    for (const each of [view, ...forms]) {
      expect(problemsOfView(each)).toEqual([]);
      expect(mrkdwnIn(each).join()).not.toMatch(/bold|e\.vil|channel>/);
    }
    expect(view.blocks.length).toBeLessThanOrEqual(65);
  });

  test('carry what is looked for, within what an option carries', () => {
    const value = writeMetadata(pages, 'creator');
    expect(value.length).toBeLessThanOrEqual(150);
    expect(readMetadata(value)).toEqual({ pages, words: ['creator'] });
    expect(readFind('  ana \u202e  lind ')).toBe('ana lind');
  });

  test('fit a message, typed or received', () => {
    const teams = { teams: people().teams.map((team) => ({ ...team, members: [] })), isUnknown: false };
    const said = [peopleMessage(people()), teamsMessage(teams, ''), leavingReceipt(receipt()), creditsHelp()];
    for (const each of said) {
      expect(problemsOfMessage(each)).toEqual([]);
      expect(mrkdwnIn(each.blocks).join()).not.toMatch(/bold|e\.vil|channel>/);
      expect(each.text).not.toContain('<!channel>');
    }
  });

  test('a receipt says what became of open work, what was used, and has a button until they are back', () => {
    const words = wordsIn(leavingReceipt(receipt()).blocks);
    for (const each of [
      '17 images canceled: 102 credits returned',
      '2 images still in progress',
      '12 credits on hold',
      '1 image finished after the removal: 6 credits',
      '2 approval requests withdrawn',
      '2 requests, 3 images, 18 credits.',
      'and 22 more clients',
    ])
      expect(words).toContain(each);
    expect(JSON.stringify(leavingReceipt(receipt()))).toContain('receipt_bring_back');
    const back = leavingReceipt(receipt({ broughtBack: { by: 'U0OLIVIA', at: NOW } }));
    expect(JSON.stringify(back)).not.toContain('receipt_bring_back');
    const quiet = receipt({ givenBack: none, finished: none, beingMade: none, withdrawnCount: 0 });
    expect(wordsIn(leavingReceipt(quiet).blocks)).toContain('None.');
  });
});
