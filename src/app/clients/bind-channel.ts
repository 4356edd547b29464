import type { Refusal } from '../../ledger/refusals.ts';
import type { World } from '../context.ts';
import type { Change, Changed } from '../inputs.ts';
import { change } from '../submit-change.ts';
import { redrawClientCards, whoAsked } from './ask-client.ts';
import { withChannelNow } from './channel-changes.ts';

export type ChannelDecision = { kind: 'client'; clientId: string } | { kind: 'none' };

/** Says which client a channel belongs to, and lets everybody know who was asked or who waits for it. */
export async function bindChannel(
  world: World,
  {
    deliveryId,
    by,
    channelId,
    decision,
    ifUnbound,
  }: Change<{ channelId: string; decision: ChannelDecision; ifUnbound: boolean }>,
): Promise<Changed> {
  const clientId = decision.kind === 'client' ? decision.clientId : null;
  const wish = { kind: 'bind_channel' as const, channelId, clientId, ifUnbound };
  const changed = await change(world, { deliveryId, by, wish });
  if (changed.ok) await tellWhoeverWaits(world, { channelId, clientId, by });
  if (changed.ok || DECIDED.has(changed.refusal.reason)) await redrawClientCards(world, channelId);
  return changed;
}

/** Others have answered the same question. */
const DECIDED: ReadonlySet<Refusal['reason']> = new Set(['channel_decided', 'nothing_changed']);

async function tellWhoeverWaits(
  world: World,
  { clientId, by, ...asked }: { channelId: string; clientId: string | null; by: string },
): Promise<void> {
  const memberId = await whoAsked(world, asked.channelId);
  if (memberId === null || memberId === by) return;
  const clientName = (clientId && world.book.now().clients.get(clientId)?.name) || null;
  const { channelId } = withChannelNow(world, asked);
  const reader = { memberId, channelId, threadTs: null, responseUrl: null };
  const told = await world.messenger.tell(reader, { kind: 'channel_bound', channelId, clientName, by });
  if (told.kind === 'failed') world.log.warn({ channelId, memberId, code: told.code }, 'not told of the binding');
}
