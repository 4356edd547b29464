import { describe, expect, test } from 'vitest';
import type { SetUpChange } from '../../../src/app/changes/reversible-change.ts';
import { createProjectModal, projectModal } from '../../../src/slack/clients/project-form.ts';
import { readProjectMetadata } from '../../../src/slack/clients/read-project.ts';
import { creditsMessage } from '../../../src/slack/credits/credits.ts';
import { boundMessage, projectsMessage } from '../../../src/slack/credits/credits-project.ts';
import { home } from '../../../src/slack/home/home.ts';
import { announcement } from '../../../src/slack/image-message/announcement.ts';
import { imageMessage } from '../../../src/slack/image-message/image-message.ts';
import { offeredFor } from '../../../src/slack/imagine/imagine-choice.ts';
import { imagineModal } from '../../../src/slack/imagine/imagine-form.ts';
import { homeBannerBlocks } from '../../../src/slack/kit/home-banner.ts';
import { type HomeLocation, readMetadata, writeMetadata } from '../../../src/slack/kit/home-metadata.ts';
import { readUndo, undoButton } from '../../../src/slack/kit/undo-metadata.ts';
import { noteMessage } from '../../../src/slack/messenger/note.ts';
import { refusalMessage } from '../../../src/slack/refusals/refusal.ts';
import {
  creditsView,
  homeView,
  menu,
  mrkdwnIn,
  NASTY,
  part,
  problemsOfMessage,
  problemsOfView,
  projectView,
  setupView,
  standing,
  wordsIn,
} from '../home-views.ts';
import { jobView, madeImage } from '../job-view.ts';
import { seen } from './promises.ts';

const WORST = NASTY.padEnd(80, '🦊').slice(0, 160);
const projects = Array.from({ length: 450 }, (_, at) =>
  projectView({
    projectId: `p${String(at).padEnd(119, 'x')}`,
    name: WORST,
    isOverdue: true,
    budgetCredits: 1_000_000_000,
    usedCredits: 1_000_000_000,
    heldCredits: 999,
    channelIds: Array.from({ length: 40 }, (_each, channel) => `C${channel}`),
    threads: Array.from({ length: 12 }, (_, index) => ({
      channelId: 'C0NORTHWIND',
      threadId: `1763800000.00${index}`,
    })),
  }),
);
const clientId = `c${''.padEnd(119, 'x')}`;
const setup = setupView({ clients: [{ ...setupView().clients[0]!, clientId, name: WORST, projects }] });
const at = (page: number): HomeLocation => ({ clients: 0, members: 0, tab: 'clients', open: { clientId, page } });
const look = {
  audience: 'internal' as const,
  formFace: 'internal' as const,
  client: { clientId, name: WORST },
  bound: {
    projectId: projects[440]!.projectId,
    name: WORST,
    of: 'channel' as const,
    ...part({ standings: [standing()] }),
  },
  projects,
  chosenId: null,
  problem: null,
  mayBind: true,
  makes: true,
};

