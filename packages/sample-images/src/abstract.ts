import type { Canvas, Scene } from './canvas.ts';
import { lighter, mix } from './colour.ts';
import { d, tag } from './svg.ts';

/** A grid of plain shapes in few colours, as on a poster of the fifties. */
export const abstract: Scene = (canvas) => {
  const { width, height, random, palette, detail } = canvas;
  const paper = lighter(mix(palette.sky[2], palette.paper, 0.6), 0.2);
  const columns = width > 1.2 * height ? 6 : 4;
  const side = width / columns;
  const inks: readonly [string, ...string[]] = [
    palette.shade,
    palette.accent,
    palette.sky[1],
    palette.haze,
    mix(palette.sky[0], palette.shade, 0.3),
    mix(palette.sky[2], palette.accent, 0.3),
  ];
  const tiles = Array.from({ length: columns * Math.ceil(height / side) }, (_, index) => {
    const ground = random.chance(0.62) ? random.pick(inks) : paper;
    const ink = random.pick(inks);
    const [x, y] = [side * (index % columns), side * Math.floor(index / columns)];
    return tile(canvas, { x, y, side, ground, ink: ink === ground ? paper : ink, paper });
  });
  return [tag('rect', { width, height, fill: paper }), ...tiles, detail > 0 ? disc(canvas, side) : ''].join('');
};

type Tile = { x: number; y: number; side: number; ground: string; ink: string; paper: string };

function tile({ random }: Canvas, { x, y, side: s, ground, ink, paper }: Tile): string {
  const h = s / 2;
  const path = (data: string, fill = ink) => tag('path', { d: data, fill });
  const dot = (share: number, fill: string) => tag('circle', { cx: h, cy: h, r: share * s, fill });
  const quarter = path(d`M0 0A${s} ${s} 0 0 1 ${s} ${s}H0Z`);
  const shapes: readonly [string, ...string[]] = [
    quarter,
    quarter + path(d`M0 ${h}A${h} ${h} 0 0 1 ${h} ${s}H0Z`, paper),
    path(d`M0 ${h}A${h} ${h} 0 0 1 ${s} ${h}Z`) + path(d`M0 ${s}A${h} ${h} 0 0 1 ${s} ${s}Z`, paper),
    dot(0.36, ink),
    dot(0.36, ink) + dot(0.17, paper),
    path(d`M0 0H${s}L0 ${s}Z`),
    path(d`M0 0L${h} ${h}L0 ${s}ZM${s} 0L${h} ${h}L${s} ${s}Z`),
    path(d`M0 ${h}Q0 0 ${h} 0H${s}V${h}Q${s} ${s} ${h} ${s}H0Z`),
    path([0, 2, 4, 6].map((bar) => d`M0 ${(bar * s) / 8}H${s}v${s / 8}H0Z`).join('')),
  ];
  const transform = d`translate(${x} ${y}) rotate(${90 * random.count(0, 3)} ${h} ${h})`;
  // Half a pixel more than the tile, or thin lines of paper show between the tiles.
  return tag('g', { transform }, tag('rect', { width: s + 0.5, height: s + 0.5, fill: ground }), random.pick(shapes));
}

/** One large shape over the grid, so that the eye has somewhere to rest. */
function disc({ width, height, random, palette }: Canvas, side: number): string {
  const x = side * random.count(1, Math.max(1, Math.floor(width / side) - 1));
  const y = side * random.count(1, Math.max(1, Math.floor(height / side) - 1));
  const r = 0.98 * side;
  return (
    tag('circle', { cx: x, cy: y, r, fill: palette.light, opacity: 0.9 }) +
    tag('path', { d: d`M${[x - r, y]}A${r} ${r} 0 0 0 ${[x + r, y]}Z`, fill: palette.accent, opacity: 0.95 })
  );
}
