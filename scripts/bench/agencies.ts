import type { MonthUse, OpenMonth } from '../../src/reports/forecast.ts';

/** Generated agencies: each has a level, days of the week, growth and chance of its own. */
export const AGENCIES = ['steady', 'ramping', 'bursty', 'weekend-heavy', 'project deadlines'] as const;
export type AgencyKind = (typeof AGENCIES)[number];

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export type Chance = { next(): number; normal(): number };

/** The same numbers for the same seed. */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { next, normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()) };
}

/** Whole months that follow one another. */
export function agencyMonths(kind: AgencyKind, monthsCount: number, { next, normal }: Chance): MonthUse[] {
  const base = 20 + next() * 100;
  const growth = kind === 'ramping' ? 1.03 + next() * 0.1 : 1;
  const spread = { steady: 0.25, ramping: 0.35, bursty: 0.5, 'weekend-heavy': 0.35, 'project deadlines': 0.35 }[kind];
  const firstMonth = Math.floor(next() * 12);
  let weekday = Math.floor(next() * 7);
  let burst = 1;
  return Array.from({ length: monthsCount }, (_, month) => {
    const daysCount = MONTH_DAYS[(firstMonth + month) % 12] ?? 30;
    const level = base * growth ** month * Math.exp(0.15 * normal());
    const deadlines =
      kind === 'project deadlines' ? Array.from({ length: 1 + Math.floor(next() * 3) }, () => next() * daysCount) : [];
    const firstWeekday = weekday;
    const dailyCredits = Array.from({ length: daysCount }, (__, day) => {
      const isWeekend = weekday === 0 || weekday === 6;
      weekday = (weekday + 1) % 7;
      if (kind === 'bursty') burst = next() < 0.08 ? 3 + next() * 6 : 1 + (burst - 1) / 2;
      const rush = deadlines.reduce((sum, at) => (at >= day && at - day < 6 ? sum + 4 * (1 - (at - day) / 6) : sum), 1);
      const usual = level * WEEK[kind === 'weekend-heavy' ? 'weekends' : 'office'][isWeekend ? 'weekend' : 'workday'];
      return Math.round(usual * burst * rush * Math.exp(spread * normal() - spread ** 2 / 2));
    });
    return { firstWeekday, dailyCredits };
  });
}

const WEEK = { office: { workday: 1.3, weekend: 0.15 }, weekends: { workday: 0.5, weekend: 2.2 } } as const;

/** The last month as it stands after so many days, and the months before it. */
export function asOfDay(
  months: readonly MonthUse[],
  day: number,
): { open: OpenMonth; earlier: MonthUse[]; credits: number } {
  const last = months.at(-1) as MonthUse;
  return {
    open: { ...last, dailyCredits: last.dailyCredits.slice(0, day), daysCount: last.dailyCredits.length },
    earlier: months.slice(0, -1),
    credits: last.dailyCredits.reduce((sum, each) => sum + each, 0),
  };
}
