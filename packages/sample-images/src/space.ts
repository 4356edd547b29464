import type { Canvas, Scene } from './canvas.ts';
import { darker, lighter, mix } from './colour.ts';
import { type Disc, stars } from './sky.ts';
import { below, d, type Point, radial, tag } from './svg.ts';

/** A ringed planet and its moon over a quiet horizon. */
export const space: Scene = (canvas) => {
  const { width, height, unit, random, palette } = canvas;
  const x = width * random.between(0.38, 0.62);
  const y = height * random.between(0.36, 0.44);
  const radius = unit * random.between(17, 22);
  const away = x > width / 2 ? -1 : 1;
  return [
    tag('rect', { width, height, fill: darker(mix(palette.sky[0], palette.shade, 0.6), 0.35) }),
    nebula(canvas),
    stars(canvas, height),
    planet(canvas, { x, y, radius }),
    moon(canvas, {
      x: x + 1.75 * away * radius,
      y: y - radius * random.between(0.7, 1.1),
      radius: unit * random.between(2.5, 4.5),
    }),
    surface(canvas),
  ].join('');
};

function nebula({ width, height, random, palette }: Canvas): string {
  const fogs = [palette.sky[1], palette.haze, palette.accent, palette.sky[2]].map((colour, index) => {
    const id = `fog${index}`;
    const transform = d`rotate(${random.count(-30, 30)} ${[width / 2, height / 2]})`;
    const place = { cx: width * random.between(0.05, 0.95), cy: height * random.between(0.05, 0.8) };
    const reach = { rx: width * random.between(0.35, 0.6), ry: height * random.between(0.2, 0.4) };
    return (
      radial(id, [
        [0, colour, 0.42],
        [0.5, colour, 0.16],
        [1, colour, 0],
      ]) + tag('ellipse', { ...place, ...reach, fill: `url(#${id})`, transform })
    );
  });
  return fogs.join('');
}

function planet(canvas: Canvas, globe: Disc): string {
  const { random, palette } = canvas;
  const { x: cx, y: cy, radius: r } = globe;
  const base = mix(palette.sky[2], palette.accent, 0.45);
  const tilt = d`rotate(${random.count(-28, -10)} ${[cx, cy]})`;
  const night = darker(palette.shade, 0.5);
  return [
    tag('defs', {}, tag('clipPath', { id: 'globe' }, tag('circle', { cx, cy, r }))),
    radial(
      'night',
      [
        [0.35, '#000000', 0],
        [1, night, 0.88],
      ],
      { cx: 0.3, cy: 0.28, r: 0.85 },
    ),
    radial('aura', [
      [0.7, palette.haze, 0.22],
      [1, palette.haze, 0],
    ]),
    tag('circle', { cx, cy, r: 1.5 * r, fill: 'url(#aura)' }),
    tag('g', { transform: tilt }, ring(canvas, globe, 'behind'), bands(canvas, globe, base)),
    tag('circle', { cx, cy, r, fill: 'url(#night)' }),
    tag('g', { transform: tilt }, ring(canvas, globe, 'before')),
  ].join('');
}

function bands({ random, palette, detail }: Canvas, { x, y, radius: r }: Disc, base: string): string {
  const drawn = Array.from({ length: 5 + 3 * detail }, () => {
    const fill = random.chance(0.5)
      ? mix(base, palette.shade, random.between(0.1, 0.4))
      : lighter(base, random.between(0.1, 0.35));
    const height = r * random.between(0.04, 0.2);
    return tag('rect', { x: x - r, y: y + r * random.between(-0.95, 0.85), width: 2 * r, height, fill, opacity: 0.55 });
  });
  return tag('g', { 'clip-path': 'url(#globe)' }, tag('circle', { cx: x, cy: y, r, fill: base }), ...drawn);
}

function ring({ palette, unit }: Canvas, { x, y, radius }: Disc, half: 'behind' | 'before'): string {
  const sweep = half === 'before' ? 0 : 1;
  const arc = (wide: number, tall: number) => {
    const [rx, ry] = [wide * radius, tall * radius];
    return d`M${[x - rx, y]}A${rx} ${ry} 0 0 ${sweep} ${[x + rx, y]}`;
  };
  return tag(
    'g',
    { fill: 'none', stroke: lighter(palette.haze, 0.4) },
    tag('path', { d: arc(1.85, 0.42), 'stroke-width': 1.5 * unit, opacity: 0.85 }),
    tag('path', { d: arc(1.5, 0.33), 'stroke-width': 2.6 * unit, opacity: 0.5 }),
  );
}

function moon({ palette }: Canvas, { x: cx, y: cy, radius: r }: Disc): string {
  return tag('circle', { cx, cy, r, fill: palette.light }) + tag('circle', { cx, cy, r, fill: 'url(#night)' });
}

function surface({ width, height, unit, random, palette }: Canvas): string {
  const near = darker(palette.shade, 0.6);
  const far = mix(palette.haze, palette.shade, 0.35);
  const hills = [0, 1, 2].map((row) => {
    const top = height * (0.78 + 0.075 * row);
    const line = Array.from(
      { length: 9 },
      (_, step): Point => [(width * step) / 8, top + unit * random.between(-3.4, 3.4)],
    );
    return tag('path', { d: below(line, height, { soft: true }), fill: mix(far, near, row / 2) });
  });
  return hills.join('');
}
