import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { lockFolder } from '../../../src/storage/sqlite/lock.ts';
import { closeSqlite, openSqlite } from '../../../src/storage/sqlite/open.ts';
import { faultCode, inTransaction } from '../../../src/storage/sqlite/write.ts';
import { programOfRun } from '../../support/program.ts';

const root = mkdtempSync(join(tmpdir(), 'inkwell-sqlite-'));
const program = programOfRun('test/storage/sqlite/open-once.ts');
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});
let files = 0;
const newFile = () => {
  files += 1;
  return join(root, `${files}`, 'x.sqlite');
};
const schema = [
  'CREATE TABLE a (x INTEGER PRIMARY KEY) STRICT',
  'CREATE TABLE b (y TEXT NOT NULL) STRICT; INSERT INTO b VALUES (1)',
];
const thrownBy = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
};

describe('a database that was opened', () => {
  test('survives a power cut: write-ahead log, synchronous=FULL', () => {
    const database = openSqlite(newFile(), { schema });
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    expect(database.prepare('PRAGMA busy_timeout').get()).toEqual({ timeout: 0 });
    expect(database.prepare('PRAGMA journal_size_limit').get()).toEqual({ journal_size_limit: 64 * 1024 * 1024 });
    database.close();
  });

  test('makes its folder, and remembers which migrations it has seen', () => {
    const file = newFile();
    openSqlite(file, { schema: schema.slice(0, 1) }).close();
    const later = openSqlite(file, { schema });
    expect(later.prepare('PRAGMA user_version').get()).toEqual({ user_version: 2 });
    expect(later.prepare('SELECT count(*) AS n FROM b').get()).toEqual({ n: 1 });
    later.close();
    openSqlite(file, { schema }).close();
  });

  test('lives in memory too', () => {
    const database = openSqlite(':memory:', { schema });
    expect(database.prepare('SELECT count(*) AS n FROM b').get()).toEqual({ n: 1 });
    database.close();
  });

  test('a migration that fails leaves the file as it was', () => {
    const file = newFile();
    const broken = ['CREATE TABLE a (x)', 'CREATE TABLE b (y); CREATE TABLE a (x)'];
    expect(thrownBy(() => openSqlite(file, { schema: broken }))).toBeTruthy();
    const database = openSqlite(file, { schema: [] });
    expect(database.prepare('SELECT count(*) AS n FROM sqlite_schema').get()).toEqual({ n: 0 });
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 0 });
    database.close();
  });
});

describe('a file that cannot be used', () => {
  test('of a newer Inkwell is refused, untouched', () => {
    const file = newFile();
    const newer = openSqlite(file, { schema: [...schema, 'CREATE TABLE c (z)'] });
    newer.exec('PRAGMA journal_mode=DELETE');
    closeSqlite(newer);
    const before = readFileSync(file);
    expect(() => openSqlite(file, { schema })).toThrow(
      expect.objectContaining({
        name: 'SqliteFault',
        code: 'newer_schema',
        message: expect.stringContaining('Update Inkwell'),
      }),
    );
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('that is no database is refused, untouched', () => {
    const file = newFile();
    mkdirSync(join(file, '..'));
    writeFileSync(file, 'Dear diary, '.repeat(1_000));
    expect(() => openSqlite(file, { schema })).toThrow(expect.objectContaining({ code: 'not_a_database' }));
    expect(readFileSync(file, 'utf8')).toBe('Dear diary, '.repeat(1_000));
  });

  test('under something that is no folder is named', () => {
    const file = newFile();
    mkdirSync(join(file, '..'));
    writeFileSync(file, '');
    expect(() => openSqlite(join(file, 'y.sqlite'), { schema })).toThrow(
      expect.objectContaining({ name: 'SqliteFault', code: 'unreachable', message: expect.stringContaining(file) }),
    );
  });

  // Root may write anywhere: then the attempt is made by somebody who is nobody.
  test.each([
    ['a folder that is read-only', 0o555, null],
    ['a file that is read-only, in such a folder', 0o555, 0o444],
  ])('in %s is named', async (_, folderMode, fileMode) => {
    const file = newFile();
    if (fileMode === null) mkdirSync(join(file, '..'));
    else openSqlite(file, { schema }).close();
    if (fileMode !== null) chmodSync(file, fileMode);
    chmodSync(join(file, '..'), folderMode);
    chmodSync(root, 0o755);
    const said = await saidBy(spawn(process.execPath, [program, file, 'nobody']));
    expect(said).toMatch(/^SqliteFault unreachable .*needs write access to the file and its folder/);
    chmodSync(join(file, '..'), 0o755);
  });
});

describe('closing', () => {
  test('leaves one file, whole, whatever was prepared or begun', () => {
    const file = newFile();
    const database = openSqlite(file, { schema });
    const insert = database.prepare('INSERT INTO b VALUES (?)');
    insert.run('kept');
    database.exec("BEGIN; INSERT INTO b VALUES ('begun')");
    closeSqlite(database);
    const copy = newFile();
    mkdirSync(join(copy, '..'));
    copyFileSync(file, copy);
    const copied = openSqlite(copy, { schema });
    expect(copied.prepare('SELECT y FROM b').all()).toEqual([{ y: '1' }, { y: 'kept' }]);
    closeSqlite(copied);
  });

  test('lets go of a lock at once', () => {
    const folder = join(newFile(), '..');
    const lock = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(expect.objectContaining({ name: 'SqliteFault', code: 'in_use' }));
    lock.release();
    lockFolder(folder).release();
  });
});

test('many processes may open a new file at once', async () => {
  for (let round = 0; round < 3; round += 1) {
    const file = newFile();
    const startAt = String(Date.now() + 350);
    const said = await Promise.all(
      Array.from({ length: 3 }, () => saidBy(spawn(process.execPath, [program, file, startAt]))),
    );
    expect(said).toEqual(Array(3).fill('opened\n'));
  }
});

const saidBy = (child: ReturnType<typeof spawn>): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (chunk) => {
      said += String(chunk);
    });
    child.on('error', reject);
    child.on('close', () => resolve(said));
  });

