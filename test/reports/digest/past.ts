import type { State } from '../../../src/ledger/state.ts';
import type { Mark } from '../../../src/ledger/work.ts';
import { MONDAY } from '../../support/clock.ts';
import { type Asked, agency, capture, hold, WORK } from '../../support/fixtures.ts';
import { historyOf } from '../../support/history.ts';
import * as Wish from '../../support/wishes.ts';

export const DAY = 86_400_000;

/** Images that were made so many days before that Monday, each for so many credits. */
export type Made = {
  daysAgo: number;
  credits: number;
  imagesCount?: number;
  channelId?: string;
  projectId?: string | null;
  by?: string;
  quality?: string;
  mark?: Mark;
};

/** A small agency with what was set up in it, then used, as it stands on Monday morning. */
export function pastOf(setUp: readonly Asked[], made: readonly Made[], after: readonly Asked[] = []): State {
  const begun = MONDAY - 200 * DAY;
  const inOrder = made.toSorted((a, b) => b.daysAgo - a.daysAgo);
  const uses = inOrder.flatMap((each, index): Asked[] => usesOf(each, `use-${index}`));
  return historyOf([
    ...[...agency(), ...setUp].map((step) => ({ ...step, at: begun })),
    ...uses,
    ...after.map((step) => ({ at: MONDAY - 1, ...step })),
  ]).state;
}

function usesOf(
  { daysAgo, credits, imagesCount = 1, quality = 'high', mark, ...of }: Made,
  commandId: string,
): Asked[] {
  const at = MONDAY - daysAgo * DAY;
  const held = { ...hold(credits, { imagesCount, ...of, work: { ...WORK, quality } }), commandId, at };
  const holdIds = Array.from({ length: imagesCount }, (_, index) => `${commandId}/${index + 1}`);
  return [
    held,
    ...holdIds.map((holdId) => ({ ...capture(holdId, credits), at })),
    ...(mark ? holdIds.map((holdId) => ({ ...Wish.mark(holdId, mark), at })) : []),
  ];
}

/** The same on each of the four weeks before last week, and on last week. */
export const steadily = (credits: number, change: Partial<Made> = {}): Made[] =>
  [3, 10, 17, 24, 31].map((daysAgo) => ({ daysAgo, credits, ...change }));
