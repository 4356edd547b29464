import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { Bug } from '../planted/bugs.ts';
import type { runWeek } from './run-week.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** The weeks with a bug in the product; the files themselves are left as they are. */
export async function withBug<Result>(bug: Bug, work: (run: typeof runWeek) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'inkwell-week-'));
  try {
    const outfile = join(folder, 'week.mjs');
    await build({
      entryPoints: [join(import.meta.dirname, 'run-week.ts')],
      outfile,
      ...{
        bundle: true,
        platform: 'node',
        format: 'esm',
        target: 'node20',
        loader: { '.yaml': 'text' },
        logLevel: 'error',
        plugins: [planting(bug)],
      },
      // What was written for CommonJS asks for the modules of Node by name.
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    });
    const planted = (await import(pathToFileURL(outfile).href)) as { runWeek: typeof runWeek };
    return await work(planted.runWeek);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const planting = ({ file, find, put }: Bug): Plugin => ({
  name: 'planting',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) =>
      path === join(ROOT, file)
        ? { contents: readFileSync(path, 'utf8').replace(find, () => put), loader: 'ts' }
        : undefined,
    );
  },
});
