import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chance } from '../../scripts/bench/agencies.ts';
import { HABITS, team } from '../../scripts/bench/teams.ts';
import { threadsOf, type WorkRecord } from '../../src/reports/like-work.ts';
import { compareWithPeers } from '../../src/reports/peers.ts';
import { isLong } from '../support/is-long.ts';

type Work = {
  by: string;
  at?: string;
  project?: string | null;
  perKept: number;
  kept: number;
  stage?: 'concept' | 'final';
};

/** So many threads with one kept image each; every other image was of a re-roll. */
function work({ by, at = 'acme', project = null, perKept, kept, stage = 'concept' }: Work): WorkRecord[] {
  return Array.from({ length: kept }, (_, index): WorkRecord[] => {
    const threadKey = `${by}/${at}/${project}/${stage}/${index}`;
    const of = { memberId: by, clientId: at, projectId: project, stage, model: 'm', quality: 'low', threadKey };
    // Some threads are dearer than others.
    const credits = Math.max(1, Math.round(perKept * (0.5 + ((index * 7) % 11) / 10)));
    return [
      { ...of, credits: credits - 1, images: credits - 1, mark: null, at: index * 1_000 },
      { ...of, credits: 1, images: 1, mark: 'kept', at: index * 1_000 + 1 },
    ];
  }).flat();
}

const compare = (memberId: string, records: readonly WorkRecord[], modelClassOf = (model: string) => model) =>
  compareWithPeers(memberId, threadsOf(records, modelClassOf));

const peers = ['ben', 'cleo', 'dora'].flatMap((by) => work({ by, perKept: 4, kept: 60 }));

describe('a member beside peers', () => {
  test.each([
    ['who uses three times as much for a kept image', { perKept: 12, kept: 60 }, true],
    ['who uses as much', { perKept: 4, kept: 60 }, false],
    ['who uses a little more', { perKept: 5, kept: 60 }, false],
    ['who makes five times as many images, as well', { perKept: 4, kept: 300 }, false],
    ['with nineteen kept images', { perKept: 12, kept: 19 }, false],
    ['whose peers did other work', { perKept: 12, kept: 60, stage: 'final' as const }, false],
    ['alone with a client', { perKept: 12, kept: 60, at: 'hard' }, false],
  ])('%s', (_, how, isTold) => {
    const finding = compare('ana', [...peers, ...work({ by: 'ana', ...how })]);
    expect(finding !== null).toBe(isTold);
  });

  test('is told figures of like work', () => {
    const finding = compare('ana', [...peers, ...work({ by: 'ana', perKept: 12, kept: 66 })]);
    expect(finding).toMatchObject({ memberId: 'ana', stage: 'concept', modelClass: 'm' });
    expect(finding).toMatchObject({ keptCount: 66, peersKeptCount: 180 });
    expect(finding?.creditsPerKept).toBeCloseTo(12, 0);
    expect(finding?.peersCreditsPerKept).toBeCloseTo(4, 0);
  });

  test('with the hard client is compared there, and an easy one does not count against them', () => {
    const hard = ['ben', 'cleo', 'dora'].flatMap((by) => work({ by, at: 'hard', perKept: 12, kept: 10 }));
    const ana = work({ by: 'ana', at: 'hard', perKept: 12, kept: 60 });
    expect(compare('ana', [...peers, ...hard, ...ana])).toBeNull();
    const wasteful = work({ by: 'ana', at: 'hard', perKept: 40, kept: 60 });
    expect(compare('ana', [...peers, ...hard, ...wasteful])).toMatchObject({ peersKeptCount: 30 });
  });

  test('with the hard project of an easy client is compared in it', () => {
    const of = (by: string, kept: number) => [
      ...work({ by, project: 'easy', perKept: 3, kept: 60 - kept }),
      ...work({ by, project: 'hard', perKept: 12, kept }),
    ];
    const all = [...of('ana', 55), ...of('ben', 5), ...of('cleo', 5), ...of('dora', 5)];
    expect(compare('ana', all)).toBeNull();
  });

  test.each([
    ['one peer', ['ben'], false],
    ['two peers', ['ben', 'cleo'], true],
  ])('of whom there is %s', (_, names, isTold) => {
    const few = names.flatMap((by) => work({ by, perKept: 4, kept: 90 }));
    expect(compare('ana', [...few, ...work({ by: 'ana', perKept: 16, kept: 60 })]) !== null).toBe(isTold);
  });

  test('is not told for one peer who is far better than all others', () => {
    const others = ['ben', 'cleo'].flatMap((by) => work({ by, perKept: 12, kept: 20 }));
    const best = work({ by: 'dora', perKept: 2, kept: 400 });
    expect(compare('ana', [...others, ...best, ...work({ by: 'ana', perKept: 12, kept: 60 })])).toBeNull();
  });

  test('is not told for one dear thread', () => {
    const ana = work({ by: 'ana', perKept: 4, kept: 60 });
    const [first, ...rest] = ana as [WorkRecord, ...WorkRecord[]];
    expect(compare('ana', [...peers, { ...first, credits: 2_000 }, ...rest])).toBeNull();
  });

  test('who seldom marks is compared by the threads where something was marked', () => {
    const ana = work({ by: 'ana', perKept: 4, kept: 200 });
    const unmarked = ana.map((record, index) => (index % 8 < 6 ? { ...record, mark: null } : record));
    expect(compare('ana', [...peers, ...unmarked])).toBeNull();
  });

  test('is compared by the class of a model, as the caller has it', () => {
    const newer = work({ by: 'ana', perKept: 12, kept: 60 }).map((record) => ({ ...record, model: 'm-2' }));
    expect(compare('ana', [...peers, ...newer])).toBeNull();
    expect(compare('ana', [...peers, ...newer], () => 'images')).toMatchObject({ modelClass: 'images' });
  });
});

