import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { backUp } from '../../scripts/ledger/back-up.ts';
import { moveStore } from '../../scripts/ledger/move.ts';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import { Verifier } from '../../src/ledger/verify/verifier.ts';
import type { OpenStores } from '../../src/start/folder-stores.ts';
import { openFolder } from '../../src/start/folder-stores.ts';
import { openDatabase } from '../../src/start/open-stores.ts';
import type { Journal } from '../../src/storage/journal/journal.ts';
import type { Kept, MovableRecords } from '../../src/storage/records/records.ts';
import { createClock, type TestClock } from '../support/clock.ts';
import { imageInput } from '../support/image-input.ts';
import { testLong } from '../support/is-long.ts';
import { describeOnMongo, testDatabase } from '../support/mongo.ts';
import { isDone } from '../support/mortal.ts';
import { createPaperSlack } from '../support/paper-slack.ts';
import { programOfRun } from '../support/program.ts';
import { requestImage } from '../support/verbs.ts';
import { createScriptedMaker, createWorld, DONE, openAgency, WORKSPACE } from '../support/world.ts';

const STEP_MS = 2;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'inkwell-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const folder = (name: string) => openFolder({ dataDir: join(root, name), sqliteEngine: 'auto' });
const readAll = (journal: Journal) => journal.read({ workspace: WORKSPACE, afterSeq: 0, linesMax: 1_000 });

/** Three images in one job, one of them with an outcome that nobody knows; `did` is called after each thing written. */
async function work({ journal, records }: OpenStores, did: () => Promise<void>) {
  const then =
    <Words extends unknown[], Result>(act: (...words: Words) => Promise<Result>) =>
    async (...words: Words) => {
      const result = await act(...words);
      await did();
      return result;
    };
  const clock = createClock();
  const messenger = createPaperSlack();
  const maker = createScriptedMaker();
  maker.answerNext(DONE, { kind: 'unknown', detail: 'reset' }, DONE);
  const world = await createWorld({
    journal: { ...journal, append: then(journal.append) },
    records: { ...records, jobs: { ...records.jobs, append: then(records.jobs.append) } },
    clock,
    messenger,
    maker,
    providerNames: ['openai'],
  });
  await openAgency(world);
  const asked = requestImage(world, imageInput({ imagesCount: 3 }));
  await passing(clock, asked);
  return { clock, messenger, maker };
}

/** Time goes no faster than it really does: a database that takes its time is not one that does not answer. */
async function passing(clock: TestClock, work: Promise<unknown>) {
  while (!(await isDone(work))) {
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
    await clock.advance(STEP_MS);
  }
  await work;
}

/** What was put back goes on: two sweeps, the second when every deadline has passed. */
async function goOn(stores: OpenStores, left: Pick<Awaited<ReturnType<typeof work>>, 'clock' | 'messenger' | 'maker'>) {
  const world = await createWorld({ ...stores, ...left, processId: 'p2', providerNames: ['openai'] });
  for (const waitMs of [0, 60 * 60_000]) {
    await left.clock.advance(waitMs);
    const swept = recoverJobs(world, { alone: true });
    await passing(left.clock, swept);
  }
  await world.book.close();
}

async function audit(journal: Journal) {
  const lines = await readAll(journal);
  const verifier = new Verifier(WORKSPACE);
  for (const line of lines) verifier.add(line);
  expect(verifier.result()).toMatchObject({ ok: true });
  const held = lines.flatMap((line) => (line.kind === 'held' ? line.holds.map(({ holdId }) => holdId) : []));
  const ended = lines.flatMap((line) =>
    line.kind === 'captured' || line.kind === 'voided' || line.kind === 'slipped' ? line.holdId : [],
  );
  expect(ended.sort()).toEqual(held.sort());
  return lines;
}

describe('a backup that is taken while images are made', () => {
  test('whenever it is taken: what is put back is a true ledger, and all of its holds come to an end', async () => {
    const source = folder('source');
    const taken: { copy: OpenStores; records: MovableRecords; lines: number }[] = [];
    const unfinished: (() => Promise<void>)[] = [];
    let writes = 0;
    const left = await work(source, async () => {
      writes += 1;
      // The records are read now, the lines so many writes later, as of a large store.
      const laterWrites = [0, 1, 4][writes % 3] ?? 0;
      const copy = folder(`copy-${writes}`);
      const due = writes + laterWrites;
      const kept: Kept[] = [];
      for await (const each of source.records.all()) kept.push(each);
      const then = async () => {
        const records = {
          ...source.records,
          all: async function* () {
            yield* kept;
          },
        };
        await backUp({ ...source, records }, copy, () => {});
        taken.push({ copy, records: copy.records, lines: (await readAll(copy.journal)).length });
      };
      unfinished.push(async () => {
        if (writes >= due) return await then();
        unfinished.push(then);
      });
      for (const each of unfinished.splice(0)) await each();
    });
    for (const each of unfinished) await each();
    const written = await readAll(source.journal);
    expect(taken.length).toBe(writes);
    expect(writes).toBeGreaterThan(15);
    for (const { copy, lines } of taken) {
      expect((await readAll(copy.journal)).slice(0, lines)).toEqual(written.slice(0, lines));
      await goOn(copy, { ...left, messenger: createPaperSlack(), maker: createScriptedMaker() });
      await audit(copy.journal);
      await copy.close();
    }
    await source.close();
  }, 60_000);
});

