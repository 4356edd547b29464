import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Snapshots } from '../../../src/storage/snapshots/snapshots.ts';

const T1 = { workspace: 'T1', foldId: 'f' };

/** What every place of snapshots promises. `open` gives an empty one. */
export function snapshotsContract(name: string, open: () => Promise<{ snapshots: Snapshots; close(): Promise<void> }>) {
  describe(`snapshots: ${name}`, () => {
    let place: Awaited<ReturnType<typeof open>>;
    let snapshots: Snapshots;
    beforeEach(async () => {
      place = await open();
      snapshots = place.snapshots;
    });
    afterEach(() => place.close());

    test('there is none at first', async () => {
      expect(await snapshots.newest(T1)).toBeNull();
      await snapshots.remove('T1');
    });

    test('a text comes back as it was, whatever is in it', async () => {
      const parts = ['a\n', 'Zoë “Ω” 𝔸 \u2028 🫶🏽\n', 'x'.repeat(300_000), '', '\n'];
      await snapshots.put({ ...T1, seq: 10 }, each(parts));
      expect(await snapshots.newest(T1)).toBe(parts.join(''));
    });

    test('one of many parts', async () => {
      const parts = Array.from({ length: 250 }, (_, n) => `${n}\n`);
      await snapshots.put({ ...T1, seq: 10 }, each(parts));
      expect(await snapshots.newest(T1)).toBe(parts.join(''));
    });

    test('a newer one takes its place', async () => {
      await snapshots.put({ ...T1, seq: 10 }, each(['old']));
      await snapshots.put({ ...T1, seq: 20_000 }, each(['new']));
      expect(await snapshots.newest(T1)).toBe('new');
    });

    test('one that was begun and not finished leaves the one before', async () => {
      await snapshots.put({ ...T1, seq: 10 }, each(['old']));
      const dying = (async function* () {
        yield 'half';
        throw new Error('out of luck');
      })();
      await expect(snapshots.put({ ...T1, seq: 20_000 }, dying)).rejects.toThrow('out of luck');
      expect(await snapshots.newest(T1)).toBe('old');
      await snapshots.put({ ...T1, seq: 30_000 }, each(['new']));
      expect(await snapshots.newest(T1)).toBe('new');
    });

    test('workspaces are apart', async () => {
      await snapshots.put({ ...T1, seq: 10 }, each(['one']));
      await snapshots.put({ ...T1, workspace: 'T/2', seq: 10 }, each(['two']));
      await snapshots.remove('T1');
      expect(await snapshots.newest(T1)).toBeNull();
      expect(await snapshots.newest({ ...T1, workspace: 'T/2' })).toBe('two');
    });

    test('taken away, the next one may be of an earlier line', async () => {
      await snapshots.put({ ...T1, seq: 30_000 }, each(['ahead']));
      await snapshots.remove('T1');
      await snapshots.put({ ...T1, seq: 10 }, each(['right']));
      expect(await snapshots.newest(T1)).toBe('right');
    });
  });
}

export async function* each(parts: readonly string[]): AsyncGenerator<string> {
  yield* parts;
}
