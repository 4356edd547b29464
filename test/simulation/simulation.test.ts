import { beforeAll, describe, expect, test } from 'vitest';
import { isLong, testLong } from '../support/is-long.ts';
import { OPERATIONS_MIN, runSeed, type SeedResult } from './run-seed.ts';
import { createTally } from './tally.ts';
import { FAULTS, PORTS } from './world/weather.ts';
import { CLOCK_FAULTS } from './world/wrong-clocks.ts';

/** A few of the seeds that `npm run sim` runs by the thousand. */
const SEEDS = Array.from({ length: isLong ? 60 : 3 }, (_, index) => index + 1);
const FAULTS_MIN = 5;

describe('a simulated agency, one to four processes in bad weather', () => {
  const results: SeedResult[] = [];
  const tally = createTally();

  beforeAll(async () => {
    for (const seed of SEEDS) {
      const result = await runSeed(seed);
      results.push(result);
      tally.add(result);
    }
  }, 300_000);

  test('breaks no law in any seed; what breaks one is run again by `npm run sim -- --seeds 1 --from <seed> --trace`', () => {
    const broken = results.flatMap(({ seed, violations }) =>
      violations.map((violation) => `seed ${seed}: ${violation}`),
    );
    expect(broken).toEqual([]);
  });

  test(`does ${OPERATIONS_MIN} things and has ${FAULTS_MIN} faults in each seed`, () => {
    const thin = results.filter(({ counts }) => {
      return (counts.operations ?? 0) < OPERATIONS_MIN || (counts.faults ?? 0) < FAULTS_MIN;
    });
    expect(thin.map(({ seed }) => seed)).toEqual([]);
  });

  testLong(
    'gets everywhere: every fault in every port, every end of a hold and of a request, deaths and takeovers',
    () => {
      const counts = tally.counts();
      expect(EVERYWHERE.filter((name) => !counts[name])).toEqual([]);
    },
  );

  test('happens again exactly as it did, from its seed', async () => {
    const [first] = results;
    const again = await runSeed(SEEDS[0]!);
    expect(again.hash).toBe(first?.hash);
    expect(again.counts).toEqual(first?.counts);
    expect((await runSeed(SEEDS[0]! + 1_000_000)).hash).not.toBe(first?.hash);
  }, 60_000);
});

const EVERYWHERE = [
  ...[...FAULTS, ...CLOCK_FAULTS].map((fault) => `fault ${fault}`),
  ...[...PORTS, 'deliveries', 'clocks'].map((port) => `fault in ${port}`),
  ...['deaths', 'takeover after a death', 'nights', 'outages', 'sweeps', 'calm seeds', 'stormy seeds'],
  ...[1, 2, 3, 4].map((count) => `seeds with ${count} processes`),
  ...['held', 'captured', 'voided', 'slipped', 'asked', 'approved', 'denied', 'withdrawn', 'lapsed', 'escalated'].map(
    (kind) => `line ${kind}`,
  ),
  ...['limit_set', 'granted', 'role_set', 'member_removed', 'member_brought_back', 'member_suspended'].map(
    (kind) => `line ${kind}`,
  ),
  ...['project_closed', 'project_reopened', 'project_bound', 'delegate_set', 'channel_bound'].map(
    (kind) => `line ${kind}`,
  ),
  ...['limit_exceeded', 'not_allowed', 'own_request', 'request_ended', 'other_limits', 'member_not_active'].map(
    (reason) => `refusal ${reason}`,
  ),
  ...['done', 'refused', 'rejected', 'transient', 'account_stop'].map((outcome) => `post ${outcome}`),
  ...['refused', 'not_approved', 'client_asked', 'unreachable', 'id_reused', 'delayed'].map((note) => `told ${note}`),
  ...['request_card', 'asked_card', 'leaving_receipt', 'client_card', 'stop_card', 'clock_card'].map(
    (card) => `card ${card}`,
  ),
  ...['nights checked', 'line spending_stopped', 'line spending_resumed', 'refusal spending_stopped'],
];
