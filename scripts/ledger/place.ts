import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { environmentOf } from '../../src/start/environment.ts';
import { environmentHere } from '../../src/start/environment-file.ts';
import { LEDGER_FILE, type OpenStores, openFolderSoon } from '../../src/start/folder-stores.ts';
import { openDatabase } from '../../src/start/open-stores.ts';
import { StartFault } from '../../src/start/slack-connection.ts';
import { VARIABLES } from '../../src/start/variables.ts';
import { place } from '../../src/storage/mongo/open.ts';

/** A data folder, or the address of a MongoDB. */
export type Place = string;

/** A script can wait for a slow database. */
const WAIT_MS = 30_000;
const ATTEMPTS_MAX = 1;

export const isAddress = (where: Place) => /^mongodb(\+srv)?:/.test(where);

/** For people: never a password. */
export const nameOf = (where: Place) => (isAddress(where) ? place(where) : where);

/** By the same variables as the bot. */
export function places(): { folder: Place; address: Place | undefined } {
  const { values, problems } = environmentOf(environmentHere(process.env), Object.keys(VARIABLES));
  if (problems.length > 0) throw new StartFault(problems.join('\n'));
  return { folder: values.DATA_DIR ?? './data', address: values.MONGODB_URI };
}

/** Where Inkwell keeps everything now. */
export const ownPlace = (): Place => places().address ?? places().folder;

export const hasLedger = (folder: string) => existsSync(join(folder, LEDGER_FILE));

export async function openPlace(where: Place): Promise<OpenStores> {
  if (isAddress(where))
    return await openDatabase(where, { waitMs: WAIT_MS, attemptsMax: ATTEMPTS_MAX, tell: console.log });
  return await openFolderSoon({ dataDir: where, sqliteEngine: 'auto' }, { log: TELL });
}

const TELL = {
  info: () => {},
  warn: ({ paths }: Record<string, unknown>, message: string) => console.log(`${message}: ${String(paths)}`),
  error: () => {},
};

/** What a person can mend is said in a sentence. */
export const isExpected = (error: unknown): error is Error =>
  ['ConfigFault', 'MongoFault', 'SqliteFault', 'StartFault', 'JournalFault', 'RecordsFault'].includes(
    (error as Error).name,
  );

/** With what to do where a store says no more than that it failed. */
export function sentenceOf(error: Error): string {
  const { name, code, message } = error as Error & { code: string };
  if (name !== 'JournalFault' && name !== 'RecordsFault') return message;
  const what = name === 'JournalFault' ? 'the ledger' : 'the records';
  switch (code) {
    case 'corrupt':
      return `${message}. Put back your backup of ledger and records: docs/when-the-ledger-is-wrong.md`;
    case 'full':
      return `There is no room left for ${what}. Make room on the disk, and try again.`;
    default:
      return `${what} cannot be read or written now (${code}): another program has it, or its disk or server does not answer. Try again.`;
  }
}

export const counted = (count: number, what: string) =>
  `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;
