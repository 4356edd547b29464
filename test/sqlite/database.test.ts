import { afterAll, describe, expect, test } from '@jest/globals';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../../src/sqlite/open.ts';
import { faultCode, inTransaction } from '../../src/sqlite/write.ts';

const root = mkdtempSync(join(tmpdir(), 'inkwell-sqlite-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let files = 0;
const newFile = () => {
  files += 1;
  return join(root, `${files}`, 'x.sqlite');
};
const schema = ['CREATE TABLE a (x INTEGER PRIMARY KEY) STRICT', 'CREATE TABLE b (y TEXT NOT NULL) STRICT; INSERT INTO b VALUES (1)'];
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
    expect(database.prepare('PRAGMA busy_timeout').get()).toEqual({ timeout: 5_000 });
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
    openSqlite(file, { schema: [...schema, 'CREATE TABLE c (z)'] }).close();
    const before = readFileSync(file);
    expect(() => openSqlite(file, { schema })).toThrow(
      expect.objectContaining({ name: 'SqliteFault', code: 'newer_schema', message: expect.stringContaining('Update Inkwell') }),
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
  ])('in %s is named', (_, folderMode, fileMode) => {
    const file = newFile();
    if (fileMode === null) mkdirSync(join(file, '..'));
    else openSqlite(file, { schema }).close();
    if (fileMode !== null) chmodSync(file, fileMode);
    chmodSync(join(file, '..'), folderMode);
    chmodSync(root, 0o755);
    expect(openAsNobody(file)).toMatch(/^SqliteFault unreachable .*must be there for us to write to/);
    chmodSync(join(file, '..'), 0o755);
  });
});

const OPEN_SQLITE = join(import.meta.dirname, '../../src/sqlite/open.ts');

/** What a process says that may write nowhere, and that opens the file with our own code. */
function openAsNobody(file: string): string {
  const bundle = join(root, 'open.mjs');
  const esbuild = join(import.meta.dirname, '../../node_modules/.bin/esbuild');
  const flags = ['--bundle', '--packages=external', '--platform=node', '--format=esm', `--outfile=${bundle}`];
  execFileSync(esbuild, [OPEN_SQLITE, ...flags, '--log-level=error']);
  const program = `
    const { openSqlite } = await import(${JSON.stringify(bundle)});
    try { openSqlite(${JSON.stringify(file)}, { schema: ['CREATE TABLE a (x)'] }).close(); console.log('opened'); }
    catch (error) { console.log(error.name, error.code, error.message); }`;
  const identity = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const cwd = join(import.meta.dirname, '../..');
  return execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd, encoding: 'utf8', ...identity });
}
