import type { RichTextBlock } from '@slack/types';
import { number } from '../../words/figures.ts';
import type { Chart, ChartBlock, ChartPoint } from './newer-blocks.ts';
import { bold, cutTo } from './parts.ts';

/** A column is no wider than this, so that six of them fit on a desktop. */
const NAME_CHARACTERS_MAX = 12;
const DECIMALS_MAX = 2;

/** The chart's figures as a table of text, for a Slack that does not draw charts. */
export function chartAsText({ title, chart }: ChartBlock): RichTextBlock {
  return {
    type: 'rich_text',
    elements: [
      { type: 'rich_text_section', elements: [bold(title)] },
      { type: 'rich_text_preformatted', elements: [{ type: 'text', text: tableOf(chart).join('\n') }] },
    ],
  };
}

function tableOf(chart: Chart): string[] {
  switch (chart.type) {
    case 'pie':
      return shares(chart.segments);
    case 'line':
    case 'bar':
    case 'area': {
      const { series, axis_config: axes } = chart;
      const head = ['', ...series.map(({ name }) => cutTo(name, NAME_CHARACTERS_MAX))];
      const rows = axes.categories.map((label, at) => [
        label,
        ...series.map(({ data }) => figure(data[at]?.value ?? 0)),
      ]);
      return aligned([head, ...rows]);
    }
  }
}

function shares(segments: readonly ChartPoint[]): string[] {
  const whole = segments.reduce((sum, { value }) => sum + value, 0);
  return aligned(segments.map(({ label, value }) => [label, figure(value), `${Math.round((100 * value) / whole)} %`]));
}

/** Names on the left, figures on the right. */
function aligned(rows: readonly string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => widthOf(row[at] ?? ''))));
  return rows.map((row) =>
    row
      .map((cell, at) => {
        const free = ' '.repeat(Math.max(0, (widths[at] ?? 0) - widthOf(cell)));
        return at === 0 ? cell + free : free + cell;
      })
      .join('  ')
      .trimEnd(),
  );
}

const widthOf = (cell: string) => [...cell].length;

function figure(value: number): string {
  const shown = Math.round(value * 10 ** DECIMALS_MAX) / 10 ** DECIMALS_MAX;
  return `${shown < 0 ? '−' : ''}${number(Math.abs(shown))}`;
}
