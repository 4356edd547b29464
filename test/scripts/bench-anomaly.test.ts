import { describe, expect, test } from 'vitest';
import { BASELINES, parseSeries, scoreOf } from '../../scripts/bench/anomaly.ts';

const HEAD = 'series,hour,value,unusual';
const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour)).toISOString().replace(':00.000Z', 'Z');
const file = (values: readonly number[], unusual: readonly number[] = []) =>
  [HEAD, ...values.map((value, hour) => `a,${at(hour)},${value},${unusual.includes(hour) ? 1 : 0}`)].join('\n');
const flat = (hours: number) => new Array<number>(hours).fill(10);

describe('a file of series', () => {
  test('is read, with or without a last line break', () => {
    const [series, ...others] = parseSeries(`${file([1, 2.5, 0], [1])}\r\n`);
    expect(series).toEqual({ name: 'a', values: [1, 2.5, 0], isLabelled: [false, true, false] });
    expect(others).toEqual([]);
  });

  test.each([
    ['another head', 'a,b', /The first line has to be series,hour,value,unusual/],
    ['a value that is none', `${HEAD}\na,2026-01-01T00:00Z,much,0`, /Line 2 cannot be read/],
    ['no value', `${HEAD}\na,2026-01-01T00:00Z,,0`, /Line 2 cannot be read/],
    ['another label', `${HEAD}\na,2026-01-01T00:00Z,1,0\na,2026-01-01T01:00Z,1,2`, /Line 3 cannot be read/],
    ['no hour', `${HEAD}\na,yesterday,1,0`, /Line 2 cannot be read/],
    ['a column more', `${HEAD}\na,2026-01-01T00:00Z,1,0,1`, /Line 2 cannot be read/],
  ])('with %s is refused in a sentence', (_, text, sentence) => {
    expect(() => parseSeries(text)).toThrow(sentence);
  });
});

describe('a score', () => {
  const labelled = parseSeries(file(flat(400), [200, 201, 300]));
  const alarmsAt =
    (...hours: number[]) =>
    (values: readonly number[]) =>
      values.map((_, hour) => hours.includes(hour));

  test.each([
    ['each event once', [200, 300], { recall: 1, precision: 1, falseAlarmsAWeek: 0 }],
    ['one of two', [203], { recall: 0.5, precision: 1, falseAlarmsAWeek: 0 }],
    ['one event, and one that is none', [200, 250], { recall: 0.5, precision: 0.5, falseAlarmsAWeek: 0.6 }],
    ['the same again and again', [200, 206, 212], { recall: 0.5, precision: 1, falseAlarmsAWeek: 0 }],
    ['before anything is usual', [10, 200], { recall: 0.5, precision: 1, falseAlarmsAWeek: 0 }],
  ])('of %s', (_, hours, { recall, precision, falseAlarmsAWeek }) => {
    const score = scoreOf(labelled, alarmsAt(...hours));
    expect(score).toMatchObject({ recall, precision });
    expect(score.falseAlarmsAWeek).toBeCloseTo(falseAlarmsAWeek, 1);
  });

  test('of every baseline: a spike in an even series is found, and nothing else', () => {
    const values = flat(700);
    values[600] = 100;
    for (const rule of Object.values(BASELINES)) {
      expect(scoreOf(parseSeries(file(values, [600])), rule)).toEqual({ recall: 1, precision: 1, falseAlarmsAWeek: 0 });
    }
  });
});
