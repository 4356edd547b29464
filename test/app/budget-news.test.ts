import { beforeEach, describe, expect, test } from 'vitest';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import { recentChanges } from '../../src/app/limits/recent-changes.ts';
import { tellOwnersOfBudget } from '../../src/app/limits/tell-owners.ts';
import { showChanges } from '../../src/app/people/show-changes.ts';
import { submitChange } from '../../src/app/submit-change.ts';
import type { AccountId, LimitName } from '../../src/ledger/accounts.ts';
import type { ApproveHow, CommandBody } from '../../src/ledger/commands/commands.ts';
import type { OnExceeded } from '../../src/ledger/state.ts';
import type { Window } from '../../src/ledger/usage/windows.ts';
import { changesBlocks } from '../../src/slack/home/home-changes.ts';
import { words as inWords } from '../../src/slack/kit/message.ts';
import { cardMessage } from '../../src/slack/messenger/card.ts';
import { describeChange } from '../../src/words/describe-change.ts';
import { imageInput } from '../support/image-input.ts';
import { inChannel } from '../support/requester.ts';
import { approveRequest, requestImage } from '../support/verbs.ts';
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

const ACCOUNT: AccountId = `client:${CLIENT}`;
const SEEN: LimitName = `client:${CLIENT} month`;
const MINUTE = 60_000;

let world: TestWorld;
let ids = 0;
const as = (by: string, wish: CommandBody) => submitChange(world, { deliveryId: `news-${++ids}`, by, command: wish });
const limit = (
  account: AccountId,
  limitCredits: number | null,
  over: OnExceeded = 'refuse',
  window: Window = 'month',
) => ({ kind: 'set_limit', account, window, limitCredits, over, rollOverMaxCredits: null }) as const;

/** What somebody reads in their messages about budgets. */
const newsOf = (memberId: string) =>
  world.messenger.cards.flatMap(({ memberId: to, card }) =>
    to === memberId && card.kind === 'budget_news' ? [cardMessage(card).text] : [],
  );

beforeEach(async () => {
  world = await createWorld();
  await openAgency(world, { monthCredits: 6 });
  await as(OLIVIA, { kind: 'add_member', memberId: ANA, role: 'creator' });
  await as(OLIVIA, { kind: 'add_member', memberId: BEN, role: 'owner' });
  await as(OLIVIA, { kind: 'create_client', clientId: 'nova', name: 'Nova Walrus' });
  await as(OLIVIA, { kind: 'set_manages', memberId: MARCUS, clientIds: [CLIENT, 'nova'], teamIds: [] });
  world.clock.set(world.clock.now() + 30 * MINUTE);
});

/** Ana asks for 12 credits where the client has 6 a month, and Marcus approves it. */
async function approved(how: ApproveHow, deliveryId = 'job-1') {
  await world.book.submit({ commandId: `ask-${deliveryId}`, by: 'inkwell', ...limit(ACCOUNT, 6, 'ask') });
  await requestImage(world, imageInput({ deliveryId, imagesCount: 2, by: ANA }));
  const request = world.book.now().requests.get(deliveryId);
  if (!request) throw new Error('nothing was asked');
  const requester = inChannel(approverOf(how), CHANNEL);
  const choice = how.kind === 'until' ? { ...how, untilDate: '2026-12-24' } : how;
  await approveRequest(world, {
    deliveryId: `yes-${deliveryId}`,
    requester,
    requestId: deliveryId,
    how: choice,
    seen: [SEEN],
  });
  expect(world.book.now().requests.get(deliveryId)?.end?.as).toBe('approved');
}

/** Limits of clients are an owner’s. */
const approverOf = ({ kind }: ApproveHow) => (kind === 'raise' ? BEN : MARCUS);

const raise: ApproveHow = { kind: 'raise', limits: [{ account: ACCOUNT, window: 'month', limitCredits: 30 }] };
const HOWS: [string, ApproveHow, RegExp, object][] = [
  [
    'raised',
    raise,
    /Northwind Coffee has 30 credits a month, raised from 6 to approve a request by <@U0ANA>/,
    { kind: 'raised', fromCredits: 6, toCredits: 30, memberId: ANA },
  ],
  [
    'until a day',
    { kind: 'until', amountCredits: 50, expiresAt: 0 },
    /50 extra credits for Northwind Coffee until .* to approve a request by <@U0ANA>/,
    { kind: 'granted_to_request', how: 'until', amountCredits: 50 },
  ],
  [
    'once',
    { kind: 'once' },
    /extra credits? for Northwind Coffee for one request by <@U0ANA>/,
    { kind: 'granted_to_request', how: 'once' },
  ],
];

