import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ReversibleChange, reverse, type SetUpChange } from '../../src/app/changes/reversible-change.ts';
import type { Access } from '../../src/app/home/own-view.ts';
import type { SetupView } from '../../src/app/messenger.ts';
import { ROLES } from '../../src/ledger/roles.ts';

import { home } from '../../src/slack/home/home.ts';
import type { HomeBanner } from '../../src/slack/kit/home-banner.ts';
import { readMetadata, writeMetadata } from '../../src/slack/kit/home-metadata.ts';
import { ACTIONS } from '../../src/slack/kit/ids.ts';
import { readUndo, undoButton } from '../../src/slack/kit/undo-metadata.ts';
import {
  creditsView,
  homeView,
  jobView,
  mrkdwnIn,
  NASTY,
  overview,
  part,
  problemsOfView,
  setupView,
  wordsIn,
} from './home-views.ts';

const FIRST = { notices: [], pages: { clients: 0, members: 0 }, pictures: true };
const owner = (setup: Partial<SetupView> = {}) =>
  homeView({
    setup: setupView(setup),
    overview: overview(),
    credits: creditsView({ role: 'owner', channelId: null, agency: part({ account: 'agency' }) }),
  });

const ownView = (access: Access) => ({ access, ownerIds: ['U0OLIVIA', 'U0OMAR'], clients: [], requests: [], tips: [] });

const many = (clients: number, members: number) =>
  owner({
    clients: Array.from({ length: clients }, (_, at) => ({
      clientId: `c${String(at).padStart(119, '0')}`,
      name: NASTY.padEnd(80, 'x'),
      channelIds: Array.from({ length: 60 }, (_each, channel) => `C${channel}`),
      isClosed: true,
      hasDigest: true,
      qualityCap: null,
      projects: [],
      limits: [
        { window: 'month', limitCredits: 1_000_000_000 },
        { window: 'total', limitCredits: 0 },
      ],
    })),
    members: Array.from({ length: members }, (_, at) => ({
      memberId: `U${String(at).padStart(20, '0')}`,
      role: 'creator' as const,
      status: 'active' as const,
      teamIds: [],
      limits: [
        { window: 'month', limitCredits: 1_000_000_000 },
        { window: 'total', limitCredits: 1_000_000_000 },
      ],
    })),
    channelsOfNone: Array.from({ length: 300 }, (_, at) => `C${at}`),
    slippedCredits: 12,
  });

const actionsIn = (view: unknown) => [...JSON.stringify(view).matchAll(/"action_id":"(\w+)"/g)].map(([, id]) => id);

