// Builds, then runs one of the scripts: `node scripts/run.mjs ledger-verify …`.
import { spawnSync } from 'node:child_process';

const [name, ...words] = process.argv.slice(2);
/** The simulation has a worker for each core: a collector with threads of its own would only take turns with them. */
const FLAGS = { sim: ['--single-threaded-gc'] };
const built = spawnSync(process.execPath, ['scripts/build.mjs', name], { stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);
const ran = spawnSync(
  process.execPath,
  [
    '--enable-source-maps',
    '--disable-warning=ExperimentalWarning',
    ...(FLAGS[name] ?? []),
    `dist/${name}.js`,
    ...words,
  ],
  { stdio: 'inherit' },
);
process.exit(ran.status ?? 1);
