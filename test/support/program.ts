import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

/** Of the MongoDB driver's own optional parts. */
const NOT_THERE = [
  'kerberos',
  '@mongodb-js/zstd',
  '@aws-sdk/credential-providers',
  'gcp-metadata',
  'snappy',
  'socks',
  'aws4',
  'mongodb-client-encryption',
];

/** What packages that expect CommonJS find in one of our modules. */
const AROUND = [
  "import { createRequire as requireOf } from 'node:module';",
  'const require = requireOf(import.meta.url);',
  'const { filename: __filename, dirname: __dirname } = import.meta;',
];

/**
 * A program for processes of its own, with its packages in one file, because a start from one file costs half of one from
 * hundreds. It lies in `node_modules`, so that it finds what has a binary. Paths count from where the tests are run.
 */
export function buildProgram(entry: string): { file: string; folder: string; remove(): void } {
  const cache = resolve('node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'inkwell-program-'));
  const file = join(folder, 'program.mjs');
  build(entry, file);
  return { file, folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The same for the test files of a run: built once for all of them. */
export function programOfRun(entry: string): string {
  const file = join(folderOfRun(), `${basename(entry, '.ts')}.mjs`);
  if (!existsSync(file)) {
    const unfinished = `${file}.${process.pid}`;
    build(entry, unfinished);
    renameSync(unfinished, file);
  }
  return file;
}

export function folderOfRun(): string {
  const folder = process.env.INKWELL_TEST_FOLDER;
  if (!folder) throw new Error('vitest.config.js gives no folder to the run');
  return folder;
}

export function build(entry: string, outfile: string): void {
  buildSync({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minifyWhitespace: true,
    external: ['@photostructure/sqlite', '@resvg/resvg-js', 'sharp', ...NOT_THERE],
    banner: { js: AROUND.join('\n') },
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
}
