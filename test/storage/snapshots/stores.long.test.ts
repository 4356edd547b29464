import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { State } from '../../../src/ledger/state.ts';
import { closeStores, openStores, type StoresPlace } from '../../../src/start/open-stores.ts';
import { createClock } from '../../support/clock.ts';
import { agency, hold, WORKSPACE } from '../../support/fixtures.ts';
import { given, plain } from '../../support/given.ts';
import { describeOnMongo, testDatabase } from '../../support/mongo.ts';

/** Enough for a snapshot at the stop. */
const { lines, state: whole } = given(agency(), ...Array.from({ length: 1_000 }, () => hold(1)));

/** What a place's book knows, and what it logged; the first time the place has the lines and no snapshot. */
async function openOnce(at: StoresPlace, foldId: string): Promise<{ state: State; said: string[] }> {
  const said: string[] = [];
  const note = ({ problem }: Record<string, unknown>) => void said.push(String(problem));
  const log = { info: note, warn: note, error: note };
  const stores = await openStores(at, { workspace: WORKSPACE, clock: createClock(), log, foldId });
  const state = stores.book.now();
  await closeStores(stores);
  return { state, said };
}

async function writeLines(at: StoresPlace) {
  const stores = await openStores(at, { workspace: WORKSPACE, clock: createClock() });
  await stores.journal.append(lines);
  await closeStores(stores);
}

describe('the bot’s own stores, in a folder', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'inkwell-'));
  const file = join(dataDir, `snapshot-${WORKSPACE}.jsonl`);
  const at: StoresPlace = { dataDir, sqliteEngine: 'auto' };
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  test('a snapshot is left at a stop; with it, with another version’s, with a damaged one and without the state is the same', async () => {
    await writeLines(at);
    expect(existsSync(file)).toBe(false);
    expect((await openOnce(at, 'fold 1')).said).toEqual([]);
    expect(readFileSync(file, 'utf8')).toContain('"foldId":"fold 1"');
    const found = [await openOnce(at, 'fold 1'), await openOnce(at, 'fold 2')];
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 2_000));
    found.push(await openOnce(at, 'fold 2'));
    rmSync(file);
    found.push(await openOnce(at, 'fold 2'));
    expect(found.map(({ said }) => said)).toEqual([[], ['was folded by another version'], ['is torn or damaged'], []]);
    for (const { state } of found) expect(plain(state)).toStrictEqual(plain(whole));
  });

  test('it goes with everything else', async () => {
    const stores = await openStores(at, { workspace: WORKSPACE, clock: createClock(), foldId: 'fold 2' });
    await stores.book.close();
    expect(existsSync(file)).toBe(true);
    await stores.erase(WORKSPACE);
    expect(existsSync(file)).toBe(false);
  });
});

describeOnMongo('the bot’s own stores, in MongoDB', () => {
  const database = testDatabase('snapshot-stores');
  beforeEach(() => database.empty());
  afterEach(() => database.close());

  test('a snapshot is left at a stop; with it and without the state is the same', async () => {
    const at: StoresPlace = { dataDir: '', sqliteEngine: 'auto', mongoUri: database.uri };
    await writeLines(at);
    const { connection } = await database.open();
    const heads = connection.collection('snapshots');
    expect(await heads.countDocuments()).toBe(0);
    const found = [await openOnce(at, 'fold 1')];
    expect(await heads.countDocuments()).toBe(1);
    found.push(await openOnce(at, 'fold 1'));
    await connection.collection('snapshot_parts').deleteMany({});
    found.push(await openOnce(at, 'fold 1'));
    expect(found.map(({ said }) => said)).toEqual([[], [], ['is torn or damaged']]);
    for (const { state } of found) expect(plain(state)).toStrictEqual(plain(whole));
  });
});
