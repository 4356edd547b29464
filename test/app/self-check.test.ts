import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import { checkLedger } from '../../src/app/self-check/check-ledger.ts';
import { verifyBooks } from '../../src/app/self-check/verify-books.ts';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import type { Line } from '../../src/ledger/lines.ts';
import { openStores } from '../../src/start/open-stores.ts';
import { createMemoryJournal } from '../../src/storage/journal/memory.ts';
import { openSqliteJournal } from '../../src/storage/journal/sqlite.ts';
import { openSqliteRecords } from '../../src/storage/records/sqlite.ts';
import { closeSqlite, openSqlite } from '../../src/storage/sqlite/open.ts';
import { temporaryFiles } from '../storage/sqlite/files.ts';
import { createClock } from '../support/clock.ts';
import { resumeSpending } from '../support/verbs.ts';
import { createWorld, MARCUS, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';
import { type OpenPlace, selfCheckSuite } from './self-check-suite.ts';

const files = temporaryFiles();
afterAll(() => files.remove());

/** Somebody with a SQL prompt. */
function sqlite(): OpenPlace & { folder: string } {
  const folder = join(files.next(), '..');
  const file = join(folder, 'ledger.sqlite');
  const opened = () => openSqlite(file, { schema: ['there already'] });
  const at = <Result>(work: (database: ReturnType<typeof opened>) => Result): Result => {
    const database = opened();
    try {
      return work(database);
    } finally {
      closeSqlite(database);
    }
  };
  const set = (seq: number, line: string) =>
    at((database) => void database.prepare('UPDATE lines SET line = ? WHERE seq = ?').run(line, seq));
  return {
    folder,
    async open() {
      const journal = openSqliteJournal(file);
      const records = openSqliteRecords(join(folder, 'records.sqlite'));
      const close = async () => {
        await journal.close();
        await records.close();
      };
      return { journal, records, close };
    },
    read: async (seq) =>
      at((database) => JSON.parse((database.prepare('SELECT line FROM lines WHERE seq = ?').get(seq) as Row).line)),
    write: async (line) => set(line.seq, JSON.stringify(line)),
    scribble: async (seq) => set(seq, '{"kind":"held",'),
    removeAfter: async (seq) => at((database) => void database.prepare('DELETE FROM lines WHERE seq > ?').run(seq)),
    remove: async () => {},
  };
}
type Row = { line: string };

describe('the nightly check of a SQLite file', () => {
  selfCheckSuite(async () => sqlite());

  test('a ledger that cannot be folded stops the start with a sentence that names the line', async () => {
    const place = sqlite();
    const { journal, records, close } = await place.open();
    const world = await createWorld({ journal, records });
    await openAgency(world);
    await close();
    const open = () =>
      openStores({ dataDir: place.folder, sqliteEngine: 'auto' }, { workspace: 'T1', clock: createClock() });
    const third = await place.read(3);
    await place.scribble(3);
    await expect(open()).rejects.toMatchObject({
      name: 'StartFault',
      message: expect.stringMatching(/ledger in .*ledger\.sqlite: line 3 is not JSON.*To restore a backup/),
    });
    // The second opening of the workspace says that the lines were put in another order.
    await place.write({ ...third, kind: 'spending_resumed', stopId: 'none' } as Line);
    await expect(open()).rejects.toMatchObject({ name: 'StartFault', message: expect.stringMatching(/after line/) });
    await place.write(third);
    const stores = await open();
    expect(stores.book.now().seq).toBe(6);
    await stores.close();
  });
});

describe('the check', () => {
  let world: TestWorld;
  beforeEach(async () => {
    world = await createWorld();
    await openAgency(world);
  });

  test('reads a page at a time, and lets others have a turn after each', async () => {
    const lines: Line[] = [];
    for (let count = 0; count < 2_000; count += 1) {
      const wish = { kind: 'rename_client', clientId: 'northwind', name: `Northwind ${count}` } as const;
      const answer = await world.book.submit({ commandId: `r-${count}`, by: OLIVIA, ...wish });
      if (answer.line) lines.push(answer.line);
    }
    let turns = 0;
    let isDone = false;
    const others = () => {
      turns += 1;
      if (!isDone) setImmediate(others);
    };
    others();
    const pages: number[] = [];
    const verified = await verifyBooks(world.journal, 'T1', { saw: (seq) => pages.push(seq) });
    isDone = true;
    expect(verified).toMatchObject({ ok: true, linesCount: 2_006 });
    expect(Math.max(...pages.map((seq, index) => seq - (pages[index - 1] ?? 0)))).toBeLessThanOrEqual(250);
    expect(turns).toBeGreaterThanOrEqual(8);
  });

  test('says what is wrong in words that fit into a line, whatever somebody wrote into the broken one', async () => {
    const journal = createMemoryJournal();
    const nasty = `\u202e\u0000${'x'.repeat(5_000)}`;
    const read: typeof journal.read = async (query) =>
      (await world.journal.read(query)).map((line) =>
        line.kind === 'limit_set' ? ({ ...line, balances: [{ ...line.balances[0]!, window: nasty }] } as Line) : line,
      );
    await checkLedger({ ...world, journal: { ...world.journal, read } }, '2026-11-24');
    const { stop } = world.book.now();
    expect(stop).toMatchObject({ brokenSeq: 6, problem: expect.stringMatching(/^it states client:northwind x+$/) });
    expect(stop?.problem.length).toBeLessThanOrEqual(1_000);
  });

  test('is repeated after a crash without stopping or telling twice', async () => {
    const read: typeof world.journal.read = async (query) =>
      (await world.journal.read(query)).map((line) =>
        line.kind === 'limit_set' ? ({ ...line, limitCredits: 1 } as Line) : line,
      );
    const misread = { ...world, journal: { ...world.journal, read } };
    for (let count = 0; count < 3; count += 1) await checkLedger(misread, '2026-11-24');
    expect(world.book.now().stop?.stopId).toBe('self-check/2026-11-24/6');
    expect(world.book.now().seq).toBe(7);
    expect(world.messenger.cards).toHaveLength(1);
  });

  test('what another process left to be written down is forgotten where somebody has let spending go on since', async () => {
    const found = { stopId: 'self-check/2026-11-24/6', brokenSeq: 6, problem: 'is odd' };
    const submit = (commandId: string, by: string, wish: CommandBody) => world.book.submit({ commandId, by, ...wish });
    const { stopId, ...wrong } = found;
    await submit(stopId, 'inkwell', { kind: 'stop_spending', ...wrong });
    await submit('resume', OLIVIA, { kind: 'resume_spending', stopId });
    const mark = { workspace: 'T1', key: 'spending-stopped/unwritten' };
    await world.records.marks.put({ ...mark, value: JSON.stringify({ ...found, at: 1 }), at: 1 });
    await recoverJobs(world, { alone: true });
    expect(await world.records.marks.get(mark)).toBeNull();
    expect(world.messenger.cards).toEqual([]);
  });

  describe('while an owner is being told, spending goes on', () => {
    const night = '2026-11-24';
    const cardsTo = (memberId: string) => world.messenger.cards.filter((each) => each.memberId === memberId);
    const resume = () => resumeSpending(world, { deliveryId: 'resume', by: OLIVIA, stopId: `self-check/${night}/6` });
    const misread = (): TestWorld => {
      const read: typeof world.journal.read = async (query) =>
        (await world.journal.read(query)).map((line) =>
          line.kind === 'limit_set' ? ({ ...line, limitCredits: 1 } as Line) : line,
        );
      return { ...world, journal: { ...world.journal, read } };
    };
    const gate = () => {
      let open = () => {};
      const isOpen = new Promise<void>((resolve) => {
        open = resolve;
      });
      return { open, isOpen };
    };
    const sweeps = async () => {
      await world.clock.advance(1_000);
      await recoverJobs(world, { alone: false });
    };

    /** The check is telling owners while one of them lets spending go on. */
    const resumeWhileSlow = async (slow: ReturnType<typeof gate>) => {
      const checking = checkLedger(misread(), night);
      await world.clock.advance(1_000);
      expect(await resume()).toMatchObject({ kind: 'resumed' });
      await sweeps();
      slow.open();
      await checking;
      await sweeps();
    };

    test('a card that is on its way says so once it is known where it stands', async () => {
      const slow = gate();
      const { postCard } = world.messenger;
      world.messenger.postCard = async (memberId, card) => {
        const posted = await postCard(memberId, card, undefined);
        await slow.isOpen;
        return posted;
      };
      await resumeWhileSlow(slow);
      expect(cardsTo(OLIVIA).map(({ card }) => card)).toMatchObject([{ stop: { resumed: { by: OLIVIA } } }]);
    });

    test('a card that was not begun is not posted any more', async () => {
      await world.book.submit({ commandId: 'two', by: OLIVIA, kind: 'set_role', memberId: MARCUS, role: 'owner' });
      const slow = gate();
      const { audience } = world.channels;
      world.channels.audience = async (channelId, readerId) => {
        if (readerId === MARCUS) await slow.isOpen;
        return await audience(channelId, readerId);
      };
      await resumeWhileSlow(slow);
      expect(cardsTo(MARCUS)).toEqual([]);
    });
  });

  test('passes on what is the store’s fault, so that the night is tried again', async () => {
    const read = async () => {
      throw Object.assign(new Error('away'), { name: 'JournalFault', code: 'unavailable' });
    };
    await expect(checkLedger({ ...world, journal: { ...world.journal, read } }, 'n')).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(world.book.now().stop).toBeNull();
  });
});
