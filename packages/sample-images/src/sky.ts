import type { Canvas } from './canvas.ts';
import { lighter, mix } from './colour.ts';
import { balloon } from './figures.ts';
import { d, linear, type Point, radial, smooth, tag } from './svg.ts';

export type Disc = { x: number; y: number; radius: number };

/** Sky, stars by night, sun or moon with its glow, and a few clouds. */
export function sky(canvas: Canvas, light: Disc): string {
  const { width, height, palette, hour } = canvas;
  const [zenith, middle, horizon] = palette.sky;
  return [
    linear('sky', [
      [0, zenith],
      [0.45, middle],
      [0.8, horizon],
    ]),
    tag('rect', { width, height, fill: 'url(#sky)' }),
    hour === 'night' ? stars(canvas, 0.6 * height) : '',
    luminary(canvas, light),
    clouds(canvas),
    canvas.motif === 'balloon' ? balloons(canvas) : '',
  ].join('');
}

/** Thicker towards the zenith, and a few that are larger than the rest. */
export function stars({ width, random, unit, detail }: Canvas, bottom: number): string {
  const drawn = Array.from({ length: 70 + 70 * detail }, () => {
    const cy = bottom * random.next() ** 1.4;
    const r = unit * (random.chance(0.08) ? 0.28 : random.between(0.06, 0.15));
    return tag('circle', {
      cx: random.between(0, width),
      cy,
      r,
      opacity: random.between(0.3, 1) * (1 - (0.6 * cy) / bottom),
    });
  });
  return tag('g', { fill: '#fff' }, ...drawn);
}

function luminary({ palette, hour }: Canvas, { x: cx, y: cy, radius: r }: Disc): string {
  const night = hour === 'night';
  const glow = radial('glow', [
    [0, palette.light, 0.75],
    [0.18, palette.light, 0.4],
    [0.5, palette.light, 0.12],
    [1, palette.light, 0],
  ]);
  return [
    glow,
    tag('circle', { cx, cy, r: 6 * r, fill: 'url(#glow)', opacity: night ? 0.55 : 0.9 }),
    tag('circle', { cx, cy, r, fill: palette.light }),
    night
      ? tag(
          'g',
          { fill: mix(palette.light, palette.sky[1], 0.22), opacity: 0.6 },
          ...craters({ x: cx, y: cy, radius: r }),
        )
      : '',
  ].join('');
}

function craters({ x, y, radius }: Disc): string[] {
  return [
    [-0.3, -0.25, 0.22],
    [0.28, 0.1, 0.3],
    [-0.2, 0.42, 0.16],
    [0.3, -0.5, 0.1],
  ].map(([right = 0, down = 0, share = 0]) =>
    tag('circle', { cx: x + right * radius, cy: y + down * radius, r: share * radius }),
  );
}

function clouds(canvas: Canvas): string {
  const { width, height, random, palette, hour } = canvas;
  const drawn = Array.from({ length: random.count(2, 4) }, () =>
    cloud(canvas, [random.between(-0.1, 0.9) * width, random.between(0.08, 0.42) * height]),
  );
  const fill = lighter(mix(palette.sky[2], palette.light, 0.4), 0.1);
  return tag('g', { fill, opacity: hour === 'night' ? 0.1 : 0.38 }, ...drawn);
}

/** A flat-bottomed bank: bumps above a nearly straight line. */
function cloud({ random, unit }: Canvas, [x, y]: Point): string {
  const length = unit * random.between(22, 46);
  const bumps = random.count(4, 6);
  const crest = Array.from({ length: bumps - 1 }, (_, bump): Point => {
    const share = (bump + 1) / bumps;
    return [x + length * share, y - unit * Math.sin(Math.PI * share) * random.between(1.2, 4.5)];
  });
  const top = smooth([[x, y], ...crest, [x + length, y]]);
  return tag('path', { d: d`${top}Q${[x + length / 2, y + 0.9 * unit]} ${[x, y]}Z` });
}

/** A loose flock, each bird two strokes of a pen. */
export function birds({ random, palette, unit }: Canvas, near: { x: number; y: number }): string {
  const strokes = Array.from({ length: random.count(4, 9) }, (_, index) => {
    const x = near.x + index * unit * random.between(1.5, 4) * (index % 2 ? 1 : -1);
    const y = near.y + unit * random.between(-5, 5);
    const wing = unit * random.between(0.8, 1.7);
    const [tip, bend] = [y - 0.45 * wing, y - 0.6 * wing];
    return d`M${[x - wing, tip]}Q${[x - 0.4 * wing, bend]} ${[x, y]}Q${[x + 0.4 * wing, bend]} ${[x + wing, tip]}`;
  });
  const pen = {
    fill: 'none',
    stroke: palette.shade,
    'stroke-width': 0.28 * unit,
    'stroke-linecap': 'round',
    opacity: 0.8,
  };
  return tag('path', { d: strokes.join(''), ...pen });
}

function balloons(canvas: Canvas): string {
  const { width, height, unit, random } = canvas;
  const places = [
    { share: 0.5, tall: 20 },
    { share: 0.2, tall: 11 },
    { share: 0.8, tall: 8 },
  ];
  return places
    .map(({ share, tall }) => {
      const x = width * share + unit * random.between(-5, 5);
      return balloon(canvas, { x, y: height * random.between(0.2, 0.4), tall: unit * tall });
    })
    .join('');
}
