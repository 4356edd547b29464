import { checkMessageBlocks } from '@inkwell/local-slack/blocks/check.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chart, pie } from '../../src/slack/kit/chart.ts';
import { chartAsText } from '../../src/slack/kit/chart-text.ts';
import type { AxisChart, ChartBlock } from '../../src/slack/kit/newer-blocks.ts';
import { expectSafe, NASTY, seen } from './surfaces/promises.ts';

const bars = (categories: string[], ...series: [name: string, values: number[]][]) =>
  chart({ title: 'Credits', type: 'bar', categories, series: series.map(([name, values]) => ({ name, values })) });
const axesOf = ({ chart: drawn }: ChartBlock) => drawn as AxisChart;
const namesOf = (block: ChartBlock) => axesOf(block).series.map(({ name }) => name);
const totalsOf = (block: ChartBlock) =>
  axesOf(block).series.map(({ data }) => data.reduce((sum, { value }) => sum + value, 0));
const linesOf = (block: ChartBlock) => seen({ blocks: [chartAsText(block)] }).split('\n');

describe('a chart', () => {
  test('has a value for each category, in order', () => {
    expect(bars(['Mon', 'Tue'], ['Used', [3, -4]])).toEqual({
      type: 'data_visualization',
      title: 'Credits',
      chart: {
        type: 'bar',
        series: [
          {
            name: 'Used',
            data: [
              { label: 'Mon', value: 3 },
              { label: 'Tue', value: -4 },
            ],
          },
        ],
        axis_config: { categories: ['Mon', 'Tue'] },
      },
    });
  });

  test('keeps the newest twenty categories', () => {
    const days = Array.from({ length: 31 }, (_, at) => `${at + 1} Oct`);
    const { series, axis_config: axes } = axesOf(bars(days, ['Used', days.map((_, at) => at + 1)]));
    expect([axes.categories.length, axes.categories[0], axes.categories.at(-1)]).toEqual([20, '12 Oct', '31 Oct']);
    expect(series[0]?.data[0]).toEqual({ label: '12 Oct', value: 12 });
  });

  test.each([
    [6, ['A', 'B', 'C', 'D', 'E', 'F']],
    [7, ['B', 'C', 'E', 'F', 'G', 'Other']],
  ])('of %i series shows %j', (count, names) => {
    const values = [1, 40, 30, 2, 20, 10, 50].slice(0, count);
    const drawn = bars(['Mon'], ...values.map((value, at): [string, number[]] => ['ABCDEFG'.charAt(at), [value]]));
    expect(namesOf(drawn)).toEqual(names);
    expect(totalsOf(drawn).reduce((sum, each) => sum + each, 0)).toBe(values.reduce((sum, each) => sum + each, 0));
  });

  test('tells names apart that are the same once they are cut', () => {
    const long = 'A client with a very long name';
    const drawn = bars([`${long} 1`, `${long} 2`], ['Other', [1, 1]], ['Other', [2, 2]]);
    expect(namesOf(drawn)).toEqual(['Other', 'Other 2']);
    expect(axesOf(drawn).axis_config.categories).toEqual(['A client with a ver…', 'A client with a v… 2']);
  });

  test.each([
    ['no categories', () => bars([], ['Used', []])],
    ['no series', () => bars(['Mon'])],
    ['a value too few', () => bars(['Mon', 'Tue'], ['Used', [1]])],
    ['a value that is no number', () => bars(['Mon'], ['Used', [Number.NaN]])],
  ])('with %s is a mistake of the caller', (_, draw) => {
    expect(draw).toThrow(RangeError);
  });

  test('of anything is taken by Slack, and its parts add up', () => {
    const words = fc.oneof(fc.string(), fc.constantFrom(...NASTY));
    const given = fc.integer({ min: 1, max: 40 }).chain((count) =>
      fc.record({
        title: words,
        type: fc.constantFrom('line' as const, 'bar' as const, 'area' as const),
        categories: fc.array(words, { minLength: count, maxLength: count }),
        series: fc.array(
          fc.record({ name: words, values: fc.array(fc.integer(), { minLength: count, maxLength: count }) }),
          { minLength: 1, maxLength: 15 },
        ),
      }),
    );
    fc.assert(
      fc.property(given, (drawn) => {
        const block = chart(drawn);
        expectSafe({ text: 'x', blocks: [block, chartAsText(block)] });
        const sum = drawn.series.flatMap(({ values }) => values.slice(-20)).reduce((all, each) => all + each, 0);
        expect(totalsOf(block).reduce((all, each) => all + each, 0)).toBe(sum);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a pie', () => {
  const parts = (...values: number[]) => values.map((value, at) => ({ name: `Client ${at + 1}`, value }));

  test('leaves out what is nought, and sums what is small', () => {
    expect(pie({ title: 'Credits', parts: parts(0, 8, 7, 6, 5, 4, 2, 1) })?.chart).toEqual({
      type: 'pie',
      segments: [
        { label: 'Client 2', value: 8 },
        { label: 'Client 3', value: 7 },
        { label: 'Client 4', value: 6 },
        { label: 'Client 5', value: 5 },
        { label: 'Client 6', value: 4 },
        { label: 'Other', value: 3 },
      ],
    });
  });

  test.each([[[]], [[0]], [[0, 0]]])('of %j is none', (values) => {
    expect(pie({ title: 'Credits', parts: parts(...values) })).toBeNull();
  });

  test('is taken by Slack', () => {
    const block = pie({ title: 'Credits', parts: parts(1, 2, 3) })!;
    expect(checkMessageBlocks([block], () => null)).toMatchObject({ ok: true });
    expect(linesOf(block)).toEqual(['Credits', 'Client 1  1  17%', 'Client 2  2  33%', 'Client 3  3  50%']);
  });
});

describe('a chart as text', () => {
  test('is a table with the figures under one another', () => {
    const drawn = bars(['2 Nov', '30 Nov'], ['Northwind Coffee Roasters', [1_200, 0]], ['Atlas', [-7, 0.125]]);
    expect(linesOf(drawn)).toEqual([
      'Credits',
      '        Northwind C…  Atlas',
      '2 Nov          1,200     −7',
      '30 Nov             0   0.13',
    ]);
  });

  test('keeps the order of its columns beside names from right to left', () => {
    const drawn = bars(['2 Nov'], ['مقهى', [1]], ['Atlas', [2]]);
    expect(linesOf(drawn)[1]).toBe('       \u200eمقهى\u200e  Atlas');
  });

  test('goes on in another table where a phone would break its lines', () => {
    const names = ['Northwind Coffee', 'Atlas Outdoor', 'Mira', 'Juniper', 'Lumen', 'Halden & Sons'];
    const drawn = bars(['2 Nov', '9 Nov'], ...names.map((name, at): [string, number[]] => [name, [at, 10 * at]]));
    expect(linesOf(drawn)).toEqual([
      'Credits',
      '       Northwind C…  Atlas Outdo…',
      '2 Nov             0             1',
      '9 Nov             0            10',
      '       Mira  Juniper  Lumen',
      '2 Nov     2        3      4',
      '9 Nov    20       30     40',
      '       Halden & So…',
      '2 Nov             5',
      '9 Nov            50',
    ]);
  });
});
