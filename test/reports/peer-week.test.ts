import { Map as ImmutableMap, List } from 'immutable';
import { describe, expect, test } from 'vitest';
import type { MadeImage } from '../../src/ledger/tally/made-images.ts';
import type { Mark } from '../../src/ledger/work.ts';
import { COMPARED_DAYS, imagesToCompare, peersFound } from '../../src/reports/peer-week.ts';
import { addDays } from '../../src/reports/usage.ts';

const DATE = '2026-11-30';
const HOUR = 3_600_000;
let count = 0;

type Made = { memberId: string; mark: Mark | null; credits?: number; heldAt?: number };
function made({ memberId, mark, credits = 2, heldAt = 0 }: Made): MadeImage {
  count += 1;
  const work = { model: 'sketch', quality: 'fine', stage: 'concept', isStageGuessed: false } as const;
  const spend = { memberId, teamIds: [], clientId: 'acme', projectId: null };
  const marked = mark && { mark, by: memberId, at: heldAt };
  return { ...spend, ...work, holdId: `job-${count}/1`, credits, agencyCredits: 0, costMicroUsd: 1, heldAt, marked };
}
const times = (many: number, of: Made, everyMs = 3 * HOUR) =>
  Array.from({ length: many }, (_, index) => made({ ...of, heldAt: index * everyMs }));
const on = (date: string, ...images: MadeImage[]) => ({ images: ImmutableMap([[date, List(images)]]) });

const peers = ['BEN', 'CLEO'].flatMap((memberId) => times(12, { memberId, mark: 'keep' }));
const ana = times(22, { memberId: 'ANA', mark: 'keep', credits: 8 });
const find = (images: readonly MadeImage[], until: string | null = null) =>
  peersFound(['ANA', 'BEN', 'CLEO'], {
    images: imagesToCompare(on(addDays(DATE, -3), ...images), DATE),
    isDear: ({ quality }) => quality === 'high',
    placeOf: () => ({ channelId: 'C', threadId: null }),
    differentUntil: (memberId) => (memberId === 'ANA' ? until : null),
  });

describe('what is compared of eight weeks', () => {
  test.each([
    ['the day before', 1, 46],
    ['the first day', COMPARED_DAYS, 46],
    ['a day too early', COMPARED_DAYS + 1, 0],
    ['the date itself', 0, 0],
  ])('has images of %s', (_, daysAgo, imagesCount) => {
    expect(imagesToCompare(on(addDays(DATE, -daysAgo), ...peers, ...ana), DATE)).toHaveLength(imagesCount);
  });

  test('is nothing where no one has kept 20 images', () => {
    expect(imagesToCompare(on(addDays(DATE, -3), ...peers), DATE)).toEqual([]);
  });

  test.each([
    ['who used four times as much', null, ['ANA']],
    ['whose work until the day before was different', addDays(DATE, -4), ['ANA']],
    ['whose work until that day was different', addDays(DATE, -3), []],
  ])('finds a person %s', (_, until, found) => {
    expect([...find([...peers, ...ana], until).keys()]).toEqual(found);
  });

  test.each([
    ['within two hours is one piece with marks, and counts', HOUR, 4],
    ['later is a piece without marks, and does not', 3 * HOUR, 2],
  ])('an unmarked image that follows %s', (_, afterMs, creditsPerKept) => {
    const tries = Array.from({ length: 22 }, (__, index) => index * 10 * HOUR).flatMap((heldAt) => [
      made({ memberId: 'ANA', mark: 'keep', credits: 8, heldAt }),
      made({ memberId: 'ANA', mark: null, credits: 8, heldAt: heldAt + afterMs }),
    ]);
    expect(find([...peers, ...tries]).get('ANA')?.finding.creditsPerKept).toBe(creditsPerKept * 4);
  });
});
