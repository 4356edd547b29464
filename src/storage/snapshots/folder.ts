import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Snapshots } from './snapshots.ts';

const PREFIX = 'snapshot-';
const UNFINISHED = '.unfinished';
/** Names, limits and what everybody spent. */
const PRIVATE_MODE = 0o600;

/** One file a workspace, beside the SQLite files. The folder belongs to one process, and so does the file. */
export function folderSnapshots(folder: string): Snapshots {
  const fileOf = (workspace: string) => join(folder, `${PREFIX}${encodeURIComponent(workspace)}.jsonl`);
  return {
    async newest({ workspace }) {
      try {
        return await readFile(fileOf(workspace), 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },
    /** Under another name until it is whole. It may still be lost or torn by a power cut: its digest tells. */
    async put({ workspace }, parts) {
      const file = fileOf(workspace);
      const handle = await open(file + UNFINISHED, 'w', PRIVATE_MODE);
      try {
        // Whatever the process's mask took away, or an earlier version left open.
        await handle.chmod(PRIVATE_MODE);
        for await (const part of parts) await handle.write(part);
      } finally {
        await handle.close();
      }
      await rename(file + UNFINISHED, file);
    },
    async remove(workspace) {
      for (const suffix of ['', UNFINISHED]) await rm(fileOf(workspace) + suffix, { force: true });
    },
  };
}
