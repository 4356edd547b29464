import { beforeEach, describe, expect, test } from 'vitest';
import { tellAffected } from '../../src/app/limits/tell-affected.ts';
import { tellOwnersOfBudget } from '../../src/app/limits/tell-owners.ts';
import type { Card } from '../../src/app/messenger.ts';
import { submitChange } from '../../src/app/submit-change.ts';
import type { AccountId } from '../../src/ledger/accounts.ts';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import type { Audience } from '../../src/ports/ports.ts';
import { cardMessage } from '../../src/slack/messenger/card.ts';
import { ANA, BEN, CLIENT, createWorld, MARCUS, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';

/** Who hears of a change is decided once, when it is made; and each of them hears of it, whatever is in the way for a while. */

const ACCOUNT: AccountId = `client:${CLIENT}`;
const DAN = 'U0DAN';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let world: TestWorld;
let ids = 0;
let audiences: Map<string, Audience>;
let faults: unknown[];
const as = (by: string, wish: CommandBody) => submitChange(world, { deliveryId: `reader-${++ids}`, by, command: wish });
const limit = (account: AccountId, limitCredits: number) =>
  ({ kind: 'set_limit', account, window: 'month', limitCredits, over: 'refuse', rollOverMaxCredits: null }) as const;
const sweeps = async (rounds = 3, at = world) => {
  for (let round = 0; round < rounds; round += 1) {
    await world.clock.advance(MINUTE_MS);
    await tellOwnersOfBudget(at);
    await tellAffected(at);
  }
};
const isAbout = ({ kind }: Card) => kind === 'change_news' || kind === 'budget_news';
const heard = () =>
  [...world.messenger.news, ...world.messenger.cards]
    .filter(({ card }) => isAbout(card))
    .map(({ memberId, card }) => [memberId, cardMessage(card).text] as const);
const readers = () => heard().map(([memberId]) => memberId);

/** Each change, the one who hears of it, and how another person comes to be responsible for it. */
const CASES: [string, string, () => Promise<unknown>, () => Promise<unknown>][] = [
  [
    'a limit that is lowered, and a new manager of the client',
    MARCUS,
    () => as(OLIVIA, limit(ACCOUNT, 40)),
    () => as(OLIVIA, { kind: 'set_manages', memberId: DAN, clientIds: [CLIENT], teamIds: [] }),
  ],
  [
    'a limit that is raised, and a new owner',
    BEN,
    () => as(OLIVIA, limit('client:mira', 90)),
    () => as(OLIVIA, { kind: 'set_role', memberId: DAN, role: 'owner' }),
  ],
  [
    'a client without a manager, and its first one',
    BEN,
    () => as(OLIVIA, limit('client:mira', 20)),
    () => as(OLIVIA, { kind: 'set_manages', memberId: DAN, clientIds: ['mira'], teamIds: [] }),
  ],
];

beforeEach(async () => {
  audiences = new Map();
  faults = [];
  world = await createWorld();
  world.channels = { ...world.channels, audience: async (_, readerId) => audiences.get(readerId) ?? 'internal' };
  world.log = { ...world.log, error: (facts) => void faults.push(facts) };
  await openAgency(world, { monthCredits: 100 });
  await as(OLIVIA, { kind: 'add_member', memberId: ANA, role: 'creator' });
  await as(OLIVIA, { kind: 'add_member', memberId: BEN, role: 'owner' });
  await as(OLIVIA, { kind: 'add_member', memberId: DAN, role: 'manager' });
  await as(OLIVIA, { kind: 'create_client', clientId: 'mira', name: 'Mira' });
  await as(OLIVIA, limit('client:mira', 50));
  await world.clock.advance(30 * MINUTE_MS);
  await sweeps(1);
  expect(heard()).toEqual([]);
});

describe.each(CASES)('%s', (_name, reader, change, appoint) => {
  test('is told to who was responsible, and not to who is since', async () => {
    await change();
    await appoint();
    await sweeps();
    expect(readers()).toEqual([reader]);
  });

  test('is told to the same people by a process that starts later', async () => {
    world.messenger.answerNext('postCard', { kind: 'failed', code: 'lost' });
    await change();
    await appoint();
    expect(heard()).toEqual([]);
    await sweeps(2, await createWorld({ ...world, processId: 'p2' }));
    expect(readers()).toEqual([reader]);
  });

  test.each([1, 30, 600])('waits while Slack can’t say who reads it, for %i minutes', async (minutes) => {
    audiences.set(reader, 'unsure');
    await change();
    await sweeps(minutes);
    expect(heard()).toEqual([]);
    audiences.clear();
    await sweeps();
    expect(readers()).toEqual([reader]);
    expect(faults).toEqual([]);
  });

  test('is given up after half a day, which the log says once', async () => {
    audiences.set(reader, 'unsure');
    await change();
    for (let hour = 0; hour < 14; hour += 1) {
      await world.clock.advance(HOUR_MS);
      await sweeps(2);
    }
    audiences.clear();
    await sweeps();
    expect(heard()).toEqual([]);
    expect(faults).toEqual([expect.objectContaining({ memberId: reader })]);
  });

  test.each(Array.from({ length: 10 }, (_, index) => index))(
    'is told by another process where one dies after %i writes, twice at most',
    async (writesMax) => {
      world.messenger.answerNext('postCard', { kind: 'failed', code: 'lost' });
      await change();
      expect(heard()).toEqual([]);
      const { marks } = world.records;
      let writes = 0;
      const put: typeof marks.put = async (mark) => {
        writes += 1;
        return writes > writesMax ? await new Promise<never>(() => {}) : await marks.put(mark);
      };
      const dead = await createWorld({ ...world, records: { ...world.records, marks: { ...marks, put } } });
      void tellOwnersOfBudget(dead).then(() => tellAffected(dead));
      await sweeps(6, await createWorld({ ...world, processId: 'p2' }));
      expect(new Set(readers())).toEqual(new Set([reader]));
      expect(readers().length).toBeLessThanOrEqual(2);
    },
  );
});

describe('news', () => {
  test('is not told to who has lost the right to know since, and later neither', async () => {
    world.messenger.answerNext('postCard', { kind: 'failed', code: 'lost' });
    await as(OLIVIA, limit(ACCOUNT, 40));
    await as(OLIVIA, { kind: 'set_role', memberId: MARCUS, role: 'creator' });
    await sweeps();
    expect(heard()).toEqual([]);
  });

  test('that came while Slack couldn’t say who reads it is told whole', async () => {
    audiences.set(MARCUS, 'unsure');
    await as(OLIVIA, limit(`member:${MARCUS}`, 9));
    await as(OLIVIA, limit(ACCOUNT, 40));
    await sweeps();
    audiences.clear();
    await sweeps();
    expect(readers()).toEqual([MARCUS]);
    expect(heard()[0]?.[1]).toMatch(/9 credits a month.*40 credits a month/s);
  });
});
