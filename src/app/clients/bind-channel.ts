import { channelNow } from '../../ledger/lists/channel-ids.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import { PeopleFault } from '../../ports/ports.ts';
import type { AppContext } from '../context.ts';
import type { ChangeInput, ChangeResult } from '../inputs.ts';
import { syncMember } from '../people/sync-member.ts';
import { directly } from '../requester.ts';
import { submitChange } from '../submit-change.ts';
import { redrawClientCards, whoAsked } from './ask-client.ts';
import { redrawDecidedSoon } from './redraw-decided.ts';

export type ChannelDecision = { kind: 'client'; clientId: string } | { kind: 'none' };

/** Says which client a channel belongs to, and lets everybody know who was asked or who waits for it. */
export async function bindChannel(
  context: AppContext,
  {
    deliveryId,
    by,
    channelId,
    decision,
    ifUnbound,
  }: ChangeInput<{ channelId: string; decision: ChannelDecision; ifUnbound: boolean }>,
): Promise<ChangeResult> {
  const clientId = decision.kind === 'client' ? decision.clientId : null;
  const command = { kind: 'bind_channel' as const, channelId, clientId, ifUnbound };
  const changed = await submitChange(context, { deliveryId, by, command });
  // Where there will be no client, each prompt that waits for one is told of its own end.
  if (changed.ok && clientId !== null) await tellWhoeverWaits(context, { deliveryId, channelId, clientId, by });
  if (changed.ok) await redrawDecidedSoon(context);
  else if (DECIDED.has(changed.refusal.reason)) await redrawClientCards(context, channelId);
  // Home marks it from now on, if people from outside are in it.
  if (changed.ok) await context.channels.lookAt?.([channelId]);
  return changed;
}

/** Others have answered the same question. */
const DECIDED: ReadonlySet<Refusal['reason']> = new Set(['channel_decided', 'nothing_changed']);

/** A person who has left the channel, or the agency, is not told whose it is. In doubt they are not either: their images say it. */
async function isStillThere(
  context: AppContext,
  { channelId, memberId }: { channelId: string; memberId: string },
): Promise<boolean> {
  const { channels, log } = context;
  try {
    const member = await syncMember(context, memberId);
    return member?.status === 'active' && (await channels.has(channelId, memberId));
  } catch (error) {
    if (!(error instanceof PeopleFault)) throw error;
    log.warn({ channelId, memberId, code: error.code }, 'could not tell about the linked channel');
    return false;
  }
}

async function tellWhoeverWaits(
  context: AppContext,
  { clientId, by, ...asked }: { deliveryId: string; channelId: string; clientId: string | null; by: string },
): Promise<void> {
  const memberId = await whoAsked(context, asked.channelId);
  if (memberId === null || memberId === by) return;
  const clientName = (clientId && context.book.now().clients.get(clientId)?.name) || null;
  const channelId = channelNow(context.book.now(), asked.channelId);
  if (!(await isStillThere(context, { channelId, memberId }))) return;
  const note = { kind: 'channel_bound', channelId, clientName, by } as const;
  // They asked some time ago, and may be away.
  const told = await context.messenger.tell(directly(memberId), note, { onceKey: `bound/${asked.deliveryId}` });
  if (told.kind === 'failed')
    context.log.warn({ channelId, memberId, code: told.code }, 'could not tell about the linked channel');
}
