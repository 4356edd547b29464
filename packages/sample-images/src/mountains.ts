import type { Canvas, Scene } from './canvas.ts';
import { lighter, mix } from './colour.ts';
import { figure } from './figures.ts';
import { fir, ridge } from './ridge.ts';
import { birds, sky } from './sky.ts';
import { below, linear, type Point, polygon, tag } from './svg.ts';

/** Ranges behind one another, each a little darker, down to a hill with firs in front. */
export const mountains: Scene = (canvas) => {
  const { width, height, unit, random, detail } = canvas;
  const x = width * random.between(0.22, 0.78);
  const ranges = 4 + detail;
  const drawn = [sky(canvas, { x, y: height * random.between(0.24, 0.36), radius: unit * random.between(5, 8) })];
  for (let index = 0; index < ranges; index += 1) {
    drawn.push(range(canvas, { id: `range${index}`, depth: index / (ranges - 1) }));
    if (index === 1) drawn.push(birds(canvas, { x: width * random.between(0.3, 0.7), y: 0.3 * height }));
  }
  return [...drawn, hill(canvas)].join('');
};

/** One range, its peaks lit from the side and mist at its foot. */
function range(canvas: Canvas, { id, depth }: { id: string; depth: number }): string {
  const { height, palette } = canvas;
  const line = ridge(canvas, {
    top: height * (0.5 + 0.3 * depth),
    relief: height * (0.2 - 0.1 * depth),
    roughness: 0.52,
  });
  const colour = mix(palette.haze, palette.shade, 0.12 + 0.72 * depth);
  const foot = mix(colour, palette.haze, 0.55 * (1 - depth) + 0.1);
  const lit = mix(lighter(colour, 0.12), palette.light, 0.16);
  return [
    linear(id, [
      [0, colour],
      [0.6, foot],
    ]),
    tag('path', { d: below(line, height, { soft: false }), fill: `url(#${id})` }),
    tag('path', { d: litSides(line), fill: lit, opacity: 0.75 - 0.5 * depth }),
  ].join('');
}

/** From each summit a jagged sliver runs down the side that faces the light. */
function litSides(line: readonly Point[]): string {
  const reach = 7;
  const slivers = line.map((summit, index) => {
    const around = line.slice(Math.max(0, index - reach), index + reach + 1);
    const inside = index > 2 && index < line.length - 3;
    if (!inside || around.some(([, y]) => y < summit[1])) return '';
    const slope = line.slice(index, index + reach + 2);
    const [endX, endY] = slope.at(-1) ?? summit;
    const [across, drop] = [endX - summit[0], Math.max(endY - summit[1], 4)];
    const back = [
      [0.55, 1.9],
      [0.3, 0.75],
      [0.12, 0.95],
    ].map(([right = 0, down = 0]): Point => [summit[0] + right * across, summit[1] + down * drop]);
    return polygon([...slope, ...back]);
  });
  return slivers.join('') || 'M0 0';
}

function hill(canvas: Canvas): string {
  const { width, height, unit, random, palette } = canvas;
  const dark = mix(palette.shade, '#000000', 0.25);
  const crest = [0, 0.2, 0.45, 0.7, 1].map(
    (share): Point => [share * width, height * (0.86 + random.between(-0.03, 0.04))],
  );
  const drawn = [tag('path', { d: below(crest, height, { soft: true }), fill: dark })];
  for (const edge of [0.12, 0.88]) {
    for (let count = random.count(5, 9); count > 0; count -= 1) {
      const x = width * (edge + random.between(-0.14, 0.14));
      drawn.push(fir(canvas, { x, foot: 0.9 * height, tall: unit * random.between(9, 22), colour: dark }));
    }
  }
  const [x, y] = crest[2] ?? [0, height];
  drawn.push(figure(canvas, { x: x + unit * random.between(-8, 8), y: y + 0.6 * unit, tall: 13 * unit, colour: dark }));
  return drawn.join('');
}
