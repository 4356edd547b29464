import {
  type AxisConfig,
  CHART_CATEGORIES_MAX,
  CHART_NAME_CHARACTERS_MAX,
  CHART_SERIES_MAX,
  CHART_TITLE_CHARACTERS_MAX,
  type ChartBlock,
} from './newer-blocks.ts';
import { cutTo } from './parts.ts';

/** One line, area or color of bars: a value for each category. */
export type Series = { name: string; values: readonly number[] };

export type ChartGiven = {
  title: string;
  type: 'line' | 'bar' | 'area';
  /** What stands along the bottom, oldest first. */
  categories: readonly string[];
  series: readonly Series[];
  xLabel?: string;
  yLabel?: string;
};

const OTHER = 'Other';

/**
 * Makes a chart that Slack draws. Slack leaves no gaps: a forecast repeats what was used until today. Of more than 20
 * categories the newest stay. Of more than six series the five largest stay, and the rest are summed as “Other”.
 * Throws where there is nothing to draw, or where a series lacks a value: those are mistakes of the caller.
 */
export function chart({ title, type, categories, series, xLabel, yLabel }: ChartGiven): ChartBlock {
  if (categories.length === 0 || series.length === 0) throw new RangeError('A chart needs a category and a series.');
  for (const { name, values } of series) {
    if (values.length !== categories.length || !values.every(Number.isFinite)) {
      throw new RangeError(`The series ${name} needs a finite value for each category.`);
    }
  }
  const labels = distinct(categories.slice(-CHART_CATEGORIES_MAX));
  const shown = withOther(series.map(({ name, values }) => ({ name, values: values.slice(-CHART_CATEGORIES_MAX) })));
  const names = distinct(shown.map(({ name }) => name));
  const axes: AxisConfig = {
    categories: labels,
    ...(xLabel ? { x_label: cutTo(xLabel, CHART_TITLE_CHARACTERS_MAX) } : {}),
    ...(yLabel ? { y_label: cutTo(yLabel, CHART_TITLE_CHARACTERS_MAX) } : {}),
  };
  return titled(title, {
    type,
    series: shown.map(({ values }, at) => ({
      name: names[at] ?? OTHER,
      data: labels.map((label, index) => ({ label, value: values[index] ?? 0 })),
    })),
    axis_config: axes,
  });
}

/** Makes a chart of shares. Null where nothing is above zero: Slack draws no empty circle. */
export function pie({ title, parts }: { title: string; parts: readonly { name: string; value: number }[] }) {
  const drawn = parts.filter(({ value }) => value > 0).map(({ name, value }) => ({ name, values: [value] }));
  if (drawn.length === 0) return null;
  const shown = withOther(drawn);
  const names = distinct(shown.map(({ name }) => name));
  return titled(title, {
    type: 'pie',
    segments: shown.map(({ values }, at) => ({ label: names[at] ?? OTHER, value: values[0] ?? 0 })),
  });
}

const titled = (title: string, drawn: ChartBlock['chart']): ChartBlock => ({
  type: 'data_visualization',
  title: cutTo(title, CHART_TITLE_CHARACTERS_MAX) || '…',
  chart: drawn,
});

/** Sums the smallest series, and keeps the order in which they were given. */
function withOther(series: readonly Series[]): readonly Series[] {
  if (series.length <= CHART_SERIES_MAX) return series;
  const sizes = series.map(({ values }, at) => ({ at, size: values.reduce((sum, each) => sum + Math.abs(each), 0) }));
  const largest = sizes.toSorted((a, b) => b.size - a.size).slice(0, CHART_SERIES_MAX - 1);
  const kept = new Set(largest.map(({ at }) => at));
  const rest = series.filter((_, at) => !kept.has(at));
  const sums = (rest[0]?.values ?? []).map((_, index) =>
    rest.reduce((sum, { values }) => sum + (values[index] ?? 0), 0),
  );
  return [...series.filter((_, at) => kept.has(at)), { name: OTHER, values: sums }];
}

/** Cuts names to what Slack takes. Those that are the same then get a number: Slack tells series apart by name. */
function distinct(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((given) => {
    let name = cutTo(given, CHART_NAME_CHARACTERS_MAX) || '…';
    for (let count = 2; taken.has(name); count += 1) {
      const mark = ` ${count}`;
      name = `${cutTo(given, CHART_NAME_CHARACTERS_MAX - mark.length) || '…'}${mark}`;
    }
    taken.add(name);
    return name;
  });
}
