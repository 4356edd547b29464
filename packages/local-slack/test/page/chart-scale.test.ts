import { describe, expect, test } from 'vitest';
import {
  figure,
  fitted,
  labelsFor,
  placeOf,
  slicesOf,
  tickFigure,
  ticksFor,
  widthOf,
} from '../../src/page/blocks/chart-scale.js';

const days = (count: number) => Array.from({ length: count }, (_, at) => `${at + 1} Nov`);

describe('the ticks of an axis', () => {
  test.each([
    [
      [0, 0],
      [0, 1],
    ],
    [[3], [0, 1, 2, 3]],
    [
      [12, 7],
      [0, 5, 10, 15],
    ],
    [
      [250, 287],
      [0, 100, 200, 300],
    ],
    [
      [-18, 12],
      [-20, -10, 0, 10, 20],
    ],
    [[-3], [-3, -2, -1, 0]],
    [
      [0.3, 0.1],
      [0, 0.1, 0.2, 0.3],
    ],
    [[1_000_000_000], [0, 250_000_000, 500_000_000, 750_000_000, 1_000_000_000]],
  ])('for %j are %j', (values, ticks) => {
    expect(ticksFor(values)).toEqual(ticks);
  });

  test('enclose every value, and are few', () => {
    for (let value = 1; value < 1e9; value = Math.ceil(value * 1.37)) {
      for (const values of [[value], [-value], [value, -Math.ceil(value / 7)]]) {
        const ticks = ticksFor(values);
        expect(ticks[0]).toBeLessThanOrEqual(Math.min(...values, 0));
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(Math.max(...values, 0));
        expect(ticks.length).toBeLessThanOrEqual(7);
        expect(ticks).toContain(0);
      }
    }
  });

  test('place a value between the edges', () => {
    const place = placeOf([-10, 0, 10], { top: 0, bottom: 100 });
    expect([place(10), place(0), place(-10), place(5)]).toEqual([0, 50, 100, 25]);
  });
});

describe('the labels of categories', () => {
  test('are all there where there is room', () => {
    expect(labelsFor(days(5), 80).map(({ text }) => text)).toEqual(days(5));
  });

  test.each([
    [20, 25],
    [20, 9],
    [7, 18],
  ])('of %i categories at %i pixels never touch, and end with the newest', (count, slotPx) => {
    const labels = labelsFor(days(count), slotPx);
    expect(labels.at(-1)).toEqual({ index: count - 1, text: `${count} Nov` });
    for (const [at, { index, text }] of labels.entries()) {
      const before = labels[at - 1];
      if (before) expect((index - before.index) * slotPx).toBeGreaterThan((widthOf(text) + widthOf(before.text)) / 2);
    }
  });

  test('are cut where they are long and few', () => {
    expect(labelsFor(['Northwind Coffee', 'Atlas'], 90)).toEqual([
      { index: 0, text: 'Northwind …' },
      { index: 1, text: 'Atlas' },
    ]);
  });

  test('keep whole signs when they are cut', () => {
    expect(fitted('🦊🦊🦊🦊', 21)).toBe('🦊🦊…');
  });
});

test('figures have a true minus, and are short along an axis', () => {
  expect([figure(1_234.567), figure(-4)]).toEqual(['1,234.57', '−4']);
  expect([tickFigure(9_999), tickFigure(-2_500_000), tickFigure(10_000)]).toEqual(['9,999', '−2.5M', '10K']);
});

test('slices of a pie follow one another and make a whole', () => {
  const slices = slicesOf([{ value: 1 }, { value: 2 }, { value: 1 }]);
  expect(slices.map(({ from, to }) => [from, to])).toEqual([
    [0, 0.25],
    [0.25, 0.75],
    [0.75, 1],
  ]);
  expect(slicesOf([{ value: 7 }])).toEqual([{ from: 0, to: 1, share: 1 }]);
});
