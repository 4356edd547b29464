import type { Place } from '../records/job.ts';
import type { Announced } from './messenger.ts';
import type { World } from './world.ts';

/** A message that was begun this long ago and has no place was cut off by a crash. */
const CUT_OFF_MS = 2 * 60_000;

/**
 * Posts what is to stand once, in whichever process, and remembers where it stands under the same key. False where it could
 * not be posted. After a crash between the two it is posted a second time: rather than not at all.
 */
export async function postOnce(world: World, key: string, post: () => Promise<Announced>): Promise<boolean> {
  const { records, clock } = world;
  const { workspace } = world.book;
  const at = clock.now();
  const begun = { workspace, key };
  if ((await records.marks.put({ ...begun, value: String(at), at })) === 'taken') {
    const begunAt = Number(await records.marks.get(begun));
    if (at - begunAt < CUT_OFF_MS || (await placeOf(world, key)) !== null) return true;
  }
  const posted = await post();
  if (posted.kind !== 'posted') {
    await records.marks.remove(begun);
    return false;
  }
  await records.marks.put({ workspace, key: placeKey(key), value: JSON.stringify(posted.place), at });
  return true;
}

/** Where it stands; null where it was never posted. */
export async function placeOf({ book, records }: World, key: string): Promise<Place | null> {
  const place = await records.marks.get({ workspace: book.workspace, key: placeKey(key) });
  return place === null ? null : (JSON.parse(place) as Place);
}

const placeKey = (key: string) => `${key}/place`;
