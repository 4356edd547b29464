import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { type Hole, kindsOf } from './holes.ts';
import type { Finding } from './search.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Deep enough for each hole; the search ends at the first finding. */
const DEPTH = 2;
const DEPTH_OF_FEW_KINDS = 4;

/** What the search finds first in a ledger that has the hole again; null where it finds nothing. */
export async function findWith(hole: Hole, folder: string): Promise<Finding | null> {
  const file = join(ROOT, hole.file);
  const outfile = join(folder, `${hole.name.replace(/\W+/g, '-')}.mjs`);
  await build({
    stdin: { contents: ASKING(hole), resolveDir: import.meta.dirname, loader: 'ts' },
    outfile,
    plugins: [
      {
        name: 'hole',
        setup(building) {
          building.onLoad({ filter: /\.ts$/ }, ({ path }) =>
            path === file
              ? { contents: readFileSync(path, 'utf8').replace(hole.find, () => hole.put), loader: 'ts' }
              : null,
          );
        },
      },
    ],
    ...{ bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'error' },
  });
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [outfile], { timeout: 120_000 });
    return JSON.parse(stdout) as Finding | null;
  } finally {
    rmSync(outfile, { force: true });
  }
}

const ASKING = (hole: Hole) => {
  const kinds = kindsOf(hole);
  const depth = { depth: kinds ? DEPTH_OF_FEW_KINDS : DEPTH, findingsMax: 1, ...(kinds && { kinds }) };
  return `
    import { searchAll } from './search.ts';
    import { ALL_WORLDS } from './worlds.ts';
    const world = ALL_WORLDS.find(({ name }) => name === ${JSON.stringify(hole.world)});
    console.log(JSON.stringify(searchAll(world, ${JSON.stringify(depth)}).findings[0] ?? null));
  `;
};
