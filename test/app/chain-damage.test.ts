import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import type { Line } from '../../src/ledger/lines.ts';
import { closeSqlite, openSqlite } from '../../src/storage/sqlite/open.ts';
import { temporaryFiles } from '../storage/sqlite/files.ts';
import { programOfRun } from '../support/program.ts';
import { type ChainPlace, chainSuite } from './chain-suite.ts';

const files = temporaryFiles();
afterAll(() => files.remove());

describe('a chained ledger in a SQLite file that a person changed with SQL', () => {
  let program: string;
  beforeAll(() => {
    program = programOfRun('scripts/ledger-verify.ts');
  });

  async function sqlite(): Promise<ChainPlace> {
    const folder = join(files.next(), '..');
    const at = <Result>(work: (database: ReturnType<typeof openSqlite>) => Result): Result => {
      const database = openSqlite(join(folder, 'ledger.sqlite'), { schema: ['there already'] });
      try {
        return work(database);
      } finally {
        closeSqlite(database);
      }
    };
    const rows = () =>
      at((database) => database.prepare('SELECT line FROM lines ORDER BY seq').all() as { line: string }[]);
    return {
      at: { dataDir: folder, sqliteEngine: 'auto' },
      lines: async () => rows().map(({ line }) => JSON.parse(line) as Line),
      change: async ({ removed, added }) =>
        at((database) => {
          const remove = database.prepare('DELETE FROM lines WHERE seq = ?');
          const add = database.prepare(
            'INSERT INTO lines (workspace, seq, at, command_id, accounts, line) VALUES (?, ?, ?, ?, ?, ?)',
          );
          for (const { seq } of removed) remove.run(seq);
          for (const line of added)
            add.run(line.workspace, line.seq, line.at, line.commandId, ' agency ', JSON.stringify(line));
        }),
      verify: () => spawnSync(process.execPath, [program, '--data', folder], { encoding: 'utf8' }).stdout,
      remove: async () => {},
    };
  }

  chainSuite(sqlite, { oneIn: 4 });
});
