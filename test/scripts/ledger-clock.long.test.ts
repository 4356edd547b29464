import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Book } from '../../src/book/book.ts';
import { openFolder } from '../../src/start/folder-stores.ts';
import { realClock } from '../../src/start/real-clock.ts';
import { agency, commandOf } from '../support/fixtures.ts';

const AHEAD_MS = 90 * 86_400_000;
let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'inkwell-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

function ledgerClock(...words: string[]) {
  const script = ['scripts/run.mjs', 'ledger-clock', '--data', dataDir, ...words];
  const { status, stdout, stderr } = spawnSync(process.execPath, script, { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

test('the command says what time a ledger has come to, corrects one that is ahead, and finds nothing to do then', async () => {
  const { journal, close } = openFolder({ dataDir, sqliteEngine: 'auto' });
  const clock = { ...realClock, now: () => Date.now() + AHEAD_MS };
  const book = await Book.open({ journal, workspace: 'T1', clock });
  for (const [index, asked] of agency().entries()) await book.submit(commandOf(asked, `c${index}`));
  const { lastAt } = book.now();
  await book.close();
  await close();

  const looked = ledgerClock();
  expect(looked).toMatchObject({ status: 1 });
  expect(looked.said).toContain(`T1: the last line says ${new Date(lastAt).toISOString()}. A clock was wrong`);
  const corrected = ledgerClock('--correct');
  expect(corrected.status).toBe(0);
  expect(corrected.said).toContain('Corrected: the ledger’s time is right again.');
  const again = ledgerClock('--correct');
  expect(again.status).toBe(0);
  expect(again.said).toContain('The ledger is not ahead.');
}, 60_000);
