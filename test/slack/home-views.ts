import { checkMessageBlocks, checkView } from '@inkwell/local-slack/blocks/check.ts';
import type { ProjectView } from '../../src/app/clients/projects-view.ts';
import type { AppContext } from '../../src/app/context.ts';
import type { CreditsView, Part } from '../../src/app/home/credits-view.ts';
import type { ClientRow, Overview } from '../../src/app/home/overview-view.ts';
import { availableModels } from '../../src/app/images/available-models.ts';
import type { HomeView, JobView, SetupView } from '../../src/app/messenger.ts';
import type { ProviderName } from '../../src/images/providers.ts';
import { rateCardAt, withFreeSamples } from '../../src/images/rate-card.ts';
import type { RateCard } from '../../src/images/rates/card.ts';
import type { Budget } from '../../src/reports/budgets/budget.ts';
import { datesOf } from '../../src/reports/usage.ts';
import type { Job } from '../../src/storage/records/job.ts';

/** Views as the use cases give them, and the local Slack's own check of what is made of them. */

export const NOW = Date.UTC(2026, 10, 23, 9);
export const RESETS_AT = Date.UTC(2026, 11, 1);

/** Longest, and full of what must not work: mentions, links, markup, emoji, a direction override, astral characters. */
export const NASTY =
  '<!channel> *bold* _it_ ~no~ `x` <https://e.vil|safe> :lock: \u202e & 🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊';

export const standing = (given: Partial<Part['standings'][number]> = {}): Part['standings'][number] => {
  const { limitCredits = 200, grantsCredits = 0, usedCredits = 124, heldCredits = 0 } = given;
  const balanceCredits = limitCredits + grantsCredits - usedCredits;
  return {
    account: 'member:U0ANA',
    window: 'month',
    key: 'month:2026-11',
    over: 'refuse',
    movedCredits: 0,
    rolledCredits: 0,
    limitCredits,
    grantsCredits,
    usedCredits,
    heldCredits,
    balanceCredits,
    availableCredits: balanceCredits - heldCredits,
    resetsAt: RESETS_AT,
    ...given,
  };
};

export const part = (given: Partial<Part> = {}): Part => ({
  account: 'member:U0ANA',
  standings: [standing()],
  usedThisMonthCredits: 124,
  heldCredits: 0,
  ...given,
});

export const creditsView = (given: Partial<CreditsView> = {}): CreditsView => ({
  audience: 'internal',
  memberId: 'U0ANA',
  role: 'creator',
  own: part(),
  client: null,
  project: null,
  ownInClient: null,
  teams: [],
  agency: null,
  clients: [],
  channelId: 'C0NORTHWIND',
  boundToNone: false,
  helperIds: [],
  ...given,
});

export const setupView = (given: Partial<SetupView> = {}): SetupView => ({
  maySetLimits: true,
  maySetRoles: true,
  mayCloseClients: true,
  clients: [
    {
      clientId: 'northwind',
      name: 'Northwind Coffee',
      channelIds: ['C0NORTHWIND'],
      isClosed: false,
      hasDigest: false,
      qualityCap: null,
      projects: [],
      limits: [{ window: 'month', limitCredits: 300 }],
    },
    {
      clientId: 'atlas',
      name: 'Atlas Outdoor',
      channelIds: [],
      isClosed: false,
      hasDigest: false,
      qualityCap: null,
      projects: [],
      limits: [],
    },
  ],
  channelsOfNone: [],
  members: [
    { memberId: 'U0OLIVIA', role: 'owner', status: 'active', teamIds: [], limits: [] },
    {
      memberId: 'U0ANA',
      role: 'creator',
      status: 'active',
      teamIds: [],
      limits: [{ window: 'month', limitCredits: 200 }],
    },
  ],
  membersCount: 2,
  deletedTeams: [],
  teams: [],
  agency: { limits: [{ window: 'month', limitCredits: 2_000 }] },
  ownerIds: ['U0OLIVIA'],
  slippedCredits: 0,
  ...given,
});

export const projectView = (given: Partial<ProjectView> = {}): ProjectView => ({
  projectId: 'spring',
  name: 'Spring launch',
  stage: 'concept',
  dueOn: '2026-12-01',
  isOverdue: false,
  isClosed: false,
  budgetCredits: 1_200,
  usedCredits: 300,
  heldCredits: 0,
  channelIds: [],
  threads: [],
  ...given,
});

export const homeView = (given: Partial<HomeView> = {}): HomeView => ({
  memberId: 'U0ANA',
  credits: creditsView({ channelId: null }),
  own: { access: 'makes', ownerIds: [], clients: [], requests: [], tips: [] },
  overview: null,
  toDecide: null,
  latest: [],
  limits: null,
  setup: null,
  stop: null,
  clock: null,
  approvals: null,
  people: null,
  changes: null,
  ...given,
});

/** As the use cases give it: one client that burns, one on plan, one without a budget. */
export const overview = (given: Partial<Overview> = {}): Overview => ({
  month: {
    dates: datesOf({ fromDate: '2026-11-01', toDate: '2026-11-30' }),
    used: Array.from({ length: 23 }, (_, day) => (day % 7 < 5 ? 60 : 5)),
    forecast: { method: 'earlier_months', credits: 1_360, range: { fromCredits: 1_240, toCredits: 1_490 } },
    budgetCredits: 2_000,
  },
  clients: [
    clientRow('northwind', 'Northwind Coffee', {
      budget: budget({ usedCredits: 480, availableCredits: 20 }),
      burn: { runsOutOn: '2026-11-24', daysEarly: 6 },
    }),
    clientRow('atlas', 'Atlas Outdoor', { budget: budget({ usedCredits: 390 }) }),
    clientRow('mira', 'Mira Skincare', { balance: part({ account: 'client:mira', standings: [] }) }),
  ],
  clientsCount: 3,
  teams: [],
  people: { rows: [], count: 0 },
  alerts: [],
  changes: { rows: [], names: {} },
  ...given,
});

