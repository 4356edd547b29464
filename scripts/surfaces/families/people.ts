import type { ModalView } from '@slack/types';
import type { PeopleView, PersonRow, PersonView, TeamRow } from '../../../src/app/people/people-view.ts';
import type { TeamView } from '../../../src/app/people/show-team.ts';
import { notHere, peopleMessage, teamsMessage } from '../../../src/slack/credits/credits-people.ts';
import { home } from '../../../src/slack/home/home.ts';
import { withNotice } from '../../../src/slack/kit/form/closing.ts';
import { FIRST_PAGES, type Tab } from '../../../src/slack/kit/home-metadata.ts';
import { plain } from '../../../src/slack/kit/parts.ts';
import { outsideQuestion } from '../../../src/slack/people/ask-outside.ts';
import { deleteTeamModal } from '../../../src/slack/people/delete-team-form.ts';
import { leavingReceipt } from '../../../src/slack/people/leaving-receipt.ts';
import { bringBackModal, inviteModal, removePersonModal } from '../../../src/slack/people/people-form.ts';
import { personModal } from '../../../src/slack/people/person-form.ts';
import { teamModal } from '../../../src/slack/people/team-form.ts';
import { homeView, NOW, setupView, standing } from '../../../test/slack/home-views.ts';
import { ANA, CROWD_IDS, HUGE, LONG_NAME, OLIVIA, RTL_NAME } from '../hard-cases.ts';
import { changes, receipt } from '../people-past.ts';
import type { Family, Sample } from '../sample.ts';

const design = { id: 'design', name: 'Design' };
const teams: readonly TeamRow[] = [
  {
    ...design,
    membersCount: 3,
    standings: [standing({ account: 'team:design' })],
    usedThisMonthCredits: 124,
    mayEditLimits: true,
  },
  { id: 'long', name: LONG_NAME, membersCount: 0, standings: [], usedThisMonthCredits: 0, mayEditLimits: true },
  { id: 'rtl', name: RTL_NAME, membersCount: 1_000, standings: [], usedThisMonthCredits: HUGE, mayEditLimits: false },
];

const row = (change: Partial<PersonRow> = {}): PersonRow => ({
  memberId: ANA,
  role: 'creator',
  status: 'active',
  teams: [design],
  clients: [],
  leads: [],
  figures: 'all',
  standings: [standing()],
  usedThisMonthCredits: 124,
  ...change,
});

const rows: readonly PersonRow[] = [
  row(),
  row({ memberId: 'U0MARCUS', role: 'manager', clients: [{ id: 'c', name: LONG_NAME }], leads: [design] }),
  row({ memberId: 'U0BEN', status: 'suspended', teams: [], standings: [], usedThisMonthCredits: 0 }),
  row({ memberId: 'U0GINA', role: 'viewer', figures: 'of_clients', usedThisMonthCredits: HUGE }),
];

const people = (change: Partial<PeopleView> = {}): PeopleView => ({
  look: { find: '', filter: 'all', page: 0 },
  rows,
  foundCount: rows.length,
  knownCount: rows.length,
  pagesCount: 1,
  teams,
  teamsCount: teams.length,
  mayInvite: true,
  mayCreateTeams: true,
  mayRenameTeams: true,
  maySetLimits: true,
  defaultRole: 'creator',
  withoutNames: false,
  ...change,
});

const person = (change: Partial<PersonView> = {}): PersonView => ({
  ...row(),
  roleBy: OLIVIA,
  statusBy: OLIVIA,
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
  allTeams: teams,
  allClients: [{ id: 'northwind', name: 'Northwind Coffee' }],
  isLastOwner: false,
  openImagesCount: 2,
  openRequestsCount: 1,
  ...change,
});

const team = (change: Partial<TeamView> = {}): TeamView => ({
  ...design,
  memberIds: [ANA, OLIVIA],
  managerIds: [OLIVIA],
  standings: [standing({ account: 'team:design' })],
  waitingCount: 1,
  ...change,
});

const tab = (name: string, of: Tab, given: Partial<ReturnType<typeof homeView>>): Sample => ({
  name,
  kind: 'home',
  draw: () =>
    home(homeView({ memberId: OLIVIA, setup: setupView(), ...given }), {
      notices: [],
      pages: { ...FIRST_PAGES, tab: of },
      pictures: true,
    }),
});

