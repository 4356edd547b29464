import { appendFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ledgerDigest } from '../../scripts/ledger-digest.mjs';

describe('the digest of the code that folds', () => {
  const root = mkdtempSync(join(tmpdir(), 'inkwell-'));
  for (const path of ['src/ledger', 'src/storage/snapshots', 'package.json']) {
    cpSync(path, join(root, path), { recursive: true });
  }
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test('is the same for the same code', () => {
    expect(ledgerDigest(root)).toBe(ledgerDigest('.'));
    expect(ledgerDigest('.')).toMatch(/^[\w-]{43}$/);
  });

  test.each([
    'src/ledger/apply/apply.ts',
    'src/ledger/apply/holds.ts',
    'src/ledger/usage/windows.ts',
    'src/storage/snapshots/text.ts',
  ])('changes with %s, so that snapshots of the other code are not used', (file) => {
    const before = ledgerDigest(root);
    appendFileSync(join(root, file), '\n');
    expect(ledgerDigest(root)).not.toBe(before);
  });

  test('changes with a new file', () => {
    const before = ledgerDigest(root);
    writeFileSync(join(root, 'src/ledger/apply/new.ts'), '');
    expect(ledgerDigest(root)).not.toBe(before);
  });
});
