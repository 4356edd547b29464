import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Line } from '../../../src/ledger/lines.ts';
import { openSqliteJournal } from '../../../src/storage/journal/sqlite.ts';
import { closeSqlite, openSqlite } from '../../../src/storage/sqlite/open.ts';
import { agency, capture, hold, limit } from '../../support/fixtures.ts';
import { historyOf } from '../../support/history.ts';
import { someOf } from '../../support/is-long.ts';
import { programOfRun } from '../../support/program.ts';
import { temporaryFiles } from '../sqlite/files.ts';

const files = temporaryFiles();
let program: string;
beforeAll(() => {
  program = programOfRun('scripts/ledger-verify.ts');
});
afterAll(() => {
  files.remove();
});

const { lines } = historyOf([
  ...agency(),
  limit('client:acme', 'month', 100),
  { ...hold(5), commandId: 'h1' },
  capture('h1/1', 4),
  { ...hold(7), commandId: 'h2' },
]);

/** A data folder with a ledger, after somebody was at it with a SQL prompt. */
async function folderWith(journalLines: readonly Line[], ...sql: string[]): Promise<string> {
  const folder = join(files.next(), '..');
  const file = join(folder, 'ledger.sqlite');
  const journal = openSqliteJournal(file);
  await journal.append(journalLines);
  await journal.append(lines.slice(0, 3).map((line) => ({ ...line, workspace: 'T0' })));
  await journal.close();
  const database = openSqlite(file, { schema: ['there already'] });
  for (const each of sql) database.exec(each);
  closeSqlite(database);
  return folder;
}

function verify(folder: string) {
  const { stdout, status } = spawnSync(process.execPath, [program, '--data', folder], { encoding: 'utf8' });
  return { said: stdout.replaceAll(folder, 'DIR'), status };
}

describe('ledger:verify', () => {
  test('says how much it checked, and that all is right', async () => {
    expect(verify(await folderWith(lines))).toEqual({
      status: 0,
      said: [
        'T0: 3 lines, all right; 0 open holds, 0 slips to reconcile.',
        'T1: 11 lines, all right; 1 open hold, 0 slips to reconcile.',
        '2 workspaces, 14 lines checked in DIR/ledger.sqlite.',
        '',
      ].join('\n'),
    });
  });

  const wrong: [string, string, RegExp][] = [
    [
      'a changed amount',
      `UPDATE lines SET line = replace(line, '"capturedCredits":4', '"capturedCredits":3') WHERE workspace = 'T1'`,
      /T1: line 10 cannot be right: it states agency .* the lines add up to agency/,
    ],
    [
      'a changed cost',
      `UPDATE lines SET line = replace(line, '"costMicroUsd":1', '"costMicroUsd":2') WHERE workspace = 'T1'`,
      /T1: line 10 cannot be right: does not state what its command asked for/,
    ],
    [
      'a removed line',
      `DELETE FROM lines WHERE workspace = 'T1' AND seq = 4`,
      /T1: line 5 cannot be right: line 4 is missing/,
    ],
    [
      'a line that is none',
      `UPDATE lines SET line = '{}' WHERE workspace = 'T1' AND seq = 6`,
      /T1: line 6 cannot be right: cannot be read \(line 6 is not a line: it is of no known kind\)/,
    ],
    [
      'a line that is not found by its command',
      `UPDATE lines SET command_id = 'odd' WHERE workspace = 'T1' AND seq = 8`,
      /T1: line 8 cannot be right: is not found by its command id/,
    ],
    [
      'a line of another workspace',
      `UPDATE lines SET line = replace(line, '"workspace":"T0"', '"workspace":"T1"') WHERE workspace = 'T0' AND seq = 2`,
      /T0: line 2 cannot be right: belongs to workspace T1/,
    ],
  ];
  test.each(someOf(wrong, 3))('names %s', async (_, sql, problem) => {
    const { said, status } = verify(await folderWith(lines, sql));
    expect(said).toMatch(problem);
    expect(said).toMatch(/all right/);
    expect(status).toBe(1);
  });

  test('where there is no ledger yet, says so kindly', () => {
    const { said, status } = verify(join(files.next(), '..'));
    expect(said).toMatch(/^There is no ledger at DIR\/ledger.sqlite yet. Start Inkwell once/);
    expect(status).toBe(0);
  });

  test('of a file that is no ledger says so', () => {
    const folder = join(files.next(), '..');
    mkdirSync(folder);
    writeFileSync(join(folder, 'ledger.sqlite'), 'Dear diary, '.repeat(1_000));
    expect(verify(folder)).toEqual({
      status: 1,
      said: expect.stringMatching(/isn’t a SQLite database, or it’s damaged/),
    });
  });
});
