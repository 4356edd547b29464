import { afterEach, beforeEach, expect, test } from 'vitest';
import { mongoSnapshots } from '../../../src/storage/snapshots/mongo.ts';
import { describeOnMongo, testDatabase } from '../../support/mongo.ts';
import { each, snapshotsContract } from './contract.ts';

const T1 = { workspace: 'T1', foldId: 'f' };

describeOnMongo('on a server', () => {
  const database = testDatabase('snapshots');
  beforeEach(() => database.empty());
  afterEach(() => database.close());
  const open = async () => mongoSnapshots(await database.open());

  snapshotsContract('MongoDB', async () => ({ snapshots: await open(), close: () => database.close() }));

  const countOf = async (collection: string) =>
    (await database.open()).connection.collection(collection).countDocuments();

  test('older ones go when a newer one stands, with what somebody began and did not finish', async () => {
    const snapshots = await open();
    await snapshots.put({ ...T1, seq: 10 }, each(['a', 'b']));
    const dying = (async function* () {
      yield 'half';
      throw new Error('out of luck');
    })();
    await expect(snapshots.put({ ...T1, seq: 10_000 }, dying)).rejects.toThrow('out of luck');
    expect(await countOf('snapshot_parts')).toBe(3);
    await snapshots.put({ ...T1, seq: 20_000 }, each(['c']));
    expect([await countOf('snapshots'), await countOf('snapshot_parts')]).toEqual([1, 1]);
  });

  test('of several processes one writes', async () => {
    const [one, other] = [await open(), await open()];
    await one.put({ ...T1, seq: 10_000 }, each(['one']));
    await other.put({ ...T1, seq: 10_200 }, each(['other']));
    expect(await other.newest(T1)).toBe('one');
  });

  test('one of another fold is neither found nor in the way, while old and new processes run', async () => {
    const snapshots = await open();
    await snapshots.put({ ...T1, foldId: 'old', seq: 10_000 }, each(['old']));
    expect(await snapshots.newest(T1)).toBeNull();
    await snapshots.put({ ...T1, seq: 10_000 }, each(['new']));
    expect(await snapshots.newest(T1)).toBe('new');
    expect(await snapshots.newest({ ...T1, foldId: 'old' })).toBe('old');
  });

  test('one that has lost a part is not a text that anybody could read', async () => {
    const snapshots = await open();
    await snapshots.put({ ...T1, seq: 10_000 }, each(['a', 'b', 'c']));
    const parts = (await database.open()).connection.collection<{ _id: string }>('snapshot_parts');
    await parts.deleteOne({ text: 'b' });
    expect(await snapshots.newest(T1)).toBe('ac');
  });
});