describe('an approval that changes what may be spent', () => {
  test('is a team that was deleted, where it had a limit that is not back', async () => {
    for (const teamId of ['film', 'print', 'web'])
      await as(OLIVIA, { kind: 'create_team', teamId, name: `Team ${teamId}` });
    await as(OLIVIA, limit('team:film', 5));
    await as(OLIVIA, limit('team:web', 5));
    for (const teamId of ['film', 'print', 'web']) await as(BEN, { kind: 'delete_team', teamId });
    await as(BEN, { kind: 'restore_team', teamId: 'web' });
    world.clock.set(world.clock.now() + 11 * MINUTE);
    await tellOwnersOfBudget(world);
    const [news = ''] = newsOf(OLIVIA);
    expect(news).toContain('The team Team film was deleted.');
    expect(news).not.toContain('Team print');
    expect(newsOf(BEN)).toEqual([]);
  });

  test.each(HOWS)(
    '%s: is in Changes and among the limit’s last changes, with who and why',
    async (_, how, words, row) => {
      await approved(how);
      for (const by of [OLIVIA, MARCUS]) {
        const view = await showChanges(world, { by, page: 0 });
        const text = JSON.stringify(view && changesBlocks(view, { clients: 0, members: 0 }));
        expect(view?.rows.find(({ facts }) => facts.kind === 'approved')).toMatchObject({ by: approverOf(how) });
        expect(text).toContain(approverOf(how));
      }
      const news = await recentChanges(world, world.book.now(), {
        by: OLIVIA,
        account: ACCOUNT,
        at: world.clock.now(),
      });
      expect(news[0]).toMatchObject({ by: approverOf(how), ...row });
      const view = await showChanges(world, { by: OLIVIA, page: 0 });
      const found = view?.rows.find(({ facts }) => facts.kind === 'approved');
      expect(inWords([found && view ? describeChange(found.facts, view.names, found.raised) : []])).toMatch(words);
    },
  );
});

