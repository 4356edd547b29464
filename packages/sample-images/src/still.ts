import type { Canvas, Scene } from './canvas.ts';
import { darker, lighter, mix } from './colour.ts';
import { d, linear, radial, tag } from './svg.ts';
import { bottle, cup, sphere, vase } from './things.ts';

/** A product on plinths before an arch: the table-top set that agencies light every day. */
export const still: Scene = (canvas) => {
  const { width, height, unit, random, palette } = canvas;
  const floor = 0.74 * height;
  const wall = mix(palette.sky[2], palette.haze, 0.35);
  const ground = mix(wall, palette.sky[1], 0.4);
  const centre = width * random.between(0.44, 0.56);
  return [
    linear('wall', [
      [0, mix(wall, palette.sky[1], 0.45)],
      [1, lighter(wall, 0.15)],
    ]),
    linear('floor', [
      [0, lighter(ground, 0.1)],
      [1, darker(ground, 0.12)],
    ]),
    tag('rect', { width, height, fill: 'url(#wall)' }),
    arch(canvas, { x: centre + unit * random.between(-4, 8), floor }),
    tag('rect', { y: floor, width, height: height - floor, fill: 'url(#floor)' }),
    paperSun(canvas, { x: centre, floor }),
    set(canvas, { x: centre, floor }),
    radial(
      'spot',
      [
        [0, '#ffffff', 0.5],
        [1, '#ffffff', 0],
      ],
      { cx: 0.35, cy: 0.2, r: 0.8 },
    ),
    tag('rect', { width, height, fill: 'url(#spot)' }),
  ].join('');
};

type Stand = { x: number; floor: number };

function arch({ unit, palette, random }: Canvas, { x, floor }: Stand): string {
  const half = unit * random.between(24, 29);
  const spring = floor - unit * random.between(50, 58) + half;
  const inside = mix(palette.sky[1], palette.haze, 0.3);
  const opening = (inset: number) => {
    const [left, right, r] = [x - half + 2 * inset, x + half, half - inset];
    return d`M${[left, floor]}V${spring}A${r} ${r} 0 0 1 ${[right, spring]}V${floor}Z`;
  };
  return [
    linear('niche', [
      [0, darker(inside, 0.22)],
      [1, inside],
    ]),
    tag('path', { d: opening(0), fill: darker(inside, 0.3) }),
    tag('path', { d: opening(2.2 * unit), fill: 'url(#niche)' }),
  ].join('');
}

function paperSun({ unit, palette, random }: Canvas, { x, floor }: Stand): string {
  const r = unit * random.between(9, 13);
  const cx = x + unit * random.between(12, 18);
  return tag('circle', { cx, cy: floor - 34 * unit, r, fill: palette.accent, opacity: 0.92 });
}

function set(canvas: Canvas, { x, floor }: Stand): string {
  const { unit, random, palette, motif } = canvas;
  const stone = lighter(mix(palette.sky[2], palette.haze, 0.2), 0.25);
  const high = unit * random.between(14, 18);
  const low = unit * random.between(6, 9);
  const foot = floor + 9 * unit;
  const side = random.chance(0.5) ? 1 : -1;
  const beside = x + side * unit * random.between(22, 26);
  const product = motif === 'cup' ? cup : bottle;
  return [
    plinth(canvas, { id: 'high', x, foot, half: 14 * unit, tall: high, colour: stone }),
    product(canvas, { x, foot: foot - high + 1.2 * unit }),
    plinth(canvas, {
      id: 'low',
      x: beside,
      foot: foot + 4 * unit,
      half: 9.5 * unit,
      tall: low,
      colour: mix(stone, palette.accent, 0.28),
    }),
    vase(canvas, { x: beside, foot: foot + 4.8 * unit - low }),
    sphere(canvas, {
      x: x - side * unit * random.between(19, 23),
      foot: foot + 6 * unit,
      radius: unit * random.between(4, 6),
    }),
  ].join('');
}

type Plinth = { id: string; x: number; foot: number; half: number; tall: number; colour: string };

function plinth({ palette, unit }: Canvas, { id, x, foot, half, tall, colour }: Plinth): string {
  const flat = 0.2 * half;
  const top = foot - tall;
  const mantle = d`M${[x - half, top]}V${foot}A${half} ${flat} 0 0 0 ${[x + half, foot]}V${top}Z`;
  const round = linear(
    id,
    [
      [0, lighter(colour, 0.2)],
      [0.45, colour],
      [1, mix(colour, palette.shade, 0.45)],
    ],
    { across: true },
  );
  return [
    tag('ellipse', {
      cx: x + 0.75 * half,
      cy: foot + 0.6 * unit,
      rx: 1.5 * half,
      ry: 1.1 * flat,
      fill: palette.shade,
      opacity: 0.2,
    }),
    round,
    tag('path', { d: mantle, fill: `url(#${id})` }),
    tag('ellipse', { cx: x, cy: top, rx: half, ry: flat, fill: lighter(colour, 0.35) }),
  ].join('');
}
