import type { StopHere } from '../../book/decide-batch.ts';
import { isStopped } from '../../ledger/decide/spending.ts';
import type { Stop } from '../../ledger/state.ts';
import { describe } from '../../ports/describe-error.ts';
import type { AppContext } from '../context.ts';
import { withRight } from '../limits/limit-contacts.ts';
import { postCardTo } from '../once/post-card.ts';
import { isBeingPosted, placeOf, postOnce } from '../once/post-once.ts';
import { forgetUnwritten, readAsFarAsPossible, stopSpending, unwritten } from './stop-spending.ts';
import type { StopCard } from './stop-view.ts';
import { tendTrouble } from './trouble.ts';

/** Tells every owner who is a full member directly, once. The sweeper tries again for those who could not be told. */
export async function tellOwners(context: AppContext): Promise<void> {
  const { stop } = context.book.now();
  if (isStopped(stop)) await tellEach(context, cardOf(stop));
}

export const tellOwnersOfUnwritten = (context: AppContext, stop: StopHere): Promise<void> =>
  tellEach(context, { kind: 'stop_card', at: stop.at, stop: { ...stop, resumed: null, isWritten: false } });

/**
 * Does what a crash, an outage or another process left undone. It writes a stop down, tells the owners of it, also where no
 * process can write it down, and redraws cards that are out of date.
 */
export async function tendStop(context: AppContext): Promise<void> {
  const trouble = await tendTrouble(context);
  if (trouble) return await tellOwnersOfUnwritten(context, trouble);
  // Before anything is asked of the records: they may be what is damaged.
  await tellOwners(context);
  await tendUnwritten(context);
  const { stop } = context.book.now();
  if (!stop) return;
  if (isStopped(stop)) return await tellOwners(context);
  const { records, book, clock } = context;
  const drawn = { workspace: book.workspace, key: `${cardKey(stop.stopId)}/drawn` };
  if ((await records.marks.get(drawn)) !== null) return;
  if (await redrawStop(context)) await records.marks.put({ ...drawn, value: '', at: clock.now() });
}

/** Writes down a stop that could not be written before. Its mark stays until the cards that say so are redrawn. */
async function tendUnwritten(context: AppContext): Promise<void> {
  const found = await unwritten(context);
  if (found === null) return;
  if ((await stopSpending(context, found)) === 'unreadable') return await tellOwnersOfUnwritten(context, found);
  if (await redrawStop(context)) await forgetUnwritten(context);
}

/** Draws the cards of the last stop as it is now. True where all of them are. */
export async function redrawStop(context: AppContext): Promise<boolean> {
  const { stop } = context.book.now();
  let isDrawn = true;
  for (const ownerId of stop ? owners(context) : []) {
    if (!stop) continue;
    const key = keyFor(stop.stopId, ownerId);
    const place = await placeOf(context, key);
    // A card that is being posted says that the stop stands. It is redrawn once its place is known.
    if (place === null) isDrawn &&= !(await isBeingPosted(context, key));
    if (place === null) continue;
    const drawn = await context.messenger.redrawCard(place, cardOf(stop));
    if (drawn.kind === 'failed') context.log.warn({ ownerId, code: drawn.code }, 'stop card not redrawn');
    isDrawn &&= drawn.kind !== 'failed';
  }
  return isDrawn;
}

const cardOf = (stop: Stop): StopCard => ({
  kind: 'stop_card',
  at: stop.resumed?.at ?? stop.at,
  stop: { ...stop, isWritten: true },
});

async function tellEach(context: AppContext, card: StopCard): Promise<void> {
  for (const ownerId of owners(context)) {
    if ((await context.channels.audience(null, ownerId)) !== 'internal') continue;
    const key = keyFor(card.stop.stopId, ownerId);
    const post = async (onceKey: string) =>
      (await hasEnded(context, card)) ? null : await postCardTo(context, ownerId, card, onceKey);
    if (!(await postOnceOrHere(context, key, post)))
      context.log.warn({ ownerId }, 'could not tell owner about the spending stop, will retry');
  }
}

/** Remembers in this process which owners it has told, where the records are broken. */
async function postOnceOrHere(
  context: AppContext,
  key: string,
  post: Parameters<typeof postOnce>[2],
): Promise<boolean> {
  const told = toldHere.get(context.book) ?? new Set();
  toldHere.set(context.book, told);
  if (told.has(key)) return true;
  try {
    return await postOnce(context, key, post);
  } catch (error) {
    context.log.warn({ key, error: describe(error) }, 'records do not say who was told');
    if ((await post(key))?.kind !== 'posted') return false;
    told.add(key);
    return true;
  }
}

const toldHere = new WeakMap<AppContext['book'], Set<string>>();

/** Returns whether the stop has ended. A card that is begun after that would never be redrawn. */
async function hasEnded(context: AppContext, { stop: { stopId } }: StopCard): Promise<boolean> {
  const { stop } = await readAsFarAsPossible(context);
  return stop?.stopId === stopId && !isStopped(stop);
}

const owners = ({ book }: AppContext) => withRight(book.now(), 'resume_spending');
const cardKey = (stopId: string) => `spending-stopped/${stopId}`;
const keyFor = (stopId: string, ownerId: string) => `${cardKey(stopId)}/to/${ownerId}`;
