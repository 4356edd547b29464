import type { Canvas } from './canvas.ts';
import { darker, lighter, mix } from './colour.ts';
import { d, linear, type Point, radial, tag } from './svg.ts';

/** Where a thing stands: the middle of its foot. */
type Foot = { x: number; foot: number };

export function bottle(canvas: Canvas, { x, foot }: Foot): string {
  const { unit, palette, random } = canvas;
  const half = unit * random.between(6, 7.5);
  const tall = unit * random.between(19, 24);
  const top = foot - tall;
  const glass = mix(palette.shade, palette.sky[1], 0.35);
  const block = (wide: number, y: number, height: number, fill: string, rx = 0) =>
    tag('rect', { x: x - wide / 2, y, width: wide, height, rx, fill });
  const line = (wide: number, down: number) => d`M${[x - (wide * half) / 2, top + down * tall]}h${wide * half}`;
  const lines = line(0.72, 0.5) + line(0.48, 0.58);
  return [
    shadow(canvas, { x: x + 3 * unit, foot, reach: 1.3 * half }),
    linear(
      'glass',
      [
        [0, lighter(glass, 0.35)],
        [0.22, glass],
        [0.75, darker(glass, 0.25)],
        [1, lighter(glass, 0.12)],
      ],
      { across: true },
    ),
    block(4.2 * unit, top - 7 * unit, 5.6 * unit, palette.accent, 0.6 * unit),
    block(3 * unit, top - 1.8 * unit, 2.2 * unit, darker(glass, 0.2)),
    block(2 * half, top, tall, 'url(#glass)', 2.2 * unit),
    block(1.24 * half, top + 0.36 * tall, 0.36 * tall, lighter(palette.paper, 0.1), 0.4 * unit),
    tag('path', { d: lines, stroke: palette.ink, 'stroke-width': 0.35 * unit }),
    tag('rect', {
      x: x - 0.8 * half,
      y: top + 2 * unit,
      width: 0.8 * unit,
      height: tall - 4 * unit,
      rx: 0.4 * unit,
      fill: '#ffffff',
      opacity: 0.45,
    }),
  ].join('');
}

export function cup(canvas: Canvas, { x, foot }: Foot): string {
  const { unit, palette, random } = canvas;
  const clay = lighter(palette.paper, 0.3);
  const p = (right: number, up: number): Point => [x + right * unit, foot - up * unit];
  const left = d`M${p(-7.5, 12)}C${p(-7.5, 4)} ${p(-5.5, 0.6)} ${p(-3.6, 0.2)}`;
  const right = d`Q${p(0, -0.6)} ${p(3.6, 0.2)}C${p(5.5, 0.6)} ${p(7.5, 4)} ${p(7.5, 12)}Z`;
  const steam = [-2.4, 0, 2.4].map((from) => {
    const lean = from + random.between(-1.5, 1.5);
    return d`M${p(from, 14.5)}C${p(from - 2, 17.5)} ${p(lean + 2, 20)} ${p(lean, random.between(23, 26))}`;
  });
  const disc = (up: number, rx: number, ry: number, fill: string) =>
    tag('ellipse', { cx: x, cy: foot - up * unit, rx: rx * unit, ry: ry * unit, fill });
  const pen = { fill: 'none', 'stroke-linecap': 'round' };
  return [
    shadow(canvas, { x: x + 2 * unit, foot, reach: 9 * unit }),
    disc(0, 10, 1.5, darker(clay, 0.1)),
    tag('path', {
      d: d`M${p(7, 10)}C${p(12.5, 10.5)} ${p(12, 3.4)} ${p(6, 4)}`,
      ...pen,
      stroke: mix(clay, palette.shade, 0.2),
      'stroke-width': 1.3 * unit,
    }),
    linear(
      'cup',
      [
        [0, clay],
        [0.55, darker(clay, 0.06)],
        [1, mix(clay, palette.shade, 0.4)],
      ],
      { across: true },
    ),
    tag('path', { d: left + right, fill: 'url(#cup)' }),
    disc(12, 7.5, 1.7, lighter(clay, 0.3)),
    disc(11.7, 6.6, 1.3, '#4a2c1d'),
    tag('path', { d: steam.join(''), ...pen, stroke: '#ffffff', 'stroke-width': 0.8 * unit, opacity: 0.5 }),
  ].join('');
}

export function vase(canvas: Canvas, { x, foot }: Foot): string {
  const { unit, palette } = canvas;
  const clay = mix(palette.accent, palette.shade, 0.25);
  const p = (right: number, up: number): Point => [x + right * unit, foot - up * unit];
  const left = d`M${p(-2.6, 0)}C${p(-8, 3)} ${p(-6.5, 11)} ${p(-2, 13)}L${p(-2.4, 16)}`;
  const right = d`L${p(2.4, 16)}L${p(2, 13)}C${p(6.5, 11)} ${p(8, 3)} ${p(2.6, 0)}Z`;
  return [
    ...twigs(canvas, { x, foot: foot - 15.5 * unit }),
    linear(
      'clay',
      [
        [0, lighter(clay, 0.3)],
        [0.5, clay],
        [1, darker(clay, 0.4)],
      ],
      { across: true },
    ),
    tag('path', { d: left + right, fill: 'url(#clay)' }),
  ].join('');
}

/** Stems with leaves in pairs, leaning apart. */
function twigs({ unit, random, palette, detail }: Canvas, { x, foot }: Foot): string[] {
  const green = mix(palette.shade, palette.sky[1], 0.25);
  return Array.from({ length: 2 + detail }, (_, stem) => {
    const lean = unit * ((stem - (1 + detail) / 2) * random.between(7, 11) + random.between(-2, 2));
    const tall = unit * random.between(17, 26);
    const stalk = d`M${[x, foot]}Q${[x + 0.2 * lean, foot - 0.6 * tall]} ${[x + lean, foot - tall]}`;
    let leaves = '';
    for (let share = 0.35; share <= 1; share += 0.13) {
      const [left, y] = [x + lean * share ** 1.6, foot - tall * share];
      const size = unit * (3.4 - 1.6 * share);
      for (const side of [-size, size]) {
        const tip: Point = [left + 0.95 * side, y - 0.75 * size];
        leaves += d`M${[left, y]}Q${[left + 0.2 * side, y - 0.8 * size]} ${tip}`;
        leaves += d`Q${[left + 0.75 * side, y + 0.1 * size]} ${[left, y]}Z`;
      }
    }
    return (
      tag('path', { d: stalk, fill: 'none', stroke: green, 'stroke-width': 0.4 * unit }) +
      tag('path', { d: leaves, fill: mix(green, palette.haze, 0.18 * stem) })
    );
  });
}

export function sphere(canvas: Canvas, { x, foot, radius }: Foot & { radius: number }): string {
  const { palette } = canvas;
  const colour = mix(palette.sky[1], palette.accent, 0.35);
  const light = { cx: 0.34, cy: 0.3, r: 0.75 };
  return [
    shadow(canvas, { x: x + 0.8 * radius, foot, reach: 1.4 * radius }),
    radial(
      'ball',
      [
        [0, lighter(colour, 0.55)],
        [0.5, colour],
        [1, mix(colour, palette.shade, 0.6)],
      ],
      light,
    ),
    tag('circle', { cx: x, cy: foot - radius, r: radius, fill: 'url(#ball)' }),
  ].join('');
}

function shadow({ unit, palette }: Canvas, { x, foot, reach }: Foot & { reach: number }): string {
  return tag('ellipse', { cx: x, cy: foot, rx: reach, ry: 1.2 * unit, fill: palette.shade, opacity: 0.22 });
}
