import type { ProjectsView } from '../../../src/app/clients/show-projects.ts';
import type { CreditsView } from '../../../src/app/home/credits-view.ts';
import type { Foreseen } from '../../../src/app/images/foresee.ts';
import { offeredFor } from '../../../src/slack/imagine/imagine-choice.ts';
import { imagineModal, nothingOfferedModal } from '../../../src/slack/imagine/imagine-form.ts';
import type { Draft } from '../../../src/slack/imagine/parse-command.ts';
import { creditsView, freeMenu, menu, part, projectView, standing } from '../../../test/slack/home-views.ts';
import { LONG_NAME, LONG_PROMPT, RTL_NAME, RTL_PROMPT } from '../hard-cases.ts';
import type { Family, Sample } from '../sample.ts';
import { hugePart } from './figures.ts';

type Given = {
  isFree?: boolean;
  projects?: ProjectsView | null;
  draft?: Partial<Draft>;
  channelId?: string | null;
  credits?: CreditsView | null;
  notices?: string[];
  threadTs?: string | null;
  foreseen?: Foreseen | null;
};

const FIRST: Draft = { prompt: '', options: {}, imagesCount: 1, stage: 'concept', project: null };

const form = (
  name: string,
  {
    draft = {},
    channelId = 'C0NORTHWIND',
    credits = null,
    notices = [],
    projects = null,
    threadTs = null,
    foreseen = null,
    isFree = false,
  }: Given = {},
): Sample => ({
  name,
  kind: 'modal',
  draw: () => {
    const { models, ...offer } = (isFree ? freeMenu : menu)('sketch', 'openai');
    const offered = offeredFor({ models, ...offer }, { ...FIRST, ...draft });
    if (offered === null) return nothingOfferedModal();
    const hint = { channelId, threadTs, responseUrl: null };
    return imagineModal({ hint, chosenChannelId: null, models, offered, notices, credits, projects, foreseen });
  },
});

const left = (name: string, limitCredits: number) =>
  creditsView({ client: { ...part({ standings: [standing({ limitCredits })] }), name } });

const ofAgency = standing({ account: 'agency', limitCredits: 126 });
const notCovered: Foreseen = {
  kind: 'refused',
  hidden: [],
  refusal: {
    reason: 'limit_exceeded',
    requestedCredits: 6,
    binding: ofAgency,
    exceeded: [ofAgency, standing({ window: 'day', limitCredits: 124 })],
  },
};

const projects: ProjectsView = {
  audience: 'internal',
  formFace: 'internal',
  client: { clientId: 'northwind', name: 'Northwind Coffee' },
  bound: null,
  projects: [
    projectView(),
    projectView({ projectId: 'rtl', name: RTL_NAME }),
    projectView({ projectId: 'l', name: LONG_NAME }),
  ],
  chosenId: 'l',
  problem: null,
  mayBind: false,
  makes: false,
};

const bound = { projectId: 'l', name: LONG_NAME, of: 'channel' as const, ...part({ account: 'project:l' }) };

export const IMAGINE_FORMS: Family = {
  name: 'imagine form',
  samples: [
    form('empty'),
    form('in a thread', { threadTs: '1700000000.000100', draft: { prompt: 'a red fox at dusk' } }),
    form('with what is left', { credits: left('Northwind Coffee', 200), draft: { prompt: 'a red fox at dusk' } }),
    form('too expensive', {
      credits: left(LONG_NAME, 125),
      draft: { imagesCount: 10, options: { model: 'gpt-image-2' } },
    }),
    form('not covered by the agency', { credits: left('Northwind Coffee', 200), foreseen: notCovered }),
    form('not covered, beside outsiders', {
      credits: { ...left('Northwind Coffee', 200), audience: 'alone' },
      foreseen: notCovered,
    }),
    form('needs approval', {
      credits: left('Northwind Coffee', 125),
      foreseen: { kind: 'asks', requestedCredits: 6, exceeded: [standing({ limitCredits: 125 })], hidden: [] },
    }),
    form('needs more than the agency has, to a creator', {
      credits: left('Northwind Coffee', 125),
      foreseen: { ...notCovered, hidden: [ofAgency.account] },
    }),
    form('a free sample', { isFree: true, draft: { options: { model: 'sketch' } } }),
    form('with projects', { projects }),
    form('where outsiders read', { projects: { ...projects, audience: 'shared' } }),
    form('bound, where outsiders read', { projects: { ...projects, audience: 'shared', chosenId: null, bound } }),
    form('bound to a project', { projects: { ...projects, chosenId: null, bound } }),
    form('with a project that is none', {
      projects: {
        ...projects,
        chosenId: null,
        problem: { reason: 'unknown', typed: LONG_NAME, openNames: [RTL_NAME] },
      },
    }),
    form('channel of no client', { credits: creditsView({ boundToNone: true }) }),
    form('asks for a channel', { channelId: null }),
    form('what is not offered', { draft: { options: { model: 'dall-e', size: '1x1' } } }),
    form('price has changed', { notices: ['The price has changed: 6 credits an image now. Nothing was charged.'] }),
    form('right to left', { credits: left(RTL_NAME, 200), draft: { prompt: RTL_PROMPT } }),
    form('prompt too long', { draft: { prompt: LONG_PROMPT.repeat(30) } }),
    form('huge numbers', { credits: creditsView({ client: { ...hugePart('client:c'), name: 'Northwind Coffee' } }) }),
    { name: 'nothing offered', kind: 'modal', draw: nothingOfferedModal },
  ],
};
