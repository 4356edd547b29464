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

/** A script takes a code cache, and a module may wait at its top. Each has what the packages of the other kind look for. */
const KINDS = {
  cjs: {
    define: { 'import.meta.url': 'urlOfProgram' },
    banner: { js: "const urlOfProgram = require('node:url').pathToFileURL(__filename).href;" },
  },
  esm: {
    banner: {
      js: [
        "import { createRequire as requireOf } from 'node:module';",
        'const require = requireOf(import.meta.url);',
        'const { filename: __filename, dirname: __dirname } = import.meta;',
      ].join('\n'),
    },
  },
} as const;

/**
 * A program for processes of its own, with its packages in one file, because a start from one file costs half of one from
 * hundreds. It lies in `node_modules`, so that it finds what has a binary. Paths count from where the tests are run.
 */
export function buildProgram(entry: string): { file: string; folder: string; remove(): void } {
  const cache = resolve('node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'inkwell-program-'));
  const file = join(folder, 'program.cjs');
  build(entry, file, 'cjs');
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

export function build(entry: string, outfile: string, format: keyof typeof KINDS = 'esm'): void {
  buildSync({
    ...KINDS[format],
    entryPoints: [entry],
    outfile,
    bundle: true,
    minifyWhitespace: true,
    external: ['@photostructure/sqlite', '@resvg/resvg-js', 'sharp', ...NOT_THERE],
    platform: 'node',
    format,
    target: 'node20',
    loader: { '.yaml': 'text' },
    logLevel: 'error',
  });
}
