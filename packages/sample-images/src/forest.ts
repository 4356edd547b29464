import type { Canvas, Scene } from './canvas.ts';
import { mix } from './colour.ts';
import { figure } from './figures.ts';
import { fir } from './ridge.ts';
import { birds, type Disc, sky } from './sky.ts';
import { below, d, type Point, polygon, tag } from './svg.ts';

/** Rows of firs coming out of the mist, and a clearing in front. */
export const forest: Scene = (canvas) => {
  const { width, height, unit, random, detail, hour } = canvas;
  const light = {
    x: width * random.between(0.35, 0.65),
    y: height * random.between(0.26, 0.36),
    radius: unit * random.between(8, 12),
  };
  const rows = 4 + detail;
  const drawn = [sky(canvas, light), birds(canvas, { x: width * random.between(0.25, 0.75), y: 0.2 * height })];
  for (let row = 0; row < rows; row += 1) {
    const depth = row / (rows - 1);
    drawn.push(firs(canvas, depth));
    if (depth < 1 && hour !== 'night') drawn.push(shaft(canvas, light, depth));
  }
  return [...drawn, clearing(canvas)].join('');
};

/** Nearer rows open up in the middle, for the eye to walk through. */
function firs(canvas: Canvas, depth: number): string {
  const { width, height, random, unit, palette } = canvas;
  const colour = mix(palette.haze, palette.shade, 0.1 + 0.85 * depth);
  const foot = height * (0.56 + 0.34 * depth);
  const tall = unit * (11 + 26 * depth ** 1.4);
  const drawn: string[] = [];
  for (let x = -2 * unit; x < width + 2 * unit; x += tall * random.between(0.16, 0.42)) {
    const open = Math.abs(x / width - 0.5) < 0.34 * depth ** 1.2;
    if (!open) drawn.push(fir(canvas, { x, foot: foot + unit, tall: tall * random.between(0.65, 1.15), colour }));
  }
  const floor = [0, 0.3, 0.6, 1].map((share): Point => [share * width, foot + unit * random.between(-1.5, 1.5)]);
  const ground = mix(colour, palette.haze, 0.3 * (1 - depth));
  return drawn.join('') + tag('path', { d: below(floor, height, { soft: true }), fill: ground });
}

/** Light that falls through the trees. */
function shaft({ height, unit, random, palette }: Canvas, { x, y }: Disc, depth: number): string {
  const foot = x + unit * random.between(-40, 40);
  const half = unit * random.between(4, 10);
  const beam = polygon([
    [x, y],
    [foot + half, height],
    [foot - half, height],
  ]);
  return tag('path', { d: beam, fill: palette.light, opacity: 0.09 - 0.05 * depth });
}

function clearing(canvas: Canvas): string {
  const { width, height, unit, random, palette } = canvas;
  const dark = mix(palette.shade, '#000000', 0.3);
  const crest = [0, 0.3, 0.55, 0.8, 1].map(
    (share): Point => [share * width, height * (0.9 + random.between(-0.02, 0.03))],
  );
  const grass: string[] = [];
  for (let x = 0; x < width; x += unit * random.between(0.6, 1.6)) {
    const bend: Point = [unit * random.between(-0.5, 0.5), -1.5 * unit];
    const tip: Point = [unit * random.between(-1, 1), -unit * random.between(2.4, 5)];
    grass.push(d`M${[x, 0.93 * height]}q${bend} ${tip}q${[0.3 * unit, 2 * unit]} ${[0.35 * unit, 3.2 * unit]}Z`);
  }
  return (
    figure(canvas, { x: width * random.between(0.42, 0.58), y: 0.905 * height, tall: 17 * unit, colour: dark }) +
    tag('path', { d: below(crest, height, { soft: true }) + grass.join(''), fill: dark })
  );
}