describe('Home', () => {
  test('shows everybody their own credits and latest images, and nothing to set up', () => {
    const view = home(homeView({ latest: [jobView()] }), FIRST);
    const words = wordsIn(view.blocks);
    expect(words).toContain('76 credits left this month');
    expect(words).toContain('a red fox at dusk');
    expect(words).toContain('1 image for 4 credits');
    expect(words).not.toContain('Setup');
    expect(actionsIn(view)).toEqual(['home_imagine']);
    expect(problemsOfView(view)).toEqual([]);
  });

  test('says how to begin where there are no images yet, but not to a viewer', () => {
    expect(wordsIn(home(homeView(), FIRST).blocks)).toContain('/imagine');
  });

  test('says among the clients what a client’s quality is capped at, and lifts it there', () => {
    const setup = setupView();
    const capped = { qualities: ['<low> & co'], untilAt: Date.UTC(2026, 11, 1) };
    const clients = setup.clients.map((each, index) => ({ ...each, qualityCap: { ...capped, mayLift: index === 0 } }));
    const view = home(homeView({ setup: { ...setup, clients } }), {
      ...FIRST,
      pages: { ...FIRST.pages, tab: 'clients' },
    });
    expect(JSON.stringify(view.blocks)).toContain('Only &lt;low&gt; &amp; co quality <!date^');
    expect(actionsIn(view).filter((id) => id === ACTIONS.alertLiftCap)).toHaveLength(1);
  });

  test.each([
    ['looks_on', 'You can look at images in your channels, but not make any. @U0OLIVIA or @U0OMAR can change that.'],
    ['suspended', 'You’re suspended, so you can’t make images now. @U0OLIVIA or @U0OMAR can resume your access.'],
    ['removed', 'You were removed, so you can’t make images anymore. @U0OLIVIA or @U0OMAR can bring you back.'],
  ] as const)('tells who makes nothing (%s) what they can do and who can help, and of no limit', (access, words) => {
    const none = part({ standings: [], usedThisMonthCredits: 0 });
    const drawn = (own: typeof none) =>
      home(homeView({ own: ownView(access), credits: creditsView({ role: 'viewer', own }) }), FIRST);
    const mayAsk = access === 'looks_on';
    expect(wordsIn(drawn(none).blocks)).toBe(mayAsk ? `${words}\nAsk an owner` : words);
    expect(actionsIn(drawn(none))).toEqual(mayAsk ? [ACTIONS.roleAsk] : []);
    const before = wordsIn(drawn({ ...none, usedThisMonthCredits: 12 }).blocks);
    expect(before).toContain('12 credits used this month.');
    expect(before).not.toContain('No limit');
  });

  test.each([
    { given: { deletedBy: 'U0ANA' }, words: 'deleted' },
    { given: { declined: true }, words: 'not made: refused' },
    { given: { unreachable: 'is_archived' }, words: 'couldn’t post in the channel' },
    { given: { images: [] }, words: 'not made, not charged' },
  ])('says what became of an image: $words', ({ given, words }) => {
    expect(wordsIn(home(homeView({ latest: [jobView(given)] }), FIRST).blocks)).toContain(words);
  });

  test('shows a picture only of what was made and still is, and none at all where Slack refused one', () => {
    const pictures = (look: typeof FIRST, given = {}) =>
      JSON.stringify(home(homeView({ latest: [jobView(given)] }), look)).includes('slack_file');
    expect(pictures(FIRST)).toBe(true);
    expect(pictures({ ...FIRST, pictures: false })).toBe(false);
    expect(pictures(FIRST, { deletedBy: 'U0ANA' })).toBe(false);
  });

  test('leads an owner through the first steps, one after the other', () => {
    const step = (clients: SetupView['clients']) => wordsIn(home(owner({ clients }), FIRST).blocks);
    const [northwind] = setupView().clients;
    const bare = { ...northwind!, limits: [], channelIds: [] };
    expect(step([])).toContain('➜ 1  Create a client');
    expect(step([bare])).toContain('➜ 2  Set its budget');
    expect(step([{ ...bare, limits: [{ window: 'month', limitCredits: 500 }] }])).toContain('➜ 3  Link its channel');
    expect(step([northwind!])).not.toContain('Start here');
  });

  test('gives a manager what managers may do, and no more', () => {
    const setup = setupView({ maySetLimits: false, maySetRoles: false, agency: null, membersCount: null });
    const view = home(homeView({ setup, overview: overview() }), FIRST);
    expect(new Set(actionsIn(view))).toEqual(
      new Set([
        'home_tab_overview',
        'home_tab_clients',
        'home_tab_limits',
        'home_tab_people',
        'home_tab_changes',
        'home_imagine',
        'home_client',
        'home_create_client',
        'home_bind_channel',
      ]),
    );
    expect(wordsIn(view.blocks)).not.toContain('The agency');
  });

  test('gives an owner everything, with what each client has left', () => {
    const view = home(owner(), FIRST);
    for (const id of ['home_agency_limit', 'home_tab_people', 'home_tab_changes', 'policy_open'])
      expect(actionsIn(view)).toContain(id);
    expect(wordsIn(view.blocks)).toContain('20 of 500 left this month');
    expect(wordsIn(view.blocks)).toContain('480 used · runs out Tuesday, November 24, 6 days early');
  });

  test.each([0, 5, 9, 1_000])('holds Slack’s limits with 200 clients and 1,000 members, on page %i', (page) => {
    const notices: HomeBanner[] = [
      { kind: 'saved', said: [['Northwind']], undo: longUndo },
      { kind: 'said', said: [['Nothing']] },
      { kind: 'refused', message: { text: 'no', blocks: [] } },
    ];
    const view = home(
      { ...many(200, 1_000), latest: Array.from({ length: 5 }, () => jobView({}, NASTY.repeat(60))) },
      { notices, pages: { clients: page, members: page }, pictures: true },
    );
    expect(problemsOfView(view)).toEqual([]);
    expect(view.blocks.length).toBeLessThanOrEqual(100);
  });

  test('turns pages: all rows come by, each once, and the ends have one button only', () => {
    const seen = many(45, 3);
    const rows = (page: number) => {
      const view = home(seen, { ...FIRST, pages: { clients: page, members: 0, tab: 'clients' } });
      return actionsIn(view).filter((action) => action === 'home_client').length;
    };
    expect([rows(0), rows(1), rows(2), rows(3)]).toEqual([20, 20, 5, 5]);
    const at = (clients: number) => actionsIn(home(seen, { ...FIRST, pages: { clients, members: 0, tab: 'clients' } }));
    expect(at(0)).not.toContain('home_page_back');
    expect(at(2)).not.toContain('home_page');
  });

  test('keeps people’s words out of markup', () => {
    const view = home(
      { ...many(3, 3), latest: [jobView({}, NASTY)] },
      { ...FIRST, notices: [{ kind: 'said', said: [[NASTY]] }] },
    );
    expect(mrkdwnIn(view).join()).not.toMatch(/bold|e\.vil|channel>/);
    expect(JSON.stringify(view.blocks.slice(1))).not.toContain('\u202e');
  });

  test('says on top what was saved, with a way back', () => {
    const view = home(owner(), {
      ...FIRST,
      notices: [{ kind: 'saved', said: [['Northwind Coffee has 500 credits a month.']], undo: longUndo }],
    });
    expect(wordsIn(view.blocks[0])).toBe('✓ Saved: Northwind Coffee has 500 credits a month.');
    expect(actionsIn(view.blocks[1])).toEqual(['home_undo']);
  });
});

