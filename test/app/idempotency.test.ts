import { afterAll, describe, test } from 'vitest';
import { openSqliteJournal } from '../../src/storage/journal/sqlite.ts';
import { keepSnapshots } from '../../src/storage/snapshots/keep.ts';
import { memorySnapshots } from '../../src/storage/snapshots/memory.ts';
import { temporaryFiles } from '../storage/sqlite/files.ts';
import { WORKSPACE } from '../support/fixtures.ts';
import { isLong } from '../support/is-long.ts';
import { runPairs } from './idempotency-run.ts';

const files = temporaryFiles();
afterAll(() => files.remove());

const COUNT = isLong ? 10_000 : 500;

const log = { info: () => {}, warn: () => {} };

describe('an id is answered once, for ever', () => {
  test(`${COUNT} pairs on SQLite: at once, after 400 days, after a restart, from a second process`, async () => {
    const file = files.next();
    const [journal, other] = [openSqliteJournal(file), openSqliteJournal(file)];
    await runPairs({ journal, other, count: COUNT });
    await journal.close();
    await other.close();
  }, 120_000);

  test('1,000 pairs where restarts begin with a snapshot', async () => {
    const file = files.next();
    const [journal, other] = [openSqliteJournal(file), openSqliteJournal(file)];
    const places = memorySnapshots();
    const snapshots = () =>
      keepSnapshots({
        snapshots: places,
        journal,
        workspace: WORKSPACE,
        foldId: 'f',
        log,
        everyLines: 100,
        atStopLines: 1,
      });
    await runPairs({ journal, other, count: isLong ? 1_000 : 500, snapshots });
    await journal.close();
    await other.close();
  }, 60_000);
});
