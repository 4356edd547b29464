// A reporter of Vitest that leaves the run's counts and its skipped tests in a file, for `scripts/test.mjs` to print last,
// and how long each test file took, for `scripts/check.mjs` to choose by.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export const DURATIONS_FILE = 'node_modules/.cache/inkwell/test-durations.json';

export default class CountReporter {
  onTestRunEnd(files, errors) {
    noteDurations(files);
    const file = process.env.INKWELL_TEST_COUNTS;
    if (!file) return;
    const tests = files.flatMap((each) => [...each.children.allTests()]);
    const of = (state) => tests.filter((test) => test.result().state === state);
    // An error outside of a test counts as one failure.
    const broken = files.filter((each) => each.errors().length > 0).length + errors.length;
    const counts = {
      passed: of('passed').length,
      failed: of('failed').length + broken,
      skipped: of('skipped').map((test) => test.fullName),
    };
    writeFileSync(file, JSON.stringify(counts));
  }
}

function noteDurations(files) {
  const durations = Object.fromEntries(
    files.map((each) => {
      const { collectDuration, duration } = each.diagnostic();
      return [each.relativeModuleId, Math.round(collectDuration + duration)];
    }),
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
