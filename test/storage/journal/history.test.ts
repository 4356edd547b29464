import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Journal } from '../../../src/storage/journal/journal.ts';
import { createMemoryJournal } from '../../../src/storage/journal/memory.ts';
import { openSqliteJournal } from '../../../src/storage/journal/sqlite.ts';
import { PAGE_LINES } from '../../../src/storage/journal/sqlite-pages.ts';
import { closeSqlite, openSqlite } from '../../../src/storage/sqlite/open.ts';
import { programOfRun } from '../../support/program.ts';
import { FLAVOURS, temporaryFiles } from '../sqlite/files.ts';
import { historyContract, writeManyLines } from './history-contract.ts';

const files = temporaryFiles();
afterAll(files.remove);

historyContract('memory', async () => createMemoryJournal());
for (const flavour of FLAVOURS) {
  historyContract(`sqlite, ${flavour}`, async () => openSqliteJournal(await aLongFile(), { flavour }));
}
historyContract('sqlite, a file of before there were pages, at once', async () => {
  const file = await anOldFile();
  return openSqliteJournal(file);
});
historyContract('sqlite, a file of before there were pages, once they are made', async () => {
  const file = await anOldFile();
  const journal = openSqliteJournal(file);
  await untilEntered(file);
  return journal;
});

const look = <Row>(file: string, sql: string): Row[] => {
  const database = openSqlite(file, { schema: ['already there'] });
  try {
    return database.prepare(sql).all() as Row[];
  } finally {
    closeSqlite(database);
  }
};
const change = (file: string, sql: string) => {
  const database = openSqlite(file, { schema: ['already there'] });
  database.exec(sql);
  closeSqlite(database);
};

let written: Promise<string> | null = null;

/** Each of these is a copy: 50,000 lines are written once. */
async function aLongFile(): Promise<string> {
  written ??= aFile();
  const file = files.next();
  mkdirSync(dirname(file), { recursive: true });
  copyFileSync(await written, file);
  return file;
}

async function aFile(linesCount?: number): Promise<string> {
  const file = files.next();
  const journal = openSqliteJournal(file);
  await writeManyLines(journal, linesCount);
  await journal.close();
  return file;
}

/** As the last version wrote it: without the tables, and with one space before the accounts. */
async function anOldFile(linesCount?: number): Promise<string> {
  const file = await (linesCount === undefined ? aLongFile() : aFile(linesCount));
  change(
    file,
    `DROP TRIGGER line_pages_of_others; DROP TABLE line_pages; DROP TABLE lines_unpaged;
     UPDATE lines SET accounts = substr(accounts, 2)`,
  );
  return file;
}

const leftIn = (file: string) => look<{ seq: number }>(file, 'SELECT seq FROM lines_unpaged')[0]?.seq ?? 0;

