import type { Canvas } from './canvas.ts';
import { mix } from './colour.ts';
import { below, type Point, polygon, tag } from './svg.ts';

/** A banded tower on a rock, with its beam to both sides. */
export function lighthouse(canvas: Canvas, horizon: number): string {
  const { width, unit, palette, random } = canvas;
  const x = width * (random.chance(0.5) ? 0.24 : 0.76);
  const [foot, top] = [horizon + 6 * unit, horizon - 30 * unit];
  const dark = mix(palette.shade, '#000000', 0.25);
  const beam = (reach: number): Point[] => [
    [x, top - 2 * unit],
    [x + reach, top - 16 * unit],
    [x + reach, top + 12 * unit],
  ];
  return [
    tag('path', { d: polygon(beam(width)) + polygon(beam(-width)), fill: palette.light, opacity: 0.16 }),
    ...bands(canvas, { x, foot, top }),
    tag('rect', { x: x - 3 * unit, y: top - 0.9 * unit, width: 6 * unit, height: 1.1 * unit, fill: dark }),
    tag('rect', { x: x - 1.5 * unit, y: top - 3.8 * unit, width: 3 * unit, height: 3 * unit, fill: palette.light }),
    tag('path', { d: roof({ x, y: top - 3.7 * unit, unit }), fill: dark }),
    tag('path', { d: rock(canvas, { x, foot }), fill: dark }),
  ].join('');
}

/** From the water's near edge up to the tower and down again. */
function rock({ unit, height }: Canvas, { x, foot }: { x: number; foot: number }): string {
  const rise = [-46, -32, -20, -10, 0, 9, 18, 31, 48];
  const fall = [1, 0.47, 0.19, 0.04, -0.015, 0.03, 0.17, 0.45, 1];
  const crest = rise.map((right, index): Point => [x + right * unit, foot + (fall[index] ?? 1) * (height - foot)]);
  return below(crest, height, { soft: true });
}

function bands({ unit, palette }: Canvas, { x, foot, top }: { x: number; foot: number; top: number }): string[] {
  const corner = (share: number, side: number): Point => [
    x + side * unit * (3.6 - 1.4 * share),
    foot - (foot - top) * share,
  ];
  return [0, 0.25, 0.5, 0.75].map((from, index) => {
    const to = from + 0.25;
    const fill = index % 2 === 1 ? palette.accent : mix('#fffaf0', palette.haze, 0.15);
    return tag('path', { d: polygon([corner(from, -1), corner(from, 1), corner(to, 1), corner(to, -1)]), fill });
  });
}

function roof({ x, y, unit }: { x: number; y: number; unit: number }): string {
  return polygon([
    [x - 2.1 * unit, y],
    [x, y - 2.7 * unit],
    [x + 2.1 * unit, y],
  ]);
}
