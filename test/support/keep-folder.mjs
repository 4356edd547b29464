// Gives a test run a folder for what all of its files use: programs, a first start. It lies in `node_modules`, so that
// programs find the packages.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

export default function keepFolder() {
  const cache = resolve('node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'inkwell-tests-'));
  process.env.INKWELL_TEST_FOLDER = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
