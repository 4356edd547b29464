// A Jest reporter that leaves the run's counts and its skipped tests in a file, for `scripts/test.mjs` to print last.
import { writeFileSync } from 'node:fs';

export default class CountReporter {
  onRunComplete(_contexts, results) {
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
