import type { Canvas, Motif } from './canvas.ts';
import { mix } from './colour.ts';
import { tag } from './svg.ts';

export type Place = { x: number; y: number; tall: number };

type Silhouette = { filled: string; drawn?: string; stroke?: number };

/** A hundred high, standing on y = 0 around x = 0; strokes for what is thin. */
const SILHOUETTES: Partial<Record<Motif, Silhouette>> = {
  cat: {
    filled:
      'M-18 0C-31-10-30-44-14-58C-21-66-21-79-16-86L-19-102L-7-92C-3-94 3-94 7-92L19-102L16-86C21-79 21-66 14-58' +
      'C30-44 31-10 18 0Z',
    drawn: 'M17-4C36-2 45-14 40-36',
    stroke: 7,
  },
  fox: {
    filled:
      'M-15 0C-26-14-24-42-11-56L-27-69L-22-78L-25-106L-8-90L8-90L25-106L22-78L27-69L11-56C24-42 26-14 15 0Z' +
      'M12 0C42 6 66-16 54-52C48-32 34-26 18-26Z',
  },
  deer: {
    filled:
      'M-38-62C-20-67 8-66 22-65L33-91C29-92 24-95 22-99C28-100 35-99 38-97C41-100 45-100 48-97L62-88L60-84L47-83' +
      'L39-58C37-48 33-42 31-38L30 0L26 0L25-36L21-38L19 0L15 0L14-41C0-38-14-38-22-41L-24-25L-22 0L-26 0L-29-24' +
      'L-31-39L-34-22L-32 0L-36 0L-39-24L-40-46C-44-50-47-48-47-52C-46-57-42-60-38-62Z',
    drawn:
      'M41-99C35-106 27-108 27-124M35-105C30-103 26-104 22-110M43-99C46-108 42-114 46-126M44-110C49-111 53-114 54-120',
    stroke: 2.4,
  },
  bear: {
    filled:
      'M-50 0C-54-18-56-34-52-46C-47-64-28-70-10-67C2-74 15-73 24-66C25-73 34-75 37-68C46-66 50-59 53-54L66-46' +
      'C68-41 65-37 60-37L46-35C42-29 39-26 36-24L38 0L22 0L18-22C8-19-4-19-13-21L-15 0L-31 0L-33-16L-37 0Z',
  },
  rabbit: {
    filled:
      'M-24 0C-40-16-26-52 0-49C1-59 6-64 10-65C1-82 0-98 5-103C12-98 15-82 16-67C17-84 22-97 28-98' +
      'C32-90 27-72 23-63C34-58 36-48 27-43C22-40 19-39 17-36C21-26 19-12 24 0ZM-24-3C-34-2-38-12-30-16Z',
  },
  person: {
    filled:
      'M-8-81C-15-78-16-58-19-26L-10-24L-9 0L-2 0L-1-24L1-24L2 0L9 0L10-24L19-26C16-58 15-78 8-81Z' +
      'M-8-91A8 8.6 0 1 0 8-91A8 8.6 0 1 0-8-91Z',
  },
  whale: {
    filled:
      'M-10 4C-7-24-4-44-8-58C-26-54-50-64-64-90C-40-92-12-86 0-68C12-86 40-92 64-90C50-64 26-54 8-58' +
      'C4-44 7-24 12 4Z',
  },
};

/** What the prompt asked to see, standing at a place; nothing if it asked for nothing that stands. */
export function figure(canvas: Canvas, place: Place & { colour: string }): string {
  if (canvas.motif === 'cabin') return cabin(canvas, place);
  const silhouette = canvas.motif === null ? undefined : SILHOUETTES[canvas.motif];
  if (silhouette === undefined) return '';
  const { filled, drawn, stroke = 0 } = silhouette;
  const pen = { fill: 'none', stroke: place.colour, 'stroke-width': stroke, 'stroke-linecap': 'round' };
  return at(
    place,
    tag('path', { d: filled, fill: place.colour }),
    drawn === undefined ? '' : tag('path', { d: drawn, ...pen }),
  );
}

function cabin({ palette, hour }: Canvas, { colour, ...place }: Place & { colour: string }): string {
  const dark = hour === 'night' || hour === 'dusk';
  const window = dark ? mix(palette.accent, '#fff3c4', 0.5) : mix(colour, '#ffffff', 0.4);
  const smoke = { fill: 'none', stroke: palette.light, 'stroke-width': 5, 'stroke-linecap': 'round', opacity: 0.4 };
  const walls = 'M-52 2L-52-40L-62-36L0-88L14-76L14-86L28-86L28-65L62-36L52-40L52 2Z';
  return at(
    place,
    tag('path', { d: 'M22-84C16-96 30-104 24-118C20-130 32-136 28-150', ...smoke }),
    tag('path', { d: walls, fill: colour }),
    tag('path', { d: 'M-34-34h20v18h-20ZM14-34h20v18h-20ZM-7-30h14v32h-14Z', fill: window }),
  );
}

/** A hot-air balloon; its place is the middle of the envelope. */
export function balloon({ palette }: Canvas, place: Place): string {
  const light = mix('#fffaf0', palette.light, 0.4);
  return at(
    place,
    tag('path', { d: 'M-9 22C-32 2-38-16-38-32A38 38 0 0 1 38-32C38-16 32 2 9 22Z', fill: palette.accent }),
    tag('path', { d: 'M-5 22C-18 2-20-16-20-34C-20-54-12-66 0-70C12-66 20-54 20-34C20-16 18 2 5 22Z', fill: light }),
    tag('path', { d: 'M-2 22C-6 2-7-16-7-34C-7-54-4-66 0-70C4-66 7-54 7-34C7-16 6 2 2 22Z', fill: palette.accent }),
    tag('path', { d: 'M-8 23L-5 36M8 23L5 36', stroke: palette.shade, 'stroke-width': 1 }),
    tag('rect', { x: -6.5, y: 35, width: 13, height: 10, rx: 2, fill: palette.shade }),
  );
}

export function cactus({ palette }: Canvas, place: Place): string {
  const arms = 'M0-42L-12-42Q-24-42-24-54L-24-72M0-30L12-30Q24-30 24-42L24-58';
  const pen = { fill: 'none', stroke: mix(palette.shade, '#000000', 0.15), 'stroke-width': 13 };
  return at(
    place,
    tag('path', { d: `M0 0L0-94${arms}`, ...pen, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' }),
  );
}

export function boat({ palette }: Canvas, place: Place): string {
  const hull = 'M-42-10L50-12Q36 6 20 6L-24 6Q-36 4-42-10Z';
  return at(
    place,
    tag('ellipse', { cx: 4, cy: 10, rx: 42, ry: 3.5, fill: palette.shade, opacity: 0.35 }),
    tag('path', { d: 'M2-12L2-102', stroke: palette.shade, 'stroke-width': 1.6 }),
    tag('path', { d: 'M5-98Q36-50 42-18L5-18Z', fill: mix('#fffaf0', palette.light, 0.5) }),
    tag('path', { d: 'M-2-90Q-16-40-34-18L-2-18Z', fill: palette.accent }),
    tag('path', { d: hull, fill: mix(palette.shade, '#000000', 0.25) }),
  );
}

/** A drawing of a hundred units, moved to a place and scaled to its height. */
function at({ x, y, tall }: Place, ...drawing: readonly string[]): string {
  const transform = `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${(tall / 100).toFixed(3)})`;
  return tag('g', { transform }, ...drawing);
}
