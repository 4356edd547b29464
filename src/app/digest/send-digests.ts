import { activeWith } from '../../ledger/lists/member-lists.ts';
import type { DigestPolicy } from '../../ledger/policy.ts';
import type { Role } from '../../ledger/roles.ts';
import type { State } from '../../ledger/state.ts';
import { describe } from '../../ports/describe-error.ts';
import { DeliveryFault } from '../../ports/ports.ts';
import type { AppContext } from '../context.ts';
import { clientIdsSeenBy } from '../limits/limit-contacts.ts';
import { postCardTo } from '../once/post-card.ts';
import { placeOf, postOnce } from '../once/post-once.ts';
import { judgePeers } from '../peer-check/judge-peers.ts';
import { heldFor, peersHeld } from '../peer-check/peers-for-digest.ts';
import { type DigestCard, digestCard } from './digest-view.ts';

/** `left_out`: the person is a guest by now, or cannot be reached. `failed`: not now. */
export type Sent = 'sent' | 'left_out' | 'failed';

/**
 * Sends every reader the digest of the week before a date, once for each week, also where the day of it is changed in
 * between. One who cannot be reached keeps no other from theirs. Throws where a message failed: the row is then tried again.
 */
export async function sendDigests(context: AppContext, date: string): Promise<void> {
  const state = await context.book.read();
  // A digest does not wait for what only one of its findings needs.
  await judgePeers(context, state, date).catch((error: unknown) => {
    context.log.warn({ error: describe(error) }, 'could not compare peers, the digest says nothing of it');
  });
  const held = await peersHeld(context, state, date);
  let failed = 0;
  for (const memberId of readersOf(state, state.settings?.digest.readers ?? 'no_one')) {
    const at = Math.max(context.clock.now(), state.lastAt);
    const ofPerson = heldFor(state, held, { by: memberId, date });
    const card = digestCard(state, { by: memberId, at, date, held: ofPerson });
    if (card === null) return;
    const key = `digest/${card.digest.weeks.week.fromDate}/to/${memberId}`;
    const sent = await sendDigest(context, { key, memberId, card });
    // Another process may be at it, and it is not known yet how that ends.
    const isDone = sent === 'left_out' || (sent === 'sent' && (await placeOf(context, key)) !== null);
    if (!isDone) failed += 1;
  }
  if (failed > 0) throw new DeliveryFault(`${failed} digests`);
}

/** Active people, by role: each once. A manager of no client has nothing to read. */
export function readersOf(state: State, readers: DigestPolicy['readers']): string[] {
  const of = (role: Role) => activeWith(state, role).map(({ memberId }) => memberId);
  switch (readers) {
    case 'owners_and_managers':
      return [...of('owner'), ...of('manager').filter((memberId) => clientIdsSeenBy(state, memberId).length > 0)];
    case 'owners':
      return of('owner');
    case 'no_one':
      return [];
  }
}

/** Sends a digest under a key, once, however often and in how many processes it is asked for. */
export async function sendDigest(
  context: AppContext,
  { key, memberId, card }: { key: string; memberId: string; card: DigestCard },
): Promise<Sent> {
  const { channels, log } = context;
  let outcome: Sent = 'sent';
  try {
    await postOnce(context, key, async (onceKey) => {
      const audience = await channels.audience(null, memberId);
      if (audience !== 'internal') {
        outcome = audience === 'shared' ? 'left_out' : 'failed';
        return null;
      }
      const posted = await postCardTo(context, memberId, card, onceKey);
      if (posted.kind !== 'posted') outcome = posted.kind === 'unreachable' ? 'left_out' : 'failed';
      return posted;
    });
  } catch (error) {
    log.warn({ memberId, error: describe(error) }, 'could not send a digest, will retry');
    return 'failed';
  }
  if (outcome !== 'sent') log.warn({ memberId, outcome }, 'digest not sent');
  return outcome;
}
