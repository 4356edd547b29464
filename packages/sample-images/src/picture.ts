import { abstract } from './abstract.ts';
import type { Canvas, Scene } from './canvas.ts';
import { drawable, escapeXml, wrap } from './caption.ts';
import { city } from './city.ts';
import { desert } from './desert.ts';
import type { Font } from './font.ts';
import { forest } from './forest.ts';
import { mountains } from './mountains.ts';
import { paletteOf } from './palette.ts';
import { randomOf } from './random.ts';
import { sea } from './sea.ts';
import { space } from './space.ts';
import { still } from './still.ts';
import { tag } from './svg.ts';
import { type SceneName, subjectOf } from './words.ts';

export type Picture = { prompt: string; width: number; height: number; detail: Canvas['detail']; variation: number };

const SCENES: Readonly<Record<SceneName, Scene>> = {
  abstract,
  city,
  desert,
  forest,
  mountains,
  sea,
  space,
  still,
};

const LABEL = 'Inkwell sample · sketch';

/** A picture as SVG: the scene, a grain over it, and a strip that says what it is. */
export function drawPicture({ prompt, width, height, detail, variation }: Picture, font: Font): string {
  const random = randomOf(`${variation} ${prompt.normalize('NFC').trim().toLowerCase()}`);
  const subject = subjectOf(prompt, random);
  const unit = Math.min(width, height) / 100;
  const stripHeight = Math.round(8.6 * unit);
  const palette = paletteOf(subject.hour, random.count(0, 1), subject.colours);
  const art = { width, height: height - stripHeight };
  const canvas: Canvas = { ...art, unit, random, palette, hour: subject.hour, detail, motif: subject.motif };
  return tag(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}` },
    tag('clipPath', { id: 'art' }, tag('rect', art)),
    tag('g', { 'clip-path': 'url(#art)' }, SCENES[subject.scene](canvas), detail > 0 ? grain(canvas) : ''),
    strip(canvas, stripHeight, drawable(prompt, font) || 'Untitled', font),
  );
}

/** One tile of noise, repeated: noise over the whole picture takes ten times as long and looks the same. */
function grain({ width, height, unit }: Canvas): string {
  const tile = { width: 25 * unit, height: 25 * unit };
  const noise = { type: 'fractalNoise', baseFrequency: 0.85, numOctaves: 2, seed: 7, stitchTiles: 'stitch' };
  const toDark = '0 0 0 0 0.05 0 0 0 0 0.05 0 0 0 0 0.1 0 0 0 0.55 -0.2';
  return [
    tag(
      'defs',
      {},
      tag(
        'filter',
        { id: 'noise', x: 0, y: 0, width: '100%', height: '100%' },
        tag('feTurbulence', noise),
        tag('feColorMatrix', { values: toDark }),
      ),
      tag(
        'pattern',
        { id: 'grain', ...tile, patternUnits: 'userSpaceOnUse' },
        tag('rect', { ...tile, filter: 'url(#noise)' }),
      ),
    ),
    tag('rect', { width, height, fill: 'url(#grain)', opacity: 0.42 }),
  ].join('');
}

/** Like the margin of a print: the prompt on the left, on the right that it is a sample. */
function strip({ width, height, unit, palette }: Canvas, stripHeight: number, caption: string, font: Font): string {
  const margin = 3.4 * unit;
  const [captionSize, labelSize] = [2.3 * unit, 1.75 * unit];
  const labelWidth = font.widthOf(LABEL) * labelSize;
  const widthEm = (width - 3 * margin - labelWidth) / captionSize;
  const lines = wrap(caption, { widthEm, linesMax: 2 }, font);
  const middle = height + stripHeight / 2;
  const baseline = middle + captionSize * (lines.length === 2 ? -0.3 : 0.36);
  return [
    tag('rect', { y: height, width, height: stripHeight, fill: palette.paper }),
    tag(
      'g',
      { 'font-family': font.family, fill: palette.ink },
      ...lines.map((line, index) =>
        tag('text', { x: margin, y: baseline + 1.3 * index * captionSize, 'font-size': captionSize }, escapeXml(line)),
      ),
      tag(
        'text',
        {
          x: width - margin,
          y: middle + 0.36 * labelSize,
          'font-size': labelSize,
          'text-anchor': 'end',
          opacity: 0.62,
        },
        LABEL,
      ),
    ),
  ].join('');
}
