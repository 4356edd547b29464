import { chmodSync, closeSync, existsSync, fchmodSync, mkdirSync, openSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Prompts, images, people's names and what they spend are only the owner's business. */
export const PRIVATE_FOLDER_MODE = 0o700;
export const PRIVATE_FILE_MODE = 0o600;

const STICKY = 0o1000;

/** What Inkwell keeps in a folder: databases, their logs and indexes, and snapshots, whole or begun. */
const OURS = /\.sqlite(-wal|-shm|-journal)?$|^snapshot-.*\.jsonl/;

/**
 * Makes an empty file that only its owner may read, and its folder; a file that is there is left alone. SQLite gives its
 * log and its index the file's mode.
 */
export function createPrivate(file: string): void {
  makeFolder(dirname(file));
  let descriptor: number;
  try {
    descriptor = openSync(file, 'wx', PRIVATE_FILE_MODE);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw error;
  }
  try {
    // The process may run under a mask that takes even the owner's rights away.
    fchmodSync(descriptor, PRIVATE_FILE_MODE);
  } finally {
    closeSync(descriptor);
  }
}

/** Returns the names of what could not be made private: another user owns it, or its file system knows no modes. */
export function makePrivate(folder: string, { mayTighten }: { mayTighten: boolean }): string[] {
  makeFolder(folder);
  if (process.platform === 'win32') return [];
  const files = readdirSync(folder).filter((name) => OURS.test(name));
  return [
    ...(mayTighten && !tighten(folder, PRIVATE_FOLDER_MODE) ? [folder] : []),
    ...files.map((name) => join(folder, name)).filter((file) => !tighten(file, PRIVATE_FILE_MODE)),
  ];
}

/** With every folder above it that is not there yet, each in turn: a mask may take away the right to go into one. */
function makeFolder(folder: string) {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: PRIVATE_FOLDER_MODE });
    chmodSync(folder, PRIVATE_FOLDER_MODE);
  } catch (error) {
    // Another process makes it at the same time.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** False where others may still do something with it. */
function tighten(path: string, mode: number): boolean {
  try {
    // Where everybody keeps something, as in /tmp, the folder is not ours to close.
    if ((statSync(path).mode & STICKY) !== 0) return false;
    if (othersMay(path)) chmodSync(path, mode);
    return !othersMay(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A log of SQLite's comes and goes.
    if (code === 'ENOENT') return true;
    if (['EPERM', 'EACCES', 'EROFS', 'ENOTSUP', 'ENOSYS', 'EINVAL'].includes(code ?? '')) return false;
    throw error;
  }
}

const othersMay = (path: string) => (statSync(path).mode & 0o077) !== 0;
