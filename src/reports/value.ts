import type { Usage } from './usage.ts';

/** In place of the ids of all that a reader may not be told of. */
export const OTHERS = 'others';

/** All that was used, divided by the images that were kept; null where none was. */
export const creditsPerKept = ({ credits, keptCount }: Usage): number | null =>
  keptCount === 0 ? null : credits / keptCount;

export const creditsPerFinal = ({ credits, finalCount }: Usage): number | null =>
  finalCount === 0 ? null : credits / finalCount;

type Row = { value: string | null; usage: Usage };

/** With fewer kept images a ratio says little. */
const KEPT_MIN = 5;

/** The rows with the fewest and the most credits for a kept image. Null where there are no two to compare. */
export function bestValue<Of extends Row>(rows: readonly Of[]): { best: Of; least: Of } | null {
  const compared = rows
    .filter(({ value, usage }) => value !== null && value !== OTHERS && usage.keptCount >= KEPT_MIN)
    .sort((a, b) => (creditsPerKept(a.usage) ?? 0) - (creditsPerKept(b.usage) ?? 0));
  const [best, least] = [compared[0], compared.at(-1)];
  return best && least && best !== least ? { best, least } : null;
}
