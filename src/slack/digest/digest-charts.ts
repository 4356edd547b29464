import type { ClientWeek, Digest, DigestMonth } from '../../app/digest/digest-view.ts';
import { monthWords, shortDate } from '../../words/dates.ts';
import { chart, type Series } from '../kit/chart.ts';
import { CHART_CATEGORIES_MAX, type ChartBlock } from '../kit/newer-blocks.ts';

/** Draws at most two charts: the month so far with its forecast and its budget, and clients over five weeks. */
export function digestCharts({ month, weeks, clients }: Digest): ChartBlock[] {
  const charts = [month && monthChart(month), weeksChart(weeks, clients)];
  return charts.filter((each) => each !== null);
}

/** Slack draws no gaps: what was used stays level from today on, and a forecast repeats it until today. */
function monthChart({ dates, used, forecast, budgetCredits }: DigestMonth): ChartBlock {
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

function weeksChart({ week, earlier }: Digest['weeks'], clients: readonly ClientWeek[]): ChartBlock | null {
  const series = clients.map(({ name, earlierCredits, week: { credits } }) => ({
    name,
    values: [...earlierCredits, credits],
  }));
  const drawn = series.filter(({ values }) => sum(values) > 0);
  if (drawn.length === 0) return null;
  return chart({
    title: 'Credits by client, five weeks',
    type: 'bar',
    categories: [...earlier, week].map(({ fromDate }) => shortDate(fromDate)),
    series: drawn,
    xLabel: 'Week from',
    yLabel: 'Credits',
  });
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
