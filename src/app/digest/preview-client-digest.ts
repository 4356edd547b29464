import { clientAccount } from '../../ledger/accounts.ts';
import { channelsOf } from '../../ledger/lists/client-lists.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import { dateOf } from '../../ledger/tally/blocked.ts';
import { windowKeysAt } from '../../ledger/usage/windows.ts';
import type { AppContext } from '../context.ts';
import { authorizeView } from '../limits/authorize-view.ts';
import { postCardTo } from '../once/post-card.ts';
import { postOnce } from '../once/post-once.ts';
import { clientDigestCard, madeIn, weekToTell } from './client-week.ts';

export type ClientDigestPreviewed =
  /** `quiet`: no channel of the client would get one. */
  { kind: 'sent' | 'quiet' | 'failed' } | { kind: 'refused'; refusal: Refusal };

/** Several channels of one client look alike. */
const CHANNELS_MAX = 3;

/**
 * Sends the person who asks what the client's channels would get now, and no one else. Images of a channel that they are not
 * in are left out.
 */
export async function previewClientDigest(
  context: AppContext,
  { deliveryId, by, clientId }: { deliveryId: string; by: string; clientId: string },
): Promise<ClientDigestPreviewed> {
  const account = clientAccount(clientId);
  const seen = await authorizeView(context, { by, action: 'set_client_digest', account });
  if (!seen.ok) return { kind: 'refused', refusal: seen.refusal };
  const { state, at } = seen;
  const client = state.clients.get(clientId);
  if (!client) return { kind: 'refused', refusal: { reason: 'client_unknown', clientId } };
  if (!state.settings) return { kind: 'refused', refusal: { reason: 'not_open' } };
  const week = weekToTell(state, dateOf(windowKeysAt(at, state.settings)));
  const made = await madeIn(context, state, clientId, week);
  const channelIds = channelsOf(state, clientId).filter((channelId) => made.has(channelId));
  let sentCount = 0;
  for (const channelId of channelIds.slice(0, CHANNELS_MAX)) {
    const card = await clientDigestCard(context, state, { client, channelId, week, made, at });
    if (card === null) continue;
    const isIn = await context.channels.has(channelId, by);
    const shown = { ...card, kept: isIn ? card.kept : [], preview: { images: isIn ? 'shown' : 'left_out' } } as const;
    const key = `client-digest/preview/${deliveryId}/in/${channelId}/to/${by}`;
    if (await postOnce(context, key, (onceKey) => postCardTo(context, by, shown, onceKey))) sentCount += 1;
  }
  if (channelIds.length === 0) return { kind: 'quiet' };
  return { kind: sentCount > 0 ? 'sent' : 'failed' };
}
