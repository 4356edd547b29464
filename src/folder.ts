import { accessSync, constants, mkdirSync } from 'node:fs';
import type { Config } from './config.ts';
import { StartFault } from './slack-place.ts';
import { lockFolder } from './sqlite/lock.ts';

/** Makes the folder where it is not there yet, and keeps other processes away from it until `release`. */
export function takeFolder({ dataDir, sqliteEngine: flavour }: Config): { release(): void } {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartFault(
      `Inkwell cannot write to DATA_DIR=${dataDir} (${code}). Choose another folder, or change whom it belongs to.`,
    );
  }
  return lockFolder(dataDir, { flavour });
}
