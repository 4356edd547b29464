// The `data_visualization` block: its title, a drawing, a legend, and the same figures as a table for screen readers.
import { apart, freshId, h } from '../dom.js';
import { drawAxisChart, figuresOf } from './chart-axes.js';
import { drawPie } from './chart-pie.js';
import { figure, slicesOf } from './chart-scale.js';

/** Before the page knows how wide the chart is. */
const WIDTH_PX = 560;
/** Less than this has no room for axes: while a panel opens, a chart is that narrow for a moment. */
const WIDTH_MIN_PX = 160;

export function drawChart({ title, chart }) {
  const titleId = freshId('chart');
  const stage = h('div', { class: 'chart-stage' });
  const label = summaryOf(title, chart);
  const draw = chart.type === 'pie' ? drawPie : drawAxisChart;
  const show = (widthPx) => stage.replaceChildren(draw(chart, { widthPx, label }));
  show(WIDTH_PX);
  followWidth(stage, show);
  return h(
    'figure',
    { class: `chart chart-of-${chart.type}`, 'aria-labelledby': titleId, 'data-testid': 'chart' },
    h('figcaption', { class: 'chart-title', id: titleId, dir: 'auto' }, title),
    stage,
    chart.type === 'pie' ? pieLegend(chart) : legend(chart.series.map(({ name }) => ({ name }))),
    h('div', { class: 'visually-hidden' }, tableOf(title, chart)),
  );
}

/** Letters keep their size on every screen, so the chart is drawn again for each width. */
function followWidth(stage, show) {
  let shown = WIDTH_PX;
  new ResizeObserver(() => {
    const width = Math.max(WIDTH_MIN_PX, Math.round(stage.clientWidth));
    if (stage.clientWidth === 0 || width === shown) return;
    shown = width;
    show(width);
  }).observe(stage);
}

function legend(items) {
  return h(
    'ul',
    { class: 'chart-legend', 'aria-hidden': 'true' },
    items.map(({ name, more = null }, index) =>
      h(
        'li',
        {},
        h('span', { class: `chart-swatch series-${index}` }),
        apart(name, { class: 'chart-name' }),
        more ? h('span', { class: 'chart-more' }, more) : null,
      ),
    ),
  );
}

function pieLegend({ segments }) {
  const slices = slicesOf(segments);
  return legend(
    segments.map(({ label, value }, at) => ({ name: label, more: `${figure(value)} · ${percent(slices[at])}` })),
  );
}

const percent = ({ share }) => (share < 0.01 ? '< 1%' : `${Math.round(share * 100)}%`);

const KINDS = { line: 'Line chart', bar: 'Bar chart', area: 'Area chart', pie: 'Pie chart' };

function summaryOf(title, chart) {
  const names = (chart.type === 'pie' ? chart.segments : chart.series).map(({ label, name }) => label ?? name);
  return `${KINDS[chart.type]}: ${title}. ${names.join(', ')}.`;
}

function tableOf(title, chart) {
  const head = chart.type === 'pie' ? ['', 'Value', 'Share'] : ['', ...chart.series.map(({ name }) => name)];
  return h(
    'table',
    {},
    h('caption', {}, title),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        head.map((name) => h('th', { scope: 'col' }, name)),
      ),
    ),
    h(
      'tbody',
      {},
      rowsOf(chart).map(([name, ...cells]) =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, name),
          cells.map((cell) => h('td', {}, cell)),
        ),
      ),
    ),
  );
}

function rowsOf(chart) {
  if (chart.type === 'pie') {
    const slices = slicesOf(chart.segments);
    return chart.segments.map(({ label, value }, at) => [label, figure(value), percent(slices[at])]);
  }
  const figures = figuresOf(chart);
  return chart.axis_config.categories.map((category, at) => [category, ...figures.map((values) => figure(values[at]))]);
}
