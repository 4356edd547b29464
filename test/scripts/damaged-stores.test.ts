import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFolder } from '../../src/start/folder-stores.ts';
import { DAMAGES } from '../storage/sqlite/damage.ts';
import { temporaryFiles } from '../storage/sqlite/files.ts';
import { asked } from '../support/every-step.ts';
import { agency, capture, hold } from '../support/fixtures.ts';
import { historyOf } from '../support/history.ts';
import { isLong } from '../support/is-long.ts';
import { programOfRun } from '../support/program.ts';

const { lines } = historyOf([
  ...agency(),
  ...Array.from({ length: 150 }, (_, n) => [{ ...hold(1), commandId: `h${n}` }, capture(`h${n}/1`, 1)]).flat(),
]);
const files = temporaryFiles();
/** Built beforehand: a test's time is for what it runs. */
beforeAll(() => {
  for (const name of ['ledger-verify', 'backup', 'move-store', 'new-records']) programOfRun(`scripts/${name}.ts`);
}, 60_000);
afterAll(files.remove);

async function folder(): Promise<string> {
  const dataDir = join(files.next(), '..');
  const { journal, records, close } = openFolder({ dataDir, sqliteEngine: 'auto' });
  await journal.append(lines);
  for (let n = 0; n < 150; n += 1) {
    await records.jobs.append({ ...asked(), jobId: `j${n}` });
    await records.marks.put({ workspace: 'T1', key: `mark/${n}`, value: 'x'.repeat(300), at: 1 });
  }
  await close();
  return dataDir;
}

function run(name: 'ledger-verify' | 'backup' | 'move-store' | 'new-records', dataDir: string, ...words: string[]) {
  const env = { PATH: process.env.PATH ?? '', DATA_DIR: dataDir };
  const { stdout, stderr, status } = spawnSync(process.execPath, [programOfRun(`scripts/${name}.ts`), ...words], {
    encoding: 'utf8',
    env,
  });
  return { said: stdout + stderr, status };
}

describe('a script on a folder whose files are damaged', () => {
  const some = ['4,000 bytes in the middle', 'pages of zeros', 'the page that names the tables', 'a file cut in half'];
  const cases = some.flatMap((what) => (['ledger', 'records'] as const).map((name) => [what, name] as const));
  test.each(cases.filter(() => isLong))('%s of the %s: one sentence, no stack, and 1', async (what, name) => {
    const dataDir = await folder();
    DAMAGES[what]!(join(dataDir, `${name}.sqlite`));
    const copy = join(dataDir, '../copy');
    for (const { said, status } of [
      run('ledger-verify', dataDir),
      run('backup', dataDir, '--to', copy),
      run('move-store', dataDir, '--from', dataDir, '--to', copy),
    ]) {
      expect(said).not.toMatch(/^\s+at /m);
      expect(said).toMatch(/damaged|cannot be right|cannot be read|cannot be relied on/);
      expect(status).toBe(1);
    }
    expect(existsSync(join(copy, '..', 'copy.unfinished'))).toBe(false);
    rmSync(copy, { recursive: true, force: true });
  });

  test('new-records begins records where they are lost, and nowhere else', async () => {
    const dataDir = await folder();
    expect(run('new-records', dataDir)).toMatchObject({
      status: 1,
      said: expect.stringMatching(/Nothing was changed/),
    });
    copyFileSync(join(dataDir, 'records.sqlite'), join(dataDir, '../kept'));
    rmSync(join(dataDir, 'records.sqlite'));
    expect(() => openFolder({ dataDir, sqliteEngine: 'auto' })).toThrow(/gone or empty/);
    expect(run('new-records', dataDir)).toMatchObject({ status: 0, said: expect.stringMatching(/new and empty/) });
    const { records, close } = openFolder({ dataDir, sqliteEngine: 'auto' });
    expect(await records.marks.get({ workspace: 'T1', key: 'ledger-begun' })).toBe('');
    await close();
  });
});
