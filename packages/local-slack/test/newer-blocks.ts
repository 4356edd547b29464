import { many } from './block-builders.ts';
import { plain } from './support.ts';

/** Charts, cards and data tables as Slack takes them, to be changed by a test. */
export const points = (labels: string[], value = 1) => labels.map((label) => ({ label, value }));
export const series = (name: string, labels: string[]) => ({ name, data: points(labels) });

const DAYS = ['Mon', 'Tue'];
type Axis = { categories?: unknown; x_label?: string; y_label?: string };

export const chart = (more: object = {}, axis: Axis = {}) => ({
  type: 'data_visualization',
  title: 'Credits by day',
  chart: {
    type: 'bar',
    series: [series('Used', DAYS)],
    axis_config: { categories: DAYS, ...axis },
    ...more,
  },
});
export const withSeries = (...all: object[]) => chart({ series: all });
export const letters = (count: number) => many(count, (index) => `Day ${index + 1}`);
export const pie = (...segments: object[]) => ({
  type: 'data_visualization',
  title: 'Credits by client',
  chart: { type: 'pie', segments },
});
export const picture = { type: 'image', image_url: 'https://example.com/a.png', alt_text: 'A fox' };
export const card = (more: object = {}) => ({ type: 'card', hero_image: picture, title: plain('A fox'), ...more });
export const carousel = (...elements: object[]) => ({ type: 'carousel', elements });
export const words = (text: string) => ({ type: 'raw_text', text });
export const table = (more: object = {}) => ({
  type: 'data_table',
  caption: 'Credits by client',
  rows: [
    [words('Client'), words('Credits')],
    [words('Northwind'), { type: 'raw_number', value: 12, text: '12' }],
  ],
  ...more,
});
