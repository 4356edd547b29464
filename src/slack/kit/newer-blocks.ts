import type { Block, Button, ImageElement, KnownBlock, PlainTextElement, TextObject } from '@slack/types';

/**
 * Blocks that an older Slack refuses, and what Slack takes of them. `@slack/types` has no type for a chart, and lets a
 * card have no plain text. Each has a fallback: `without-newer.ts` makes it from the block itself.
 */

export type ChartBlock = Block & { type: 'data_visualization'; title: string; chart: Chart };
export type Chart = AxisChart | PieChart;
export type AxisChart = { type: 'line' | 'bar' | 'area'; series: ChartSeries[]; axis_config: AxisConfig };
export type PieChart = { type: 'pie'; segments: ChartPoint[] };
export type ChartSeries = { name: string; data: ChartPoint[] };
export type ChartPoint = { label: string; value: number };
export type AxisConfig = { categories: string[]; x_label?: string; y_label?: string };

export type CardBlock = Block & {
  type: 'card';
  hero_image?: ImageElement;
  title?: TextObject;
  subtitle?: PlainTextElement;
  body?: PlainTextElement;
  actions?: Button[];
};
export type CarouselBlock = Block & { type: 'carousel'; elements: CardBlock[] };

export type NewerBlock = ChartBlock | CardBlock | CarouselBlock;
export type NewerType = NewerBlock['type'];

/** What stands in a message: blocks that every Slack takes, and newer ones. */
export type MessageBlock = KnownBlock | NewerBlock;

/** Slack's limits. */
export const CHARTS_IN_MESSAGE_MAX = 2;
export const CHART_TITLE_CHARACTERS_MAX = 50;
export const CHART_NAME_CHARACTERS_MAX = 20;
export const CHART_SERIES_MAX = 6;
export const CHART_CATEGORIES_MAX = 20;
export const CARDS_MAX = 10;
export const CARD_BUTTONS_MAX = 3;
export const CARD_TITLE_CHARACTERS_MAX = 150;
export const CARD_BODY_CHARACTERS_MAX = 200;
