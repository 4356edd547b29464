import { mkdirSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { folderSnapshots } from '../../../src/storage/snapshots/folder.ts';
import { memorySnapshots } from '../../../src/storage/snapshots/memory.ts';
import { temporaryFiles } from '../sqlite/files.ts';
import { each, snapshotsContract } from './contract.ts';

const files = temporaryFiles();
afterAll(() => files.remove());

function newFolder() {
  const folder = dirname(files.next());
  mkdirSync(folder, { recursive: true });
  return folder;
}

snapshotsContract('memory', async () => ({ snapshots: memorySnapshots(), close: async () => {} }));
snapshotsContract('folder', async () => ({ snapshots: folderSnapshots(newFolder()), close: async () => {} }));

describe('snapshots in a folder', () => {
  test('are one file a workspace, named for it, and taken away they leave nothing', async () => {
    const folder = newFolder();
    const snapshots = folderSnapshots(folder);
    await snapshots.put({ workspace: 'T1', foldId: 'f', seq: 1 }, each(['a']));
    await snapshots.put({ workspace: '../T2', foldId: 'f', seq: 1 }, each(['a']));
    expect(readdirSync(folder).sort()).toEqual(['snapshot-..%2FT2.jsonl', 'snapshot-T1.jsonl']);
    await snapshots.remove('T1');
    await snapshots.remove('../T2');
    expect(readdirSync(folder)).toEqual([]);
  });
});
