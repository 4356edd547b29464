import type { Canvas, Scene } from './canvas.ts';
import { darker, lighter, mix } from './colour.ts';
import { cactus, figure } from './figures.ts';
import { birds, sky } from './sky.ts';
import { below, d, linear, type Point, smooth, tag } from './svg.ts';

/** Dunes with one side in the light and one in the shade. */
export const desert: Scene = (canvas) => {
  const { width, height, unit, random, palette, detail, motif } = canvas;
  const light = {
    x: width * random.between(0.25, 0.75),
    y: height * random.between(0.26, 0.38),
    radius: unit * random.between(8, 13),
  };
  const rows = 4 + detail;
  const drawn = [sky(canvas, light), birds(canvas, { x: width * random.between(0.2, 0.8), y: 0.22 * height })];
  for (let row = 0; row < rows; row += 1) drawn.push(dune(canvas, { id: `dune${row}`, depth: row / (rows - 1) }));

  const plants = motif === 'cactus' ? 3 : random.count(0, 2);
  for (let plant = 0; plant < plants; plant += 1) {
    const x = width * (plant % 2 ? random.between(0.72, 0.92) : random.between(0.08, 0.3));
    drawn.push(cactus(canvas, { x, y: 0.96 * height, tall: unit * random.between(14, 26) }));
  }
  const colour = mix(palette.shade, '#000000', 0.2);
  drawn.push(figure(canvas, { x: width * random.between(0.4, 0.6), y: 0.9 * height, tall: 13 * unit, colour }));
  return drawn.join('');
};

function dune(canvas: Canvas, { id, depth }: { id: string; depth: number }): string {
  const { width, height, random, palette } = canvas;
  const sand = mix(mix(palette.sky[2], palette.accent, 0.35), palette.haze, 0.5 * (1 - depth));
  const lit = mix(sand, palette.shade, 0.1 + 0.3 * depth);
  const top = height * (0.52 + 0.32 * depth);
  const swing = height * (0.05 + 0.06 * depth);
  const peak = random.between(0.2, 0.8);
  const left: Point[] = [
    [-0.02 * width, top + swing * random.between(0.2, 1)],
    [width * (peak - 0.22), top + swing * random.between(0.1, 0.5)],
  ];
  const summit: Point = [width * peak, top - swing];
  const right: Point[] = [
    [width * (peak + 0.24), top + swing * random.between(0, 0.6)],
    [1.02 * width, top + swing * random.between(-0.2, 0.9)],
  ];
  // The edge between light and shade winds from the foot up to the summit.
  const edge: Point[] = [
    [summit[0] + 0.02 * width, height],
    [summit[0] + 0.05 * width, summit[1] + 0.2 * height],
    [summit[0] - 0.02 * width, summit[1] + 0.08 * height],
    summit,
  ];
  const shaded = d`${smooth([summit, ...right])}L${[1.02 * width, height]}L${smooth(edge).slice(1)}Z`;
  return [
    linear(id, [
      [0, lighter(lit, 0.12)],
      [0.5, lit],
      [1, darker(lit, 0.12)],
    ]),
    tag('path', { d: below([...left, summit, ...right], height, { soft: true }), fill: `url(#${id})` }),
    tag('path', { d: shaded, fill: mix(sand, palette.shade, 0.42 + 0.36 * depth), opacity: 0.72 }),
  ].join('');
}
