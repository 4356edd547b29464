// Computes a chart's ticks, positions and labels. Pure.

const TICKS_ABOUT = 4;
const STEPS = [1, 2, 2.5, 5, 10];

/** Finds round figures from the lowest to the highest value, nought among them. */
export function ticksFor(values) {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  if (low === high) return [0, 1];
  const step = stepFor((high - low) / TICKS_ABOUT, values.every(Number.isInteger));
  const [first, last] = [Math.floor(low / step), Math.ceil(high / step)];
  return Array.from({ length: last - first + 1 }, (_, index) => rounded((first + index) * step));
}

function stepFor(wanted, whole) {
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = (STEPS.find((each) => each * power >= wanted) ?? 10) * power;
  return whole ? Math.max(1, Math.ceil(step)) : step;
}

/** Sums of tenths are no tenths in binary. */
const rounded = (value) => Number(value.toPrecision(12));

/** Places a value between two edges. */
export function placeOf(ticks, { top, bottom }) {
  const [low, high] = [ticks[0], ticks.at(-1)];
  return (value) => bottom - ((value - low) / (high - low)) * (bottom - top);
}

const COMPACT_FROM = 10_000;
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });
const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

/** Writes a figure in full, and short enough for an axis. */
export const figure = (value) => plain.format(value).replace('-', '−');
export const tickFigure = (value) => (Math.abs(value) < COMPACT_FROM ? plain : compact).format(value).replace('-', '−');

/** A little more than Inter's digits and most of its letters are wide at 11.5 pixels. */
const CHARACTER_PX = 7;
const GAP_PX = 8;
/** Longer labels are cut where others have to be left out for them. */
export const LABEL_PX_MAX = 92;

export const widthOf = (text) => [...text].length * CHARACTER_PX;

/** Shortens a text to a width; what is cut off is read in the tooltip and in the table. */
export function fitted(text, widthPx) {
  const most = Math.max(1, Math.floor(widthPx / CHARACTER_PX));
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, Math.max(1, most - 1)).join('')}…`;
}

/** A label that is cut shorter than this says nothing: others are left out instead. */
const CUT_CHARACTERS_MIN = 8;

/** Picks the labels that there is room for: `{ index, text }`. The newest is always there. */
export function labelsFor(categories, slotPx) {
  const all = categories.map((text, index) => ({ index, text }));
  const widest = Math.max(...categories.map(widthOf)) + GAP_PX;
  if (widest <= slotPx) return all;
  const room = slotPx - GAP_PX;
  if (room >= CUT_CHARACTERS_MIN * CHARACTER_PX)
    return all.map(({ index, text }) => ({ index, text: fitted(text, room) }));
  const roomy = Math.max(slotPx, LABEL_PX_MAX);
  const every = Math.ceil(Math.min(widest, roomy) / slotPx);
  return all
    .filter(({ index }) => (categories.length - 1 - index) % every === 0)
    .map(({ index, text }) => ({ index, text: fitted(text, every * slotPx - GAP_PX) }));
}

/** Measures the slices of a pie in turns, clockwise from the top. */
export function slicesOf(segments) {
  const whole = segments.reduce((sum, { value }) => sum + value, 0);
  let from = 0;
  return segments.map(({ value }) => {
    const slice = { from, to: from + value / whole, share: value / whole };
    from = slice.to;
    return slice;
  });
}
