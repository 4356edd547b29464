import { medianAbsoluteDeviation, medianSorted, quantileSorted } from 'simple-statistics';

/** One hour's use against what was usual before it. Credits, or any other amount. */
export type Judgement = {
  actual: number;
  /** The median of that hour of the day. */
  expected: number;
  /** More than this is unusual. */
  usualMax: number;
};

const HOURS_A_DAY = 24;
/** Four weeks, so that each day of the week counts as often as any other. */
const DAYS_MAX = 28;
/** With fewer days of use, nothing is known to be usual. */
export const ACTIVE_DAYS_MIN = 5;

/**
 * One setting for everything that is judged. `npm run bench:anomaly` shows what it finds in public series, on those that it
 * was chosen on and on the others.
 */
const SETTING = {
  /** The usual peak is the hour's use that this share of days stays below. */
  peakShare: 0.68,
  peakTimes: 1.55,
  peakDeviations: 1.1,
  hourDeviations: 5,
  /** The least spread that is assumed of an hour of the day, as a share of its median. */
  hourSpreadMin: 0.22,
  /** The least excess, in mean hours of the days that are looked at: it slides with them. */
  excessMeanHours: 1.35,
};

/**
 * Judges the last of the hours, which follow one another without gaps, oldest first. It is unusual where it is far above that
 * hour of the day, and above the peaks of usual days, and by more than a floor. Days without use say nothing about usual ones.
 * Returns null where too little is known.
 */
export function judgeLastHour(hours: readonly number[]): Judgement | null {
  const judged = hours.length - 1;
  const actual = hours[judged];
  if (actual === undefined) return null;
  const days = activeDaysBefore(hours, judged);
  if (days.length < ACTIVE_DAYS_MIN) return null;

  const peaks = days.map((startsAt) => Math.max(...hours.slice(startsAt, startsAt + HOURS_A_DAY))).sort(ascending);
  const sameHours = days.flatMap((startsAt) => hours.slice(Math.max(0, startsAt - 1), startsAt + 2)).sort(ascending);
  const expected = medianSorted(sameHours);
  const hourSpread = Math.max(medianAbsoluteDeviation(sameHours), SETTING.hourSpreadMin * expected);
  return {
    actual,
    expected,
    usualMax: Math.max(
      SETTING.peakTimes * quantileSorted(peaks, SETTING.peakShare),
      medianSorted(peaks) + SETTING.peakDeviations * medianAbsoluteDeviation(peaks),
      expected + SETTING.hourDeviations * hourSpread,
      expected + SETTING.excessMeanHours * meanHour(hours, judged),
    ),
  };
}

export const isUnusual = ({ actual, usualMax }: Judgement): boolean => actual > usualMax;

/** The first hours of the days before, each at the same hour of the day as the judged one. */
function activeDaysBefore(hours: readonly number[], judged: number): number[] {
  const starts: number[] = [];
  for (let day = 1; day <= DAYS_MAX && judged - day * HOURS_A_DAY >= 0; day += 1) {
    const startsAt = judged - day * HOURS_A_DAY;
    if (hours.slice(startsAt, startsAt + HOURS_A_DAY).some((used) => used > 0)) starts.push(startsAt);
  }
  return starts;
}

function meanHour(hours: readonly number[], judged: number): number {
  const before = hours.slice(Math.max(0, judged - DAYS_MAX * HOURS_A_DAY), judged);
  return before.reduce((sum, used) => sum + used, 0) / before.length;
}

const ascending = (a: number, b: number) => a - b;