describe('the engine', () => {
  const version = (process.versions as Record<string, string | undefined>).sqlite;

  test.each(['auto', 'package'] as const)('%s opens a file', (flavour) => {
    openSqlite(newFile(), { schema, flavour }).close();
  });

  test('of Node itself is taken where there is one, and asked for in vain where there is none', () => {
    const open = () => openSqlite(newFile(), { schema, flavour: 'builtin' }).close();
    if (version === undefined) expect(open).toThrow(expect.objectContaining({ code: 'no_engine' }));
    else if (atLeast(version, [3, 51, 3])) open();
    else expect(open).toThrow(expect.objectContaining({ code: 'no_engine' }));
  });

  const atLeast = (text: string, least: readonly number[]) => {
    const parts = text.split('.').map(Number);
    const index = least.findIndex((each, position) => parts[position] !== each);
    return index === -1 || (parts[index] ?? 0) > (least[index] ?? 0);
  };
});

describe('a write', () => {
  const open = () => openSqlite(newFile(), { schema: ['CREATE TABLE a (x INTEGER PRIMARY KEY, y TEXT) STRICT'] });
  const rows = (database: ReturnType<typeof open>) => database.prepare('SELECT x FROM a').all();

  test('is everything or nothing', () => {
    const database = open();
    const insert = database.prepare('INSERT INTO a VALUES (?, ?)');
    expect(inTransaction(database, () => insert.run(1, 'one'))).toEqual({ kind: 'written' });
    const taken = inTransaction(database, () => {
      insert.run(2, 'two');
      insert.run(1, 'again');
    });
    expect(taken).toEqual({ kind: 'taken' });
    expect(rows(database)).toEqual([{ x: 1 }]);
    database.close();
  });

  test('of our own making that fails is thrown on, with nothing written', () => {
    const database = open();
    const bug = new Error('a bug');
    const buggy = () => {
      database.exec("INSERT INTO a VALUES (1, 'one')");
      throw bug;
    };
    expect(thrownBy(() => inTransaction(database, buggy))).toBe(bug);
    expect(rows(database)).toEqual([]);
    expect(inTransaction(database, () => database.exec("INSERT INTO a VALUES (1, 'one')"))).toEqual({
      kind: 'written',
    });
    database.close();
  });

  test('to a full disk is a fault that says so; there is room again, and it works again', () => {
    const database = open();
    const { page_count: pages } = database.prepare('PRAGMA page_count').get() as { page_count: number };
    database.exec(`PRAGMA max_page_count=${pages + 2}`);
    const big = () => void database.prepare('INSERT INTO a VALUES (?, ?)').run(1, 'x'.repeat(100_000));
    expect(inTransaction(database, big)).toMatchObject({ kind: 'fault', code: 'full' });
    expect(rows(database)).toEqual([]);
    database.exec('PRAGMA max_page_count=1000');
    expect(inTransaction(database, big)).toEqual({ kind: 'written' });
    database.close();
  });

  test.each([
    [13, false, 'full'],
    [11, false, 'corrupt'],
    [26, false, 'corrupt'],
    [267, true, 'corrupt'],
    [5, false, 'unavailable'],
    [10, false, 'unavailable'],
    [1034, true, 'uncertain'],
    [13, true, 'full'],
  ])('with result code %i, committing %j, is %s', (errcode, committing, code) => {
    expect(faultCode({ errcode }, { committing })).toBe(code);
  });
});
