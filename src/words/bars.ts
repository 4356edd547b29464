import type { ExceededLimit } from '../ledger/state.ts';

const CELLS = 10;

type Filled = Pick<
  ExceededLimit,
  'limitCredits' | 'rolledCredits' | 'grantsCredits' | 'usedCredits' | 'heldCredits' | 'availableCredits'
>;

/** Used ▓, held ▒, free ░. */
export function bar(limit: Filled): string {
  const { usedCredits, heldCredits, availableCredits } = limit;
  const cells = cellsOf(wholeOf(limit));
  const free = cells(availableCredits, usedCredits + heldCredits > 0 ? CELLS - 1 : CELLS);
  const held = cells(heldCredits, CELLS - free);
  return `${'▓'.repeat(CELLS - free - held)}${'▒'.repeat(held)}${'░'.repeat(free)}`;
}

/** Used ▓, held ▒, this request █, free ░: of all that would be needed, where that is more than there is. */
export function requestBar(limit: Filled, requestedCredits: number): string {
  const { usedCredits, heldCredits } = limit;
  const cells = cellsOf(Math.max(wholeOf(limit), usedCredits + heldCredits + requestedCredits, 1));
  const ofRequest = cells(requestedCredits, CELLS);
  const held = cells(heldCredits, CELLS - ofRequest);
  const used = cells(usedCredits, CELLS - ofRequest - held);
  const free = CELLS - used - held - ofRequest;
  return `${'▓'.repeat(used)}${'▒'.repeat(held)}${'█'.repeat(ofRequest)}${'░'.repeat(free)}`;
}

const wholeOf = ({ limitCredits, rolledCredits, grantsCredits }: Filled) =>
  limitCredits + rolledCredits + grantsCredits;

/** A little shows as one cell: it is not the same as none. */
const cellsOf = (whole: number) => (count: number, cellsMax: number) =>
  count <= 0 ? 0 : Math.min(Math.max(Math.round((count / whole) * CELLS), 1), cellsMax);
