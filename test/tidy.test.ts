import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';

/** What a folder may import, besides itself. `main` is everything directly in src/: it builds the parts, and sees all. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  ledger: [],
  sqlite: [],
  journal: ['ledger', 'sqlite'],
  records: ['ledger', 'sqlite'],
  images: [],
  app: ['ledger', 'journal', 'records', 'images'],
  slack: ['app', 'ledger', 'images', 'records'],
  http: ['app'],
  playground: ['sqlite'],
};

/** Nothing outside may be needed to decide, and only the edge knows Slack's and providers' libraries. */
const PACKAGES: Record<string, RegExp> = {
  ledger: /^immutable$/,
  app: /^(node:crypto|p-queue)$/,
  journal: /^zod$/,
  records: /^zod$/,
};

const LINES_MAX = 200;
/** Clock, chance and environment come in from here. */
const EDGE = /^src\/(main|start|config|clock|slack-place)\.ts$|^src\/playground\/create-core\.ts$/;
const FROM_THE_EDGE =
  /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bprocess\.env\b|\brandomUUID\b|\brandomBytes\b|\bhrtime\b/;
const VAGUE = /(^|[/-])(utils?|helpers?|common|misc|service|manager|data)(\.|-|$)|V\d\b/;
const UNFINISHED = /\b(TODO|FIXME|XXX)\b|\.only\(|@ts-ignore|\beslint-disable|: any\b|\bas any\b/;

const filesBelow = (folder: string, ending: RegExp): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file))
    .map((file) => join(folder, file));

const sources = filesBelow('src', /\.ts$/).map((file) => ({ file, text: readFileSync(file, 'utf8') }));
const ours = [...sources, ...[...filesBelow('test', /\.ts$/), ...filesBelow('scripts', /\.ts$/)].map(read)];

function read(file: string) {
  return { file, text: readFileSync(file, 'utf8') };
}

const folderOf = (file: string) => (file.split('/').length > 2 ? (file.split('/')[1] ?? '') : 'main');
const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');

function importsOf({ file, text }: { file: string; text: string }) {
  return [...text.matchAll(/(?:from|import) '([^']+)'/g)].map(([, target = '']) => ({
    target,
    folder: target.startsWith('.') ? folderOf(normalize(join(dirname(file), target))) : null,
  }));
}

describe('the house', () => {
  test('every folder of src has its place', () => {
    const folders = new Set(sources.map(({ file }) => folderOf(file)));
    expect([...folders].filter((folder) => folder !== 'main' && !(folder in MAY_IMPORT))).toEqual([]);
  });

  test('imports run from left to right only', () => {
    const wrong = sources.flatMap((source) => {
      const from = folderOf(source.file);
      if (from === 'main') return [];
      return importsOf(source)
        .filter(({ folder }) => folder !== null && folder !== from && !MAY_IMPORT[from]?.includes(folder))
        .map(({ target }) => `${source.file} imports ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  test('ledger, use cases and stores keep to the packages they need', () => {
    const wrong = sources.flatMap((source) => {
      const allowed = PACKAGES[folderOf(source.file)];
      if (!allowed) return [];
      return importsOf(source)
        .filter(({ target, folder }) => folder === null && !allowed.test(target))
        .map(({ target }) => `${source.file} imports ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  test('clock, chance and environment come in at the edge only', () => {
    const wrong = sources
      .filter(({ file, text }) => !EDGE.test(file) && FROM_THE_EDGE.test(code(text)))
      .map(({ file }) => file);
    expect(wrong).toEqual([]);
  });

  test('no file is longer than two hundred lines', () => {
    const page = filesBelow('src/playground/page', /\.(js|css)$/).map(read);
    const long = [...sources, ...page]
      .filter(({ text }) => text.split('\n').length > LINES_MAX + 1)
      .map(({ file }) => file);
    expect(long).toEqual([]);
  });

  test('no file is called by a word that says nothing', () => {
    expect(ours.map(({ file }) => file).filter((file) => VAGUE.test(file))).toEqual([]);
  });

  test('nothing is left unfinished or looked away from', () => {
    const left = ours
      .filter(({ file, text }) => !file.endsWith('tidy.test.ts') && UNFINISHED.test(text))
      .map(({ file }) => file);
    expect(left).toEqual([]);
  });
});
