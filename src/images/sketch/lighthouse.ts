import type { Canvas } from './canvas.ts';
import { mix } from './colour.ts';
import { below, type Point, polygon, tag } from './svg.ts';

/** A banded tower on a rock, with its beam to both sides. */
export function lighthouse(canvas: Canvas, horizon: number): string {
  const { width, height, unit, palette, random } = canvas;
  const x = width * (random.chance(0.5) ? 0.24 : 0.76);
  const [foot, top] = [horizon + 6 * unit, horizon - 30 * unit];
  const dark = mix(palette.shade, '#000000', 0.25);
  const beam = (reach: number): Point[] => [
    [x, top - 2 * unit],
    [x + reach, top - 16 * unit],
    [x + reach, top + 12 * unit],
  ];
  const rock = [
    [-46, 36],
    [-32, 17],
    [-20, 7],
    [-10, 1.5],
    [0, -0.5],
    [9, 1],
    [18, 6],
    [31, 16],
    [48, 36],
  ];
  return [
    tag('path', { d: polygon(beam(width)) + polygon(beam(-width)), fill: palette.light, opacity: 0.16 }),
    ...bands(canvas, { x, foot, top }),
    tag('rect', { x: x - 3 * unit, y: top - 0.9 * unit, width: 6 * unit, height: 1.1 * unit, fill: dark }),
    tag('rect', { x: x - 1.5 * unit, y: top - 3.8 * unit, width: 3 * unit, height: 3 * unit, fill: palette.light }),
    tag('path', { d: roof({ x, y: top - 3.7 * unit, unit }), fill: dark }),
    tag('path', {
      d: below(
        rock.map(([right = 0, down = 0]): Point => [x + right * unit, foot + down * unit]),
        Math.max(height, foot + 36 * unit),
        { soft: true },
      ),
      fill: dark,
    }),
  ].join('');
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
