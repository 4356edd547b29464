// Runs the tests and closes with what was skipped, why, and the counts. `--long` runs the long proofs (`*.long.test.ts`)
// instead; all other words go to Vitest.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const words = process.argv.slice(2);
const isLong = words.includes('--long');
const folder = mkdtempSync(join(tmpdir(), 'inkwell-test-'));
const countsFile = join(folder, 'counts.json');

const vitest = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', ...words.filter((word) => word !== '--long')],
  {
    stdio: 'inherit',
    env: { ...process.env, INKWELL_TEST_COUNTS: countsFile, INKWELL_TEST_LONG: isLong ? 'yes' : 'no' },
  },
);

const counts = read(countsFile);
const mongo = read(`${countsFile}.mongo`);
rmSync(folder, { recursive: true, force: true });
if (counts === null) {
  console.log('\nThe test runner ended without a result.');
  if (mongo && !mongo.ran) console.log(mongo.sentence);
  process.exit(vitest.status || 1);
}
const total = withEarlierRuns(counts);
for (const name of total.skipped) console.log(`!!! SKIPPED: ${name}`);
if (mongo) console.log(`${mongo.ran ? '' : '!!! '}${mongo.sentence}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped`);
// Where everything is to be proven, a proof that is missing is a failure.
const unproven = mongo !== null && !mongo.ran && process.env.CI === 'true';
process.exit(vitest.status === 0 && unproven ? 1 : (vitest.status ?? 1));

/** Several runs that are named the same file of totals close with the counts of all of them. */
function withEarlierRuns({ passed, failed, skipped }) {
  const file = process.env.INKWELL_TEST_TOTALS;
  if (!file) return { passed, failed, skipped };
  const before = read(file) ?? { passed: 0, failed: 0, skipped: [] };
  const all = {
    passed: before.passed + passed,
    failed: before.failed + failed,
    skipped: [...before.skipped, ...skipped],
  };
  writeFileSync(file, JSON.stringify(all));
  return all;
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
