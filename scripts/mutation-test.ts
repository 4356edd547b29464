// Plants each bug of test/simulation/planted into a copy of the tree, and expects the simulation to find it:
// `npm run mutation-test -- [--seeds 120] [--only PATTERN]`. Exit 0 only when every one is found, and nothing is without any.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { BUGS, type Bug } from '../test/simulation/planted/bugs.ts';

const AT_ONCE = 2;
const COPIED = ['src', 'test', 'scripts', 'package.json'];

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '120' }, only: { type: 'string', default: '' } },
});
const startedAt = performance.now();
const bugs: (Bug | null)[] = BUGS.filter(({ name }) => new RegExp(values.only, 'i').test(name));
if (values.only === '') bugs.push(null);
const missed: string[] = [];
const left = [...bugs];
await Promise.all(Array.from({ length: AT_ONCE }, work));
const took = ((performance.now() - startedAt) / 1000).toFixed(0);
for (const name of missed) console.log(`!!! ${name}`);
console.log(
  `${bugs.length - (values.only === '' ? 1 : 0)} bugs planted, ${missed.length} not as expected, in ${took} s`,
);
process.exitCode = missed.length === 0 ? 0 : 1;

async function work(): Promise<void> {
  for (let bug = left.shift(); bug !== undefined; bug = left.shift()) {
    const found = await simulateWith(bug);
    const isRight = (found !== null) === (bug !== null);
    const name = bug?.name ?? 'nothing planted';
    if (!isRight) missed.push(`${name}: ${found ?? 'not found'}`);
    console.log(`${name}: ${found ?? `nothing in ${values.seeds} seeds`}`);
  }
}

/** What the first seed finds that finds anything; null where none does. */
async function simulateWith(bug: Bug | null): Promise<string | null> {
  const folder = mkdtempSync(join(tmpdir(), 'inkwell-plant-'));
  try {
    for (const each of COPIED) cpSync(each, join(folder, each), { recursive: true });
    symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
    if (bug) plant(join(folder, bug.file), bug);
    await build({
      entryPoints: [join(folder, 'scripts/sim.ts')],
      outfile: join(folder, 'sim.mjs'),
      ...{ bundle: true, packages: 'external', platform: 'node', format: 'esm', target: 'node20', logLevel: 'error' },
      loader: { '.yaml': 'text' },
    });
    const week = bug?.isOfWeek ? ['--week'] : [];
    const said = await run(folder, ['--seeds', values.seeds, '--workers', '1', '--stop-at-first', ...week]);
    const [seed] = /^seed \d+/m.exec(said) ?? [];
    const [, violation] = /^ {2}(\S.*)$/m.exec(said) ?? [];
    if (seed === undefined && !/: 0 violations/.test(said)) return `broke: ${said.trim().split('\n').at(-1)}`;
    return seed === undefined ? null : `${seed}: ${violation}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function plant(path: string, { find, put, name }: Bug): void {
  const parts = readFileSync(path, 'utf8').split(find);
  if (parts.length !== 2) throw new Error(`${name}: stands ${parts.length - 1} times in ${path}`);
  writeFileSync(path, parts.join(put));
}

function run(folder: string, words: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(folder, 'sim.mjs'), ...words], { cwd: folder });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += String(part)));
    child.on('close', () => resolve(said));
  });
}
