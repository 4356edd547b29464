import type { ProjectProblem } from '../../../src/app/clients/find-project.ts';
import type { ProjectView } from '../../../src/app/clients/projects-view.ts';
import type { ProjectsView } from '../../../src/app/clients/show-projects.ts';
import { createProjectModal, projectModal } from '../../../src/slack/clients/project-form.ts';
import { boundMessage, otherChannelMessage, projectsMessage } from '../../../src/slack/credits/credits-project.ts';
import { home } from '../../../src/slack/home/home.ts';
import { goneModal } from '../../../src/slack/kit/error-modals.ts';
import { FIRST_PAGES } from '../../../src/slack/kit/home-metadata.ts';
import { noteMessage } from '../../../src/slack/messenger/note.ts';
import { creditsView, homeView, part, projectView, setupView } from '../../../test/slack/home-views.ts';
import { ANA, CROWD, HUGE, LONG_NAME, OLIVIA, ROOM_IDS, RTL_NAME } from '../hard-cases.ts';
import type { Family, Sample } from '../sample.ts';

const threads = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    channelId: 'C0NORTHWIND',
    threadId: `${1_763_800_000 + index * 7_000}.000100`,
  }));
const odd: readonly ProjectView[] = [
  projectView(),
  projectView({ projectId: 'long', name: LONG_NAME, budgetCredits: HUGE, usedCredits: HUGE, channelIds: ROOM_IDS }),
  projectView({ projectId: 'rtl', name: RTL_NAME, budgetCredits: 0, threads: threads(3) }),
  projectView({ projectId: 'late', name: 'Late', dueOn: '2026-11-01', isOverdue: true, budgetCredits: null }),
];
const closed = projectView({ projectId: 'closed', name: 'Winter', isClosed: true });
const hundred = Array.from({ length: CROWD }, (_, index) =>
  projectView({ projectId: `p${index}`, name: `Project no. ${index + 1}` }),
);

const setup = (projects: readonly ProjectView[]) => {
  const [first, ...others] = setupView().clients;
  return setupView({ clients: first ? [{ ...first, projects }, ...others] : [] });
};

const listed = (name: string, projects: readonly ProjectView[]): Sample => ({
  name,
  kind: 'home',
  draw: () =>
    home(homeView({ memberId: OLIVIA, setup: setup(projects), credits: creditsView({ role: 'owner' }) }), {
      notices: [],
      pages: { ...FIRST_PAGES, tab: 'clients', open: { clientId: 'northwind', page: 0 } },
      pictures: true,
    }),
});

const ofChannel = (name: string, given: Partial<ProjectsView>, place: 'channel' | 'thread' = 'channel'): Sample => ({
  name,
  kind: 'note',
  draw: () =>
    projectsMessage(
      {
        audience: 'internal',
        formFace: 'internal',
        client: { clientId: 'northwind', name: 'Northwind Coffee' },
        bound: null,
        projects: odd,
        chosenId: null,
        problem: null,
        mayBind: true,
        makes: true,
        ...given,
      },
      place,
    ),
});

const wrong = (name: string, problem: ProjectProblem, audience: 'internal' | 'shared' = 'internal'): Sample => ({
  name,
  kind: 'note',
  readerId: ANA,
  draw: () =>
    noteMessage(
      { kind: 'project_wrong', problem, audience, helpers: [OLIVIA], prompt: 'a red fox' },
      { memberId: ANA },
    ),
});

const bound = { ...part({ account: 'project:spring' }), projectId: 'spring', name: 'Spring' };

export const PROJECTS: Family = {
  name: 'projects',
  samples: [
    listed('home, none yet', []),
    listed('home', [...odd, closed]),
    listed('home, a hundred', hundred),
    listed('home, many places', [projectView({ threads: threads(CROWD) })]),
    ofChannel('of a channel', {}),
    ofChannel('of a channel that is bound', { bound: { ...bound, of: 'channel' } }),
    ofChannel('of a thread, viewer', { bound: { ...bound, of: 'thread' }, mayBind: false, makes: false }, 'thread'),
    ofChannel('of a channel, a hundred', { projects: hundred }),
    ofChannel('of a channel, none', { projects: [] }),
    ofChannel('of no client', { client: null }),
    ofChannel('where outsiders read along', { audience: 'shared' }),
    {
      name: 'bound',
      kind: 'note',
      draw: () => boundMessage({ audience: 'internal', place: 'thread' }, { ok: true, projectName: RTL_NAME }),
    },
    {
      name: 'not bound any more',
      kind: 'note',
      draw: () => boundMessage({ audience: 'internal', place: 'channel' }, { ok: true, projectName: null }),
    },
    { name: 'thread of another channel', kind: 'note', draw: otherChannelMessage },
    wrong('unknown', { reason: 'unknown', typed: 'spring', openNames: ['Spring Launch', LONG_NAME] }),
    wrong('unknown, outsiders read along', { reason: 'unknown', typed: 'x', openNames: ['Spring'] }, 'shared'),
    wrong('closed', { reason: 'closed', typed: 'winter', projectId: 'closed', name: 'Winter' }),
    {
      name: 'form, create',
      kind: 'modal',
      draw: () => createProjectModal(setup([]), 'northwind', FIRST_PAGES) ?? goneModal(),
    },
    { name: 'form, edit', kind: 'modal', draw: () => projectModal(setup(odd), 'long', FIRST_PAGES) ?? goneModal() },
    { name: 'form, overdue', kind: 'modal', draw: () => projectModal(setup(odd), 'late', FIRST_PAGES) ?? goneModal() },
  ],
};
