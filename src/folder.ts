import { accessSync, constants, mkdirSync } from 'node:fs';
import { StartFault } from './slack-place.ts';

/** The folder where everything is kept. Throws a `StartFault` where it cannot be written to. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartFault(
      `Inkwell cannot write to DATA_DIR=${folder} (${code}). Choose another folder, or change whom it belongs to.`,
    );
  }
}
