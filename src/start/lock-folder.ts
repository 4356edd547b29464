import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { resolve, sep } from 'node:path';
import type { Config } from '../config.ts';
import type { Log } from '../ports/ports.ts';
import { lockFolder } from '../storage/sqlite/lock.ts';
import { makePrivate } from '../storage/sqlite/private.ts';
import { StartFault } from './slack-connection.ts';

/** Makes the folder where it is not there yet, and keeps other processes away from it until `release`. */
export function lockDataFolder({ dataDir, sqliteEngine: flavour }: Config, log: Log): { release(): void } {
  try {
    keepPrivate(dataDir, log);
    accessSync(dataDir, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartFault(
      `Inkwell can’t write to DATA_DIR=${dataDir} (${code}). Choose another folder, or fix its permissions.`,
    );
  }
  return lockFolder(dataDir, { flavour });
}

/** Makes the folder private on this machine. If that fails, tells the operator and continues. */
export function keepPrivate(folder: string, log?: Log): void {
  const open = makePrivate(folder, { mayTighten: !holdsMoreThanOurs(folder) });
  if (open.length === 0) return;
  log?.warn(
    { paths: open },
    'other users of this machine may read these: make them private (folders 0700, files 0600), or move DATA_DIR to a disk that can',
  );
}

/** Leaves folders above a home or above the start folder open to others. */
function holdsMoreThanOurs(folder: string): boolean {
  const above = resolve(folder);
  const start = above.endsWith(sep) ? above : above + sep;
  return [homedir(), process.cwd()].some((other) => `${resolve(other)}${sep}`.startsWith(start));
}
