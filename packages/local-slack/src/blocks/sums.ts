import type { Json } from '../workspace.ts';

/** No page of Slack's reference has this figure: developers learned it from Slack's refusals. */
const CHARTS_MAX = 2;
const TABLE_CHARACTERS_MAX = 10_000;

/** Checks Slack's limits for a whole message or Home: the number of charts, and the characters in data tables. */
export function sumProblems(blocks: readonly Json[], pointer: string): string[] {
  const at = (type: string) => [...blocks.keys()].filter((index) => blocks[index]?.type === type);
  const charts = at('data_visualization').slice(CHARTS_MAX);
  const tables = at('data_table');
  const characters = tables.reduce((sum, index) => sum + charactersIn(blocks[index]?.rows), 0);
  return [
    ...charts.map(
      (index) => `no more than ${CHARTS_MAX} data_visualization blocks allowed [json-pointer:${pointer}/${index}]`,
    ),
    ...(characters > TABLE_CHARACTERS_MAX
      ? [`tables must be less than ${TABLE_CHARACTERS_MAX + 1} characters [json-pointer:${pointer}/${tables.at(-1)}]`]
      : []),
  ];
}

function charactersIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + charactersIn(each), 0);
  if (typeof value !== 'object' || value === null) return 0;
  const { text, ...more } = value as Json;
  const own = typeof text === 'string' ? text.length : 0;
  return own + Object.values(more).reduce<number>((sum, each) => sum + charactersIn(each), 0);
}
