import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SqliteFlavour } from '../../../src/storage/sqlite/engine.ts';

/** Files of a test in a folder of their own. */
export function temporaryFiles() {
  const root = mkdtempSync(join(tmpdir(), 'inkwell-'));
  let count = 0;
  return {
    next() {
      count += 1;
      return join(root, `${count}`, 'x.sqlite');
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** Whether some bytes stand anywhere in a file or its logs. */
export function standsIn(file: string, bytes: Buffer): boolean {
  const folder = join(file, '..');
  return readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(bytes));
}

/** The engines of this Node; that a missing one is refused, `database.test.ts` says. */
export const FLAVOURS: readonly SqliteFlavour[] = hasBuiltin() ? ['package', 'builtin'] : ['package'];

function hasBuiltin(): boolean {
  const [major = 0, minor = 0, patch = 0] = ((process.versions as Record<string, string>).sqlite ?? '')
    .split('.')
    .map(Number);
  return major > 3 || (major === 3 && (minor > 51 || (minor === 51 && patch >= 3)));
}
