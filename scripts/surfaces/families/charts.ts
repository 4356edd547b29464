import { chart, pie } from '../../../src/slack/kit/chart.ts';
import { chartAsText } from '../../../src/slack/kit/chart-text.ts';
import { cardsAsText, contactSheet, linkButton } from '../../../src/slack/kit/contact-sheet.ts';
import { message } from '../../../src/slack/kit/message.ts';
import type { MessageBlock } from '../../../src/slack/kit/newer-blocks.ts';
import { button } from '../../../src/slack/kit/parts.ts';
import { HUGE, LONG_NAME, LONG_WORD, RTL_NAME } from '../hard-cases.ts';
import type { Family, Sample } from '../sample.ts';

/** Charts and contact sheets, as digests and reports use them, and the text that replaces them in an older Slack. */

const drawn = (name: string, ...blocks: MessageBlock[]): Sample => ({
  name,
  kind: 'message',
  draw: () => message([['Last week, Northwind Coffee.']], ...blocks),
});

const month = Array.from({ length: 20 }, (_, at) => `${at + 3} Nov`);
const used = [4, 9, 0, 0, 12, 14, 7, 22, 18, 0, 0, 16, 31, 28, 12, 9, 0, 0, 25, 40];
const running = (values: readonly number[]) =>
  values.map((_, at) => values.slice(0, at + 1).reduce((a, b) => a + b, 0));

const perDay = chart({
  title: 'Credits used this month',
  type: 'line',
  categories: month,
  series: [
    { name: 'Used', values: running(used) },
    { name: 'Forecast', values: running(used.map((each) => each + 2)) },
    { name: 'Budget', values: month.map(() => 250) },
  ],
  yLabel: 'Credits',
});

const WEEKS = ['2 Nov', '9 Nov', '16 Nov', '23 Nov', '30 Nov'];
const byClient = chart({
  title: 'Credits by client, five weeks',
  type: 'bar',
  categories: WEEKS,
  series: [
    'Northwind Coffee',
    'Atlas Outdoor',
    'Mira Skincare',
    LONG_NAME,
    RTL_NAME,
    LONG_WORD,
    'Juniper',
    'Lumen',
  ].map((name, at) => ({
    name,
    values: WEEKS.map((_, week) => Math.max(0, 120 - 17 * at + 23 * ((week + at) % 4) - 30)),
  })),
});

const shares = pie({
  title: 'Credits by model',
  parts: [
    { name: 'gpt-image-2', value: 812 },
    { name: 'gpt-image-2.5-flare', value: 388 },
    { name: 'gpt-image-2.6-sunburst', value: 90 },
    { name: 'Sketch', value: 7 },
  ],
});

const single = (values: readonly number[], title = 'Credits per day') =>
  chart({
    title,
    type: 'bar',
    categories: values.map((_, at) => `${at + 1} Nov`),
    series: [{ name: 'Used', values }],
  });

const layers = chart({
  title: 'Images made and kept',
  type: 'area',
  categories: WEEKS,
  series: [
    { name: 'Made', values: [40, 62, 55, 71, 38] },
    { name: 'Kept', values: [12, 20, 31, 24, 19] },
    { name: 'Final', values: [3, 4, 9, 2, 6] },
  ],
});

const kept = ['Autumn campaign', 'Window display', LONG_NAME, RTL_NAME, 'Menu', 'Cups', 'Beans', 'Bags'];
const sheet = contactSheet(
  kept.map((title, at) => ({
    fileId: `F0KEPT${at}`,
    alt: `The image of ${title}`,
    title,
    subtitle: `${at + 2} credits · 24 Nov`,
    ...(at === 0 ? { body: 'Final, for the poster in the window and for the menu on the tables outside.' } : {}),
    buttons: [
      linkButton('Open', { action: `open_${at}`, url: 'https://slack.com/app_redirect?channel=C0NORTHWIND' }),
      ...(at === 1 ? [button('Mark final', { action: 'final', style: 'primary' })] : []),
    ],
  })),
);

export const CHARTS: Family = {
  name: 'charts',
  samples: [
    drawn('a month with forecast and budget', perDay),
    drawn('clients by week, with the rest as Other', byClient),
    drawn('layers', layers),
    drawn('shares', ...(shares ? [shares] : [])),
    drawn('one day', single([12])),
    drawn('nothing used', single([0, 0, 0, 0, 0, 0, 0])),
    drawn('returned credits below zero', single([12, -4, 3, -18, 9])),
    drawn('a spike and huge figures', single([3, 8, HUGE, 4])),
    drawn('two charts', perDay, byClient),
    drawn('a contact sheet', sheet),
    drawn('a contact sheet of one image', contactSheet([{ fileId: 'F0ONE', alt: 'A fox', title: 'A red fox' }])),
    drawn(
      'charts and a contact sheet as text',
      chartAsText(perDay),
      chartAsText(byClient),
      cardsAsText(sheet.elements),
    ),
  ],
};
