// Lines, areas and bars over categories.
import { svg } from '../dom.js';
import { figure, LABEL_PX_MAX, labelsFor, placeOf, tickFigure, ticksFor, widthOf } from './chart-scale.js';

const HEIGHT_PX = 216;
const TOP_PX = 10;
const BOTTOM_PX = 24;
const AXIS_NAME_PX = 18;
const RIGHT_PX = 10;
const BAR_WIDTH_MAX_PX = 30;
/** Dots that stand closer hide the line. */
const DOTTED_FROM_PX = 14;
/** How much of its place a group of bars takes. */
const GROUP_SHARE = 0.74;

/** Draws `chart` of Slack's block, as wide as there is room. */
export function drawAxisChart(chart, { widthPx, label }) {
  const figures = figuresOf(chart);
  const frame = frameFor(chart, figures, widthPx);
  return svg(
    'svg',
    {
      class: 'chart-drawing',
      width: widthPx,
      height: frame.height,
      viewBox: `0 0 ${widthPx} ${frame.height}`,
      role: 'img',
      'aria-label': label,
    },
    ...grid(frame),
    ...axisNames(chart.axis_config, frame),
    ...DRAWERS[chart.type](figures, frame),
    ...hovers(chart, figures, frame),
  );
}

/** Sorts values as the categories are: Slack matches points by label, not by place. */
export function figuresOf({ series, axis_config: { categories } }) {
  return series.map(({ data }) => {
    const values = new Map(data.map(({ label, value }) => [label, value]));
    return categories.map((category) => values.get(category) ?? 0);
  });
}

function frameFor({ axis_config: axes }, figures, widthPx) {
  const ticks = ticksFor(figures.flat());
  const newest = Math.min(widthOf(axes.categories.at(-1)), LABEL_PX_MAX) / 2;
  const left = Math.max(...ticks.map((tick) => widthOf(tickFigure(tick)))) + 12 + (axes.y_label ? AXIS_NAME_PX : 0);
  const height = HEIGHT_PX + (axes.x_label ? AXIS_NAME_PX : 0);
  const bottom = HEIGHT_PX - BOTTOM_PX;
  // Keeps as much free as the newest label stands out over its place.
  const count = axes.categories.length;
  const slot = Math.min((widthPx - left - RIGHT_PX) / count, (widthPx - left - newest) / (count - 0.5));
  const placeY = placeOf(ticks, { top: TOP_PX, bottom });
  const placeX = (index) => left + slot * (index + 0.5);
  return { ticks, left, right: left + slot * count, bottom, height, slot, placeX, placeY, categories: axes.categories };
}

function grid({ ticks, left, right, bottom, placeX, placeY, slot, categories }) {
  const rows = ticks.flatMap((tick) => [
    svg('line', {
      class: tick === 0 ? 'chart-zero' : 'chart-grid',
      x1: left,
      x2: right,
      y1: placeY(tick),
      y2: placeY(tick),
    }),
    svg('text', { class: 'chart-label', x: left - 8, y: placeY(tick) + 4, 'text-anchor': 'end' }, tickFigure(tick)),
  ]);
  const columns = labelsFor(categories, slot).map(({ index, text }) =>
    svg('text', { class: 'chart-label', x: placeX(index), y: bottom + 17, 'text-anchor': 'middle' }, text),
  );
  return [...rows, ...columns];
}

function axisNames({ x_label: along, y_label: up }, { left, right, bottom, height }) {
  const middle = (TOP_PX + bottom) / 2;
  return [
    ...(along
      ? [svg('text', { class: 'chart-axis', x: (left + right) / 2, y: height - 4, 'text-anchor': 'middle' }, along)]
      : []),
    ...(up
      ? [
          svg(
            'text',
            {
              class: 'chart-axis',
              x: 0,
              y: 0,
              'text-anchor': 'middle',
              transform: `translate(12 ${middle}) rotate(-90)`,
            },
            up,
          ),
        ]
      : []),
  ];
}

const DRAWERS = {
  bar: (figures, { slot, placeX, placeY }) => {
    const width = Math.min(BAR_WIDTH_MAX_PX, (slot * GROUP_SHARE) / figures.length);
    return figures.flatMap((values, series) =>
      values.map((value, index) => {
        const x = placeX(index) + (series - figures.length / 2) * width;
        const [top, bottom] = [placeY(Math.max(0, value)), placeY(Math.min(0, value))];
        const gap = width > 6 ? 1 : 0;
        return svg('rect', {
          class: `chart-bar series-${series}`,
          x: x + gap / 2,
          y: top,
          width: width - gap,
          height: bottom - top,
          rx: width > 6 ? 2 : 0,
        });
      }),
    );
  },
  line: (figures, frame) => figures.flatMap((values, series) => line(values, series, frame)),
  area: (figures, frame) =>
    figures.flatMap((values, series) => {
      const zero = frame.placeY(0);
      const [first, last] = [frame.placeX(0), frame.placeX(values.length - 1)];
      const d = `${pathOf(values, frame)} L${last} ${zero} L${first} ${zero} Z`;
      return [svg('path', { class: `chart-area series-${series}`, d }), ...line(values, series, frame)];
    }),
};

function line(values, series, frame) {
  const isDotted = frame.slot >= DOTTED_FROM_PX || values.length === 1;
  const dots = (isDotted ? values : []).map((value, index) =>
    svg('circle', { class: `chart-dot series-${series}`, cx: frame.placeX(index), cy: frame.placeY(value), r: 2.75 }),
  );
  return [svg('path', { class: `chart-line series-${series}`, d: pathOf(values, frame) }), ...dots];
}

const pathOf = (values, { placeX, placeY }) =>
  values.map((value, index) => `${index === 0 ? 'M' : 'L'}${placeX(index)} ${placeY(value)}`).join(' ');

/** Shows the figures of a category where the pointer rests on it. */
function hovers({ series }, figures, { categories, left, slot, bottom }) {
  return categories.map((category, index) => {
    const words = series.map(({ name }, at) => `${name}: ${figure(figures[at][index])}`);
    const box = { class: 'chart-hover', x: left + slot * index, y: TOP_PX, width: slot, height: bottom - TOP_PX };
    return svg('rect', box, svg('title', {}, [category, ...words].join('\n')));
  });
}
