// A Jest reporter that leaves the run's counts and its skipped tests in a file, for `scripts/test.mjs` to print last, and how
// long each test file took, for `scripts/check.mjs` to choose by.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';

export const DURATIONS_FILE = 'node_modules/.cache/inkwell/test-durations.json';

export default class CountReporter {
  onRunComplete(_contexts, results) {
    noteDurations(results.testResults);
    const file = process.env.INKWELL_TEST_COUNTS;
    if (!file) return;
    const skipped = results.testResults
      .flatMap((suite) => suite.testResults)
      .filter((test) => test.status === 'pending' || test.status === 'todo')
      .map((test) => test.fullName);
    const broken = results.testResults.filter((suite) => suite.testExecError).length;
    const counts = { passed: results.numPassedTests, failed: results.numFailedTests + broken, skipped };
    writeFileSync(file, JSON.stringify(counts));
  }
}

function noteDurations(suites) {
  const durations = Object.fromEntries(
    suites.map(({ testFilePath, perfStats }) => [relative('.', testFilePath), perfStats.end - perfStats.start]),
  );
  mkdirSync(dirname(DURATIONS_FILE), { recursive: true });
  writeFileSync(DURATIONS_FILE, JSON.stringify({ ...earlier(), ...durations }));
}

function earlier() {
  try {
    return JSON.parse(readFileSync(DURATIONS_FILE, 'utf8'));
  } catch {
    return {};
  }
}
