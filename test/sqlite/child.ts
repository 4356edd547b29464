import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const REPO = join(import.meta.dirname, '../..');

/** A program of ours, bundled for a process of its own; inside `node_modules`, so that it finds the packages. */
export function bundle(program: string): { file: string; remove(): void } {
  const cache = join(REPO, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'inkwell-'));
  const file = join(folder, 'program.mjs');
  buildSync({
    entryPoints: [program],
    outfile: file,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
