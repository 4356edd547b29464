// Runs the tests and closes with what was skipped, why, and the counts. `--fast` leaves out the browser and long runs.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SLOW = ['test/walk/', 'test/simulation/', 'test/kill/', 'test/rights/'];
const words = process.argv.slice(2);
const fast = words.includes('--fast');
const folder = mkdtempSync(join(tmpdir(), 'inkwell-test-'));
const countsFile = join(folder, 'counts.json');

const jest = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    ...(fast ? ['--testPathIgnorePatterns', ...SLOW] : []),
    ...words.filter((word) => word !== '--fast'),
  ],
  { stdio: 'inherit', env: { ...process.env, INKWELL_TEST_COUNTS: countsFile } },
);

const counts = read(countsFile);
const mongo = read(`${countsFile}.mongo`);
rmSync(folder, { recursive: true, force: true });
if (counts === null) {
  console.log('\nThe test runner ended without a result.');
  if (mongo && !mongo.ran) console.log(mongo.sentence);
  process.exit(jest.status || 1);
}
for (const name of counts.skipped) console.log(`!!! SKIPPED: ${name}`);
if (mongo) console.log(`${mongo.ran ? '' : '!!! '}${mongo.sentence}`);
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped.length} skipped`);
// Where everything is to be proven, a proof that is missing is a failure.
const unproven = mongo !== null && !mongo.ran && process.env.CI === 'true';
process.exit(jest.status === 0 && unproven ? 1 : (jest.status ?? 1));

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
