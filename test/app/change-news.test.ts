import { beforeEach, describe, expect, test } from 'vitest';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import { saveLimits } from '../../src/app/limits/set-limit.ts';
import { submitChange } from '../../src/app/submit-change.ts';
import type { AccountId } from '../../src/ledger/accounts.ts';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import type { Rule } from '../../src/ledger/rules.ts';
import type { OnExceeded } from '../../src/ledger/state.ts';
import { cardMessage } from '../../src/slack/messenger/card.ts';
import { ANA, BEN, CLIENT, createWorld, MARCUS, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';

/** What others change of what a person may spend, or of what they manage, is told to that person. */

const ACCOUNT: AccountId = `client:${CLIENT}`;
const [EVE, DAN] = ['U0EVE', 'U0DAN'];
const MINUTE_MS = 60_000;
const RULE: Rule = { imagesMax: null, priceMaxCredits: null, models: null, qualities: null };

let world: TestWorld;
let ids = 0;
const as = (by: string, wish: CommandBody) => submitChange(world, { deliveryId: `change-${++ids}`, by, command: wish });
const limit = (account: AccountId, limitCredits: number | null, over: OnExceeded = 'refuse') =>
  ({ kind: 'set_limit', account, window: 'month', limitCredits, over, rollOverMaxCredits: null }) as const;
const move = (from: AccountId, to: AccountId, amountCredits: number) =>
  ({ kind: 'move_budget', from, to, window: 'month', amountCredits }) as const;
const grant = (account: AccountId, reason: string) =>
  ({ kind: 'grant', grantId: `g${++ids}`, account, amountCredits: 7, expiresAt: null, reason }) as const;
const heard = () =>
  world.messenger.news.map(({ memberId, card }) => [
    memberId,
    cardMessage(card).text.replaceAll(/\d{4}-.*?UTC/g, 'now'),
  ]);
const sweeps = async () => {
  for (let round = 0; round < 3; round += 1) await recoverJobs(world, { alone: true });
};

beforeEach(async () => {
  world = await createWorld();
  await openAgency(world, { monthCredits: 100 });
  for (const memberId of [ANA, EVE]) await as(OLIVIA, { kind: 'add_member', memberId, role: 'creator' });
  await as(OLIVIA, { kind: 'add_member', memberId: BEN, role: 'owner' });
  await as(OLIVIA, { kind: 'add_member', memberId: DAN, role: 'manager' });
  await as(OLIVIA, { kind: 'create_client', clientId: 'nova', name: 'Nova Walrus' });
  await as(OLIVIA, { kind: 'create_client', clientId: 'mira', name: 'Mira' });
  await as(OLIVIA, limit('client:nova', 50));
  await as(OLIVIA, limit('client:mira', 50));
  await as(OLIVIA, { kind: 'set_manages', memberId: DAN, clientIds: ['nova'], teamIds: [] });
  await world.clock.advance(30 * MINUTE_MS);
  expect(heard()).toEqual([]);
});

const byOlivia = '<@U0OLIVIA>, now.';

describe('a change that others made', () => {
  const TOLD: [string, string, CommandBody, [string, string][]][] = [
    [
      'a lowered limit',
      OLIVIA,
      limit(ACCOUNT, 40),
      [[MARCUS, `Northwind Coffee has 40 credits a month, previously 100. ${byOlivia}`]],
    ],
    [
      'a limit that asks now',
      OLIVIA,
      limit(ACCOUNT, 100, 'ask'),
      [[MARCUS, `Northwind Coffee has 100 credits a month, then asks for approval. ${byOlivia}`]],
    ],
    [
      'a limit of their own',
      MARCUS,
      limit(`member:${ANA}@client:${CLIENT}`, 5),
      [[ANA, '<@U0ANA> for Northwind Coffee has 5 credits a month. <@U0MARCUS>, now.']],
    ],
    [
      'extra credits, with why',
      OLIVIA,
      grant(ACCOUNT, 'Pitch'),
      [[MARCUS, `7 extra credits for Northwind Coffee: “Pitch”. ${byOlivia}`]],
    ],
    [
      'a move, each their side of it',
      OLIVIA,
      move(ACCOUNT, 'client:nova', 30),
      [
        [MARCUS, `30 credits moved away from Northwind Coffee, this month. ${byOlivia}`],
        [DAN, `30 credits moved to Nova Walrus, this month. ${byOlivia}`],
      ],
    ],
    [
      'a rule of a client',
      OLIVIA,
      { kind: 'set_rule', scope: ACCOUNT, rule: { ...RULE, imagesMax: 2 } },
      [[MARCUS, expect.stringMatching(/Northwind Coffee.*2 images/) as unknown as string]],
    ],
    [
      'a rule of a person',
      OLIVIA,
      {
        kind: 'set_rule',
        scope: `member:${EVE}`,
        rule: { ...RULE, imagesMax: 1 },
      },
      [[EVE, expect.stringContaining('1 image') as unknown as string]],
    ],
    [
      'a client without a manager',
      OLIVIA,
      limit('client:mira', 20),
      [[BEN, `Mira has 20 credits a month, previously 50. ${byOlivia}`]],
    ],
  ];

  test.each(TOLD)('is told to the people it is about, once: %s', async (_name, by, wish, expected) => {
    expect(await as(by, wish)).toMatchObject({ ok: true });
    expect(heard()).toEqual(expected);
    await sweeps();
    expect(heard()).toEqual(expected);
  });

  test('is not told to the one who did it', async () => {
    await as(MARCUS, {
      kind: 'set_rule',
      scope: ACCOUNT,
      rule: { ...RULE, imagesMax: 2 },
    });
    await sweeps();
    expect(heard()).toEqual([]);
  });

  test('comes to owners by their own message, where it raises a limit', async () => {
    await as(OLIVIA, limit('client:mira', 90));
    await sweeps();
    expect(heard()).toEqual([]);
    expect(world.messenger.cards.map(({ memberId, card }) => [memberId, card.kind])).toEqual([[BEN, 'budget_news']]);
  });

  test('is told after a crash that came right after it', async () => {
    await world.book.submit({ commandId: 'crashed', by: OLIVIA, ...limit(ACCOUNT, 40) });
    expect(heard()).toEqual([]);
    await sweeps();
    expect(heard()).toHaveLength(1);
  });

  test('is one message with all that one form changed', async () => {
    const figures = { limitCredits: 30, over: 'ask', rollOverMaxCredits: null } as const;
    const wanted = (['day', 'week', 'month'] as const).map((window) => ({ window, figures }));
    const saved = await saveLimits(world, { deliveryId: 'form', by: OLIVIA, account: ACCOUNT, wanted });
    expect(saved.saved).toHaveLength(3);
    await sweeps();
    expect(heard()).toHaveLength(1);
    expect(heard()[0]?.[1]).toMatch(/a day.*a week.*a month/s);
  });

  test.each([1_000, 30_000, 59_000])(
    'comes in a new message where it comes %i ms after another: a message that is edited is not unread',
    async (afterMs) => {
      await as(OLIVIA, limit(ACCOUNT, 40));
      const [first] = heard();
      await world.clock.advance(afterMs);
      await as(OLIVIA, limit(ACCOUNT, 30, 'ask'));
      await as(OLIVIA, grant(ACCOUNT, 'Pitch'));
      await sweeps();
      expect(heard()).toEqual([first]);
      await world.clock.advance(MINUTE_MS);
      await sweeps();
      expect(heard()).toEqual([first, [MARCUS, expect.stringMatching(/previously 40.*“Pitch”/s)]]);
      await world.clock.advance(5 * MINUTE_MS);
      await as(OLIVIA, limit(ACCOUNT, 20));
      expect(heard()).toHaveLength(3);
    },
  );

  test('of a rule for a role is told to those who manage, whatever the number of people', async () => {
    for (let index = 0; index < 60; index += 1) {
      await as('inkwell', { kind: 'add_member', memberId: `U0MANY${index}`, role: index < 30 ? 'manager' : 'creator' });
    }
    await as(OLIVIA, {
      kind: 'set_rule',
      scope: 'role:creator',
      rule: { ...RULE, imagesMax: 2 },
    });
    await sweeps();
    expect(heard().length).toBe(20);
    expect(heard().map(([memberId]) => memberId)).not.toContain(ANA);
  });

  test('reaches a guest as far as it is about their own limit', async () => {
    world.channels = { ...world.channels, audience: async () => 'shared' };
    await as(OLIVIA, limit(`member:${ANA}`, 9));
    await as(OLIVIA, limit(`member:${ANA}@client:${CLIENT}`, 5));
    await as(OLIVIA, grant(`member:${ANA}`, 'She is slow'));
    await as(OLIVIA, limit(ACCOUNT, 40));
    await world.clock.advance(2 * MINUTE_MS);
    await sweeps();
    expect(heard().map(([memberId]) => memberId)).toEqual([ANA, ANA]);
    expect(heard().map(([, text]) => text)).toEqual([
      expect.stringContaining('has 9 credits a month'),
      expect.stringContaining('7 extra credits'),
    ]);
    expect(JSON.stringify(world.messenger.news)).not.toMatch(/Northwind|slow/);
  });
});
