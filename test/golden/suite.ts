import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyBooks } from '../../src/app/self-check/verify-books.ts';
import { Book } from '../../src/book/book.ts';
import type { OpenStores } from '../../src/start/folder-stores.ts';
import { realClock } from '../../src/start/real-clock.ts';
import { foldJob } from '../../src/storage/records/fold-job.ts';
import type { Kept } from '../../src/storage/records/records.ts';
import { keepSnapshots } from '../../src/storage/snapshots/keep.ts';
import { plain } from '../support/given.ts';
import { WORKSPACE } from '../support/world.ts';
import { foldAll, linesIn } from './fold-all.ts';
import { readGolden } from './golden.ts';
import { replay } from './replay.ts';

/** What every version promises of what an earlier one stored. `open` gives stores that hold it, to be written to. */
export function goldenSuite(version: string, open: () => Promise<OpenStores>) {
  const golden = readGolden(version);
  let stores: OpenStores;

  beforeAll(async () => {
    stores = await open();
  }, 60_000);
  afterAll(() => stores?.close());

  describe('the journal', () => {
    test('is read line by line, and every line is right', async () => {
      for (const [workspace, linesCount] of [
        [WORKSPACE, golden.seq],
        [golden.everyKind, golden.everyKindLines],
      ] as const) {
        const verified = await verifyBooks(stores.journal, workspace, { linesMax: 1_000 });
        expect(verified).toMatchObject({ ok: true, linesCount });
      }
    });

    test('has a line of every kind that there was', async () => {
      const lines = await linesIn(stores.journal, golden.everyKind);
      expect([...new Set(lines.map(({ kind }) => kind))].sort()).toEqual(golden.lineKinds);
    });

    test('leaves what it left then', async () => {
      const state = await foldAll(stores.journal, WORKSPACE);
      const lines = await linesIn(stores.journal, WORKSPACE);
      expect(state.seq).toBe(golden.seq);
      expect(state.lastAt).toBe(lines.at(-1)?.at);
    });
  });

  test('a snapshot is used or ignored, and changes nothing', async () => {
    const { journal, snapshots } = stores;
    const problems: unknown[] = [];
    const log = { info: () => {}, warn: (facts: object) => void problems.push(facts) };
    const keeper = keepSnapshots({ snapshots, journal, workspace: WORKSPACE, foldId: golden.foldId, log });
    const restored = await keeper.restore();
    const folded = plain(await foldAll(journal, WORKSPACE));
    if (restored) expect(plain(restored)).toEqual(folded);
    else expect(problems).toHaveLength(1);
    const book = await Book.open({ journal, clock: realClock, workspace: WORKSPACE, snapshots: keeper });
    expect(plain(book.now())).toEqual(folded);
    await book.close();
  });

  test('the records are read, and every job adds up', async () => {
    const kept: Kept[] = [];
    for await (const each of stores.records.all()) kept.push(each);
    const jobIds = new Set(kept.flatMap((each) => (each.kind === 'step' ? [each.step.jobId] : [])));
    for (const jobId of jobIds) {
      const workspace = jobId === 'every-step' ? golden.everyKind : WORKSPACE;
      const job = foldJob(await stores.records.jobs.steps({ workspace, jobId }));
      expect(job).toMatchObject({ workspace, jobId });
    }
    const count = (of: Kept['kind']) => kept.filter(({ kind }) => kind === of).length;
    expect({ steps: count('step'), prompts: count('prompt'), images: count('image'), marks: count('mark') }).toEqual(
      golden.records,
    );
    expect((await stores.records.check?.()) ?? null).toBeNull();
  });

  test('every button, form and command of then is answered, and does what it did', async () => {
    const { answers, bugs } = await replay(stores, golden);
    expect(bugs).toEqual([]);
    expect(answers).toEqual(golden.answers);
  }, 120_000);
}
