import { getSystemErrorMap } from 'node:util';
import { ConfigFault } from '../config.ts';
import { factsOf } from '../slack/platform/error-facts.ts';

/** Their messages are sentences for people, and say what to do. */
const SENTENCES: ReadonlySet<string> = new Set(['StartFault', 'SqliteFault', 'MongoFault', 'SocketFault']);

const CAUSES_MAX = 5;

/** By SQLite's primary result code: sqlite.org/rescode.html. */
const SQLITE: Readonly<Record<number, string>> = {
  5: 'another program has locked a file in DATA_DIR. Close that program, then start again.',
  6: 'another program has locked a file in DATA_DIR. Close that program, then start again.',
  7: 'there isn’t enough memory.',
  8: 'it can’t write to a file in DATA_DIR. Fix its owner or its permissions.',
  10: 'it can’t read or write a file in DATA_DIR. Its disk may be full, or failing.',
  11: 'a file in DATA_DIR is damaged. To restore a backup, see docs/when-the-ledger-is-wrong.md',
  13: 'the disk of DATA_DIR is full. Make room, then start again.',
  14: 'it can’t open a file in DATA_DIR. Fix its owner or its permissions.',
  26: 'a file in DATA_DIR isn’t a database. To restore a backup, see docs/when-the-ledger-is-wrong.md',
};

/** What a person can do about the system's most usual answers. */
const SYSTEM: Readonly<Record<string, string>> = {
  EACCES: 'Give the user that runs Inkwell permission for it.',
  EADDRINUSE: 'Stop what runs there, or choose another PORT.',
  EDQUOT: 'Make room, then start again.',
  EMFILE: 'Let Inkwell open more files (ulimit -n).',
  ENOSPC: 'Make room, then start again.',
  EPERM: 'Give the user that runs Inkwell permission for it.',
  EROFS: 'Choose another DATA_DIR.',
};

const STORES: Readonly<Record<string, string>> = {
  corrupt: 'It’s damaged. To restore a backup, see docs/when-the-ledger-is-wrong.md',
  full: 'Its disk is full. Make room, then start again.',
  unavailable: 'It doesn’t answer, or another program has locked it.',
  uncertain: 'It didn’t confirm a write.',
};
const NAMES: Readonly<Record<string, string>> = { JournalFault: 'its ledger', RecordsFault: 'its records' };

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
  if (store) return [`Inkwell can’t open ${store}. ${STORES[code ?? ''] ?? ''}`.trim()];
  const what = [name, code, detail].filter((part) => part).join(', ');
  return [`Something unexpected went wrong (${what}). Set LOG_LEVEL=debug to see where in the log.`];
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
  return [`The system refused ${what || 'a call'}: ${words} (${symbol}).`, SYSTEM[symbol]].filter(Boolean).join(' ');
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
