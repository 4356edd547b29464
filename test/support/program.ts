import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
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

/**
 * A program for processes of its own, with its packages in one file, because a start from one file costs half of one from
 * hundreds. It lies in `node_modules`, so that it finds what has a binary. Paths count from where the tests are run.
 */
export function buildProgram(entry: string): { file: string; folder: string; remove(): void } {
  const cache = resolve('node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'inkwell-program-'));
  const file = join(folder, 'program.cjs');
  buildSync({
    entryPoints: [entry],
    outfile: file,
    bundle: true,
    minifyWhitespace: true,
    external: ['@photostructure/sqlite', ...NOT_THERE],
    define: { 'import.meta.url': 'urlOfProgram' },
    banner: { js: "const urlOfProgram = require('node:url').pathToFileURL(__filename).href;" },
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
  });
  return { file, folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
