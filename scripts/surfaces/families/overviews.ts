import type { ClientRow, Overview, StandingAlert } from '../../../src/app/home/overview-view.ts';
import type { OwnView } from '../../../src/app/home/own-view.ts';
import type { HomeView } from '../../../src/app/messenger.ts';
import { home } from '../../../src/slack/home/home.ts';
import { FIRST_PAGES } from '../../../src/slack/kit/home-metadata.ts';
import {
  budget,
  clientRow,
  creditsView,
  homeView,
  NOW,
  overview,
  part,
  setupView,
  standing,
} from '../../../test/slack/home-views.ts';
import { jobView, madeImage } from '../../../test/slack/job-view.ts';
import { requestCard } from '../../../test/slack/request-cards.ts';
import { ANA, HUGE, LONG_NAME, LONG_PROMPT, LONG_WORD, MARCUS, OLIVIA, RTL_NAME } from '../hard-cases.ts';
import type { Family, Sample } from '../sample.ts';

const DAY_MS = 86_400_000;
const drawn = (name: string, view: HomeView): Sample => ({
  name,
  kind: 'home',
  readerId: view.memberId,
  draw: () => home(view, { notices: [], pages: FIRST_PAGES, pictures: true }),
});

const agency = part({
  account: 'agency',
  standings: [standing({ account: 'agency', limitCredits: 2_000, usedCredits: 1_020, heldCredits: 24 })],
  usedThisMonthCredits: 1_020,
});
const none = part({ standings: [], usedThisMonthCredits: 0 });
const latest = [1, 2].map((count) => ({
  ...jobView({ images: [madeImage(1)], askedAt: NOW - count * DAY_MS }),
  said: [{ imageNo: 1, stage: 'concept', isStageGuessed: false, marked: { mark: 'keep', by: ANA } }] as const,
}));

const owner = (given: Partial<HomeView>): HomeView =>
  homeView({
    memberId: OLIVIA,
    setup: setupView(),
    overview: overview(),
    toDecide: { rows: [], hasMore: false },
    credits: creditsView({ memberId: OLIVIA, role: 'owner', channelId: null, agency, own: none }),
    ...given,
  });
const manager = (given: Partial<HomeView>): HomeView =>
  owner({
    memberId: MARCUS,
    setup: setupView({ maySetLimits: false, maySetRoles: false, agency: null, membersCount: null }),
    credits: creditsView({ memberId: MARCUS, role: 'manager', channelId: null, own: none }),
    ...given,
  });
const TIPS: OwnView['tips'] = [
  { kind: 'rerolls_at_high_quality', count: 4, ofCount: 11, credits: 96 },
  { kind: 'many_at_once_few_kept', count: 3, ofCount: 7, credits: 30 },
];

const creator = (own: Partial<OwnView>, given: Partial<HomeView> = {}): HomeView =>
  homeView({ own: { access: 'makes', ownerIds: [], clients: [], requests: [], tips: [], ...own }, ...given });

const rows = Array.from({ length: 30 }, (_, index): ClientRow => {
  const usedCredits = 520 - index * 17;
  const of = budget({ usedCredits, expectedCredits: 370 });
  return clientRow(`c${index}`, `Client no. ${index + 1}`, {
    budget: of,
    burn: index < 3 ? { runsOutOn: '2026-11-26', daysEarly: 5 - index } : null,
    left: index > 26 ? { leftCredits: 420, percent: 84, endsAt: NOW + 8 * DAY_MS } : null,
  });
});

