import type { Canvas, Scene } from './canvas.ts';
import { mix } from './colour.ts';
import { birds, sky } from './sky.ts';
import { d, linear, type Point, polygon, tag } from './svg.ts';

/** Rows of towers before a large sun or moon, their windows lit from dusk on. */
export const city: Scene = (canvas) => {
  const { width, height, unit, random, detail } = canvas;
  const light = {
    x: width * random.between(0.3, 0.7),
    y: height * random.between(0.3, 0.42),
    radius: unit * random.between(11, 15),
  };
  const rows = detail === 2 ? 4 : 3;
  const drawn = [sky(canvas, light), birds(canvas, { x: width * random.between(0.2, 0.8), y: 0.2 * height })];
  for (let row = 0; row < rows; row += 1) {
    drawn.push(skyline(canvas, row / (rows - 1)));
    if (row < rows - 1) drawn.push(mist(canvas, `mist${row}`));
  }
  return drawn.join('');
};

type Tower = { x: number; wide: number; tall: number };

function skyline(canvas: Canvas, depth: number): string {
  const { width, height, unit, random, palette, hour } = canvas;
  const wall = mix(palette.haze, palette.shade, 0.2 + 0.75 * depth);
  const dark = hour === 'night' || hour === 'dusk';
  const window = dark ? mix(palette.accent, '#fff3c4', 0.55) : mix(wall, '#ffffff', 0.35);
  let walls = '';
  let windows = '';
  for (let x = -4 * unit; x < width; ) {
    const wide = unit * random.between(5, 10) * (0.8 + 0.5 * depth);
    // Higher towards the middle of the picture, as around a centre.
    const centre = 1 - Math.abs((x + wide / 2) / width - 0.5);
    const tall = height * (0.66 - 0.26 * depth) * random.between(0.4, 0.85) * (0.6 + 0.55 * centre);
    walls += tower(canvas, { x, wide, tall });
    windows += lights(canvas, { x, wide, tall }, depth);
    x += wide + (random.chance(0.3) ? unit * random.between(0.4, 2) : 0);
  }
  return (
    tag('path', { d: walls, fill: wall }) +
    tag('path', { d: windows || 'M0 0', fill: window, opacity: 0.35 + 0.5 * depth })
  );
}

/** Flat, stepped, with a spire, slanted, or with an antenna. */
function tower({ random, unit, height }: Canvas, { x, wide, tall }: Tower): string {
  const top = height - tall;
  const middle = x + wide / 2;
  const box = (half: number, y: number) => d`M${[middle - half, height]}V${y}H${middle + half}V${height}Z`;
  const whole = box(wide / 2, top);
  switch (random.count(0, 5)) {
    case 0:
      return whole + box(0.32 * wide, top - 3 * unit) + box(0.14 * wide, top - 6 * unit);
    case 1: {
      const spire: Point[] = [
        [middle - 0.14 * wide, top],
        [middle, top - 12 * unit],
        [middle + 0.14 * wide, top],
      ];
      return whole + box(wide / 4, top - 2 * unit) + polygon(spire);
    }
    case 2:
      return polygon([
        [x, height],
        [x, top],
        [x + wide, top - 0.4 * wide],
        [x + wide, height],
      ]);
    case 3:
      return whole + box(0.16 * unit, top - 8 * unit);
    default:
      return whole;
  }
}

const FLOORS_MAX = 40;

function lights({ random, unit, hour, detail, height }: Canvas, { x, wide, tall }: Tower, depth: number): string {
  if (detail === 0 && depth < 0.5) return '';
  const size = unit * (0.55 + 0.35 * depth);
  const [stepX, stepY] = [2.1 * size, 2.5 * size];
  const columns = Math.floor((wide - stepX) / stepX);
  const floors = Math.min(Math.floor((tall - stepY) / stepY), FLOORS_MAX);
  const lit = { dawn: 0.2, day: 0.2, dusk: 0.3, night: 0.42 }[hour];
  let windows = '';
  for (let floor = 0; floor < floors; floor += 1) {
    for (let column = 0; column < columns; column += 1) {
      if (!random.chance(lit)) continue;
      const left = x + (wide - columns * stepX) / 2 + (column + 0.25) * stepX;
      windows += d`M${[left, height - tall + (floor + 0.6) * stepY]}h${size}v${1.25 * size}h${-size}Z`;
    }
  }
  return windows;
}

/** Haze between the rows, thicker towards the street. */
function mist({ width, height, palette }: Canvas, id: string): string {
  return (
    linear(id, [
      [0.35, palette.haze, 0],
      [1, palette.haze, 0.75],
    ]) + tag('rect', { width, height, fill: `url(#${id})` })
  );
}
