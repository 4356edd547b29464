import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Inter, as resvg draws it: which characters it has, and how wide a text becomes. */
export type Font = {
  family: string;
  path: string;
  has(character: string): boolean;
  /** In ems, without kerning. */
  widthOf(text: string): number;
};

const FILE = '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf';
const MISSING_GLYPH = 0;

/** resvg draws no text and raises no error when a font is missing: so the file is read here, before any picture. */
export function loadFont(path?: string): Font {
  const file = path ?? resolvePackaged();
  const { glyphs, advances, unitsPerEm } = readTables(file);
  const advanceOf = (character: string) => {
    const glyph = glyphs.get(character.codePointAt(0) ?? 0) ?? MISSING_GLYPH;
    // Glyphs beyond the table are as wide as its last.
    return advances[Math.min(glyph, advances.length - 1)] ?? 0;
  };
  return {
    family: 'Inter',
    path: file,
    has: (character) => glyphs.has(character.codePointAt(0) ?? 0),
    widthOf: (text) => [...text].reduce((width, character) => width + advanceOf(character), 0) / unitsPerEm,
  };
}

function resolvePackaged(): string {
  try {
    return createRequire(import.meta.url).resolve(FILE);
  } catch (cause) {
    throw new Error(`The font ${FILE} is not installed, and pictures would have no text`, { cause });
  }
}

type FontTable = { glyphs: ReadonlyMap<number, number>; advances: readonly number[]; unitsPerEm: number };

function readTables(path: string): FontTable {
  const file = readFont(path);
  const offsets = tableOffsets(file);
  const table = (name: string): number => {
    const offset = offsets.get(name);
    if (offset === undefined) throw new Error(`The font ${path} is damaged: it has no table "${name}"`);
    return offset;
  };
  const advancesCount = file.readUInt16BE(table('hhea') + 34);
  const advances = Array.from({ length: advancesCount }, (_, glyph) => file.readUInt16BE(table('hmtx') + 4 * glyph));
  return { glyphs: glyphsOf(file, table('cmap')), advances, unitsPerEm: file.readUInt16BE(table('head') + 18) };
}

function readFont(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new Error(`The font ${path} cannot be read, and pictures would have no text`, { cause });
  }
}

function tableOffsets(file: Buffer): ReadonlyMap<string, number> {
  const offsets = new Map<string, number>();
  for (let entry = 12; entry < 12 + 16 * file.readUInt16BE(4); entry += 16) {
    offsets.set(file.toString('latin1', entry, entry + 4), file.readUInt32BE(entry + 8));
  }
  return offsets;
}

/** The character map in format 12, which covers all of Unicode in runs of characters. */
function glyphsOf(file: Buffer, cmap: number): ReadonlyMap<number, number> {
  const subtable = Array.from(
    { length: file.readUInt16BE(cmap + 2) },
    (_, index) => cmap + file.readUInt32BE(cmap + 8 + 8 * index),
  ).find((offset) => file.readUInt16BE(offset) === 12);
  const glyphs = new Map<number, number>();
  if (subtable === undefined) return glyphs;
  for (let run = 0; run < file.readUInt32BE(subtable + 12); run += 1) {
    const entry = subtable + 16 + 12 * run;
    const [first, last, glyph] = [file.readUInt32BE(entry), file.readUInt32BE(entry + 4), file.readUInt32BE(entry + 8)];
    for (let code = first; code <= last; code += 1) glyphs.set(code, glyph + code - first);
  }
  return glyphs;
}
