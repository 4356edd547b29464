import type { StopHere } from '../../book/decide-batch.ts';
import { isStopped } from '../../ledger/decide/spending.ts';
import type { Stop } from '../../ledger/state.ts';
import { describe } from '../../ports/describe-error.ts';
import type { World } from '../context.ts';
import { withRight } from '../limits/limit-contacts.ts';
import { isBeingPosted, placeOf, postOnce } from '../once/post-once.ts';
import { forgetUnwritten, readAsFarAsPossible, stopSpending, unwritten } from './stop-spending.ts';
import { tendTrouble } from './trouble.ts';

/** What owners are told of a stop; drawn anew once spending goes on. */
export type StopCard = {
  kind: 'stop_card';
  /** Of two drawings the later has the higher one. */
  at: number;
  /** `isWritten`: not where nothing can be written. Then nothing can be held either, until the books are readable again. */
  stop: Stop & { isWritten: boolean };
};

/** Every owner who is a full member hears of it directly, once; whoever could not be told is, by the sweeper. */
export async function tellOwners(world: World): Promise<void> {
  const { stop } = world.book.now();
  if (isStopped(stop)) await tellEach(world, cardOf(stop));
}

export const tellOwnersOfUnwritten = (world: World, stop: StopHere): Promise<void> =>
  tellEach(world, { kind: 'stop_card', at: stop.at, stop: { ...stop, resumed: null, isWritten: false } });

/**
 * What a crash, an outage or another process left: a stop to be written down, owners who have not been told, also of one that
 * nobody can write down, and cards that do not say how things stand.
 */
export async function tendStop(world: World): Promise<void> {
  const trouble = await tendTrouble(world);
  if (trouble) return await tellOwnersOfUnwritten(world, trouble);
  // Before anything is asked of the records: they may be what is damaged.
  await tellOwners(world);
  await tendUnwritten(world);
  const { stop } = world.book.now();
  if (!stop) return;
  if (isStopped(stop)) return await tellOwners(world);
  const { records, book, clock } = world;
  const drawn = { workspace: book.workspace, key: `${cardKey(stop.stopId)}/drawn` };
  if ((await records.marks.get(drawn)) !== null) return;
  if (await redrawStop(world)) await records.marks.put({ ...drawn, value: '', at: clock.now() });
}

/** Cards that tell of it say that it could not be written down: it is kept in mind until they are drawn anew. */
async function tendUnwritten(world: World): Promise<void> {
  const found = await unwritten(world);
  if (found === null) return;
  if ((await stopSpending(world, found)) === 'unreadable') return await tellOwnersOfUnwritten(world, found);
  if (await redrawStop(world)) await forgetUnwritten(world);
}

/** Draws the cards of the last stop as it is now. True where all of them are. */
export async function redrawStop(world: World): Promise<boolean> {
  const { stop } = world.book.now();
  let isDrawn = true;
  for (const ownerId of stop ? owners(world) : []) {
    if (!stop) continue;
    const key = keyFor(stop.stopId, ownerId);
    const place = await placeOf(world, key);
    // What is being posted says that it stands, and is drawn anew when it is known where that is.
    if (place === null) isDrawn &&= !(await isBeingPosted(world, key));
    if (place === null) continue;
    const drawn = await world.messenger.redrawCard(place, cardOf(stop));
    if (drawn.kind === 'failed') world.log.warn({ ownerId, code: drawn.code }, 'card of a stop not redrawn');
    isDrawn &&= drawn.kind !== 'failed';
  }
  return isDrawn;
}

const cardOf = (stop: Stop): StopCard => ({
  kind: 'stop_card',
  at: stop.resumed?.at ?? stop.at,
  stop: { ...stop, isWritten: true },
});

async function tellEach(world: World, card: StopCard): Promise<void> {
  for (const ownerId of owners(world)) {
    if ((await world.channels.face(null, ownerId)) !== 'internal') continue;
    const key = keyFor(card.stop.stopId, ownerId);
    const post = async () => ((await hasEnded(world, card)) ? null : await world.messenger.postCard(ownerId, card));
    if (!(await postOnceOrHere(world, key, post)))
      world.log.warn({ ownerId }, 'owner not told that spending is stopped, will be tried again while it is');
  }
}

/** The records may be what is broken: then this process remembers whom it has told. */
async function postOnceOrHere(world: World, key: string, post: Parameters<typeof postOnce>[2]): Promise<boolean> {
  const told = toldHere.get(world.book) ?? new Set();
  toldHere.set(world.book, told);
  if (told.has(key)) return true;
  try {
    return await postOnce(world, key, post);
  } catch (error) {
    world.log.warn({ key, error: describe(error) }, 'the records do not say who has been told');
    if ((await post())?.kind !== 'posted') return false;
    told.add(key);
    return true;
  }
}

const toldHere = new WeakMap<World['book'], Set<string>>();

/** Then the cards that stand, or are being posted, have been drawn or will be: nobody looks for one that is begun later. */
async function hasEnded(world: World, { stop: { stopId } }: StopCard): Promise<boolean> {
  const { stop } = await readAsFarAsPossible(world);
  return stop?.stopId === stopId && !isStopped(stop);
}

const owners = ({ book }: World) => withRight(book.now(), 'resume_spending');
const cardKey = (stopId: string) => `spending-stopped/${stopId}`;
const keyFor = (stopId: string, ownerId: string) => `${cardKey(stopId)}/to/${ownerId}`;
