import { describe, expect, test } from 'vitest';
import { chance } from '../../scripts/bench/agencies.ts';
import { team } from '../../scripts/bench/teams.ts';
import type { WorkRecord } from '../../src/reports/like-work.ts';
import { tipsFor } from '../../src/reports/tips.ts';

type Part = Partial<Pick<WorkRecord, 'stage' | 'quality' | 'images' | 'mark' | 'credits'>>;

/** The same thread some times over. */
const threads = (count: number, parts: readonly Part[], memberId = 'ana'): WorkRecord[] =>
  Array.from({ length: count }, (_, thread) =>
    parts.map((part, index): WorkRecord => {
      const images = part.images ?? 1;
      return {
        ...{ memberId, clientId: 'acme', projectId: null, stage: 'concept', model: 'm', quality: 'low', mark: null },
        ...{ at: thread * 1_000 + index, threadKey: `${memberId}/${thread}`, images, credits: images * 2, ...part },
      };
    }),
  ).flat();

const KEPT = { mark: 'kept' } as const;
const HIGH = { quality: 'high', credits: 10 } as const;
const DRAFT: Part = {};
const kinds = (records: readonly WorkRecord[]) => tipsFor('ana', records).map(({ kind }) => kind);

describe('tips', () => {
  test.each([
    ['re-rolls at high quality', [DRAFT, HIGH, HIGH, { ...HIGH, ...KEPT }], 'rerolls_at_high_quality'],
    ['first images at high quality', [{ ...HIGH, ...KEPT }], 'first_images_at_high_quality'],
    ['many at once of which few were kept', [{ images: 6 }, KEPT], 'many_at_once_few_kept'],
    ['what was discarded after the final', [DRAFT, { mark: 'final' }, { mark: 'discarded' }], 'discards_after_final'],
    ['many tries of which nothing was kept', Array.from({ length: 5 }, () => DRAFT), 'many_tries_few_kept'],
  ] as const)('are about %s', (_, parts, kind) => {
    expect(kinds(threads(4, parts))).toEqual([kind]);
    // Twice is no habit, and neither is one thread of six.
    expect(kinds(threads(2, parts))).toEqual([]);
    expect(kinds([...threads(4, parts, 'ben'), ...threads(4, [KEPT])])).toEqual([]);
  });

  test.each([
    ['drafts, and one at high quality', [DRAFT, DRAFT, { ...HIGH, ...KEPT }]],
    ['high quality where each was kept', [DRAFT, { ...HIGH, ...KEPT }, { ...HIGH, ...KEPT }, { ...HIGH, ...KEPT }]],
    ['many at once, many of them kept', [{ images: 4, ...KEPT }]],
    ['a final, and another one', [DRAFT, { mark: 'final' }, { mark: 'final' }]],
  ] as const)('are none for %s', (_, parts) => {
    expect(kinds(threads(6, parts))).toEqual([]);
  });

  test('say how often, of how many, and for how many credits', () => {
    const records = [...threads(3, [{ images: 6 }, KEPT])];
    expect(tipsFor('ana', records)).toEqual([{ kind: 'many_at_once_few_kept', count: 3, ofCount: 3, credits: 36 }]);
  });

  test('are at most three, those about most credits first', () => {
    const all = [
      { ...HIGH, images: 6 },
      ...Array.from({ length: 4 }, () => HIGH),
      { mark: 'final' } as const,
      { mark: 'discarded' } as const,
    ];
    const tips = tipsFor('ana', threads(4, all));
    expect(tips).toHaveLength(3);
    expect(tips.map(({ credits }) => credits)).toEqual(tips.map(({ credits }) => credits).toSorted((a, b) => b - a));
  });

  test('count a request whose images have several marks as one', () => {
    const [request, another] = threads(2, [{ images: 3 }]) as [WorkRecord, WorkRecord];
    const parts = [request, { ...request, images: 3, credits: 6, mark: 'kept' as const }, another];
    expect(tipsFor('ana', [...parts, ...threads(3, [{ images: 4, ...KEPT }])])).toEqual([]);
  });

  test.each([
    ['many re-rolls', 'many_tries_few_kept', 'rerolls_at_high_quality'],
    ['first images at high quality', 'first_images_at_high_quality', 'rerolls_at_high_quality'],
    ['many at once', 'many_at_once_few_kept', 'many_at_once_few_kept'],
  ] as const)('of a planted designer speak of the habit: %s', (habit, ...expected) => {
    for (const seed of [77, 78, 79]) {
      const { records, plantedId } = team(chance(seed), habit);
      const found = tipsFor(plantedId ?? '', records).map(({ kind }) => kind);
      expect(found.some((kind) => expected.some((each) => each === kind))).toBe(true);
    }
  });
});
