import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { StoreName, Trouble } from '../app/self-check/trouble.ts';
import type { Config } from '../config.ts';
import type { Leases } from '../peers/lease.ts';
import type { Log } from '../ports/ports.ts';
import type { Journal } from '../storage/journal/journal.ts';
import { holdsLines, openSqliteJournal } from '../storage/journal/sqlite.ts';
import type { MovableRecords } from '../storage/records/records.ts';
import { openSqliteRecords } from '../storage/records/sqlite.ts';
import { folderSnapshots } from '../storage/snapshots/folder.ts';
import type { Snapshots } from '../storage/snapshots/snapshots.ts';
import { SqliteFault } from '../storage/sqlite/fault.ts';
import { keepPrivate } from './lock-folder.ts';

import { StartFault } from './slack-connection.ts';

/** The file names that `ledger:verify` and a backup go by. */
export const LEDGER_FILE = 'ledger.sqlite';
export const RECORDS_FILE = 'records.sqlite';

/** A backup tool or a virus scanner is done by then. */
const LOCKED_WAIT_MS = 10_000;
const LOCKED_PAUSE_MS = 200;

type FolderPlace = Pick<Config, 'dataDir' | 'sqliteEngine'>;
type FolderOptions = { log?: Log; onTrouble?: (store: StoreName, trouble: Trouble) => void };

/** The same, where another program has a file of it for a moment. Throws a `SqliteFault` (`locked`) where it stays locked. */
export async function openFolderSoon(at: FolderPlace, options: FolderOptions = {}): Promise<OpenStores> {
  const untilMs = performance.now() + LOCKED_WAIT_MS;
  for (;;) {
    try {
      return openFolder(at, options);
    } catch (error) {
      const isLocked = error instanceof SqliteFault && error.code === 'locked';
      if (!isLocked || performance.now() >= untilMs) throw error;
      await new Promise((resolve) => setTimeout(resolve, LOCKED_PAUSE_MS));
    }
  }
}

export function openFolder({ dataDir, sqliteEngine: flavour }: FolderPlace, options: FolderOptions = {}): OpenStores {
  const { log, onTrouble } = options;
  keepPrivate(dataDir, log);
  refuseLostRecords(dataDir);
  const open = (store: StoreName) => ({ flavour, onTrouble: (trouble: Trouble) => onTrouble?.(store, trouble) });
  const journal = openSqliteJournal(join(dataDir, LEDGER_FILE), open('ledger'));
  const records = openOrClose(() => openSqliteRecords(join(dataDir, RECORDS_FILE), open('records')), journal);
  const close = async () => {
    await journal.close();
    await records.close();
  };
  return {
    journal,
    records,
    snapshots: folderSnapshots(dataDir),
    openLeases: null,
    ledger: join(dataDir, LEDGER_FILE),
    askTime: async () => null,
    close,
    async erase(workspace) {
      await close();
      await folderSnapshots(dataDir).remove(workspace);
      for (const file of [LEDGER_FILE, RECORDS_FILE]) {
        for (const suffix of ['', '-wal', '-shm']) rmSync(join(dataDir, file + suffix), { force: true });
      }
    },
  };
}

function openOrClose<Opened>(open: () => Opened, before: { close(): Promise<void> }): Opened {
  try {
    return open();
  } catch (error) {
    void before.close();
    throw error;
  }
}

/** New records beside an old ledger know of no image in progress, and of nothing that was said or sent once. */
function refuseLostRecords(dataDir: string) {
  if (!areRecordsLost(dataDir)) return;
  throw new StartFault(
    `${join(dataDir, RECORDS_FILE)} is gone or empty, but its ledger is not. Put back your backup of both files. ` +
      'Where there is none, npm run new-records begins without: docs/when-the-ledger-is-wrong.md',
  );
}

export function areRecordsLost(dataDir: string): boolean {
  if (!isEmpty(join(dataDir, RECORDS_FILE))) return false;
  const ledger = join(dataDir, LEDGER_FILE);
  return !isEmpty(ledger) && holdsLines(ledger);
}

const isEmpty = (file: string) => !existsSync(file) || statSync(file).size === 0;

/** The journal and the records of all workspaces, wherever they are kept. */
export type OpenStores = {
  journal: Journal;
  records: MovableRecords;
  snapshots: Snapshots;
  /** Who writes for all processes; null where there is one alone. */
  openLeases: (() => Promise<Leases>) | null;
  /** What the ledger is in, for people: never a password. */
  ledger: string;
  /** What its server says the time is; null where it has no clock of its own. */
  askTime(): Promise<number | null>;
  close(): Promise<void>;
  /** For the playground alone: a real ledger is never removed. Closes them first. */
  erase(workspace: string): Promise<void>;
};