describe('owners hear', () => {
  const TOLD: [string, string, () => Promise<unknown>, string][] = [
    ['of a raise by an approval', BEN, () => approved(raise), 'has 30 credits a month, raised from 6'],
    [
      'of extra credits until a day',
      MARCUS,
      () => approved({ kind: 'until', amountCredits: 50, expiresAt: 0 }),
      '50 extra credits',
    ],
    [
      'of a limit that another owner raised',
      BEN,
      () => as(BEN, limit(ACCOUNT, 900)),
      '900 credits a month, previously 6',
    ],
    [
      'of a limit that another owner took away',
      BEN,
      () => as(BEN, limit(ACCOUNT, null)),
      'no limit a month, previously 6',
    ],
    ['of a limit that only warns by now', BEN, () => as(BEN, limit(ACCOUNT, 6, 'warn')), ', then warns'],
    [
      'of extra credits by another owner',
      BEN,
      () =>
        as(BEN, { kind: 'grant', grantId: 'g1', account: ACCOUNT, amountCredits: 7, expiresAt: null, reason: 'Pitch' }),
      '7 extra credits',
    ],
    [
      'of a channel that changes client',
      MARCUS,
      async () => {
        await as(OLIVIA, limit('client:nova', 50));
        return await as(MARCUS, { kind: 'bind_channel', channelId: CHANNEL, clientId: 'nova', ifUnbound: false });
      },
      'belongs to Nova Walrus, previously to Northwind Coffee',
    ],
    [
      'of a channel that is taken from its client',
      MARCUS,
      () => as(MARCUS, { kind: 'bind_channel', channelId: CHANNEL, clientId: null, ifUnbound: false }),
      'belongs to no client, previously to Northwind Coffee',
    ],
    [
      'of credits that are moved between clients',
      MARCUS,
      async () => {
        await as(OLIVIA, limit('client:nova', 50));
        await as(OLIVIA, limit(`member:${ANA}@client:${CLIENT}`, 5));
        return await as(MARCUS, {
          kind: 'move_budget',
          from: 'client:nova',
          to: `member:${ANA}@client:${CLIENT}`,
          window: 'month',
          amountCredits: 3,
        });
      },
      '3 credits moved from Nova Walrus',
    ],
  ];
  test.each(TOLD)('%s, each who did not do it, once', async (_, by, act, words) => {
    await act();
    for (let round = 0; round < 3; round += 1) await recoverJobs(world, { alone: true });
    for (const owner of [OLIVIA, BEN]) {
      const news = newsOf(owner);
      if (owner === by) expect(news).toEqual([]);
      else expect(news).toEqual([expect.stringContaining(words)]);
    }
    expect(newsOf(MARCUS)).toEqual([]);
    expect(JSON.stringify(world.messenger.cards.map(({ card }) => card))).not.toContain('a red fox in the snow');
  });

  const NOT_TOLD: [string, () => Promise<unknown>][] = [
    ['a limit that is lowered', () => as(BEN, limit(ACCOUNT, 2))],
    ['a first limit', () => as(BEN, limit('client:nova', 50))],
    ['what one request alone was given', () => approved({ kind: 'once' })],
    [
      'a channel that had no client yet',
      () => as(MARCUS, { kind: 'bind_channel', channelId: 'C0NEW', clientId: 'nova', ifUnbound: false }),
    ],
    [
      'a move within one client',
      async () => {
        await as(OLIVIA, limit(`member:${ANA}@client:${CLIENT}`, 5));
        return await as(MARCUS, {
          kind: 'move_budget',
          from: ACCOUNT,
          to: `member:${ANA}@client:${CLIENT}`,
          window: 'month',
          amountCredits: 3,
        });
      },
    ],
  ];
  test.each(NOT_TOLD)('nothing of %s', async (_, act) => {
    await act();
    await recoverJobs(world, { alone: true });
    expect([...newsOf(OLIVIA), ...newsOf(BEN)]).toEqual([]);
  });

  test('of the first change of a burst at once, and of the others in one new message after ten minutes', async () => {
    for (let credits = 10; credits < 40; credits += 1) await as(BEN, limit(ACCOUNT, credits));
    const [first] = newsOf(OLIVIA);
    expect(first).toContain('A spending change');
    world.clock.set(world.clock.now() + 9 * MINUTE);
    await tellOwnersOfBudget(world);
    expect(newsOf(OLIVIA)).toEqual([first]);
    world.clock.set(world.clock.now() + MINUTE);
    for (let round = 0; round < 3; round += 1) await tellOwnersOfBudget(world);
    expect(newsOf(OLIVIA)).toEqual([first, expect.stringContaining('29 spending changes')]);
    expect(newsOf(OLIVIA)[1]).toContain('39 credits a month, previously 38');
    world.clock.set(world.clock.now() + 20 * MINUTE);
    await as(BEN, limit(ACCOUNT, 99));
    expect(newsOf(OLIVIA)).toHaveLength(3);
  });

  test('once from two processes, and again after a crash or an outage', async () => {
    const { journal, records, clock, messenger } = world;
    const other = await createWorld({ journal, records, clock, messenger, processId: 'p2' });
    messenger.answerNext('postCard', { kind: 'failed', code: 'ratelimited' });
    await as(BEN, limit(ACCOUNT, 50));
    expect(newsOf(OLIVIA)).toEqual([]);
    await Promise.all([tellOwnersOfBudget(world), tellOwnersOfBudget(other)]);
    await Promise.all([tellOwnersOfBudget(world), tellOwnersOfBudget(other)]);
    expect(newsOf(OLIVIA)).toHaveLength(1);
    const later = await createWorld({ journal, records, clock, messenger, processId: 'p3' });
    await tellOwnersOfBudget(later);
    expect(newsOf(OLIVIA)).toHaveLength(1);
  });

  test('not where they are guests by now', async () => {
    world.channels.audience = async (_, readerId) => (readerId === OLIVIA ? 'shared' : 'internal');
    await as(BEN, limit(ACCOUNT, 50));
    expect(newsOf(OLIVIA)).toEqual([]);
  });
});
