import type { Canvas } from './canvas.ts';
import { type Point, polygon, tag } from './svg.ts';

const RIDGE_POINTS = 129;

/** A line of peaks by halving: between neighbours a middle is set and moved up or down, less and less. */
export function ridge(
  { width, random }: Canvas,
  { top, relief, roughness }: { top: number; relief: number; roughness: number },
): Point[] {
  const start = random.count(0, 1);
  let heights = [0, 1, 2, 3, 4].map((index) => {
    const peak = (index + start) % 2 === 1;
    return top + relief * (peak ? random.between(-0.9, -0.3) : random.between(0, 0.7));
  });
  for (let spread = 0.36 * relief; heights.length < RIDGE_POINTS; spread *= roughness) {
    heights = heights.flatMap((here, index) => {
      const next = heights[index + 1];
      return next === undefined ? [here] : [here, (here + next) / 2 + random.between(-spread, spread)];
    });
  }
  return heights.map((y, index) => [(width * index) / (heights.length - 1), y]);
}

/** A fir in ragged tiers, narrow at the top. */
export function fir(
  { random }: Canvas,
  { x, foot, tall, colour }: { x: number; foot: number; tall: number; colour: string },
): string {
  const tiers = 6;
  const half = tall * random.between(0.17, 0.23);
  const left: Point[] = [];
  const right: Point[] = [];
  for (let tier = 1; tier <= tiers; tier += 1) {
    const y = foot - tall + (0.93 * tall * tier) / tiers;
    const reach = half * (tier / tiers) ** 0.9;
    left.unshift([x - reach * random.between(0.85, 1.1), y], [x - 0.45 * reach, y - 0.035 * tall]);
    right.push([x + 0.45 * reach, y - 0.035 * tall], [x + reach * random.between(0.85, 1.1), y]);
  }
  const trunk = 0.018 * tall;
  const bole: Point[] = [
    [x + trunk, foot - 0.07 * tall],
    [x + trunk, foot],
    [x - trunk, foot],
    [x - trunk, foot - 0.07 * tall],
  ];
  return tag('path', { d: polygon([[x, foot - tall], ...right, ...bole, ...left]), fill: colour });
}
