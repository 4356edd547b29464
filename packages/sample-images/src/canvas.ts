import type { Hour, Palette } from './palette.ts';
import type { Random } from './random.ts';

/** What a scene is drawn on. Lengths follow `unit`, a hundredth of the shorter side, so that every size looks alike. */
export type Canvas = {
  width: number;
  height: number;
  unit: number;
  random: Random;
  palette: Palette;
  hour: Hour;
  /** 0 for a draft, 1 for standard, 2 for fine. */
  detail: 0 | 1 | 2;
  motif: Motif | null;
};

/** A scene is SVG between the background and the strip. */
export type Scene = (canvas: Canvas) => string;

/** What a prompt may ask to see in a scene. */
export type Motif =
  | 'balloon'
  | 'bear'
  | 'cabin'
  | 'cactus'
  | 'cat'
  | 'cup'
  | 'deer'
  | 'fox'
  | 'lighthouse'
  | 'person'
  | 'rabbit'
  | 'whale';
