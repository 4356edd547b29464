import { FULL, IO_ERROR, isCorrupt, isLocked, resultCode, SQL_ERROR } from './result-code.ts';

type Code =
  | 'not_durable'
  | 'newer_schema'
  | 'no_engine'
  | 'in_use'
  | 'locked'
  | 'unreachable'
  | 'not_a_database'
  | 'failing';

/** What a person can mend: the message says which file it is, and what to do. */
export class SqliteFault extends Error {
  override name = 'SqliteFault';
  constructor(
    readonly code: Code,
    message: string,
    options: { cause?: unknown } = {},
  ) {
    super(message, options);
  }
}

/** Of the file system, and of SQLite: PERM, READONLY, CANTOPEN. */
const UNREACHABLE: readonly (string | number)[] = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT', 3, 8, 14];

/** What opening a file came to, as a sentence where a person can mend it; the rest stays as it is. */
export function openingFault(file: string, cause: unknown): unknown {
  if (cause instanceof SqliteFault) return cause;
  const fault = (code: Code, message: string) => new SqliteFault(code, message, { cause });
  const { code } = cause as { code?: string };
  const primary = resultCode(cause) & 0xff;
  // Tables that are not there: a database, but not this one.
  if (isCorrupt(cause) || primary === SQL_ERROR) {
    const what = `${file} isn’t a SQLite database, or it’s damaged. Nothing was changed.`;
    return fault('not_a_database', `${what} Put back your backup of it: docs/when-the-ledger-is-wrong.md`);
  }
  if (isLocked(cause)) {
    const who = 'a database browser, a backup tool, a virus scanner';
    return fault('locked', `${file} is locked by another program (${who}). Close that program, then start again.`);
  }
  if (primary === FULL || code === 'ENOSPC') {
    return fault('failing', `${file} cannot be opened: the disk is full. Make room, then start again.`);
  }
  if (primary === IO_ERROR || code === 'EIO') {
    return fault(
      'failing',
      `${file} cannot be read or written: its disk may be full, or failing. Check it, then start again.`,
    );
  }
  if (!UNREACHABLE.includes(code ?? '') && !UNREACHABLE.includes(primary)) return cause;
  return fault('unreachable', `Can’t open ${file}. Inkwell needs write access to the file and its folder.`);
}
