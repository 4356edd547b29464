import type { ClientWeek, Digest } from '../../app/digest/digest-view.ts';
import { shortDate } from '../../words/dates.ts';
import { chart } from '../kit/chart.ts';
import type { ChartBlock } from '../kit/newer-blocks.ts';
import { monthChart } from './month-chart.ts';

/** Draws at most two charts: the month so far with its forecast and its budget, and clients over five weeks. */
export function digestCharts({ month, weeks, clients }: Digest): ChartBlock[] {
  const charts = [month && monthChart(month), weeksChart(weeks, clients)];
  return charts.filter((each) => each !== null);
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
