import type { Refusal } from '../../ledger/refusals.ts';
import type { State } from '../../ledger/state.ts';
import { dateOf } from '../../ledger/tally/blocked.ts';
import { windowKeysAt } from '../../ledger/usage/windows.ts';
import type { AppContext } from '../context.ts';
import { authorizeView } from '../limits/authorize-view.ts';
import { heldFor, peersHeld } from '../peer-check/peers-for-digest.ts';
import { digestCard } from './digest-view.ts';
import { readersOf, sendDigest } from './send-digests.ts';

export type DigestSent =
  | { kind: 'sent'; sentCount: number; failedCount: number }
  | { kind: 'refused'; refusal: Refusal };

type Asked = { deliveryId: string; by: string };

/** Sends the person who asks their own digest as it would be now, and no one else. */
export async function previewDigest(context: AppContext, { deliveryId, by }: Asked): Promise<DigestSent> {
  const seen = await authorizeView(context, { by, action: 'set_policy' });
  if (!seen.ok) return { kind: 'refused', refusal: seen.refusal };
  const held = await heldNow(context, seen);
  const card = digestCard(seen.state, { by, at: seen.at, isPreview: true, held: held(by) });
  if (card === null) return { kind: 'refused', refusal: { reason: 'not_open' } };
  const sent = await sendDigest(context, { key: `digest/preview/${deliveryId}/to/${by}`, memberId: by, card });
  return { kind: 'sent', sentCount: sent === 'sent' ? 1 : 0, failedCount: sent === 'sent' ? 0 : 1 };
}

/** Sends every reader the digest at once, besides the weekly one. */
export async function sendDigestNow(context: AppContext, { deliveryId, by }: Asked): Promise<DigestSent> {
  const seen = await authorizeView(context, { by, action: 'set_policy' });
  if (!seen.ok) return { kind: 'refused', refusal: seen.refusal };
  const { state, at } = seen;
  if (!state.settings) return { kind: 'refused', refusal: { reason: 'not_open' } };
  const held = await heldNow(context, seen);
  const count = { sent: 0, left_out: 0, failed: 0 };
  for (const memberId of readersOf(state, state.settings.digest.readers)) {
    const card = digestCard(state, { by: memberId, at, held: held(memberId) });
    if (card) count[await sendDigest(context, { key: `digest/now/${deliveryId}/to/${memberId}`, memberId, card })] += 1;
  }
  return { kind: 'sent', sentCount: count.sent, failedCount: count.left_out + count.failed };
}

/** What each reader may read of a person, as it was judged with the last weekly digest. */
async function heldNow(context: AppContext, { state, at }: { state: State; at: number }) {
  const date = state.settings ? dateOf(windowKeysAt(at, state.settings)) : '';
  const held = state.settings ? await peersHeld(context, state, date) : [];
  return (by: string) => (held.length > 0 ? heldFor(state, held, { by, date }) : null);
}
