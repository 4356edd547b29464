import { describe, expect, test } from 'vitest';
import { chart } from '../../src/slack/kit/chart.ts';
import { cardsAsText, contactSheet, linkButton, type SheetCard } from '../../src/slack/kit/contact-sheet.ts';
import { divider } from '../../src/slack/kit/parts.ts';
import { newerTypesIn, withinChartLimit, withoutNewer } from '../../src/slack/kit/without-newer.ts';
import { expectSafe, NASTY, seen } from './surfaces/promises.ts';

const URL = 'https://juniper.slack.com/archives/C1/p1';
const image = (more: Partial<SheetCard> = {}): SheetCard => ({
  fileId: 'F0FOX',
  alt: 'A red fox',
  title: 'Autumn campaign',
  ...more,
});
const link = linkButton('Open', { action: 'open_image', url: URL });
const chartOf = (title: string) =>
  chart({ title, type: 'line', categories: ['Mon'], series: [{ name: 'Used', values: [1] }] });

describe('a contact sheet', () => {
  test('shows an image a card, ten at most', () => {
    const sheet = contactSheet(Array.from({ length: 12 }, (_, at) => image({ title: `Image ${at + 1}` })));
    expect(sheet.elements.map(({ title }) => title?.text)).toEqual(
      Array.from({ length: 10 }, (_, at) => `Image ${at + 1}`),
    );
    expect(sheet.elements[0]?.hero_image).toEqual({
      type: 'image',
      slack_file: { id: 'F0FOX' },
      alt_text: 'A red fox',
    });
  });

  test('of no image is a mistake of the caller', () => {
    expect(() => contactSheet([])).toThrow(RangeError);
  });

  test.each(NASTY)('is safe, whatever people wrote: %#', (words) => {
    const sheet = contactSheet([image({ alt: words, title: words, subtitle: words, body: words, buttons: [link] })]);
    expectSafe({ text: 'x', blocks: [sheet, cardsAsText(sheet.elements)] });
  });

  test('as text has a row for each image, with its link', () => {
    const { elements } = contactSheet([
      image({ subtitle: 'Ana · 4 credits', buttons: [link] }),
      image({ title: 'Winter', body: 'Final' }),
    ]);
    expect(seen({ blocks: [cardsAsText(elements)] })).toBe('Autumn campaign · Ana · 4 credits · Open\nWinter · Final');
    expect(JSON.stringify(cardsAsText(elements))).toContain(URL);
  });
});

describe('newer blocks', () => {
  const blocks = [divider, chartOf('A'), contactSheet([image()]), chartOf('B'), chartOf('C')];

  test('become text, all of them or those of a type', () => {
    expect(withoutNewer(blocks).map(({ type }) => type)).toEqual(['divider', ...Array(4).fill('rich_text')]);
    expect(withoutNewer(blocks, new Set(['carousel'])).map(({ type }) => type)).toEqual([
      'divider',
      'data_visualization',
      'rich_text',
      'data_visualization',
      'data_visualization',
    ]);
  });

  test('are named by their types', () => {
    expect(newerTypesIn(blocks)).toEqual(['data_visualization', 'carousel']);
    expect(newerTypesIn(withoutNewer(blocks))).toEqual([]);
  });

  test('are two charts at most', () => {
    expect(
      withinChartLimit(blocks)
        .map(({ type }) => type)
        .slice(1),
    ).toEqual(['data_visualization', 'carousel', 'data_visualization', 'rich_text']);
  });
});
