import type { RichTextBlock } from '@slack/types';
import { number } from '../../words/figures.ts';
import type { Chart, ChartBlock, ChartPoint } from './newer-blocks.ts';
import { bold, cutTo, inOrder } from './parts.ts';

const NAME_CHARACTERS_MAX = 12;
/** A phone breaks longer lines. Columns that do not fit stand in another table below. */
const LINE_CHARACTERS_MAX = 36;
const COLUMN_GAP = '  ';
const DECIMALS_MAX = 2;

/** Writes a chart's figures as a table of text, for a Slack that does not draw charts. */
export function chartAsText({ title, chart }: ChartBlock): RichTextBlock {
  return {
    type: 'rich_text',
    elements: [
      { type: 'rich_text_section', elements: [bold(title)] },
      {
        type: 'rich_text_preformatted',
        elements: [
          {
            type: 'text',
            text: tablesOf(chart)
              .map((lines) => lines.join('\n'))
              .join('\n\n'),
          },
        ],
      },
    ],
  };
}

function tablesOf(chart: Chart): string[][] {
  switch (chart.type) {
    case 'pie':
      return [shares(chart.segments)];
    case 'line':
    case 'bar':
    case 'area': {
      const names = ['', ...chart.axis_config.categories];
      const columns = chart.series.map(({ name, data }) => [
        cutTo(name, NAME_CHARACTERS_MAX),
        ...data.map(({ value }) => figure(value)),
      ]);
      return sideBySide(names, columns);
    }
  }
}

function shares(segments: readonly ChartPoint[]): string[] {
  const whole = segments.reduce((sum, { value }) => sum + value, 0);
  return aligned(
    segments.map(({ label }) => label),
    [segments.map(({ value }) => figure(value)), segments.map(({ value }) => `${Math.round((100 * value) / whole)}%`)],
  );
}

/** Sets as many columns beside the names as a line has room for, and the next ones below. */
function sideBySide(names: readonly string[], columns: readonly string[][]): string[][] {
  const tables: string[][][] = [];
  let free = 0;
  for (const column of columns) {
    const width = COLUMN_GAP.length + widest(column);
    const table = tables.at(-1);
    if (table && width <= free) table.push(column);
    else {
      tables.push([column]);
      free = LINE_CHARACTERS_MAX - widest(names);
    }
    free -= width;
  }
  return tables.map((table) => aligned(names, table));
}

/** Sets names on the left and figures on the right. */
function aligned(names: readonly string[], columns: readonly (readonly string[])[]): string[] {
  return names.map((name, row) =>
    [
      inOrder(name) + ' '.repeat(widest(names) - widthOf(name)),
      ...columns.map((column) => padded(column[row] ?? '', widest(column))),
    ]
      .join(COLUMN_GAP)
      .trimEnd(),
  );
}

const padded = (cell: string, width: number) => ' '.repeat(width - widthOf(cell)) + inOrder(cell);
const widest = (cells: readonly string[]) => Math.max(...cells.map(widthOf));
const widthOf = (cell: string) => [...cell].length;

function figure(value: number): string {
  const shown = Math.round(value * 10 ** DECIMALS_MAX) / 10 ** DECIMALS_MAX;
  return `${shown < 0 ? '−' : ''}${number(Math.abs(shown))}`;
}
