// The quick check of a change: format, lint and types, and the tests that the change can touch, nearest first, for as long
// as a minute allows. Names what it left to `npm test`. `--base REV`: the change is everything since then; without it,
// everything since the upstream branch, or since the last commit where there is none.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { DURATIONS_FILE } from './count-tests.mjs';

/** Milliseconds that all test files of a check may take together. The other steps take the rest of a minute. */
const BUDGET_MS = 35_000;
/** Assumed of a test file that has not been run here yet. */
const UNKNOWN_MS = 2_500;
/** Rules of the whole house, whatever the change is. */
const ALWAYS = ['test/tidy.test.ts'];
/** Real browsers, whole products and databases: `npm test` runs them. */
const SLOW = /^test\/(walk|simulation|kill|race|process|rights|mongo|conformance|matrix)\/|\.long\.test\.ts$/;

const startedAt = Date.now();
const changed = changedFiles();
const graph = dependents();
const { chosen, left } = choose(distances(changed, graph));

const linted = changed.filter((file) => /\.ts$/.test(file) && existsSync(file));
const format = ['format and lint', ['npx', 'biome', 'ci', '.']];
const types = ['types', ['npx', 'tsc']];
const promises = linted.length > 0 ? [['promises and unions', ['npx', 'eslint', ...linted]]] : [];
const tests = ['tests', [process.execPath, 'scripts/test.mjs', '--silent=true', ...chosen]];
// Each way takes a core; when the first has ended the tests have both.
const results = await Promise.all([inTurn([types, ...promises]), inTurn([format, tests])]);
if (left.length > 0) console.log(`Left to npm test (${left.length} files that the change can touch): ${few(left)}`);
console.log(`Checked ${changed.length} changed files in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
process.exit(results.flat().every((status) => status === 0) ? 0 : 1);

function changedFiles() {
  const words = process.argv.slice(2);
  const named = words.includes('--base') ? words[words.indexOf('--base') + 1] : null;
  const upstream = git('rev-parse', '--abbrev-ref', '@{upstream}')[0];
  const base = named ?? (upstream && git('merge-base', 'HEAD', upstream)[0]) ?? 'HEAD';
  return [...new Set([...git('diff', '--name-only', base), ...git('ls-files', '--others', '--exclude-standard')])];
}

function git(...words) {
  const { status, stdout } = spawnSync('git', words, { encoding: 'utf8' });
  return status === 0 ? stdout.split('\n').filter(Boolean) : [];
}

/** Packages of this repository, and where their files are. */
const PACKAGES = [
  [/^@inkwell\/([a-z-]+)$/, 'packages/$1/src/$1.ts'],
  [/^@inkwell\/([a-z-]+)\/(?=test\/)/, 'packages/$1/'],
  [/^@inkwell\/([a-z-]+)\//, 'packages/$1/src/'],
];

/** By file: the files that import it at run time. */
function dependents() {
  const sources = git(
    'ls-files',
    '--cached',
    '--others',
    '--exclude-standard',
    '--',
    'src',
    'packages',
    'test',
    'scripts',
  );
  const by = new Map();
  for (const file of sources.filter((each) => /\.(ts|mjs|js)$/.test(each) && existsSync(each))) {
    const text = readFileSync(file, 'utf8').replace(/import type [^;]*;/g, '');
    for (const [, target] of text.matchAll(/(?:from|import|import\()\s*'((?:\.{1,2}|@inkwell)\/[^']+)'/g)) {
      const inside = PACKAGES.find(([name]) => name.test(target));
      const path = inside ? target.replace(...inside) : normalize(join(dirname(file), target));
      by.set(path, [...(by.get(path) ?? []), file]);
    }
  }
  return by;
}

/** Test files by how many imports lie between them and the change. */
function distances(changed, graph) {
  const found = new Map(changed.map((file) => [file, 0]));
  const waiting = [...changed];
  for (const file of waiting) {
    for (const next of graph.get(file) ?? []) {
      if (found.has(next)) continue;
      found.set(next, found.get(file) + 1);
      waiting.push(next);
    }
  }
  return [...found].filter(([file]) => /\.test\.ts$/.test(file) && existsSync(file));
}

function choose(tests) {
  const durations = existsSync(DURATIONS_FILE) ? JSON.parse(readFileSync(DURATIONS_FILE, 'utf8')) : {};
  const timeOf = (file) => durations[file] ?? UNKNOWN_MS;
  const near = tests
    .filter(([file]) => !ALWAYS.includes(file))
    .sort(([a, near], [b, far]) => near - far || timeOf(a) - timeOf(b));
  const chosen = [...ALWAYS];
  const left = [];
  let spentMs = 0;
  for (const [file] of near) {
    if (SLOW.test(file) || spentMs + timeOf(file) > BUDGET_MS) left.push(file);
    else {
      chosen.push(file);
      spentMs += timeOf(file);
    }
  }
  return { chosen, left };
}

async function inTurn(steps) {
  const statuses = [];
  for (const step of steps) statuses.push(await run(step));
  return statuses;
}

/** Says nothing of what is right; everything of what is wrong. */
function run([name, [program, ...words]]) {
  return new Promise((resolve) => {
    const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk));
    child.once('close', (status) => {
      const text = Buffer.concat(said).toString().trimEnd();
      if (status !== 0) console.log(text);
      console.log(
        `${status === 0 ? 'ok' : 'FAILED'}: ${name}${name === 'tests' ? ` (${text.split('\n').at(-1)})` : ''}`,
      );
      resolve(status ?? 1);
    });
  });
}

function few(files) {
  const shown = files.slice(0, 5).join(', ');
  return files.length > 5 ? `${shown} and ${files.length - 5} more` : shown;
}
