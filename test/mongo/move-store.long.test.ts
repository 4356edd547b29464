import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { moveStore } from '../../scripts/ledger/move.ts';
import type { Line } from '../../src/ledger/lines.ts';
import type { OpenStores } from '../../src/start/folder-stores.ts';
import { openFolder } from '../../src/start/folder-stores.ts';
import { openDatabase } from '../../src/start/open-stores.ts';
import type { Kept } from '../../src/storage/records/records.ts';
import { lockFolder } from '../../src/storage/sqlite/lock.ts';
import { asked, stepOf } from '../support/every-step.ts';
import { agency, capture, hold, limit } from '../support/fixtures.ts';
import { historyOf } from '../support/history.ts';
import { describeOnMongo, testDatabase } from '../support/mongo.ts';
import { programOfRun } from '../support/program.ts';

const { lines } = historyOf([
  ...agency(),
  limit('client:acme', 'month', 100),
  { ...hold(5), commandId: 'h1' },
  capture('h1/1', 4),
]);
const others = lines.slice(0, 4).map((line): Line => ({ ...line, workspace: 'T0' }));

describeOnMongo('move-store', () => {
  const database = testDatabase('move');
  let root: string;
  let program: string;
  beforeAll(() => {
    program = programOfRun('scripts/move-store.ts');
  });

  beforeEach(async () => {
    await database.empty();
    root = mkdtempSync(join(tmpdir(), 'inkwell-'));
    const stores = folder('source');
    await fill(stores);
    await stores.close();
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const folder = (name: string) => openFolder({ dataDir: join(root, name), sqliteEngine: 'auto' });

  async function fill({ journal, records }: OpenStores) {
    await journal.append(lines);
    await journal.append(others);
    for (const jobId of ['j1', 'j2']) await records.jobs.append(asked({ jobId }));
    // More than ten: their numbers are not in the order of their letters.
    for (let n = 1; n < 14; n += 1) await records.jobs.append(stepOf(n, { kind: 'claimed' }));
    await records.jobs.append(stepOf(14, { kind: 'finished' }));
    await records.prompts.put({ workspace: 'T1', jobId: 'j1', text: 'a “fox” 🦊' });
    await records.marks.put({ workspace: 'T1', key: 'safety-key', value: 's', at: 7 });
    for (const [n, size] of [0, 10, 600_000].entries()) {
      const bytes = Uint8Array.from({ length: size }, (_, at) => (at * 31) % 256);
      const image = { contentType: 'image/png', costMicroUsd: n, madeAt: 5, expiresAt: 1_900_000_000_000 + n };
      await records.images.put({ workspace: 'T1', imageId: `j1/${n}`, bytes, ...image });
    }
  }

  /** Everything a store has, to be compared. */
  async function contentOf({ journal, records }: OpenStores) {
    const kept: Kept[] = [];
    for await (const each of records.all()) kept.push(each);
    const texts = kept.map((each) =>
      each.kind === 'image' ? { ...each.image, bytes: Buffer.from(each.image.bytes).toString('base64') } : { ...each },
    );
    const read = (workspace: string) => journal.read({ workspace, afterSeq: 0, linesMax: 100 });
    return {
      lines: [...(await read('T0')), ...(await read('T1'))],
      records: texts,
      open: await records.jobs.open({ workspace: 'T1', jobsMax: 9 }),
      latest: await records.jobs.latest({ workspace: 'T1', memberId: 'U1', jobsMax: 9 }),
    };
  }

  const inFolder = async (name: string) => {
    const stores = folder(name);
    const content = await contentOf(stores);
    await stores.close();
    return content;
  };

  const move = (environment: Record<string, string>, ...words: string[]) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [program, ...words], {
      encoding: 'utf8',
      cwd: root,
      env: { PATH: process.env.PATH ?? '', ...environment },
    });
    expect(stderr.replace(/^.*Warning.*$/gm, '').trim()).toBe('');
    return { said: stdout.replaceAll(root, 'ROOT').replace(/\S*-test/g, 'DATABASE'), status };
  };

  test('to MongoDB and back: everything is the same, and the source is as it was', async () => {
    const file = () => readFileSync(join(root, 'source', 'ledger.sqlite'));
    const before = file();
    const there = move({ DATA_DIR: join(root, 'source') }, '--to', database.uri);
    expect(there).toEqual({
      status: 0,
      said: [
        'From ROOT/source to DATABASE.',
        'T0: 4 lines copied.',
        `T1: ${lines.length} lines copied.`,
        '21 records copied.',
        'Holding the copy against the source …',
        'T0: 4 lines folded again, all right.',
        `T1: ${lines.length} lines folded again, all right.`,
        `2 workspaces, ${lines.length + 4} lines, 21 records: all there, and all right. ROOT/source is as it was.`,
        'Now set MONGODB_URI, and start.',
        '',
      ].join('\n'),
    });
    expect(Buffer.compare(file(), before)).toBe(0);
    const back = move({ MONGODB_URI: database.uri }, '--to', join(root, 'back'));
    expect(back).toMatchObject({
      status: 0,
      said: expect.stringMatching(/all there, and all right. DATABASE is as it was/),
    });
    const content = await inFolder('source');
    expect(content.records).toHaveLength(21);
    expect(content.open).toEqual(['j2']);
    expect(await inFolder('back')).toEqual(content);
  }, 60_000);

  test('a target with something in it is refused, untouched', async () => {
    const stores = folder('other');
    await stores.records.marks.put({ workspace: 'T9', key: 'k', value: 'v', at: 1 });
    await stores.close();
    const { said, status } = move({}, '--from', join(root, 'source'), '--to', join(root, 'other'));
    expect(said).toMatch(/Not moved: There is something in the target already/);
    expect(status).toBe(1);
    expect((await inFolder('other')).lines).toEqual([]);
  });

  test('a folder that a bot works on is refused', () => {
    const lock = lockFolder(join(root, 'source'));
    const { said, status } = move({}, '--from', join(root, 'source'), '--to', join(root, 'new'));
    expect(said).toMatch(/Not moved: Another Inkwell is running on ROOT\/source/);
    expect(status).toBe(1);
    lock.release();
  });

  test('where there is nothing to move, or nobody says where to, a sentence helps', () => {
    expect(move({}, '--from', join(root, 'nothing'), '--to', join(root, 'new')).said).toMatch(/There is no ledger in/);
    expect(move({})).toMatchObject({ status: 1, said: expect.stringMatching(/Say where to/) });
    const nowhere = move({}, '--from', join(root, 'source'), '--to', 'mongodb://a:b:c/x');
    expect(nowhere).toMatchObject({
      status: 1,
      said: expect.stringMatching(/Not moved: MONGODB_URI is not an address/),
    });
  });

  const ODD: [string, (stores: OpenStores) => OpenStores, RegExp][] = [
    [
      'a line that came out otherwise',
      (stores) => ({
        ...stores,
        journal: {
          ...stores.journal,
          read: async (query) =>
            (await stores.journal.read(query)).map((line) => (line.seq === 3 ? { ...line, at: 1 } : line)),
        },
      }),
      /The lines of T0 after 0 are not the same/,
    ],
    [
      'a record that is missing',
      (stores) => ({
        ...stores,
        records: {
          ...stores.records,
          async *all() {
            for await (const kept of stores.records.all()) if (kept.kind !== 'mark') yield kept;
          },
        },
      }),
      /The records are not the same: 21 there, 20 here/,
    ],
  ];

  test.each(ODD)('%s is noticed', async (_, odd, problem) => {
    const [from, to] = [folder('source'), await openDatabase(database.uri, { waitMs: 20_000 })];
    await expect(moveStore(from, odd(to), () => {})).rejects.toThrow(problem);
    await from.close();
    await to.close();
  });
});
