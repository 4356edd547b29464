import { beforeEach, describe, expect, test } from 'vitest';
import { peopleLed } from '../../src/app/home/people-led.ts';
import { type CommandBody, INKWELL } from '../../src/ledger/commands/commands.ts';
import { actsIn } from '../support/acts.ts';
import { ANA, BEN, CLIENT, createWorld, GINA, MARCUS, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';

let world: TestWorld;
const { as, spend } = actsIn(() => world);

beforeEach(async () => {
  world = await createWorld();
  await openAgency(world);
  const add = (memberId: string): CommandBody => ({ kind: 'add_member', memberId, role: 'creator' });
  await as(INKWELL, ...[ANA, BEN, GINA].map(add));
  await as(
    OLIVIA,
    { kind: 'create_team', teamId: 'design', name: 'Design' },
    { kind: 'create_team', teamId: 'film', name: 'Film' },
    ...[ANA, BEN, MARCUS].map((memberId): CommandBody => ({ kind: 'set_teams', memberId, teamIds: ['design'] })),
    { kind: 'set_teams', memberId: GINA, teamIds: ['film'] },
    { kind: 'set_manages', memberId: MARCUS, clientIds: [CLIENT], teamIds: ['design'] },
  );
});

const led = (by = MARCUS) => peopleLed(world.book.now(), { by, at: world.clock.now() });
const idsOf = ({ rows }: ReturnType<typeof led>) => rows.map(({ memberId }) => memberId);
const dailyLimit = (memberId: string, limitCredits: number): CommandBody => ({
  kind: 'set_limit',
  account: `member:${memberId}`,
  window: 'day',
  limitCredits,
  over: 'refuse',
  rollOverMaxCredits: null,
});

describe('the people of a manager', () => {
  test('are those of their teams, without the manager and without other teams’ people', () => {
    expect(new Set(idsOf(led()))).toEqual(new Set([ANA, BEN]));
    expect(led().count).toBe(2);
    expect(led(OLIVIA)).toEqual({ rows: [], count: 0 });
    expect(led(ANA)).toEqual({ rows: [], count: 0 });
  });

  test('come with the least left first, and without a limit with those who used most', async () => {
    await spend(BEN, 20);
    await spend(ANA, 30);
    expect(idsOf(led())).toEqual([ANA, BEN]);
    await as(OLIVIA, dailyLimit(BEN, 100));
    expect(idsOf(led())).toEqual([BEN, ANA]);
    await as(OLIVIA, dailyLimit(ANA, 40));
    expect(led().rows.map(({ memberId, standings }) => [memberId, standings[0]?.availableCredits])).toEqual([
      [ANA, 10],
      [BEN, 80],
    ]);
  });

  test('are not seen any more by a manager who has lost the team, or when they have left', async () => {
    await as(OLIVIA, { kind: 'remove_member', memberId: BEN, reason: 'Left' });
    expect(idsOf(led())).toEqual([ANA]);
    await as(OLIVIA, { kind: 'set_manages', memberId: MARCUS, clientIds: [CLIENT], teamIds: [] });
    expect(led()).toEqual({ rows: [], count: 0 });
  });

  test('are five at most, of whom the count tells how many there are', async () => {
    for (let n = 0; n < 9; n += 1)
      await as(
        INKWELL,
        { kind: 'add_member', memberId: `U9${n}`, role: 'creator' },
        { kind: 'set_teams', memberId: `U9${n}`, teamIds: ['design'] },
      );
    expect(led().rows).toHaveLength(5);
    expect(led().count).toBe(11);
  });
});
