import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isUnusual, judgeLastHour } from '../../src/reports/anomaly.ts';

/** Weeks of an office: busy from nine to five on five days, nothing else. */
const office = (weeks: number, busy = 12): number[] =>
  Array.from({ length: weeks * 7 * 24 }, (_, hour) => {
    const [day, at] = [Math.floor(hour / 24) % 7, hour % 24];
    return day < 5 && at >= 9 && at < 17 ? busy + ((hour * 7) % 5) : 0;
  });
const verdict = (hours: readonly number[]) => {
  const judged = judgeLastHour(hours);
  return judged && isUnusual(judged);
};

describe('the last hour', () => {
  test.each([
    ['as ever', 14, false],
    ['a little more', 20, false],
    ['far above each peak', 60, true],
    ['nothing', 0, false],
  ])('of %s is judged by what was usual', (_, used, expected) => {
    // Monday of the fifth week, at ten.
    expect(verdict([...office(4), ...new Array<number>(10).fill(0), used])).toBe(expected);
  });

  test('at night is unusual only where it is more than any usual hour by a floor', () => {
    const untilNight = [...office(4), ...new Array<number>(3).fill(0)];
    expect(verdict([...untilNight, 14])).toBe(false);
    expect(verdict([...untilNight, 60])).toBe(true);
    expect(judgeLastHour([...untilNight, 60])).toMatchObject({ actual: 60, expected: 0 });
  });

  test.each([
    ['four active days', 4, null],
    ['five active days', 5, true],
  ])('after %s', (_, days, expected) => {
    const before = Array.from({ length: days }, () => [...new Array<number>(23).fill(0), 10]).flat();
    expect(verdict([...before, 500])).toBe(expected);
  });

  test('of nothing at all is not judged', () => {
    expect(judgeLastHour([])).toBeNull();
    expect(judgeLastHour(new Array<number>(900).fill(0))).toBeNull();
  });

  test('an outlier in the past does not hide the next one', () => {
    const hours = office(4);
    hours[4 * 24 + 11] = 900;
    expect(verdict([...hours, ...new Array<number>(10).fill(0), 60])).toBe(true);
  });
});

const anyHours = fc.array(fc.nat(1_000), { minLength: 130, maxLength: 30 * 24 });

describe('whatever was used', () => {
  test('an hour that is not above each hour of four weeks before it is usual', () => {
    fc.assert(
      fc.property(anyHours, (hours) => {
        const before = hours.slice(0, -1).slice(-28 * 24);
        expect(verdict([...hours.slice(0, -1), Math.min(...before)])).not.toBe(true);
      }),
      { seed: 1129, numRuns: 60 },
    );
  });

  test('it is judged alike in another unit, and the more the more unusual', () => {
    fc.assert(
      fc.property(anyHours, fc.integer({ min: 2, max: 50 }), (hours, times) => {
        const [judged, scaled] = [judgeLastHour(hours), judgeLastHour(hours.map((used) => used * times))];
        if (!judged || !scaled) return expect(scaled).toBe(judged);
        expect(scaled.usualMax).toBeCloseTo(judged.usualMax * times, 6);
        expect(isUnusual({ ...judged, actual: judged.usualMax + 1 })).toBe(true);
      }),
      { seed: 1130, numRuns: 60 },
    );
  });

  test('more than four weeks before count for nothing', () => {
    fc.assert(
      fc.property(anyHours, fc.array(fc.nat(100_000), { maxLength: 50 }), (hours, older) => {
        const recent = [...office(4), ...hours.slice(-20)];
        expect(judgeLastHour([...older, ...recent])?.usualMax).toBe(judgeLastHour([0, ...recent])?.usualMax);
      }),
      { seed: 1131, numRuns: 30 },
    );
  });
});
