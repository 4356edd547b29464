import { beforeEach, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app/app.ts';
import { availableModels } from '../../src/app/images/available-models.ts';
import { type LimitsLook, listLimits } from '../../src/app/limits/list-limits.ts';
import type { AccountId } from '../../src/ledger/accounts.ts';
import type { CommandBody, PolicyChange } from '../../src/ledger/commands/commands.ts';
import type { Window } from '../../src/ledger/usage/windows.ts';
import { PeopleFault } from '../../src/ports/ports.ts';
import { syncMembers } from '../../src/slack/platform/sync-members.ts';
import { hold } from '../support/fixtures.ts';
import { showCredits } from '../support/verbs.ts';
import {
  ANA,
  BEN,
  CHANNEL,
  CLIENT,
  createWorld,
  MARCUS,
  OLIVIA,
  openAgency,
  type TestWorld,
} from '../support/world.ts';

const DAY = 86_400_000;
const ACCOUNT: AccountId = `client:${CLIENT}`;

let world: TestWorld;
let app: ReturnType<typeof createApp>;
let ids = 0;

beforeEach(async () => {
  world = await createWorld();
  app = syncMembers(createApp(world));
  await openAgency(world);
  await given('inkwell', { kind: 'add_member', memberId: ANA, role: 'creator' });
});

async function given(by: string, wish: CommandBody, commandId = `given-more-${++ids}`) {
  const answer = await world.book.submit({ commandId, by, ...wish });
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  return commandId;
}

/** An image that somebody made for so many credits. */
async function made(credits: number, by = ANA) {
  const id = await given(by, hold(credits, { by, channelId: CHANNEL }));
  await given('inkwell', { kind: 'capture', holdId: `${id}/1`, capturedCredits: credits, costMicroUsd: 1 });
}

const figures = (limitCredits: number, over: 'refuse' | 'ask' | 'warn' = 'refuse') => ({
  limitCredits,
  over,
  rollOverMaxCredits: null,
});

describe('rehearsing a limit', () => {
  test('tells of the last thirty days, and how the account would stand, and saves nothing', async () => {
    await made(9);
    world.clock.set(world.clock.now() + 31 * DAY);
    await made(6);
    await made(6, MARCUS);
    await made(1);
    const seq = world.book.now().seq;
    const wanted = [{ window: 'day' as const, figures: figures(10) }];
    const found = await app.rehearseLimits({ by: OLIVIA, account: ACCOUNT, wanted });
    expect(found).toMatchObject({
      ok: true,
      rehearsed: {
        label: { kind: 'client', name: 'Northwind Coffee' },
        isCut: false,
        rehearsal: {
          requestsCount: 3,
          usedCredits: 13,
          blocked: {
            requestsCount: 1,
            usedCredits: 6,
            members: [{ memberId: MARCUS }],
            clients: [{ clientId: CLIENT }],
          },
        },
        changes: [
          { window: 'day', before: null, after: figures(10), stands: { usedCredits: 13, availableCredits: -3 } },
        ],
        clientNames: { [CLIENT]: 'Northwind Coffee' },
      },
    });
    expect(world.book.now().seq).toBe(seq);
  });

  test('reads more than a page of lines', async () => {
    await given(OLIVIA, {
      kind: 'set_limit',
      account: ACCOUNT,
      window: 'month',
      limitCredits: null,
      over: 'refuse',
      rollOverMaxCredits: null,
    });
    for (let count = 0; count < 150; count += 1) await made(1);
    const wanted = [{ window: 'total' as const, figures: figures(100, 'ask') }];
    const found = await app.rehearseLimits({ by: OLIVIA, account: ACCOUNT, wanted });
    expect(found).toMatchObject({ rehearsed: { rehearsal: { requestsCount: 150, asked: { requestsCount: 50 } } } });
  });

  test('is refused to whoever may not set it, and where the ledger would refuse', async () => {
    const wanted = [{ window: 'month' as const, figures: figures(10) }];
    for (const by of [MARCUS, ANA]) {
      const found = await app.rehearseLimits({ by, account: ACCOUNT, wanted });
      expect(found).toMatchObject({ ok: false, refusal: { reason: 'not_allowed' } });
    }
    const above = [{ window: 'month' as const, figures: figures(1_000) }];
    const account: AccountId = `member:${ANA}@client:${CLIENT}`;
    const refused = await app.rehearseLimits({ by: MARCUS, account, wanted: above });
    expect(refused).toMatchObject({ ok: false, refusal: { reason: 'above_limit_of', limitCredits: 100 } });
    expect(await app.rehearseLimits({ by: MARCUS, account, wanted })).toMatchObject({ ok: true });
  });

  test('tells nothing to somebody who has become a guest', async () => {
    world.channels.audience = async () => 'shared';
    const found = await app.rehearseLimits({ by: OLIVIA, account: ACCOUNT, wanted: [] });
    expect(found).toMatchObject({ ok: false, refusal: { reason: 'not_allowed' } });
  });
});

test('each window is saved by a command of its own, once, and none where one is refused', async () => {
  const wanted = [
    { window: 'day' as const, figures: figures(5, 'ask') },
    { window: 'month' as const, figures: { limitCredits: 80, over: 'warn' as const, rollOverMaxCredits: 20 } },
  ];
  const week = { window: 'week' as const, figures: { limitCredits: 9, over: 'warn' as const, rollOverMaxCredits: 20 } };
  const refused = await app.saveLimits({ deliveryId: 'r', by: OLIVIA, account: ACCOUNT, wanted: [...wanted, week] });
  expect(refused).toMatchObject({ saved: [], refusals: [{ reason: 'invalid', field: 'rollOverMaxCredits' }] });
  const saved = await app.saveLimits({ deliveryId: 'd', by: OLIVIA, account: ACCOUNT, wanted });
  expect(saved.saved).toEqual([
    { window: 'day', before: null, after: figures(5, 'ask') },
    { window: 'month', before: figures(100), after: { limitCredits: 80, over: 'warn', rollOverMaxCredits: 20 } },
  ]);
  expect(saved.refusals).toEqual([]);
  const { seq } = world.book.now();
  await app.saveLimits({ deliveryId: 'd', by: OLIVIA, account: ACCOUNT, wanted });
  expect(world.book.now().seq).toBe(seq);
});

describe('the list of accounts', () => {
  const list = async (by: string, look: Partial<LimitsLook> = {}) => {
    const state = await world.book.read();
    const { rows, ...rest } = await listLimits(world, state, { by, page: 0, find: '', at: state.lastAt, ...look });
    return { accounts: rows.map(({ account }) => account), rows, ...rest };
  };

  beforeEach(async () => {
    await given(OLIVIA, { kind: 'create_client', clientId: 'atlas', name: 'Atlas' });
    await given(OLIVIA, { kind: 'create_team', teamId: 'design', name: 'Design' });
    const inClient: AccountId = `member:${ANA}@client:${CLIENT}`;
    await app.saveLimits({
      deliveryId: 'd1',
      by: OLIVIA,
      account: inClient,
      wanted: [{ window: 'day', figures: figures(5) }],
    });
  });

  test('begins with the agency; a manager sees what they look after', async () => {
    const all = ['agency', 'team:design', 'client:atlas', ACCOUNT, `member:${ANA}@client:${CLIENT}`];
    expect(await list(OLIVIA)).toMatchObject({ accounts: all, mayRun: true, accountsCount: 5, pagesCount: 1 });
    const seen = await list(MARCUS);
    expect(seen).toMatchObject({ accounts: [ACCOUNT, `member:${ANA}@client:${CLIENT}`], mayRun: false });
    expect(seen.rows.map(({ mayEdit, mayGrant }) => [mayEdit, mayGrant])).toEqual([
      [false, false],
      [true, false],
    ]);
  });

  test('finds by any part of a name, people by theirs', async () => {
    expect((await list(OLIVIA, { find: 'ATL' })).accounts).toEqual(['client:atlas']);
    expect((await list(OLIVIA, { find: 'ana' })).accounts).toEqual([`member:${ANA}@client:${CLIENT}`]);
    expect((await list(OLIVIA, { find: 'nobody' })).accounts).toEqual([]);
  });

  test('comes in pages; one that is not there any more is the last', async () => {
    for (let count = 0; count < 40; count += 1) {
      await given(OLIVIA, { kind: 'create_client', clientId: `c${count}`, name: `Client ${count}` });
    }
    const last = await list(OLIVIA, { page: 99 });
    expect(last).toMatchObject({ page: 2, pagesCount: 3, accountsCount: 45 });
    expect(last.accounts).toHaveLength(15);
  });
});

test('budget moves between accounts of the same window, with a trace on both', async () => {
  await given(OLIVIA, { kind: 'create_client', clientId: 'atlas', name: 'Atlas' });
  await given(OLIVIA, { kind: 'create_client', clientId: 'mira', name: 'Mira' });
  await app.saveLimits({
    deliveryId: 'd1',
    by: OLIVIA,
    account: 'client:atlas',
    wanted: [{ window: 'month', figures: figures(10) }],
  });
  await app.saveLimits({
    deliveryId: 'd2',
    by: OLIVIA,
    account: 'client:mira',
    wanted: [{ window: 'day', figures: figures(10) }],
  });
  const shown = await app.showMove({ by: OLIVIA, account: ACCOUNT });
  expect(shown).toMatchObject({
    ok: true,
    form: { from: { account: ACCOUNT }, to: { places: [{ account: 'client:atlas', window: 'month' }] } },
  });
  expect(await app.showMove({ by: ANA, account: ACCOUNT })).toMatchObject({ ok: false });
  const move = {
    deliveryId: 'd3',
    by: OLIVIA,
    from: ACCOUNT,
    to: 'client:atlas' as const,
    window: 'month' as const,
    amountCredits: 30,
  };
  expect(await app.moveBudget(move)).toMatchObject({ ok: true });
  for (const [account, limitCredits] of [
    [ACCOUNT, 70],
    ['client:atlas', 40],
  ] as const) {
    expect(await app.showLimits({ by: OLIVIA, account })).toMatchObject({ form: { standings: [{ limitCredits }] } });
  }
});

describe('where credits can be moved to', () => {
  const IN_CLIENT = `member:${ANA}@client:${CLIENT}` as const;
  const set = async (account: AccountId, windows: readonly Window[], limitCredits = 20) => {
    for (const window of windows) {
      const wish = { kind: 'set_limit', account, window, over: 'refuse', rollOverMaxCredits: null } as const;
      await given(OLIVIA, { ...wish, limitCredits });
    }
  };
  const placesOf = async (account: AccountId, by = OLIVIA) => {
    const shown = await app.showMove({ by, account });
    return shown.ok ? shown.form.to.places.map((place) => `${place.window} ${place.account}`) : shown.refusal.reason;
  };
  beforeEach(async () => {
    await given('inkwell', { kind: 'add_member', memberId: BEN, role: 'creator' });
    await given(OLIVIA, { kind: 'create_team', teamId: 'film', name: 'Film' });
    await set('team:film', ['day', 'month']);
    await set(`member:${ANA}`, ['day']);
    await set(IN_CLIENT, ['month']);
  });

  test('is what has a limit for the same period: clients, teams, projects and people, by name', async () => {
    const shown = await app.showMove({ by: OLIVIA, account: ACCOUNT });
    expect(shown).toMatchObject({
      form: {
        to: {
          places: [
            { account: 'team:film', window: 'month', name: 'Film', personName: null, leftCredits: 20 },
            { account: IN_CLIENT, window: 'month', name: 'Northwind Coffee', personName: 'ana' },
          ],
        },
      },
    });
    expect(await placesOf(`member:${ANA}`)).toEqual(['day team:film']);
    expect(await placesOf('team:film')).toEqual([`month ${ACCOUNT}`, `day member:${ANA}`, `month ${IN_CLIENT}`]);
  });

  test.each<[string, () => Promise<unknown>, readonly string[]]>([
    [
      'nobody who was removed',
      () => given(OLIVIA, { kind: 'remove_member', memberId: ANA, reason: '' }),
      [`month ${ACCOUNT}`],
    ],
    ['no period of which nothing is left', () => set('team:film', ['month'], 0), [`day member:${ANA}`]],
    ['no team that was deleted', () => given(OLIVIA, { kind: 'delete_team', teamId: 'film' }), []],
  ])('is %s', async (_, before, places) => {
    await before();
    expect(await placesOf('team:film')).toEqual(places);
  });

  test('is nowhere for a manager who may not, and what they manage else', async () => {
    expect(await placesOf(ACCOUNT, MARCUS)).toEqual([`month ${IN_CLIENT}`]);
    expect(await placesOf('team:film', MARCUS)).toBe('not_allowed');
    expect(await placesOf(ACCOUNT, ANA)).toBe('not_allowed');
  });

  test('goes by ids where Slack doesn’t say names', async () => {
    world.people.names = () => Promise.reject(new PeopleFault('users.list: unlisted_people'));
    world.people.look = () => Promise.reject(new PeopleFault('users.info: no_answer_in_time'));
    expect(await app.showMove({ by: OLIVIA, account: ACCOUNT })).toMatchObject({
      form: { to: { places: [{}, { account: IN_CLIENT, personName: ANA }] } },
    });
  });
});

test('/credits knows the person’s teams, and their part of the client', async () => {
  await given(OLIVIA, { kind: 'create_team', teamId: 'design', name: 'Design' });
  await given(OLIVIA, { kind: 'set_teams', memberId: ANA, teamIds: ['design'] });
  const look = { by: ANA, place: { channelId: CHANNEL, threadId: null } };
  expect(await showCredits(world, look)).toMatchObject({ teams: [], ownInClient: null });
  const wanted = [{ window: 'week' as const, figures: figures(50) }];
  await app.saveLimits({ deliveryId: 'd1', by: OLIVIA, account: 'team:design', wanted });
  const inClient: AccountId = `member:${ANA}@client:${CLIENT}`;
  await app.saveLimits({ deliveryId: 'd2', by: OLIVIA, account: inClient, wanted });
  await made(7);
  expect(await showCredits(world, look)).toMatchObject({
    teams: [{ name: 'Design', standings: [{ window: 'week', availableCredits: 43, movedCredits: 0 }] }],
    ownInClient: { account: inClient, standings: [{ availableCredits: 43 }] },
  });
});

describe('what is offered under rules', () => {
  const offer = (by = ANA) => availableModels(world, { by, channelId: CHANNEL });
  const rule = { imagesMax: null, priceMaxCredits: null, models: null, qualities: null };

  test('is what the role, the client and the person may have', async () => {
    const { models, imagesMax } = offer();
    expect(imagesMax).toBe(10);
    const [first] = models;
    await given(OLIVIA, {
      kind: 'set_rule',
      scope: `client:${CLIENT}`,
      rule: { ...rule, imagesMax: 4, qualities: ['draft'] },
    });
    await given(OLIVIA, { kind: 'set_rule', scope: 'role:creator', rule: { ...rule, imagesMax: 6 } });
    expect(offer()).toMatchObject({
      imagesMax: 4,
      models: [{ id: first?.id, qualities: ['draft'], defaultQuality: 'draft' }],
    });
    expect(offer().quote({ options: { quality: 'fine' }, imagesCount: 1, prompt: '' })).toMatchObject({ ok: false });
    expect(availableModels(world, { by: ANA, channelId: null }).imagesMax).toBe(6);
  });

  test('is everything where the rules leave nothing, because the ledger says then why not', async () => {
    const { models } = offer();
    await given(OLIVIA, { kind: 'set_rule', scope: `member:${ANA}`, rule: { ...rule, models: ['none'] } });
    expect(offer().models).toEqual(models);
  });
});

describe('the policy', () => {
  const burst = { name: 'burst' as const, value: { requestsMax: 5, withinMs: 60_000 } };
  const hours = (name: 'escalateAfterMs' | 'lapseAfterMs', count: number) => ({ name, value: count * 3_600_000 });
  const save = (by: string, ...changes: PolicyChange[]) => app.setPolicy({ deliveryId: `d-${by}`, by, changes });

  test('is changed part by part, each by a line of its own', async () => {
    const { seq } = world.book.now();
    expect(await save(OLIVIA, burst, { name: 'defaultRole', value: 'viewer' })).toMatchObject({ refusals: [] });
    expect(world.book.now().seq).toBe(seq + 2);
    expect(await app.showPolicy({ by: OLIVIA })).toMatchObject({
      form: { burst: { requestsMax: 5 }, defaultRole: 'viewer' },
    });
    expect(await app.showPolicy({ by: MARCUS })).toMatchObject({ ok: false });
  });

  test.each<[string, string, PolicyChange[]]>([
    ['one value cannot be', OLIVIA, [burst, { name: 'defaultRole', value: 'owner' }]],
    ['the last one cannot be', OLIVIA, [burst, hours('escalateAfterMs', 1), hours('lapseAfterMs', 24 * 31)]],
    ['two contradict each other', OLIVIA, [burst, hours('escalateAfterMs', 30), hours('lapseAfterMs', 29)]],
    ['they are the same', OLIVIA, [hours('escalateAfterMs', 5), hours('lapseAfterMs', 5), burst]],
    ['one contradicts what is set', OLIVIA, [burst, hours('lapseAfterMs', 1)]],
    ['a manager sends them', MARCUS, [burst]],
  ])('is left as it is where %s', async (_, by, changes) => {
    const { seq } = world.book.now();
    const { saved, refusals } = await save(by, ...changes);
    expect(saved).toEqual([]);
    expect(refusals.length).toBeGreaterThan(0);
    expect(world.book.now().seq).toBe(seq);
  });

  test('may change two settings to what would contradict one of them alone', async () => {
    const { refusals } = await save(OLIVIA, hours('escalateAfterMs', 100), hours('lapseAfterMs', 200));
    expect(refusals).toEqual([]);
  });
});
