import { describe, expect, test } from 'vitest';
import type { Announced } from '../../src/app/messenger.ts';
import { isBeingPosted, placeOf, postOnce } from '../../src/app/once/post-once.ts';
import { createMemoryRecords } from '../../src/storage/records/memory.ts';
import { createClock } from '../support/clock.ts';
import { createWorld } from '../support/world.ts';

const KEY = 'receipt';
const posted = (ts: string): Announced => ({ kind: 'posted', place: { channelId: 'D1', ts } });
const never = () => new Promise<never>(() => {});

async function processes(count: number) {
  const [records, clock] = [createMemoryRecords(), createClock()];
  const worlds = await Promise.all(
    Array.from({ length: count }, (_, n) => createWorld({ records, clock, processId: `p${n}` })),
  );
  return { clock, worlds };
}

describe('posting once', () => {
  test('what a crash cut off is posted again by one of those who find it at the same time', async () => {
    const { clock, worlds } = await processes(5);
    const [dead, ...others] = worlds;
    void postOnce(dead!, KEY, never);
    await clock.advance(3 * 60_000);

    let posts = 0;
    const post = async () => {
      posts += 1;
      return posted(`${posts}`);
    };
    await Promise.all(others.flatMap((world) => [postOnce(world, KEY, post), postOnce(world, KEY, post)]));
    expect(posts).toBe(1);
    expect(await placeOf(dead!, KEY)).toEqual({ channelId: 'D1', ts: '1' });
    await clock.advance(3 * 60_000);
    await postOnce(others[0]!, KEY, post);
    expect(posts).toBe(1);
  });

  test('who dies in the second attempt is followed by a third', async () => {
    const { clock, worlds } = await processes(3);
    for (const world of worlds.slice(0, 2)) {
      void postOnce(world, KEY, never);
      await clock.advance(3 * 60_000);
    }
    expect(await postOnce(worlds[2]!, KEY, async () => posted('9'))).toBe(true);
    expect(await placeOf(worlds[2]!, KEY)).toEqual({ channelId: 'D1', ts: '9' });
  });

  test.each(['its attempt', 'where it stands'])('a write that the driver repeats is our own: %s', async (what) => {
    const { worlds } = await processes(1);
    const [world] = worlds;
    const { put } = world!.records.marks;
    let writes = 0;
    world!.records.marks.put = async (mark) => {
      writes += 1;
      const first = await put(mark);
      return writes === (what === 'its attempt' ? 1 : 2) ? await put(mark) : first;
    };
    let posts = 0;
    const post = async () => posted(String(++posts));
    expect(await postOnce(world!, KEY, post)).toBe(true);
    expect(await postOnce(world!, KEY, post)).toBe(true);
    expect(posts).toBe(1);
    expect(await placeOf(world!, KEY)).toEqual({ channelId: 'D1', ts: '1' });
  });

  test('an attempt of an earlier version, whose mark is the time alone, is still one', async () => {
    const { clock, worlds } = await processes(2);
    const value = String(clock.now());
    await worlds[0]!.records.marks.put({ workspace: 'T1', key: KEY, value, at: clock.now() });
    expect(await isBeingPosted(worlds[1]!, KEY)).toBe(true);
    expect(await postOnce(worlds[1]!, KEY, async () => posted('1'))).toBe(true);
    expect(await placeOf(worlds[1]!, KEY)).toBeNull();
    await clock.advance(3 * 60_000);
    await postOnce(worlds[1]!, KEY, async () => posted('2'));
    expect(await placeOf(worlds[1]!, KEY)).toEqual({ channelId: 'D1', ts: '2' });
  });

  test('what need not be posted any more leaves nothing behind', async () => {
    const { worlds } = await processes(2);
    expect(await postOnce(worlds[0]!, KEY, async () => null)).toBe(false);
    expect(await isBeingPosted(worlds[1]!, KEY)).toBe(false);
  });

  test('what could not be posted is tried again at once', async () => {
    const { worlds } = await processes(2);
    expect(await postOnce(worlds[0]!, KEY, async () => ({ kind: 'failed', code: 'ratelimited' }))).toBe(false);
    expect(await postOnce(worlds[1]!, KEY, async () => posted('1'))).toBe(true);
  });

  test('what failed before it was posted is told, and tried again at once', async () => {
    const { worlds } = await processes(2);
    const fails = postOnce(worlds[0]!, KEY, async () => {
      throw new Error('the store is away');
    });
    await expect(fails).rejects.toThrow('the store is away');
    expect(await postOnce(worlds[1]!, KEY, async () => posted('1'))).toBe(true);
  });
});
