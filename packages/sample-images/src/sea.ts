import type { Canvas, Scene } from './canvas.ts';
import { lighter, mix } from './colour.ts';
import { boat, figure } from './figures.ts';
import { lighthouse } from './lighthouse.ts';
import { ridge } from './ridge.ts';
import { birds, sky } from './sky.ts';
import { below, linear, type Point, tag } from './svg.ts';

/** Open water to a low horizon, with the light's path on it. */
export const sea: Scene = (canvas) => {
  const { width, height, unit, random, palette } = canvas;
  const horizon = height * random.between(0.52, 0.6);
  const x = width * random.between(0.3, 0.7);
  const near = mix(palette.shade, palette.sky[0], 0.35);
  const water = linear('water', [
    [0, mix(palette.sky[2], palette.haze, 0.5)],
    [0.35, mix(palette.haze, near, 0.55)],
    [1, near],
  ]);
  return [
    sky(canvas, { x, y: horizon - unit * random.between(6, 17), radius: unit * random.between(6, 9) }),
    islands(canvas, horizon),
    water,
    tag('rect', { y: horizon, width, height: height - horizon, fill: 'url(#water)' }),
    glitter(canvas, { x, horizon }),
    birds(canvas, { x: width * random.between(0.2, 0.8), y: 0.28 * height }),
    swells(canvas, { horizon, near }),
    subject(canvas, horizon),
  ].join('');
};

function subject(canvas: Canvas, horizon: number): string {
  const { width, unit, random, palette, motif } = canvas;
  if (motif === 'lighthouse') return lighthouse(canvas, horizon);
  const place = { x: width * random.between(0.25, 0.75), y: horizon + 9 * unit, tall: unit * random.between(15, 20) };
  if (motif !== 'whale') return boat(canvas, place);
  return figure(canvas, {
    x: width / 2,
    y: horizon + 17 * unit,
    tall: 24 * unit,
    colour: mix(palette.shade, '#000000', 0.2),
  });
}

function islands(canvas: Canvas, horizon: number): string {
  const { random, palette, height } = canvas;
  const drawn = [0.25, 0.5].map((depth) => {
    const relief = height * random.between(0.07, 0.12);
    const line = ridge(canvas, { top: horizon + 0.03 * height, relief, roughness: 0.5 });
    return tag('path', { d: below(line, horizon + 1, { soft: false }), fill: mix(palette.haze, palette.shade, depth) });
  });
  return drawn.join('');
}

/** The path under sun or moon: strokes that widen towards the shore. */
function glitter(
  { height, unit, random, palette, detail }: Canvas,
  { x, horizon }: { x: number; horizon: number },
): string {
  const strokes = 26 + 14 * detail;
  const drawn = Array.from({ length: strokes }, (_, index) => {
    const depth = (index / strokes) ** 1.5;
    const reach = unit * (1.2 + 9 * depth) * random.between(0.4, 1.15);
    const middle = x + unit * (1 + 9 * depth) * random.between(-0.6, 0.6);
    const thick = unit * (0.22 + 0.55 * depth);
    const y = horizon + 0.6 * unit + depth * (height - horizon);
    return tag('rect', {
      x: middle - reach,
      y,
      width: 2 * reach,
      height: thick,
      rx: thick / 2,
      opacity: 0.85 - 0.6 * depth,
    });
  });
  return tag('g', { fill: palette.light }, ...drawn);
}

/** Long swells in front, each with a thin lighter crest, the last of them nearly dark. */
function swells(canvas: Canvas, { horizon, near }: { horizon: number; near: string }): string {
  const { width, height, unit, random, palette, detail } = canvas;
  const rows = 3 + detail;
  const drawn = Array.from({ length: rows }, (_, row) => {
    const depth = (row + 1) / rows;
    const y = horizon + (height - horizon) * (0.42 + 0.46 * depth);
    const shift = random.between(0, 2 * Math.PI);
    const line = Array.from({ length: 13 }, (_, step): Point => {
      return [(width * step) / 12, y + 1.1 * unit * Math.sin(1.35 * step + shift) * (0.6 + depth)];
    });
    const fill = mix(near, palette.shade, 0.25 + 0.65 * depth);
    return [
      tag('path', { d: below(line, height, { soft: true }), fill, opacity: 0.82 }),
      tag('path', { d: below(line, y + 0.4 * unit, { soft: true }), fill: lighter(fill, 0.2), opacity: 0.18 }),
    ].join('');
  });
  return drawn.join('');
}
