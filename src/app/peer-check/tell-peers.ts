import type { State } from '../../ledger/state.ts';
import { describe } from '../../ports/describe-error.ts';
import { DeliveryFault } from '../../ports/ports.ts';
import type { PeerFound } from '../../reports/peer-week.ts';
import { isQuiet } from '../alerts/told-to.ts';
import type { AppContext } from '../context.ts';
import { readersOf } from '../digest/send-digests.ts';
import { onceMarker } from '../once/once-markers.ts';
import { postCardTo } from '../once/post-card.ts';
import { placeOf, postOnce } from '../once/post-once.ts';
import { differentKey, judgePeers, toldKey, weekOf, weeksAgo } from './judge-peers.ts';
import { managersAbout } from './managers-about.ts';
import type { PeerNote } from './peer-note-view.ts';

/** A person who has heard of it once is left alone with it for a while. */
const SILENT_WEEKS = 6;

/**
 * Tells each person what was found of them in the week before a date, once, and no one else. Throws where a message
 * failed, or in quiet hours: the row is then tried again.
 */
export async function tellPeers(context: AppContext, date: string): Promise<void> {
  const state = await context.book.read();
  const judged = await judgePeers(context, state, date);
  if (!judged) return;
  let failed = 0;
  for (const [memberId, found] of Object.entries(judged.found)) {
    const said = { memberId, week: weekOf(state, date), found };
    const isDone = await tell(context, said).catch((error: unknown) => {
      context.log.warn({ memberId, error: describe(error) }, 'could not tell a person of the peer check, will retry');
      return false;
    });
    if (!isDone) failed += 1;
  }
  if (failed > 0) throw new DeliveryFault(`${failed} notes of the peer check`);
}

type Telling = { memberId: string; week: string; found: PeerFound };

/** Whether nothing is left to be done. */
async function tell(context: AppContext, { memberId, week, found }: Telling): Promise<boolean> {
  const key = toldKey(memberId, week);
  if ((await placeOf(context, key)) !== null || (await wasToldBefore(context, memberId, week))) return true;
  const state = await context.book.read();
  if (!state.settings?.peerCheckOn || state.members.get(memberId)?.status !== 'active') return true;
  if (isQuiet(state.settings, context.clock.now())) return false;
  // It says how colleagues did: guests and people of a client never read that.
  const audience = await context.channels.audience(null, memberId);
  if (audience !== 'internal') return audience === 'shared';
  let isLeftOut = false;
  const isPosted = await postOnce(context, key, async (onceKey) => {
    const note = await peerNote(context, await context.book.read(), { memberId, week, found });
    if (note === null) {
      isLeftOut = true;
      return null;
    }
    const posted = await postCardTo(context, memberId, note, onceKey);
    isLeftOut = posted.kind === 'unreachable';
    return posted;
  });
  return isLeftOut || (isPosted && (await placeOf(context, key)) !== null);
}

async function wasToldBefore(context: AppContext, memberId: string, week: string): Promise<boolean> {
  for (let ago = 1; ago < SILENT_WEEKS; ago += 1) {
    if ((await placeOf(context, toldKey(memberId, weeksAgo(week, ago)))) !== null) return true;
  }
  return false;
}

/** Null once the check is off. */
export async function peerNote(
  context: AppContext,
  state: State,
  { memberId, week, found }: Telling,
): Promise<PeerNote | null> {
  const on = state.settings?.peerCheckOn;
  if (!on) return null;
  const isDifferent = (await onceMarker(context, differentKey(memberId, week))) !== null;
  const at = Math.max(context.clock.now(), state.lastAt);
  return { kind: 'peer_note', at, memberId, week, ...found, readerIds: readersAbout(state, memberId), on, isDifferent };
}

/** Those who will read of a person in their digest, as it is set up now. */
function readersAbout(state: State, memberId: string): string[] {
  const readers = new Set(readersOf(state, state.settings?.digest.readers ?? 'no_one'));
  return managersAbout(state, memberId).filter((each) => readers.has(each));
}