const figures = { ...standing({ limitCredits: 500, usedCredits: 480 }), resetsAt: NOW + 8 * DAY_MS };
const burning: StandingAlert = {
  kind: 'limit_alert',
  at: NOW,
  label: { account: 'client:northwind', kind: 'client', name: 'Northwind Coffee', memberId: null },
  window: 'month',
  now: {
    at: NOW,
    percent: 80,
    burn: {
      runsOutAt: NOW + DAY_MS,
      range: { fromAt: NOW + DAY_MS, toAt: NOW + 3 * DAY_MS },
      endsAt: NOW + 8 * DAY_MS,
      isDue: false,
      forecastCredits: 690,
    },
    left: null,
    isOver: false,
    figures,
  },
  reached: [],
  muted: null,
  cap: null,
  may: { raise: true, move: true, mute: true, cap: true, ask: false },
};
const spike: StandingAlert = {
  kind: 'use_alert',
  at: NOW,
  label: { account: 'client:atlas', kind: 'client', name: 'Atlas Outdoor', memberId: null },
  finding: {
    account: 'client:atlas',
    date: '2026-11-23',
    hour: 8,
    actualCredits: 310,
    expectedCredits: 24,
    hourMaxCredits: 310,
    cause: { by: 'member', value: ANA, share: 0.9 },
  },
  foundAt: NOW,
  causeName: null,
  expected: null,
  muted: null,
  may: { raise: false, expect: true },
};

const waiting = requestCard({ prompt: 'a red fox at dusk, in the style of a woodcut' });
const toDecide = { rows: [1, 2].map(() => ({ ...waiting, may: { approve: true, deny: true } })), hasMore: true };
const asks: Partial<OwnView> = { requests: [{ ...waiting, approverIds: [MARCUS, OLIVIA] }] };
const clients = [{ name: 'Northwind Coffee', ...part({ account: 'client:northwind' }) }];
const bare: Partial<Overview> = { month: null, clients: [], clientsCount: 0 };
const noClients = setupView({ clients: [], members: [], agency: { limits: [] } });

const led = {
  rows: [
    { memberId: ANA, ...part({ account: `member:${ANA}` }) },
    { memberId: OLIVIA, ...part({ account: `member:${OLIVIA}`, standings: [] }) },
  ],
  count: 8,
};
const hard = overview({
  clients: [LONG_NAME, LONG_WORD, RTL_NAME].map((name, index) =>
    clientRow(`h${index}`, name, { budget: budget({ wholeCredits: HUGE, usedCredits: HUGE - index }) }),
  ),
  teams: [{ name: LONG_NAME, ...part({ account: 'team:x' }) }],
});

export const OVERVIEWS: Family = {
  name: 'overview',
  samples: [
    drawn('owner, empty', owner({ overview: overview(bare), setup: noClients })),
    drawn('owner, one client', owner({ overview: overview({ clients: rows.slice(4, 5), clientsCount: 1 }) })),
    drawn('owner, thirty clients', owner({ overview: overview({ clients: rows, clientsCount: 30 }), latest })),
    drawn('owner, a spike', owner({ overview: overview({ alerts: [spike, burning] }), toDecide })),
    drawn('owner, long names', owner({ overview: hard })),
    drawn('owner, zero', owner({ overview: overview({ month: null, clients: [rows[29] as ClientRow] }) })),
    drawn('manager, empty', manager({ overview: overview(bare), setup: { ...noClients, agency: null } })),
    drawn(
      'manager',
      manager({
        overview: overview({ teams: [{ name: 'Film', ...part() }], people: led, alerts: [burning] }),
        toDecide,
      }),
    ),
    drawn('manager, long names', manager({ overview: hard })),
    drawn('creator, empty', creator({}, { credits: creditsView({ own: none, channelId: null }) })),
    drawn('creator', creator({ clients, ...asks, tips: TIPS }, { latest })),
    drawn(
      'creator, long names',
      creator(
        { clients: [{ name: LONG_NAME, ...part() }] },
        { latest: [jobView({ images: [madeImage(1)], prompt: LONG_PROMPT.repeat(3) })] },
      ),
    ),
    drawn(
      'guest who looks on',
      creator(
        { access: 'looks_on', ownerIds: [OLIVIA] },
        { credits: creditsView({ audience: 'shared', role: 'viewer', own: none, channelId: null }) },
      ),
    ),
    drawn(
      'guest who makes images',
      creator({ clients }, { credits: creditsView({ audience: 'shared', channelId: null }) }),
    ),
    drawn('suspended', creator({ access: 'suspended', ownerIds: [OLIVIA] }, { credits: creditsView({ own: none }) })),
  ],
};
