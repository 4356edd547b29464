import fc from 'fast-check';
import { ANA, BEN, CLIENT, MARCUS } from '../../support/world.ts';
import type { Plan, Step } from './agency-in-time.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const process = fc.nat(3);
const OFF = [
  MINUTE,
  3 * MINUTE,
  4 * MINUTE,
  20 * MINUTE,
  5 * HOUR,
  30 * HOUR,
  8 * DAY,
  40 * DAY,
  400 * DAY,
  3_653 * DAY,
];
const wait = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1_000, max: 40 * MINUTE }) },
  { weight: 2, arbitrary: fc.integer({ min: HOUR, max: 20 * HOUR }) },
  { weight: 1, arbitrary: fc.integer({ min: DAY, max: 9 * DAY }) },
);
const offMs = fc.tuple(fc.constantFrom(0, ...OFF), fc.constantFrom(1, -1)).map(([ms, sign]) => ms * sign);
const pick = fc.nat(20);
const account = fc.constantFrom(`client:${CLIENT}` as const, `member:${ANA}` as const);

const limitSet = fc.record({
  kind: fc.constant('set_limit' as const),
  account: fc.constantFrom(`client:${CLIENT}` as const, `member:${BEN}` as const),
  window: fc.constantFrom('day' as const, 'week' as const, 'month' as const),
  limitCredits: fc.integer({ min: 5, max: 40 }),
  over: fc.constantFrom('refuse' as const, 'ask' as const),
  rollOverMaxCredits: fc.constant(null),
});
let grants = 0;
const given = fc
  .record({ account, amountCredits: fc.integer({ min: 1, max: 6 }) })
  .map((of) => ({ kind: 'grant' as const, ...of, grantId: `G${++grants}`, expiresAt: null, reason: 'For the pitch' }));
const standIn = fc.constant({ kind: 'set_delegate' as const, toId: MARCUS, untilAt: null });
const calendar = fc
  .constantFrom(
    { name: 'timeZone', value: 'Asia/Tokyo' } as const,
    { name: 'timeZone', value: 'America/Lima' } as const,
    { name: 'weekStartsOn', value: 0 } as const,
  )
  .map((policy) => ({ kind: 'set_policy' as const, policy }));

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: wait }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('set' as const),
      process,
      offMs,
      driftMsPerHour: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: -200_000, max: 200_000 })),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('round' as const, 'unplug', 'plug', 'round', 'restart', 'round'),
      process,
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('spend' as const),
      process,
      by: fc.constantFrom('ana' as const, 'ben' as const),
      credits: fc.integer({ min: 1, max: 5 }),
      images: fc.integer({ min: 1, max: 2 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('end' as const),
      process,
      pick,
      usedPercent: fc.constantFrom(0, 50, 100),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('decide' as const),
      process,
      pick,
      how: fc.constantFrom('once' as const, 'until', 'raise', 'deny'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('give' as const),
      process,
      wish: fc.oneof(limitSet, given, standIn, calendar),
      lastsMs: fc.integer({ min: MINUTE, max: 5 * DAY }),
    }),
  },
);

/** What random steps rarely come to: the allowance is used up, the clock goes ahead once or twice, and is right again. */
const episode: fc.Arbitrary<Step[]> = fc
  .record({ process, aheadMs: fc.array(fc.constantFrom(...OFF.slice(5)), { minLength: 1, maxLength: 2 }), pick })
  .map(({ process: of, aheadMs, pick: first }) => {
    const spends = (count: number, credits: number) =>
      Array.from({ length: count }, (_, n): Step[] => [
        { kind: 'spend', process: of, by: n % 2 ? 'ana' : 'ben', credits, images: 1 },
        { kind: 'end', process: of, pick: first + n, usedPercent: 100 },
      ]).flat();
    const ahead = aheadMs.flatMap((_, n): Step[] => [
      { kind: 'set', process: of, offMs: aheadMs.slice(0, n + 1).reduce((sum, ms) => sum + ms, 0), driftMsPerHour: 0 },
      ...spends(1, 1),
    ]);
    // One is under way while the clock is corrected, and ends in the right time.
    const open: Step = { kind: 'spend', process: of, by: 'ben', credits: 4, images: 1 };
    const right: Step[] = [
      { kind: 'set', process: of, offMs: 0, driftMsPerHour: 0 },
      { kind: 'correct', process: of },
    ];
    return [...spends(4, 4), ...ahead, open, ...right, ...spends(3, 4)];
  });

/** Mondays, ends of months and years, and nights in which clocks are changed. */
const STARTS = [
  Date.UTC(2026, 10, 23, 9),
  Date.UTC(2026, 10, 30, 21),
  Date.UTC(2026, 11, 31, 20),
  Date.UTC(2027, 2, 27, 23),
  Date.UTC(2026, 9, 24, 22),
];

export const plans = (outside: fc.Arbitrary<boolean>): fc.Arbitrary<Plan> =>
  fc.record({
    outside: fc.array(outside, { minLength: 1, maxLength: 3 }),
    startAt: fc.constantFrom(...STARTS),
    timeZone: fc.constantFrom('Europe/London', 'Europe/Helsinki', 'America/Los_Angeles', 'Australia/Lord_Howe', 'UTC'),
    steps: fc
      .array(fc.oneof({ weight: 40, arbitrary: step.map((each) => [each]) }, { weight: 1, arbitrary: episode }), {
        ...{ minLength: 20, maxLength: 70, size: 'max' },
      })
      .map((all) => all.flat()),
  });
