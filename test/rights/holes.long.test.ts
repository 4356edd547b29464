import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { HOLES } from './holes.ts';
import { findWith } from './with-hole.ts';

/** That the search has teeth: each hole is put back into the source, and the search has to find it. */
describe('the search finds', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inkwell-holes-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(HOLES)(
    '$name',
    async (hole) => {
      expect(readFileSync(join(import.meta.dirname, '../..', hole.file), 'utf8').split(hole.find)).toHaveLength(2);
      const found = await findWith(hole, folder);
      expect(found?.broken.length).toBeGreaterThan(0);
    },
    120_000,
  );
});
