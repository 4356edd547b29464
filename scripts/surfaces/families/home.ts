import type { HomeView, SetupView } from '../../../src/app/messenger.ts';
import { home } from '../../../src/slack/home/home.ts';
import type { HomeBanner } from '../../../src/slack/kit/home-banner.ts';
import { FIRST_PAGES, type HomeLocation } from '../../../src/slack/kit/home-metadata.ts';
import { refusalMessage } from '../../../src/slack/refusals/refusal.ts';
import { creditsView, homeView, NOW, part, setupView, standing } from '../../../test/slack/home-views.ts';
import { jobView, madeImage, newImage } from '../../../test/slack/job-view.ts';
import { ANA, CROWD_IDS, HUGE, LONG_PROMPT, MARCUS, OLIVIA, ROOM_IDS, RTL_PROMPT } from '../hard-cases.ts';
import type { Family, Sample } from '../sample.ts';
import { clientNames, hugePart, hundredClients } from './figures.ts';

const latest = [
  jobView({ images: [madeImage(1)], askedAt: NOW - 60_000 }),
  jobView({ images: [newImage(1)], askedAt: NOW - 120_000, prompt: LONG_PROMPT.repeat(3) }),
  jobView({ images: [madeImage(1), madeImage(2)], askedAt: NOW - 86_400_000, prompt: RTL_PROMPT }),
  jobView({ images: [madeImage(1)], askedAt: NOW - 172_800_000, prompt: null, deletedBy: ANA }),
];

const people: SetupView['members'] = CROWD_IDS.map((memberId, index) => ({
  memberId,
  role: index === 0 ? 'manager' : 'creator',
  status: 'active',
  teamIds: [],
  limits: [
    ...(index % 3 === 0 ? [] : [{ window: 'month', limitCredits: HUGE } as const]),
    ...(index % 4 === 0 ? [{ window: 'total', limitCredits: 0 } as const] : []),
  ],
}));

const many = (): Partial<SetupView> => ({
  clients: clientNames.map((name, index) => ({
    clientId: `c${index}`,
    name,
    channelIds: ROOM_IDS.slice(0, index % 8),
    isClosed: index % 9 === 8,
    hasDigest: index % 2 === 1,
    qualityCap: null,
    projects: [],
    limits: [{ window: 'month', limitCredits: 100 * index }],
  })),
  members: people,
  channelsOfNone: ROOM_IDS.slice(10, 20),
  slippedCredits: 1,
});

type Given = { notices?: HomeBanner[]; pages?: HomeLocation; pictures?: boolean };

const drawn = (name: string, view: HomeView, { notices = [], pages = FIRST_PAGES, pictures = true }: Given = {}) =>
  ({
    name,
    kind: 'home',
    readerId: view.memberId,
    draw: () => home(view, { notices, pages, pictures }),
  }) satisfies Sample;

const agency = part({ account: 'agency', standings: [standing({ account: 'agency', limitCredits: 2_000 })] });
const owner = (setup: Partial<SetupView>, given: Partial<HomeView> = {}) =>
  homeView({
    memberId: OLIVIA,
    setup: setupView(setup),
    credits: creditsView({ memberId: OLIVIA, role: 'owner', channelId: null, agency, own: part({ standings: [] }) }),
    ...given,
  });

const empty = { clients: [], members: [], agency: { limits: [] } };
const saved: HomeBanner = {
  kind: 'saved',
  said: [['Northwind Coffee’s monthly budget is 400 credits.']],
  undo: [{ kind: 'limit', account: 'client:northwind', window: 'month', before: 300, after: 400 }],
};
const refused: HomeBanner = {
  kind: 'refused',
  message: refusalMessage(
    { reason: 'name_taken', name: 'Northwind Coffee', clientId: 'northwind' },
    { readerId: OLIVIA, audience: 'internal', clientName: null, helpers: [OLIVIA] },
  ),
};

export const HOMES: Family = {
  name: 'home',
  samples: [
    drawn('creator, first day', homeView({ credits: creditsView({ own: part({ standings: [] }), channelId: null }) })),
    drawn('creator', homeView({ latest })),
    drawn('creator, without pictures', homeView({ latest }), { pictures: false }),
    drawn('owner, first day', owner(empty)),
    drawn('owner', owner({ slippedCredits: 12 }, { latest: latest.slice(0, 2) })),
    drawn(
      'manager',
      owner(
        { maySetLimits: false, maySetRoles: false },
        { memberId: MARCUS, credits: creditsView({ memberId: MARCUS, role: 'manager', channelId: null }) },
      ),
    ),
    drawn('owner, clients', owner({}), { pages: { ...FIRST_PAGES, tab: 'clients' } }),
    drawn('owner, people', owner({}), { pages: { ...FIRST_PAGES, tab: 'people' } }),
    drawn(
      'owner who is a guest by now',
      owner({}, { credits: creditsView({ audience: 'shared', memberId: OLIVIA, role: 'owner', channelId: null }) }),
    ),
    drawn('owner, saved', owner({}), { notices: [saved] }),
    drawn('owner, not done', owner({}), { notices: [refused, { kind: 'said', said: [['Nothing was changed.']] }] }),
    drawn(
      'owner of a hundred',
      owner(many(), {
        credits: creditsView({
          memberId: OLIVIA,
          role: 'owner',
          channelId: null,
          own: hugePart(`member:${OLIVIA}`),
          agency: hugePart('agency'),
          clients: hundredClients(),
        }),
      }),
      { pages: { clients: 0, members: 2 } },
    ),
  ],
};