describe('npm run backup', () => {
  let program: string;
  beforeAll(() => {
    program = programOfRun('scripts/backup.ts');
  });

  const run = (environment: Record<string, string>, ...words: string[]) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [program, ...words], {
      encoding: 'utf8',
      cwd: root,
      env: { PATH: process.env.PATH ?? '', ...environment },
    });
    expect(stderr.replace(/^.*Warning.*$/gm, '').trim()).toBe('');
    return { said: stdout.replaceAll(root, 'ROOT'), status };
  };

  test('beside a bot at work, into a folder that can be started from', async () => {
    const source = folder('data');
    await work(source, async () => {});
    const { said, status } = run({}, '--to', 'kept/monday');
    expect(said).toMatch(/1 workspace, \d+ lines, \d+ records in kept\/monday, folded again from the first line/);
    expect(said).toMatch(/start with DATA_DIR=kept\/monday/);
    expect(status).toBe(0);
    const copy = folder('kept/monday');
    expect(await readAll(copy.journal)).toEqual(await readAll(source.journal));
    await copy.close();
    await source.close();
  });

  test('without a name it is named by the time', async () => {
    await (await filled('data')).close();
    expect(run({}).said).toMatch(/records in backups\/\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d, folded/);
  });

  testLong('nothing is overwritten, and what was broken off is no backup', async () => {
    await (await filled('data')).close();
    mkdirSync(join(root, 'full'));
    writeFileSync(join(root, 'full/a-file'), 'x');
    expect(run({}, '--to', 'full')).toMatchObject({
      status: 1,
      said: expect.stringMatching(/something in full already/),
    });
    mkdirSync(join(root, 'new.unfinished'));
    writeFileSync(join(root, 'new.unfinished/ledger.sqlite'), 'x');
    expect(run({}, '--to', 'new')).toMatchObject({
      status: 1,
      said: expect.stringMatching(/broken off. Remove it first/),
    });
    expect(existsSync(join(root, 'new'))).toBe(false);
  });

  testLong('where there is nothing to back up, or no folder to put it in, a sentence says so', () => {
    expect(run({})).toMatchObject({ status: 1, said: expect.stringMatching(/There is no ledger in .\/data/) });
    expect(run({}, '--to', 'mongodb://host/x')).toMatchObject({
      status: 1,
      said: expect.stringMatching(/goes to a folder/),
    });
  });

  testLong('a ledger with a wrong line is not called backed up', async () => {
    const source = await filled('data');
    const lines = await readAll(source.journal);
    const wrong = folder('wrong');
    await wrong.journal.append(lines.map((line) => (line.seq === 5 ? { ...line, at: 1 } : line)));
    await source.close();
    await wrong.close();
    expect(run({ DATA_DIR: 'wrong' }, '--to', 'copy')).toMatchObject({
      status: 1,
      said: expect.stringMatching(/No backup was made: T1: line 5 cannot be right/),
    });
    for (const name of ['copy', 'copy.unfinished']) expect(existsSync(join(root, name))).toBe(false);
  });
});

describeOnMongo('a backup of MongoDB', () => {
  const database = testDatabase('backup');

  test('goes to a folder, and from there to a database again', async () => {
    await database.empty();
    const open = () => openDatabase(database.uri, { waitMs: 20_000 });
    const source = await open();
    const left = await work(source, async () => {});
    const written = await readAll(source.journal);
    const kept = folder('kept');
    await backUp(source, kept, () => {});
    await source.close();

    await database.empty();
    const restored = await open();
    await moveStore(kept, restored, () => {});
    expect(await readAll(restored.journal)).toEqual(written);
    await goOn(restored, left);
    await audit(restored.journal);
    await restored.close();
    await kept.close();
  }, 60_000);
});

async function filled(name: string): Promise<OpenStores> {
  const stores = folder(name);
  const world = await createWorld(stores);
  await openAgency(world);
  await world.book.close();
  return stores;
}
