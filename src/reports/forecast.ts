import { mean, median, sampleStandardDeviation } from 'simple-statistics';

/** What was used on each day of a whole month. `firstWeekday`: 0 is Sunday. */
export type MonthUse = { firstWeekday: number; dailyCredits: readonly number[] };

/** A month that goes on: `dailyCredits` of the days that are over. */
export type OpenMonth = MonthUse & { daysCount: number };

/** What a month will have used at its end. */
export type Forecast = {
  /** `straight_line` without an earlier month: the mean day goes on. */
  method: 'earlier_months' | 'straight_line';
  credits: number;
  /** Four months of five end within it. Null where fewer than three earlier months could be compared. */
  range: { fromCredits: number; toCredits: number } | null;
};

/** Older months say little about this one. */
const EARLIER_MAX = 12;
/** The usual level is the median of so many months. */
const LEVEL_MONTHS = 3;
const COMPARED_MIN = 3;
/** Even a day of the week without any use may see some. */
const WEEKDAY_SHARE_MIN = 0.02;
/** Student's t, 90 % one-sided, by degrees of freedom from 1. */
const T_90 = [3.078, 1.886, 1.638, 1.533, 1.476, 1.44, 1.415, 1.397, 1.383, 1.372, 1.363] as const;

/**
 * Forecasts the end of a month from its days so far, the usual level and the days of the week of the months before it. How far
 * the same rule was from the rest of each earlier month, on the same day of it, gives the range. Returns null before the first
 * day is over, and where nothing was used in this month and before.
 */
export function forecastMonth(open: OpenMonth, earlierMonths: readonly MonthUse[]): Forecast | null {
  const earlier = earlierMonths.slice(-EARLIER_MAX);
  const daysOver = open.dailyCredits.length;
  if (daysOver === 0 || (total(open) === 0 && earlier.every((month) => total(month) === 0))) return null;
  const used = total(open);
  const weights = weekdayWeights(earlier);
  if (earlier.length === 0) {
    return { method: 'straight_line', credits: Math.round(used + straightLine(open)), range: null };
  }
  const rest = fromEarlier(open, earlier, weights);
  const ratios = earlier.slice(1).map((month, index) => {
    const asItStood = after(month, open.dailyCredits.length / open.daysCount);
    const forecast = fromEarlier(asItStood, earlier.slice(0, index + 1), weights);
    return Math.log((total(month) - total(asItStood) + 1) / (forecast + 1));
  });
  // Few ratios say little about what the rule misses every time.
  const missed = sum(ratios) / (ratios.length + 2);
  return {
    method: 'earlier_months',
    credits: Math.round(used + rest * Math.exp(missed)),
    range: ratios.length < COMPARED_MIN ? null : rangeOf(used, rest, ratios),
  };
}

/** Forecasts the rest of a month: its mean day goes on. */
const straightLine = (open: OpenMonth): number =>
  (total(open) / open.dailyCredits.length) * (open.daysCount - open.dailyCredits.length);

/** Forecasts the rest of a month. The more of it is over, the more its own level counts. */
function fromEarlier(open: OpenMonth, earlier: readonly MonthUse[], weights: readonly number[]): number {
  const share = shareOver(open, weights);
  const usual = median(earlier.slice(-LEVEL_MONTHS).map((month) => perDay(month) * open.daysCount));
  const own = Math.sqrt(share);
  return (1 - share) * ((own * total(open)) / share + (1 - own) * usual);
}

/** An earlier month as it stood when the same part of it was over. */
function after(month: MonthUse, part: number): OpenMonth {
  const daysCount = month.dailyCredits.length;
  const daysOver = Math.min(daysCount, Math.max(1, Math.round(part * daysCount)));
  return { ...month, dailyCredits: month.dailyCredits.slice(0, daysOver), daysCount };
}

/** A prediction interval of the logarithms: use is never below nought, and twice as much is as likely as half. */
function rangeOf(used: number, rest: number, ratios: number[]): NonNullable<Forecast['range']> {
  const center = mean(ratios);
  const t = T_90[Math.min(T_90.length, ratios.length - 1) - 1] ?? 0;
  const width = t * sampleStandardDeviation(ratios) * Math.sqrt(1 + 1 / ratios.length);
  return {
    fromCredits: Math.floor(used + rest * Math.exp(center - width)),
    toCredits: Math.ceil(used + rest * Math.exp(center + width)),
  };
}

/** By day of the week, against the mean day. */
function weekdayWeights(months: readonly MonthUse[]): number[] {
  const byWeekday = Array.from({ length: 7 }, (): number[] => []);
  for (const month of months) {
    const usual = perDay(month) || 1;
    for (const [day, credits] of month.dailyCredits.entries()) {
      byWeekday[(month.firstWeekday + day) % 7]?.push(credits / usual);
    }
  }
  return byWeekday.map((all) => (all.length === 0 ? 1 : Math.max(WEEKDAY_SHARE_MIN, mean(all))));
}

/** Which part of a month's usual use falls into the days that are over. */
function shareOver({ firstWeekday, dailyCredits, daysCount }: OpenMonth, weights: readonly number[]): number {
  const weightOf = (days: number) =>
    sum(Array.from({ length: days }, (_, day) => weights[(firstWeekday + day) % 7] ?? 1));
  return weightOf(dailyCredits.length) / weightOf(daysCount);
}

const sum = (values: readonly number[]) => values.reduce((before, value) => before + value, 0);
const total = ({ dailyCredits }: Pick<MonthUse, 'dailyCredits'>) => sum(dailyCredits);
const perDay = (month: MonthUse) => total(month) / month.dailyCredits.length;
