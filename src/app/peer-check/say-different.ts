import type { AppContext } from '../context.ts';
import { putOnceMarker } from '../once/once-markers.ts';
import { placeOf } from '../once/post-once.ts';
import { differentKey, peerWeek, toldKey } from './judge-peers.ts';
import { peerNote } from './tell-peers.ts';

/** `not_theirs`: the message is another person's. `unknown`: nothing of that week was told to the one who clicks. */
export type SaidDifferent = 'said' | 'not_theirs' | 'unknown';

/**
 * Takes back what was found of a person, at their word: work until today counts for them no more, and no manager reads of it.
 * Their word is no line of the ledger, because lines are kept for ever and others read them.
 */
export async function sayDifferent(
  context: AppContext,
  { by, memberId, week }: { by: string; memberId: string; week: string },
): Promise<SaidDifferent> {
  if (by !== memberId) return 'not_theirs';
  const place = await placeOf(context, toldKey(by, week));
  const found = (await peerWeek(context, week))?.found[by];
  if (place === null || !found) return 'unknown';
  const state = await context.book.read();
  const at = Math.max(context.clock.now(), state.lastAt);
  await putOnceMarker(context, differentKey(by, week), String(at));
  const note = await peerNote(context, state, { memberId, week, found });
  const drawn = note && (await context.messenger.redrawCard(place, note));
  if (drawn?.kind === 'failed') context.log.warn({ code: drawn.code }, 'could not draw what a person said');
  return 'said';
}
