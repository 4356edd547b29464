import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openFolder } from '../../../src/start/folder-stores.ts';
import { keepPrivate } from '../../../src/start/lock-folder.ts';
import { folderSnapshots } from '../../../src/storage/snapshots/folder.ts';
import { lockFolder } from '../../../src/storage/sqlite/lock.ts';

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
const modesIn = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, modeOf(join(folder, name))]));

describe('files and folders', () => {
  let root: string;
  let umask: number;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'inkwell-'));
    umask = process.umask();
  });
  afterEach(() => {
    process.umask(umask);
    rmSync(root, { recursive: true, force: true });
  });

  async function fill(dataDir: string) {
    const stores = openFolder({ dataDir, sqliteEngine: 'auto' });
    const lock = lockFolder(dataDir);
    await stores.records.marks.put({ workspace: 'T1', key: 'k', value: '', at: 1 });
    const parts = (async function* () {
      yield 'text';
    })();
    await folderSnapshots(dataDir).put({ workspace: 'T1', foldId: 'f', seq: 1 }, parts);
    return { stores, lock };
  }

  test.each([0o000, 0o022, 0o002, 0o077, 0o277, 0o777])('are private under the mask %j', async (mask) => {
    process.umask(mask);
    const dataDir = join(root, 'made', 'data');
    const { stores, lock } = await fill(dataDir);
    expect(modeOf(dataDir)).toBe('700');
    const modes = modesIn(dataDir);
    expect(Object.keys(modes)).toEqual(
      expect.arrayContaining([
        'ledger.sqlite',
        'records.sqlite',
        'records.sqlite-wal',
        'lock.sqlite',
        'snapshot-T1.jsonl',
      ]),
    );
    for (const [name, mode] of Object.entries(modes)) expect([name, mode]).toEqual([name, '600']);
    lock.release();
    await stores.close();
  });

  test('that were there before, open to everybody, are closed at the next start', async () => {
    const dataDir = join(root, 'data');
    const first = await fill(dataDir);
    first.lock.release();
    await first.stores.close();
    writeFileSync(join(dataDir, 'records.sqlite-wal'), '');
    writeFileSync(join(dataDir, 'playground.sqlite'), '');
    writeFileSync(join(dataDir, 'notes.txt'), 'not ours');
    for (const name of readdirSync(dataDir)) chmodSync(join(dataDir, name), 0o644);
    chmodSync(dataDir, 0o755);
    const { stores, lock } = await fill(dataDir);
    expect(modeOf(dataDir)).toBe('700');
    const { 'notes.txt': notes, ...ours } = modesIn(dataDir);
    expect(notes).toBe('644');
    expect(new Set(Object.values(ours))).toEqual(new Set(['600']));
    lock.release();
    await stores.close();
  });

  test.each([
    ['that everybody shares, like /tmp', 0o1777],
    ['that everybody shares and may not write to', 0o1755],
  ])('a folder %s is left as it is, with a warning', (_, mode) => {
    const shared = join(root, 'shared');
    mkdirSync(shared);
    chmodSync(shared, mode);
    const warned: unknown[] = [];
    keepPrivate(shared, { info: () => {}, warn: (facts) => void warned.push(facts), error: () => {} });
    expect(modeOf(shared)).toBe((mode & 0o777).toString(8));
    expect(warned).toEqual([{ paths: [shared] }]);
  });
});
