import { beforeEach, describe, expect, test } from 'vitest';
import { askOwners } from '../../src/app/alerts/ask-owners.ts';
import { limitAlertCard } from '../../src/app/alerts/limit-alert-card.ts';
import { createApp } from '../../src/app/app.ts';
import { chooseImage } from '../../src/app/images/choose-image.ts';
import { capQuality } from '../../src/app/limits/cap-quality.ts';
import type { AccountId } from '../../src/ledger/accounts.ts';
import type { Window } from '../../src/ledger/usage/windows.ts';
import { cardMessage } from '../../src/slack/messenger/card.ts';
import { wordsIn } from '../slack/home-views.ts';
import { actsIn } from '../support/acts.ts';
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
const DAY = 86_400_000;

let world: TestWorld;
const { as } = actsIn(() => world);
let ids = 0;
const id = () => ({ deliveryId: `ask-${++ids}` });
const cap = (by: string, change: Partial<Parameters<typeof capQuality>[1]> = {}) =>
  capQuality(world, { ...id(), by, account: ACCOUNT, window: 'month', isLifted: false, ...change });
const chosen = () => {
  const asked = { options: {}, imagesCount: 1, prompt: 'a fox' };
  const quote = chooseImage(world, { by: ANA, channelId: CHANNEL }, asked);
  return quote.ok ? quote.quality : quote.refusal;
};

beforeEach(async () => {
  world = await createWorld();
  await openAgency(world, { monthCredits: 100 });
});

describe('draft quality', () => {
  test('is what requests then get by themselves, until the budget resets', async () => {
    const usual = chosen();
    const capped = await cap(MARCUS);
    expect(capped).toMatchObject({ ok: true, untilAt: Date.UTC(2026, 11, 1) });
    const draft = chosen();
    expect(draft).not.toBe(usual);
    world.clock.set(Date.UTC(2026, 10, 30, 23, 59));
    expect(chosen()).toBe(draft);
    world.clock.set(Date.UTC(2026, 11, 1));
    expect(chosen()).toBe(usual);
  });

  test('is lifted by a manager where a manager chose it, and by owners alone where an owner did', async () => {
    const usual = chosen();
    await cap(MARCUS);
    expect(await cap(MARCUS, { isLifted: true })).toMatchObject({ ok: true, untilAt: null });
    expect(chosen()).toBe(usual);
    await cap(OLIVIA);
    expect(await cap(MARCUS, { isLifted: true })).toMatchObject({ ok: false, refusal: { reason: 'owners_only' } });
    expect(await cap(OLIVIA, { isLifted: true })).toMatchObject({ ok: true });
  });

  test('of a project that is due lasts until then, and is its client’s', async () => {
    const dueAt = world.clock.now() + 40 * DAY;
    await as(OLIVIA, {
      kind: 'create_project',
      projectId: 'launch',
      clientId: CLIENT,
      name: 'Launch',
      dueAt,
      stage: 'concept',
    });
    const capped = await cap(MARCUS, { account: 'project:launch', window: 'total' });
    expect(capped).toMatchObject({ ok: true, untilAt: dueAt });
    expect(world.book.now().clients.get(CLIENT)?.qualityCap).toMatchObject({ untilAt: dueAt, by: MARCUS });
  });

  test.each(['creator', 'viewer'] as const)('is not for a %s', async (role) => {
    await as(OLIVIA, { kind: 'add_member', memberId: BEN, role });
    expect(await cap(BEN)).toMatchObject({ ok: false, refusal: { reason: 'not_allowed', action: 'cap_quality' } });
    expect(world.book.now().clients.get(CLIENT)?.qualityCap).toBeNull();
  });

  test('is not for a manager of other clients, and of no client that is unknown', async () => {
    await as(OLIVIA, { kind: 'set_manages', memberId: MARCUS, clientIds: [], teamIds: [] });
    expect(await cap(MARCUS)).toMatchObject({ ok: false, refusal: { reason: 'not_allowed' } });
    expect(await cap(OLIVIA, { account: 'client:unknown' })).toMatchObject({ ok: false });
  });

  test('means nothing for the agency, a team or a person', async () => {
    for (const account of ['agency', 'team:design', `member:${ANA}`] as const) {
      expect(await cap(OLIVIA, { account })).toBeNull();
    }
  });

  test('is said in the alert, with the way back', async () => {
    await cap(MARCUS);
    const at = world.clock.now();
    const figures = { limitCredits: 100, rolledCredits: 0, grantsCredits: 0, usedCredits: 90, heldCredits: 0 };
    const burn = { runsOutAt: at + DAY, range: null, endsAt: at + 9 * DAY, isDue: false, forecastCredits: 200 };
    const now = { at, percent: 80, burn, left: null, isOver: false };
    const states = [{ ...now, figures: { ...figures, availableCredits: 10, resetsAt: null } }];
    const card = limitAlertCard(world.book.now(), { account: ACCOUNT, window: 'month', states, memberId: MARCUS, at });
    const words = wordsIn(cardMessage(card).blocks);
    expect(words).toContain('quality for Northwind Coffee until');
    expect(words).toContain('Allow all qualities');
    expect(words).not.toContain('Draft quality until');
  });
});

