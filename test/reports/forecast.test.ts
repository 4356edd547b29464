import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AGENCIES, agencyMonths, asOfDay, chance } from '../../scripts/bench/agencies.ts';
import { forecastMonth, type MonthUse } from '../../src/reports/forecast.ts';

const month = (firstWeekday: number, dailyCredits: readonly number[]): MonthUse => ({ firstWeekday, dailyCredits });
const even = (daysCount: number, credits: number, firstWeekday = 0) =>
  month(firstWeekday, new Array<number>(daysCount).fill(credits));
const open = (days: readonly number[], daysCount = 30, firstWeekday = 0) => ({
  ...month(firstWeekday, days),
  daysCount,
});

describe('a forecast', () => {
  test('of an even month after even months is that again, and sure of it', () => {
    const forecast = forecastMonth(open(new Array<number>(10).fill(20)), [
      even(31, 20),
      even(28, 20),
      even(31, 20),
      even(30, 20),
    ]);
    expect(forecast).toMatchObject({ method: 'earlier_months', credits: 600 });
    expect(forecast?.range?.fromCredits).toBeGreaterThan(590);
    expect(forecast?.range?.toCredits).toBeLessThan(610);
  });

  test('knows the days of the week: after a week of work two free days change nothing', () => {
    const week = [0, 10, 10, 10, 10, 10, 0];
    const weeks = (count: number) => Array.from({ length: count * 7 }, (_, day) => week[day % 7] ?? 0);
    const earlier = [month(0, weeks(4)), month(0, weeks(4)), month(0, weeks(4)), month(0, weeks(4))];
    const [friday, sunday] = [6, 8].map((days) => forecastMonth(open(weeks(2).slice(0, days), 28), earlier));
    expect(Math.abs((friday?.credits ?? 0) - 200)).toBeLessThan(8);
    expect(Math.abs((sunday?.credits ?? 0) - 200)).toBeLessThan(8);
  });

  test('without an earlier month is the straight line, and says so', () => {
    expect(forecastMonth(open([10, 20, 30]), [])).toEqual({ method: 'straight_line', credits: 600, range: null });
  });

  test.each([
    ['one', 1, null],
    ['three', 3, null],
    ['four', 4, expect.anything()],
  ])('with %s months before has a range only where enough can be compared', (_, count, range) => {
    const earlier = Array.from({ length: count }, (__, index) => even(30, 20 + index));
    expect(forecastMonth(open([20, 20, 25]), earlier)?.range ?? null).toEqual(range);
  });

  test.each([
    ['before the first day is over', open([]), [even(30, 20)]],
    ['where nothing was ever used', open([0, 0]), [even(30, 0)]],
  ])('%s there is none', (_, now, earlier) => {
    expect(forecastMonth(now, earlier)).toBeNull();
  });

  test('on the last day is what was used', () => {
    const days = [...new Array<number>(29).fill(3), 40];
    expect(forecastMonth(open(days), [even(31, 20), even(30, 9), even(31, 12), even(30, 20)])).toMatchObject({
      credits: 127,
      range: { fromCredits: 127, toCredits: 127 },
    });
  });
});

const days = (count: number) => fc.array(fc.nat(500), { minLength: count, maxLength: count });
const anyMonth = fc
  .tuple(fc.nat(6), fc.integer({ min: 28, max: 31 }).chain(days))
  .map(([first, all]) => month(first, all));

test('whatever was used: the forecast and its range are finite, in order, and no less than what is used', () => {
  fc.assert(
    fc.property(
      anyMonth,
      fc.integer({ min: 1, max: 28 }),
      fc.array(anyMonth, { maxLength: 14 }),
      (now, day, earlier) => {
        const used = now.dailyCredits.slice(0, day).reduce((sum, each) => sum + each, 0);
        const asOf = { ...now, dailyCredits: now.dailyCredits.slice(0, day), daysCount: now.dailyCredits.length };
        const forecast = forecastMonth(asOf, earlier);
        if (!forecast) return expect(used).toBe(0);
        expect(Number.isSafeInteger(forecast.credits)).toBe(true);
        expect(forecast.credits).toBeGreaterThanOrEqual(used);
        if (!forecast.range) return;
        const { fromCredits, toCredits } = forecast.range;
        expect([used, fromCredits, toCredits]).toEqual([used, fromCredits, toCredits].toSorted((a, b) => a - b));
        expect(Number.isSafeInteger(toCredits)).toBe(true);
      },
    ),
    { seed: 1129, numRuns: 200 },
  );
});

test.each(AGENCIES)('of a %s agency covers about four months of five', (kind) => {
  const luck = chance(7);
  const covered = Array.from({ length: 300 }, () => {
    const { open: asOf, earlier, credits } = asOfDay(agencyMonths(kind, 10, luck), 12);
    const range = forecastMonth(asOf, earlier)?.range;
    return range && credits >= range.fromCredits && credits <= range.toCredits ? 1 : 0;
  }).reduce((sum: number, each) => sum + each, 0);
  expect(covered / 300).toBeGreaterThan(0.73);
  expect(covered / 300).toBeLessThan(0.88);
});