async function untilEntered(file: string): Promise<void> {
  for (let looks = 0; leftIn(file) > 0; looks += 1) {
    if (looks > 3_000) throw new Error('the pages are never finished');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const ONCE = { workspace: 'T1', account: 'client:once', fromAt: 0, toAt: 1e15 } as const;

/** How many lines a history looks at: each line is made to look as if it touched the account, so it finds all that it sees. */
async function linesLookedAt(file: string, journal: Journal): Promise<number> {
  change(file, "UPDATE lines SET accounts = '  client:once '");
  return (await journal.history({ ...ONCE, linesMax: 1_000_000 })).length;
}

describe('what a history looks at, of 50,000 lines', () => {
  test('of an account that was touched once: one page', async () => {
    const file = await aLongFile();
    const journal = openSqliteJournal(file);
    expect(await linesLookedAt(file, journal)).toBe(PAGE_LINES);
    await journal.close();
  }, 60_000);

  test('in a file of before there were pages: one page, once they are made', async () => {
    const file = await anOldFile();
    const journal = openSqliteJournal(file);
    await untilEntered(file);
    expect(await linesLookedAt(file, journal)).toBe(PAGE_LINES);
    await journal.close();
  }, 60_000);
});

describe('the pages of a file', () => {
  type Named = { account: string; page: number };
  const NAMED = 'SELECT account, page FROM line_pages ORDER BY account, page';

  test('are the same, whether lines were entered when they were written or later, or written by an earlier version', async () => {
    const file = await aFile(6_000);
    const named = look<Named>(file, NAMED);
    expect(named.filter(({ account }) => account === 'client:once')).toEqual([{ account: 'client:once', page: 0 }]);
    expect(named.filter(({ account }) => account === 'client:busy')).toHaveLength(6);

    const old = await anOldFile(6_000);
    await openSqliteJournal(old).close();
    const again = openSqliteJournal(old);
    await untilEntered(old);
    await again.close();
    expect(look<Named>(old, NAMED)).toEqual(named);

    const mixed = await anOldFile(1);
    await openSqliteJournal(mixed).close();
    change(
      mixed,
      `ATTACH '${file}' AS all_lines;
       INSERT INTO lines SELECT workspace, seq, at, command_id, substr(accounts, 2), line FROM all_lines.lines WHERE seq > 1`,
    );
    const later = openSqliteJournal(mixed);
    await untilEntered(mixed);
    await later.close();
    expect(look<Named>(mixed, NAMED)).toEqual(named);
  }, 60_000);

  test('grow the file by less than a fiftieth', async () => {
    const file = await aFile(20_000);
    const [whole] = look<{ bytes: number }>(file, 'SELECT sum(pgsize) AS bytes FROM dbstat');
    const [pages] = look<{ bytes: number }>(file, "SELECT sum(pgsize) AS bytes FROM dbstat WHERE name = 'line_pages'");
    expect((pages?.bytes ?? 1) / (whole?.bytes ?? 1)).toBeLessThan(0.02);
  });

  test('of a write that failed are entered with the next one', async () => {
    const file = files.next();
    const journal = openSqliteJournal(file);
    await writeManyLines(journal, 2_500);
    const line = (seq: number, commandId: string) => ({
      ...{ workspace: 'T1', seq, at: 1e14, by: 'inkwell', commandId, commandHash: 'hash', balances: [] },
      ...({ kind: 'client_renamed', clientId: 'new', name: 'New' } as const),
    });
    expect(await journal.append([line(2_501, 'n1'), line(2_502, 'n1')])).toBe('taken');
    expect(await journal.append([line(2_501, 'n1')])).toBe('appended');
    const found = await journal.history({ ...ONCE, account: 'client:new', linesMax: 9 });
    expect(found.map(({ seq }) => seq)).toEqual([2_501]);
    await journal.close();
  });
});

describe('kill -9 while the pages of an old file are made', () => {
  const program = programOfRun('test/storage/journal/open-and-wait.ts');

  test('nothing is missing after any of them, and the next start goes on', async () => {
    const file = await anOldFile();
    const left: number[] = [];
    for (const afterMs of [0, 30, 90, 150]) {
      const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, file]);
      await new Promise((resolve) => child.stdout.once('data', resolve));
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      child.kill('SIGKILL');
      await new Promise((resolve) => child.on('close', resolve));
      left.push(leftIn(file));
      const journal = openSqliteJournal(file);
      expect((await journal.history({ ...ONCE, linesMax: 9 })).map(({ seq }) => seq)).toEqual([1]);
      const seldom = await journal.history({ ...ONCE, account: 'client:seldom', linesMax: 99 });
      expect(seldom).toHaveLength(16);
      await journal.close();
    }
    expect(left.toSorted((a, b) => b - a)).toEqual(left);
    expect(left.at(-1)).toBeLessThan(50_000);
    const journal = openSqliteJournal(file);
    await untilEntered(file);
    expect(await journal.history({ ...ONCE, linesMax: 9 })).toHaveLength(1);
    expect(look(file, "SELECT page FROM line_pages WHERE account = 'client:once'")).toEqual([{ page: 0 }]);
    await journal.close();
  }, 60_000);
});
