// Shares of a whole.
import { svg } from '../dom.js';
import { figure, slicesOf } from './chart-scale.js';

const SIZE_PX = 176;
const RADIUS_PX = 84;
const HOLE_PX = 46;

export function drawPie({ segments }, { label }) {
  const middle = SIZE_PX / 2;
  const slices = slicesOf(segments).map((slice, index) =>
    svg(
      'path',
      { class: `chart-slice series-${index}`, d: ringPart(slice), transform: `translate(${middle} ${middle})` },
      svg('title', {}, `${segments[index].label}: ${figure(segments[index].value)}`),
    ),
  );
  const box = { width: SIZE_PX, height: SIZE_PX, viewBox: `0 0 ${SIZE_PX} ${SIZE_PX}` };
  return svg('svg', { class: 'chart-drawing', ...box, role: 'img', 'aria-label': label }, ...slices);
}

/** An arc cannot end where it begins: a whole ring stops a little before. */
const WHOLE = 0.99999;

function ringPart({ from, to }) {
  const end = from + Math.min(to - from, WHOLE);
  const isLarge = end - from > 0.5 ? 1 : 0;
  const [a, b, c, d] = [at(from, RADIUS_PX), at(end, RADIUS_PX), at(end, HOLE_PX), at(from, HOLE_PX)];
  return `M${a} A${RADIUS_PX} ${RADIUS_PX} 0 ${isLarge} 1 ${b} L${c} A${HOLE_PX} ${HOLE_PX} 0 ${isLarge} 0 ${d} Z`;
}

function at(turn, radius) {
  const angle = turn * 2 * Math.PI;
  return `${(Math.sin(angle) * radius).toFixed(3)} ${(-Math.cos(angle) * radius).toFixed(3)}`;
}
