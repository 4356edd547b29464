import { getSystemErrorMap } from 'node:util';
import { ConfigFault } from '../config.ts';
import { factsOf } from '../slack/platform/error-facts.ts';

/** Their messages are sentences for people, and say what to do. */
const SENTENCES: ReadonlySet<string> = new Set(['StartFault', 'SqliteFault', 'MongoFault', 'SocketFault']);

const CAUSES_MAX = 5;

/** By SQLite's primary result code: sqlite.org/rescode.html. */
const SQLITE: Readonly<Record<number, string>> = {
  5: 'another program has locked a file of DATA_DIR. Close that program, then start again.',
  6: 'another program has locked a file of DATA_DIR. Close that program, then start again.',
  7: 'there is not enough memory.',
  8: 'a file of DATA_DIR may not be written to. Change whom it belongs to, or what may be done with it.',
  10: 'a file of DATA_DIR cannot be read or written. Its disk may be full, or failing.',
  11: 'a file of DATA_DIR is damaged. Put back your backup of it: docs/when-the-ledger-is-wrong.md',
  13: 'the disk of DATA_DIR is full. Make room, then start again.',
  14: 'a file of DATA_DIR cannot be opened. Change whom it belongs to, or what may be done with it.',
  26: 'a file of DATA_DIR is no database. Put back your backup of it: docs/when-the-ledger-is-wrong.md',
};

/** What a person can do about the system's most usual answers. */
const SYSTEM: Readonly<Record<string, string>> = {
  EACCES: 'Let the user that runs Inkwell do that.',
  EADDRINUSE: 'Stop what runs there, or choose another PORT.',
  EDQUOT: 'Make room, then start again.',
  EMFILE: 'Let Inkwell open more files (ulimit -n).',
  ENOSPC: 'Make room, then start again.',
  EPERM: 'Let the user that runs Inkwell do that.',
  EROFS: 'Choose another DATA_DIR.',
};

const STORES: Readonly<Record<string, string>> = {
  corrupt: 'It is damaged: put back your backup of it, as docs/when-the-ledger-is-wrong.md says.',
  full: 'Its disk is full: make room, then start again.',
  unavailable: 'It does not answer, or is locked by another program.',
  uncertain: 'It did not say whether it wrote.',
};
const NAMES: Readonly<Record<string, string>> = { JournalFault: 'The ledger', RecordsFault: 'The store of records' };

type Known = {
  name?: string;
  message?: string;
  code?: string | number;
  errcode?: number;
  errno?: number;
  syscall?: string;
  path?: string;
  port?: number;
  cause?: unknown;
};

/** Why Inkwell does not run, for the person who started it: a sentence for each reason, whatever the error. */
export function whyNotStarted(error: unknown): readonly string[] {
  if (error instanceof ConfigFault) return error.problems;
  for (const each of causesOf(error)) {
    const sentence = sentenceOf(each);
    if (sentence) return [sentence];
  }
  const { name, code, detail } = factsOf(error);
  const store = NAMES[name];
  if (store) return [`${store} cannot be opened. ${STORES[code ?? ''] ?? ''}`.trim()];
  const what = [name, code, detail].filter((part) => part).join(', ');
  return [`Something unexpected went wrong (${what}). With LOG_LEVEL=debug the log says where.`];
}

function sentenceOf({
  name = '',
  message = '',
  code,
  errcode = 0,
  errno = 0,
  syscall,
  path,
  port,
}: Known): string | null {
  if (SENTENCES.has(name)) return message;
  const sqlite = SQLITE[errcode & 0xff];
  if (sqlite) return `SQLite says that ${sqlite}`;
  const [symbol, words] = getSystemErrorMap().get(errno) ?? [];
  if (!symbol || typeof code !== 'string') return null;
  const what = [syscall, path ?? (port === undefined ? '' : `port ${port}`)].filter((part) => part).join(' ');
  return [`The system refuses ${what || 'a call'}: ${words} (${symbol}).`, SYSTEM[symbol]].filter(Boolean).join(' ');
}

/** The error and what it was caused by, outermost first. */
function causesOf(error: unknown): Known[] {
  const causes: Known[] = [];
  for (let at = error; typeof at === 'object' && at !== null && causes.length < CAUSES_MAX; ) {
    causes.push(at as Known);
    at = (at as Known).cause;
  }
  return causes;
}
