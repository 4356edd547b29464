import type { MonthSoFar } from '../../app/digest/digest-view.ts';
import { monthWords, shortDate } from '../../words/dates.ts';
import { chart, type Series } from '../kit/chart.ts';
import { CHART_CATEGORIES_MAX, type ChartBlock } from '../kit/newer-blocks.ts';

/** Draws a month so far with its forecast and its budget. Slack draws no gaps: what was used stays level from today on. */
export function monthChart({ dates, used, forecast, budgetCredits }: MonthSoFar): ChartBlock {
  const lastDay = used.length - 1;
  const usedBy = dates.map((_, day) => sum(used.slice(0, day + 1)));
  const total = sum(used);
  const daysAhead = dates.length - used.length;
  const expected = (day: number) =>
    Math.round(total + (Math.max(0, (forecast?.credits ?? 0) - total) * (day - lastDay)) / Math.max(1, daysAhead));
  const series: Series[] = [
    { name: 'Used', values: usedBy },
    ...(forecast ? [{ name: 'Forecast', values: usedBy.map((by, day) => (day <= lastDay ? by : expected(day))) }] : []),
    ...(budgetCredits === null ? [] : [{ name: 'Budget', values: dates.map(() => budgetCredits) }]),
  ];
  const days = daysToShow(dates.length);
  return chart({
    title: `Credits in ${monthWords(dates[0] ?? '')}`,
    type: 'line',
    categories: days.map((day) => shortDate(dates[day] ?? '')),
    series: series.map(({ name, values }) => ({ name, values: days.map((day) => values[day] ?? 0) })),
    yLabel: 'Credits',
  });
}

/** Leaves out days evenly: the last one always stays. */
function daysToShow(daysCount: number): number[] {
  const step = Math.ceil(daysCount / CHART_CATEGORIES_MAX);
  return Array.from({ length: daysCount }, (_, day) => day).filter((day) => (daysCount - 1 - day) % step === 0);
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