const longUndo: SetUpChange[] = [
  { kind: 'name', clientId: 'c'.repeat(120), before: '🦊'.repeat(80), after: '"'.repeat(80) },
  { kind: 'limit', account: `client:${'c'.repeat(120)}`, window: 'month', before: 1_000_000_000, after: null },
  { kind: 'limit', account: `client:${'c'.repeat(120)}`, window: 'total', before: null, after: 0 },
  { kind: 'channel', channelId: 'C0', before: null, after: 'c'.repeat(120) },
];

describe('a button’s hint', () => {
  test('comes back as it went out', () => {
    const page = fc.nat(100_000);
    fc.assert(
      fc.property(page, page, fc.array(fc.string({ maxLength: 100 }), { maxLength: 3 }), (clients, members, words) => {
        expect(readMetadata(writeMetadata({ clients, members }, ...words))).toEqual({
          pages: { clients, members },
          words,
        });
      }),
    );
  });

  test('means the first pages where it cannot be read', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (value) => {
        const { pages } = readMetadata(value);
        expect(pages.clients).toBeGreaterThanOrEqual(0);
        expect(() => readUndo(value)).not.toThrow();
      }),
    );
  });

  test('carries an undo of every kind, within what a button carries', () => {
    const pages = { clients: 9, members: 49 };
    const value = undoButton(pages, longUndo).value;
    expect(value.length).toBeLessThanOrEqual(2_000);
    expect(readUndo(value)).toEqual({ pages, changes: longUndo });
    for (const role of ROLES) {
      const change: SetUpChange = { kind: 'role', memberId: 'U0A', before: role, after: 'viewer' };
      expect(readUndo(undoButton(pages, [change]).value).changes).toEqual([change]);
    }
  });

  test('carries the way back of limits, of a move and of the calendar, each on its own button', () => {
    const pages = { clients: 1, members: 2 };
    const figures = { limitCredits: 300, over: 'ask', rollOverMaxCredits: null } as const;
    const calendar = { timeZone: 'Europe/Berlin', weekStartsOn: 1, creditValueMicroUsd: 10_000, markupBasisPoints: 0 };
    const changes: [string, ReversibleChange][] = [
      [
        ACTIONS.limitsUndo,
        { kind: 'limits', account: 'team:film', windows: [{ window: 'day', before: figures, after: null }] },
      ],
      [ACTIONS.moveUndo, { kind: 'moved', from: 'client:a', to: 'client:b', window: 'month', amountCredits: 5 }],
      [ACTIONS.calendarPricesUndo, { kind: 'settings', before: calendar, after: { ...calendar, weekStartsOn: 0 } }],
      [ACTIONS.homeUndo, { kind: 'suspended', memberId: 'U0ANA', before: true, after: false }],
    ];
    for (const [action, change] of changes) {
      const carried = undoButton(pages, [change]);
      expect(carried.action).toBe(action);
      expect(readUndo(carried.value)).toEqual({ pages, changes: [change] });
      expect(reverse(reverse(change))).toEqual(change);
      expect(reverse(change)).not.toEqual(change);
    }
  });
});