const TEAMS = isLong ? 8 : 2;

describe('generated teams', () => {
  test.each(HABITS)('have the planted one found, and no other: %s', (habit) => {
    const luck = chance(7_000 + HABITS.indexOf(habit));
    let found = 0;
    const accused: string[] = [];
    for (let n = 0; n < TEAMS; n += 1) {
      const { records, memberIds, plantedId } = team(luck, habit);
      const threads = threadsOf(records, (model) => model);
      const told = memberIds.filter((memberId) => compareWithPeers(memberId, threads));
      if (plantedId && told.includes(plantedId)) found += 1;
      accused.push(...told.filter((memberId) => memberId !== plantedId));
    }
    expect(found).toBeGreaterThanOrEqual(TEAMS - 1);
    expect(found).toBeGreaterThan(0);
    expect(accused).toEqual([]);
  });
});

const anyRecord = fc.record({
  memberId: fc.constantFrom('ana', 'ben', 'cleo'),
  clientId: fc.constantFrom('acme', 'hard'),
  projectId: fc.constantFrom(null, 'p'),
  stage: fc.constantFrom('concept', 'final'),
  model: fc.constant('m'),
  quality: fc.constant('low'),
  credits: fc.nat(50),
  images: fc.integer({ min: 1, max: 8 }),
  mark: fc.constantFrom('kept', 'discarded', null),
  at: fc.nat(100),
  threadKey: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
}) as fc.Arbitrary<WorkRecord>;

describe('whatever was done', () => {
  test('what is told is true, does not depend on the order, and not on how much was done', () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { minLength: 20, maxLength: 120 }), (records) => {
        const finding = compare('ana', records);
        expect(compare('ana', records.toReversed()) === null).toBe(finding === null);
        if (!finding) return;
        expect(Math.min(finding.keptCount, finding.peersKeptCount)).toBeGreaterThanOrEqual(20);
        expect(finding.creditsPerKept).toBeGreaterThan(finding.peersCreditsPerKept);
      }),
      { numRuns: 150 },
    );
  });
});
