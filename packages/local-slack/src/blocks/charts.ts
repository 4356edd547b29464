import { z } from 'zod';
import { id } from './composition.ts';

/** https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block */

const label = z.string().min(1).max(20);
const axisLabel = z.string().min(1).max(50).optional();
const finite = z.number();

const segment = z.strictObject({ label, value: finite.refine((value) => value > 0, 'must be more than 0') });
const pie = z.strictObject({ type: z.literal('pie'), segments: z.array(segment).min(1).max(6) });

const series = z.strictObject({
  name: label,
  data: z
    .array(z.strictObject({ label, value: finite }))
    .min(1)
    .max(20),
});
const axes = z.strictObject({
  categories: z.array(label).min(1).max(20),
  x_label: axisLabel,
  y_label: axisLabel,
});

type AxisChart = { series: z.infer<typeof series>[]; axis_config: z.infer<typeof axes> };

const onAxes = <Type extends string>(type: Type) =>
  z
    .strictObject({ type: z.literal(type), series: z.array(series).min(1).max(6), axis_config: axes })
    .superRefine((chart, check) => {
      for (const { message, path } of axisProblems(chart)) check.addIssue({ code: 'custom', message, path });
    });

/** Each series has exactly one value for each category, and a name of its own. */
function axisProblems({ series: all, axis_config: { categories } }: AxisChart) {
  const problems: { message: string; path: (string | number)[] }[] = [];
  if (new Set(categories).size < categories.length) {
    problems.push({ message: 'categories must be unique', path: ['axis_config', 'categories'] });
  }
  const names = all.map(({ name }) => name);
  for (const [index, { name, data }] of all.entries()) {
    if (names.indexOf(name) < index) {
      problems.push({ message: 'series names must be unique', path: ['series', index, 'name'] });
    }
    const labels = new Set(data.map((point) => point.label));
    const isWhole = data.length === categories.length && categories.every((category) => labels.has(category));
    if (!isWhole) {
      problems.push({ message: 'data labels must match axis_config.categories', path: ['series', index, 'data'] });
    }
  }
  return problems;
}

export const dataVisualization = z.strictObject({
  type: z.literal('data_visualization'),
  block_id: id.min(1).optional(),
  title: z.string().min(1).max(50),
  chart: z.discriminatedUnion('type', [onAxes('line'), onAxes('bar'), onAxes('area'), pie]),
});