describe('the buttons of an alert', () => {
  const cardAt = (percent: number | null, left: boolean) => {
    const at = world.clock.now();
    const figures = { limitCredits: 100, rolledCredits: 0, grantsCredits: 0, usedCredits: 40, heldCredits: 0 };
    const leftOver = left ? { leftCredits: 40, percent: 40, endsAt: at + DAY } : null;
    const now = { at, percent, burn: null, left: leftOver, isOver: false };
    const states = [{ ...now, figures: { ...figures, availableCredits: 60, resetsAt: null } }];
    return limitAlertCard(world.book.now(), { account: ACCOUNT, window: 'month', states, memberId: MARCUS, at });
  };

  test.each([
    [50, false, true],
    [50, true, false],
    [null, true, false],
  ])('at %s percent, with some left over (%s): ask for more is %s', (percent, left, asks) => {
    expect(cardAt(percent, left).may.ask).toBe(asks);
    const words = wordsIn(cardMessage(cardAt(percent, left)).blocks);
    expect(words.includes('Ask an owner for more')).toBe(asks);
  });

  test('lift a cap for as long as there is one, also once the alert is resolved', async () => {
    const NONE = { raise: false, move: false, mute: false, ask: false };
    expect(cardAt(null, false).may).toEqual({ ...NONE, cap: false });
    await cap(MARCUS);
    expect(cardAt(null, false).may).toEqual({ ...NONE, cap: true });
    expect(wordsIn(cardMessage(cardAt(null, false)).blocks)).toContain('Allow all qualities');
    const { setup } = await createApp(world).showHome({ by: MARCUS });
    const client = setup?.clients.find(({ clientId }) => clientId === CLIENT);
    expect(client?.qualityCap).toMatchObject({ mayLift: true, untilAt: Date.UTC(2026, 11, 1) });
    // What an owner chose, an owner lifts.
    await cap(MARCUS, { isLifted: true });
    await cap(OLIVIA);
    expect(cardAt(50, false).may.cap).toBe(false);
    const owners = await createApp(world).showHome({ by: MARCUS });
    expect(owners.setup?.clients.find(({ clientId }) => clientId === CLIENT)?.qualityCap?.mayLift).toBe(false);
    world.clock.set(Date.UTC(2026, 11, 1));
    const later = await createApp(world).showHome({ by: MARCUS });
    expect(later.setup?.clients.find(({ clientId }) => clientId === CLIENT)?.qualityCap).toBeNull();
  });
});

describe('asking an owner for more', () => {
  const ask = (by: string, change: { account?: AccountId; window?: Window; deliveryId?: string } = {}) =>
    askOwners(world, {
      ...id(),
      by,
      account: ACCOUNT,
      window: 'month',
      reason: '<!channel> 200 more & soon',
      ...change,
    });
  const cardsTo = (who: string) =>
    world.messenger.cards.flatMap(({ memberId, card }) =>
      memberId === who && card.kind === 'more_asked' ? [card] : [],
    );

  test('tells every owner once, with how the limit stands and why', async () => {
    await as(OLIVIA, { kind: 'add_member', memberId: BEN, role: 'owner' });
    const first = await ask(MARCUS, { deliveryId: 'same' });
    expect(first).toMatchObject({ ok: true, askedIds: [OLIVIA, BEN].sort() });
    await ask(MARCUS, { deliveryId: 'same' });
    for (const owner of [OLIVIA, BEN]) {
      expect(cardsTo(owner)).toHaveLength(1);
      const [card] = cardsTo(owner);
      if (!card) throw new Error('no card');
      expect(card.figures).toMatchObject({ limitCredits: 100, usedCredits: 0 });
      expect(card.may.raise).toBe(true);
      const { text, blocks } = cardMessage(card);
      expect(text).not.toContain('<!channel>');
      expect(wordsIn(blocks)).toContain('200 more & soon');
    }
    expect(cardsTo(MARCUS)).toEqual([]);
  });

  test('is refused to those who may not see the figures, and tells no one', async () => {
    expect(await ask(ANA)).toMatchObject({ ok: false, refusal: { reason: 'not_allowed' } });
    expect(await ask(MARCUS, { account: 'agency' })).toMatchObject({ ok: false });
    expect(world.messenger.cards).toEqual([]);
  });

  test('goes to no guest, and says whom it reached where Slack fails', async () => {
    await as(OLIVIA, { kind: 'add_member', memberId: BEN, role: 'owner' });
    world.channels.audience = async (_, userId) => (userId === BEN ? 'shared' : 'internal');
    world.messenger.answerNext('postCard', { kind: 'failed', code: 'timeout' });
    expect(await ask(MARCUS)).toMatchObject({ ok: true, askedIds: [] });
    expect(await ask(MARCUS)).toMatchObject({ ok: true, askedIds: [OLIVIA] });
    expect(cardsTo(BEN)).toEqual([]);
  });

  test('about a limit that is gone says so', async () => {
    await ask(MARCUS, { window: 'week' });
    const [card] = cardsTo(OLIVIA);
    expect(card?.figures).toBeNull();
  });
});