export const budget = (given: Partial<Budget> = {}): Budget => {
  const { wholeCredits = 500, usedCredits = 390 } = given;
  return {
    account: 'client:northwind',
    window: 'month',
    wholeCredits,
    usedCredits,
    availableCredits: wholeCredits - usedCredits,
    expectedCredits: 373,
    endsAt: RESETS_AT,
    daysLeft: 8,
    forecast: null,
    ...given,
  };
};

export const clientRow = (clientId: string, name: string, given: Partial<ClientRow> = {}): ClientRow => {
  const { wholeCredits: limitCredits = 0, usedCredits = 0 } = given.budget ?? {};
  const account = `client:${clientId}` as const;
  return {
    clientId,
    name,
    balance: part({
      account,
      standings: [standing({ account, limitCredits, usedCredits })],
      usedThisMonthCredits: usedCredits,
    }),
    budget: null,
    burn: null,
    left: null,
    ...given,
  };
};

export function jobView(given: Partial<Job> = {}, prompt: string | null = 'a red fox at dusk'): JobView {
  const job: Job = {
    workspace: 'T0JUNIPER',
    jobId: 'job-1',
    memberId: 'U0ANA',
    place: { channelId: 'C0NORTHWIND', threadId: null },
    replyTo: null,
    model: 'sketch',
    size: '1024x1024',
    quality: 'standard',
    stage: 'concept',
    namedProjectId: null,
    insteadOf: null,
    projectId: null,
    imagesCount: 1,
    eachCredits: 4,
    boundMicroUsd: 40_000,
    rateCardId: '2026-11',
    contentDigest: 'digest',
    stepsCount: 9,
    askedAt: NOW,
    wantedAt: NOW,
    owner: 'p1',
    leaseUntilAt: NOW,
    clientId: 'northwind',
    holdDeadlineAt: NOW,
    declined: false,
    refusal: null,
    toldDeclined: false,
    notRun: null,
    keptUntilAt: null,
    approval: 'none',
    messagePlace: { channelId: 'C0NORTHWIND', ts: '1.0' },
    unreachable: null,
    images: [
      {
        imageNo: 1,
        attempts: 1,
        waits: 0,
        notBeforeAt: null,
        sending: false,
        answer: { kind: 'done', costMicroUsd: 0 },
        settled: { as: 'captured', credits: 4, clientLeftCredits: 96 },
        fileId: 'F1',
        inThread: false,
        moreFileIds: [],
      },
    ],
    shown: 'final',
    finished: true,
    deletedBy: null,
    erasingSinceAt: null,
    ...given,
  };
  return { job, prompt, clientName: 'Northwind Coffee', projectName: null, audience: 'internal', said: [] };
}

/** The real menu, with the providers given. */
export const menu = (...providers: ProviderName[]) => menuOf(rateCardAt(NOW), providers);

/** As in a real workspace, where samples are free. */
export const freeMenu = (...providers: ProviderName[]) => menuOf(withFreeSamples(rateCardAt(NOW)), providers);

const menuOf = (card: RateCard, providers: readonly ProviderName[]) =>
  availableModels({
    book: { now: () => ({ settings: null }) },
    providers: { names: new Set(providers) },
    rateCard: () => card,
    clock: { now: () => NOW },
  } as unknown as AppContext);

const anyFile = () => null;

/** What Slack would not take of a view; the local Slack is as strict as the real one. */
export function problemsOfView(view: { type: string }): string[] {
  const checked = checkView(JSON.parse(JSON.stringify(view)), view.type === 'home' ? 'home' : 'modal', anyFile);
  const bytes = Buffer.byteLength(JSON.stringify(view));
  return [...(checked.ok ? [] : checked.problems), ...(bytes > 250_000 ? [`${bytes} bytes`] : [])];
}

export function problemsOfMessage({ blocks, text }: { blocks: unknown; text: string }): string[] {
  const checked = checkMessageBlocks(JSON.parse(JSON.stringify(blocks)), anyFile);
  return [...(checked.ok ? [] : checked.problems), ...(text.length > 3_000 ? ['text too long'] : [])];
}

/** Every text that Slack reads as markup, wherever it stands. */
export function mrkdwnIn(surface: unknown): string[] {
  if (Array.isArray(surface)) return surface.flatMap(mrkdwnIn);
  if (typeof surface !== 'object' || surface === null) return [];
  const { type, text } = surface as { type?: unknown; text?: unknown };
  const own = type === 'mrkdwn' && typeof text === 'string' ? [text] : [];
  return [...own, ...Object.values(surface).flatMap(mrkdwnIn)];
}

/** All words of a surface, as a person reads them. */
export function wordsIn(surface: unknown): string {
  if (Array.isArray(surface))
    return surface
      .map(wordsIn)
      .filter((words) => words !== '')
      .join('\n');
  if (typeof surface !== 'object' || surface === null) return '';
  const { type, text, elements, ...rest } = surface as Record<string, unknown>;
  if (type === 'rich_text_section' && Array.isArray(elements)) return elements.map(inline).join('');
  const own = typeof text === 'string' ? text : wordsIn(text);
  return [own, wordsIn(elements), ...Object.values(rest).map(wordsIn)].filter((words) => words !== '').join('\n');
}

function inline(element: Record<string, unknown>): string {
  if (typeof element.text === 'string') return element.text;
  return element.type === 'date'
    ? String(element.format).replace(/\{.*\}/, '{date}')
    : `@${element.user_id ?? element.channel_id ?? element.name}`;
}
