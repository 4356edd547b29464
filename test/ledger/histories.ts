import fc from 'fast-check';
import type { AccountId } from '../../src/ledger/accounts.ts';
import type { Line } from '../../src/ledger/lines.ts';
import type { State } from '../../src/ledger/state.ts';
import { emptyState } from '../../src/ledger/state.ts';
import { MONDAY } from '../support/clock.ts';
import {
  type Asked,
  agency,
  bind,
  CREATOR,
  capture,
  client,
  grant,
  hold,
  limit,
  MANAGER,
  OWNER,
  role,
  slip,
  VIEWER,
  voided,
  WORKSPACE,
} from '../support/fixtures.ts';
import { answerTo } from '../support/given.ts';

/** Random histories: few people, few clients and small numbers, so that limits, grants and ends meet often. */
const HOUR = 3_600_000;
const ACCOUNTS: readonly AccountId[] = [
  'agency',
  'client:acme',
  'client:nova',
  `member:${CREATOR}`,
  `member:${MANAGER}`,
];

/** A step's wish, when it is clear what is open by then; ids of holds are chosen among those that exist. */
type Step = { afterMs: number; wish: (state: State, seen: readonly string[]) => Asked };

type MakeWish = Step['wish'];

const account = fc.constantFrom<AccountId>(...Array<AccountId>(8).fill('client:acme'), ...ACCOUNTS);
const person = fc.constantFrom(...Array<string>(8).fill(CREATOR), MANAGER, OWNER, VIEWER, 'USTRANGER');
const credits = fc.integer({ min: 0, max: 12 });
const pick = fc.nat({ max: 1_000 });

const holds: fc.Arbitrary<MakeWish> = fc
  .record({
    by: person,
    eachCredits: fc.integer({ min: 0, max: 8 }),
    imagesCount: fc.integer({ min: 1, max: 3 }),
    channelId: fc.constantFrom('C1', 'C1', 'C1', 'C1', 'C1', 'C2', 'C2', 'C9'),
  })
  .map(
    ({ eachCredits, ...change }) =>
      () =>
        hold(eachCredits, change),
  );

const captures: fc.Arbitrary<MakeWish> = fc
  .record({ pick, credits: fc.integer({ min: 0, max: 15 }), cost: fc.nat({ max: 9 }) })
  .map((each) => (_, seen) => capture(one(seen, each.pick), each.credits, each.cost));

const fullCaptures: fc.Arbitrary<MakeWish> = pick.map((index) => ({ holds: open }) => {
  const holdId = one([...open.keys()].sort(), index);
  return capture(holdId, open.get(holdId)?.amountCredits ?? 0);
});

const voids: fc.Arbitrary<MakeWish> = pick.map((index) => (_, seen) => voided(one(seen, index)));
const slips: fc.Arbitrary<MakeWish> = pick.map((index) => (_, seen) => slip(one(seen, index)));

const limits: fc.Arbitrary<MakeWish> = fc
  .record({ account, window: fc.constantFrom('day', 'week', 'month', 'total'), to: fc.option(credits, { freq: 8 }) })
  .map((each) => () => limit(each.account, each.window, each.to));

const grants: fc.Arbitrary<MakeWish> = fc
  .record({ account, credits, hours: fc.option(fc.integer({ min: -1, max: 200 })), id: fc.nat({ max: 12 }) })
  .map(({ account: to, credits: amount, hours, id }) => ({ lastAt }) => {
    const expiresAt = hours === null ? null : lastAt + hours * HOUR;
    return grant(to, amount, { grantId: `G${id}`, expiresAt });
  });

const roles: fc.Arbitrary<MakeWish> = fc
  .record({ who: person, to: fc.constantFrom('owner', 'manager', 'creator', 'viewer'), by: person })
  .map(
    ({ who, to, by }) =>
      () =>
        role(who, to, by),
  );

const bindings: fc.Arbitrary<MakeWish> = fc
  .record({ channel: fc.constantFrom('C1', 'C2'), to: fc.constantFrom('acme', 'nova', null), ifUnbound: fc.boolean() })
  .map(
    ({ channel, to, ifUnbound }) =>
      () =>
        bind(channel, to, { ifUnbound }),
  );

const weighted = (weight: number, arbitrary: fc.Arbitrary<MakeWish>) => ({ weight, arbitrary });

const wishes = fc.oneof(
  weighted(14, holds),
  weighted(3, captures),
  weighted(4, fullCaptures),
  weighted(2, voids),
  weighted(2, slips),
  weighted(2, limits),
  weighted(4, grants),
  weighted(1, roles),
  weighted(1, bindings),
);

const step: fc.Arbitrary<Step> = fc.record({
  afterMs: fc.oneof(
    fc.integer({ min: 0, max: 60_000 }),
    fc.integer({ min: 0, max: 30 * HOUR }),
    fc.constant(-HOUR),
    fc.constant(0),
  ),
  wish: wishes,
});

const zones = ['Europe/Berlin', 'America/Santiago', 'Pacific/Kiritimati', 'Asia/Kathmandu'] as const;

export type RandomHistory = { lines: Line[]; state: State };

export const histories = (stepsMax: number): fc.Arbitrary<RandomHistory> =>
  fc
    .record({
      timeZone: fc.constantFrom(...zones),
      weekStartsOn: fc.integer({ min: 0, max: 6 }),
      startAt: fc.constantFrom(MONDAY, Date.UTC(2026, 2, 28, 20), Date.UTC(2026, 9, 24, 20), Date.UTC(2026, 11, 31)),
      first: fc.array(fc.oneof(limits, grants), { maxLength: 8, size: 'max' }),
      steps: fc.array(step, { minLength: stepsMax >> 1, maxLength: stepsMax, size: 'max' }),
    })
    .map(({ timeZone, weekStartsOn, startAt, first, steps }) => {
      const opening = [...agency({ timeZone, weekStartsOn }), client('nova', 'Nova'), bind('C2', 'nova')];
      let state = emptyState(WORKSPACE);
      let clock = startAt;
      const lines: Line[] = [];
      const seen: string[] = [];
      const add = (asked: Asked) => {
        const answered = answerTo(state, { ...asked, at: clock });
        state = answered.state;
        lines.push(answered.line);
        if (answered.line.kind === 'held') seen.push(...answered.line.holds.map(({ holdId }) => holdId));
      };
      for (const each of opening) add(each);
      for (const wish of first) add(wish(state, seen));
      for (const { afterMs, wish } of steps) {
        clock += afterMs;
        add(wish(state, seen));
      }
      return { lines, state };
    });

const one = (seen: readonly string[], index: number) => seen[index % (seen.length || 1)] ?? 'none';
