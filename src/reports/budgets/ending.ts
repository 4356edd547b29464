import type { Budget } from './budget.ts';

/** `fromAt`, `toAt`: when it may run out; `toAt` null: or not at all. `range` null: not known. */
export type RunsOut = {
  /** The moment asked where nothing is left. */
  at: number;
  range: { fromAt: number; toAt: number | null } | null;
};

/** `leftCredits`, `percent`: of all that may be used, at its end, and no less than that by the forecast’s range. */
export type LeftOver = { leftCredits: number; percent: number; endsAt: number };

/** What is left over is worth a word near the end: before, plans may change. */
const LEFT_OVER_FROM_SHARE = 2 / 3;
/** So much of a budget is left over without any fault in planning. */
const LEFT_OVER_MIN_SHARE = 0.25;

/** Null where it lasts to its end at this pace. */
export function runsOut({ forecast, availableCredits, usedCredits, endsAt }: Budget, at: number): RunsOut | null {
  if (!forecast || endsAt === null) return null;
  /** When so many credits by the end would use up what is available now. */
  const runsOutAt = (byEndCredits: number): number | null => {
    const rest = byEndCredits - usedCredits;
    if (rest <= availableCredits) return null;
    return Math.round(at + ((endsAt - at) * Math.max(0, availableCredits)) / rest);
  };
  const soonest = runsOutAt(forecast.credits);
  const fromAt = forecast.range && runsOutAt(forecast.range.toCredits);
  if (soonest === null) return null;
  const range = fromAt && forecast.range ? { fromAt, toAt: runsOutAt(forecast.range.fromCredits) } : null;
  return { at: soonest, range };
}

/** Null where little is left over, or too early to say. */
export function leftOver(budget: Budget): LeftOver | null {
  const { forecast, wholeCredits, expectedCredits, endsAt } = budget;
  if (!forecast || endsAt === null || (expectedCredits ?? 0) < wholeCredits * LEFT_OVER_FROM_SHARE) return null;
  const leftCredits = wholeCredits - (forecast.range?.toCredits ?? forecast.credits);
  if (leftCredits <= 0 || leftCredits < wholeCredits * LEFT_OVER_MIN_SHARE) return null;
  return { leftCredits, percent: Math.round((leftCredits * 100) / wholeCredits), endsAt };
}
