import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openFolder } from '../../src/start/folder-stores.ts';
import { EVERY_LINE } from '../support/every-line.ts';
import { asked, EVERY_FACT } from '../support/every-step.ts';
import { copyOf, ROOT, readGolden, versions } from './golden.ts';
import { kindsOf } from './make.ts';
import { goldenSuite } from './suite.ts';

const copies: string[] = [];
afterAll(() => {
  for (const copy of copies) rmSync(copy, { recursive: true, force: true });
});

describe.each(versions())('stored on %s, in files', (version) => {
  goldenSuite(version, async () => {
    const dataDir = copyOf(join(ROOT, version));
    copies.push(dataDir);
    return openFolder({ dataDir, sqliteEngine: 'package' });
  });
});

/** Where this fails a new kind is stored: `npm run golden -- <today>` keeps one of it for every later version. */
test('every kind of line and step that this version stores is kept here', () => {
  const kept = versions().map(readGolden);
  expect(kept.flatMap(({ lineKinds }) => lineKinds)).toEqual(expect.arrayContaining(kindsOf(EVERY_LINE)));
  expect(kept.flatMap(({ stepKinds }) => stepKinds)).toEqual(expect.arrayContaining(kindsOf([asked(), ...EVERY_FACT])));
});