describe('projects with the worst of names', () => {
  test('are drawn within Slack’s limits, and formatted by nobody’s name', () => {
    const view = (page: number) => home(homeView({ setup }), { notices: [], pages: at(page), pictures: true });
    const surfaces = [view(0), view(5), view(999), createProjectModal(setup, clientId, at(5))!];
    surfaces.push(projectModal(setup, projects[3]!.projectId, at(5))! as never);
    for (const surface of surfaces) {
      expect(problemsOfView(surface)).toEqual([]);
      for (const marked of mrkdwnIn(surface)) expect(marked).not.toMatch(/<!|\*bold\*|e\.vil/);
    }
    expect(wordsIn(view(999).blocks)).toContain('441–450 of 450');
  });

  test('twenty clients with two rows each leave room', () => {
    const clients = Array.from({ length: 20 }, (_, index) => ({ ...setup.clients[0]!, clientId: `c${index}` }));
    const many = {
      ...setup,
      clients: [...clients, ...clients.map((each) => ({ ...each, clientId: `x${each.clientId}` }))],
    };
    const { open: _, ...pages } = at(0);
    expect(problemsOfView(home(homeView({ setup: many }), { notices: [], pages, pictures: true }))).toEqual([]);
  });

  test('fit into the form for an image, the bound one among them', () => {
    const offers = menu('sketch');
    const offered = offeredFor(offers, { prompt: '', options: {}, imagesCount: 1, stage: null, project: null })!;
    const hint = { channelId: 'C1', threadTs: null, responseUrl: null };
    const form = imagineModal({
      hint,
      chosenChannelId: null,
      models: offers.models,
      offered,
      notices: [],
      credits: null,
      projects: look,
    });
    expect(problemsOfView(form)).toEqual([]);
    expect(JSON.stringify(form)).toContain(projects[440]!.projectId);
  });

  test.each([
    [true, 'No limit. 12 credits used this month.'],
    [false, '12 credits used this month.'],
  ])('without a limit say so only to a person who may make images: %s', (makes, words) => {
    const bound = {
      ...look.bound,
      name: 'Spring',
      ...part({ standings: [], usedThisMonthCredits: 12, heldCredits: 0 }),
    };
    const drawn = projectsMessage({ ...look, projects: [], bound, makes }, 'channel');
    expect(wordsIn(drawn.blocks)).toContain(`Images made in this channel count toward Spring.\n${words}\n`);
  });

  test('fit into /credits project, and what is said about binding', () => {
    const problem = {
      reason: 'unknown' as const,
      typed: 'x'.repeat(30_000),
      openNames: projects.map(({ name }) => name),
    };
    const messages = [
      projectsMessage(look, 'channel'),
      projectsMessage({ ...look, bound: null, projects: [] }, 'thread'),
      boundMessage({ audience: 'internal', place: 'thread' }, { ok: true, projectName: WORST }),
      boundMessage({ audience: 'internal', place: 'channel' }, { ok: false, problem }),
      noteMessage(
        { kind: 'project_wrong', problem, audience: 'internal', helpers: [], prompt: WORST },
        { memberId: 'U1' },
      ),
    ];
    for (const message of messages) {
      expect(problemsOfMessage(message)).toEqual([]);
      expect(message.text).not.toMatch(/<!channel>|<https/);
    }
  });

  test('stand in a button to undo their change, and come back', () => {
    const said = { name: WORST, dueOn: '2026-12-01', stage: 'final' as const };
    const changes: SetUpChange[] = [
      { kind: 'project', projectId: projects[0]!.projectId, before: said, after: { ...said, dueOn: null } },
      { kind: 'limit', account: `project:${projects[0]!.projectId}`, window: 'total', before: 1, after: null },
      { kind: 'place', channelId: 'C1', threadTs: null, before: null, after: projects[0]!.projectId },
      { kind: 'closed', of: 'project', id: projects[0]!.projectId, before: true, after: false },
    ];
    expect(readUndo(undoButton(at(3), changes).value)).toEqual({ pages: at(3), changes });
    const blocks = homeBannerBlocks({ kind: 'saved', said: [['x']], undo: changes }, at(3));
    expect(problemsOfView({ type: 'home', blocks } as never)).toEqual([]);
  });
});

describe('the page of a client’s projects', () => {
  test('comes back from a button, with or without a tab', () => {
    expect(readMetadata(writeMetadata(at(3), 'p1'))).toEqual({ pages: at(3), words: ['p1'] });
    const { tab: _, ...withoutTab } = at(0);
    expect(readMetadata(writeMetadata(withoutTab))).toEqual({ pages: withoutTab, words: [] });
  });

  test('of a client that is not there is the list of clients', () => {
    const pages = { ...at(0), open: { clientId: 'gone', page: 0 } };
    expect(wordsIn(home(homeView({ setup }), { notices: [], pages, pictures: true }).blocks)).toContain('Clients · 1');
  });

  test('says so where a form’s hint cannot be read', () => expect(readProjectMetadata('{"pages":1}')).toBeNull());
});

describe('an image', () => {
  const made = { images: [madeImage(1)], projectName: 'Spring <!here> launch' };
  test('names its project where only full members are', () => {
    expect(seen(imageMessage(jobView(made)))).toContain('concept · Project: Spring <!here> launch');
    expect(seen(announcement(jobView(made), { in: 'channel' }))).toContain('Project: Spring <!here> launch');
  });

  test('does not where people from outside are', () => {
    for (const drawn of [imageMessage, (view: ReturnType<typeof jobView>) => announcement(view, { in: 'channel' })]) {
      expect(seen(drawn(jobView({ ...made, audience: 'shared' })))).not.toMatch(/Spring|Project/);
    }
  });
});

describe('a closed project', () => {
  const refusal = { reason: 'project_closed', projectId: 'p1' } as const;
  const to = {
    readerId: 'U0ANA',
    clientName: null,
    helpers: ['U0MARCUS', 'U0OLIVIA'],
    names: { 'project:p1': 'Spring' },
  };
  test('is refused by name, with who can reopen it; without the name where others read along', () => {
    expect(seen(refusalMessage(refusal, { ...to, audience: 'internal' }))).toBe(
      'The project Spring is closed, so images can’t be made for it. Nothing was charged.\n<@U0MARCUS> or <@U0OLIVIA> can reopen it.',
    );
    expect(seen(refusalMessage(refusal, { ...to, audience: 'shared' }))).toContain('This project is closed');
  });
});

test('the bound project’s balance is part of /credits', () => {
  const project = { projectId: 'p1', name: 'Spring', of: 'thread' as const, ...part({ account: 'project:p1' }) };
  const words = wordsIn(creditsMessage(creditsView({ project })).blocks);
  expect(words).toMatch(/Spring, this thread’s project\n.*76 credits left this month/);
});