const modal = (name: string, draw: Extract<Sample, { kind: 'modal' }>['draw']): Sample => ({
  name,
  kind: 'modal',
  draw,
});

/** The form once more, with what is asked before a person from outside gets a role. */
const asked = (form: ModalView, submit: string, role: 'creator' | 'viewer', kind: 'guest' | 'outsider') =>
  withNotice({ ...form, submit: plain(submit) }, outsideQuestion({ memberId: ANA, role, kind, submit }));

export const PEOPLE: Family = {
  name: 'people',
  samples: [
    tab('tab', 'people', { people: people() }),
    tab('tab, nobody found', 'people', {
      people: people({ look: { find: 'zoe', filter: 'all', page: 0 }, rows: [], foundCount: 0, withoutNames: true }),
    }),
    tab('tab, a page of a hundred', 'people', {
      people: people({
        rows: CROWD_IDS.slice(0, 20).map((memberId) => row({ memberId })),
        foundCount: CROWD_IDS.length,
        pagesCount: 5,
      }),
    }),
    tab('tab of a manager', 'people', {
      people: people({
        mayCreateTeams: false,
        mayRenameTeams: false,
        maySetLimits: false,
        defaultRole: null,
        teams: [],
      }),
    }),
    tab('last changes', 'changes', { changes }),
    tab('last changes, none', 'changes', { changes: { ...changes, rows: [], hasMore: false } }),
    modal('person', () => personModal(person(), FIRST_PAGES)),
    modal('person, the last owner', () => personModal(person({ role: 'owner', isLastOwner: true }), FIRST_PAGES)),
    modal('person, removed', () => personModal(person({ status: 'removed', teams: [] }), FIRST_PAGES)),
    modal('remove a person', () => removePersonModal(person(), FIRST_PAGES)),
    modal('bring somebody back', () => bringBackModal(ANA, FIRST_PAGES)),
    modal('invite', () => inviteModal({ mayGiveAll: true, allTeams: teams, pages: FIRST_PAGES })),
    modal('invite as a manager', () => inviteModal({ mayGiveAll: false, allTeams: [], pages: FIRST_PAGES })),
    modal('invite a guest', () =>
      asked(inviteModal({ mayGiveAll: true, allTeams: teams, pages: FIRST_PAGES }), 'Invite them', 'creator', 'guest'),
    ),
    modal('bring back an outsider', () =>
      asked(bringBackModal(ANA, FIRST_PAGES), 'Bring them back', 'viewer', 'outsider'),
    ),
    modal('create a team', () => teamModal({ team: null, pages: FIRST_PAGES })),
    modal('edit a team', () => teamModal({ team: team(), pages: FIRST_PAGES })),
    modal('edit a team, long', () => teamModal({ team: team({ name: LONG_NAME, memberIds: [] }), pages: FIRST_PAGES })),
    modal('delete a team', () => deleteTeamModal(team(), FIRST_PAGES)),
    modal('delete a team, empty', () =>
      deleteTeamModal(
        team({ name: LONG_NAME, memberIds: [], managerIds: [], standings: [], waitingCount: 0 }),
        FIRST_PAGES,
      ),
    ),
    { name: 'receipt', kind: 'message', draw: () => leavingReceipt(receipt()) },
    {
      name: 'receipt, brought back',
      kind: 'message',
      draw: () => leavingReceipt(receipt({ broughtBack: { by: OLIVIA, at: NOW } })),
    },
    { name: 'credits people', kind: 'note', draw: () => peopleMessage(people()) },
    {
      name: 'credits people, nobody',
      kind: 'note',
      draw: () => peopleMessage(people({ look: { find: 'zoe', filter: 'all', page: 0 }, rows: [], foundCount: 0 })),
    },
    {
      name: 'credits team',
      kind: 'note',
      draw: () =>
        teamsMessage(
          {
            teams: teams.map((team) => ({ ...team, members: [{ memberId: ANA, usedThisMonthCredits: 6 }] })),
            isUnknown: false,
          },
          '',
        ),
    },
    { name: 'credits people where outsiders read along', kind: 'note', draw: () => notHere('shared') },
    { name: 'credits people while Slack is silent', kind: 'note', draw: () => notHere('unsure') },
  ],
};
