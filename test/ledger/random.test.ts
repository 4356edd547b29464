import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apply, fold } from '../../src/ledger/apply/apply.ts';
import type { Line } from '../../src/ledger/lines.ts';
import { emptyState } from '../../src/ledger/state.ts';
import { WORKSPACE } from '../support/fixtures.ts';
import { checkAll, expectSame, plain } from '../support/given.ts';
import { isLong, testLong } from '../support/is-long.ts';
import { audit } from './auditor.ts';
import { histories, type RandomHistory } from './histories.ts';
import { reckon } from './reckoning.ts';
import { createRunningAuditor } from './running-auditor.ts';

const SEEDS = [11, 12, 13, 14];
const STEPS_MAX = 90;
const RUNS = isLong ? 50 : 10;

/** Drawn once for all that is asked of them. */
const drawn = new Map(SEEDS.map((seed) => [seed, fc.sample(histories(STEPS_MAX), { seed, numRuns: RUNS })]));

describe.each(SEEDS)('random histories of random organisations, seed %i', (seed) => {
  const run = (check: (history: RandomHistory) => void) => {
    for (const [index, history] of (drawn.get(seed) ?? []).entries()) {
      try {
        check(history);
      } catch (error) {
        throw new Error(`history ${index} of seed ${seed}`, { cause: error });
      }
    }
  };

  test('an auditor with arithmetic of its own finds nothing', () => {
    run(({ lines }) => expect(audit(lines)).toEqual([]));
  });

  test('so does the one whose sums run along, and they are the same', () => {
    run(({ lines }) => {
      const running = createRunningAuditor();
      expect(lines.flatMap((line) => running.add(line))).toEqual([]);
      const { limits, standing, spent, told } = reckon(lines);
      const at = lines.at(-1)?.at ?? 0;
      for (const { account, window } of limits) {
        expect(running.reckoning.standing(account, window, at)).toEqual(standing(account, window, at));
      }
      for (const { grantId, account } of told.grants) {
        expect(running.reckoning.spent(grantId, account)).toBe(spent(grantId, account));
      }
    });
  });

  test('the lines verify, are written and read back the same, and add up to the state', () => {
    run(checkAll);
  });

  test('folding them in any pieces, or one by one, makes the same state, and leaves the one before as it was', () => {
    run(({ lines, state }) => {
      const half = fold(emptyState(WORKSPACE), lines.slice(0, lines.length >> 1));
      const before = JSON.stringify(plain(half));
      expectSame(plain(fold(half, lines.slice(lines.length >> 1))), plain(state));
      expect(JSON.stringify(plain(half))).toBe(before);
      expectSame(plain(lines.reduce(apply, emptyState(WORKSPACE))), plain(state));
    });
  });
});

testLong('the histories are worth looking at: everything happens in them', () => {
  const seen = new Map<string, number>();
  let turnedAway = 0;
  for (const { lines, turnedAwayCount } of [...drawn.values()].flat()) {
    turnedAway += turnedAwayCount;
    for (const name of lines.flatMap(namesOf)) seen.set(name, (seen.get(name) ?? 0) + 1);
  }
  const rare = [...OFTEN, ...REFUSALS].filter((name) => (seen.get(name) ?? 0) < 12);
  expect({ rare, turnedAwayOften: turnedAway >= 12 }).toEqual({ rare: [], turnedAwayOften: true });
});

const OFTEN = [
  ...['held', 'captured', 'voided', 'slipped', 'limit_set', 'granted', 'asked', 'approved', 'denied', 'withdrawn'],
  ...['lapsed', 'escalated', 'budget_moved', 'rule_set', 'policy_set', 'role_set', 'teams_set', 'manages_set'],
  ...['team_deleted', 'team_restored'],
  ...['delegate_set', 'member_suspended', 'member_resumed', 'member_removed', 'member_brought_back', 'owner_appointed'],
  ...['channel_bound', 'project_bound', 'project_closed', 'project_reopened', 'client_closed', 'client_reopened'],
  ...[
    'drawn',
    'spending_stopped',
    'spending_resumed',
    'drawn from several',
    'warned',
    'with a project',
    'with a team',
    'charged to the agency',
  ],
  ...['approved once', 'approved until', 'approved raise', 'asked about several', 'rolled over'],
];

const REFUSALS = [
  ...['limit_exceeded', 'hold_not_open', 'capture_exceeds_hold', 'not_allowed', 'grant_exists', 'request_ended'],
  ...['own_request', 'other_limits', 'not_enough_to_move', 'member_not_active', 'project_closed', 'client_closed'],
  ...['price_too_high', 'model_not_allowed', 'no_limit', 'last_owner', 'spending_stopped', 'spending_not_stopped'],
];

function namesOf(line: Line): string[] {
  const names: string[] = [line.kind === 'refused' ? line.refusal.reason : line.kind];
  const add = (isSo: boolean, name: string) => isSo && names.push(name);
  if (line.kind === 'held' || line.kind === 'approved') {
    add(
      line.holds.some(({ draws }) => draws.length > 0),
      'drawn',
    );
    add(
      line.holds.some(({ draws }) => draws.length > 1),
      'drawn from several',
    );
    add(line.projectId !== null, 'with a project');
    add(line.teamIds.length > 0, 'with a team');
  }
  if (line.kind === 'held') add(line.warnings.length > 0, 'warned');
  if (line.kind === 'captured') add(line.chargedTo === 'agency', 'charged to the agency');
  if (line.kind === 'approved') add(true, `approved ${line.how.kind}`);
  if (line.kind === 'asked') add(line.exceeded.length > 1, 'asked about several');
  const exceeded = line.kind === 'asked' ? line.exceeded : line.kind === 'held' ? line.warnings : [];
  const inTheWay = line.kind === 'refused' && line.refusal.reason === 'limit_exceeded' ? line.refusal.exceeded : [];
  add(
    [...exceeded, ...inTheWay].some(({ rolledCredits }) => rolledCredits > 0),
    'rolled over',
  );
  return names;
}
