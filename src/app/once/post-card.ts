import type { AppContext } from '../context.ts';
import type { Announced, Card } from '../messenger.ts';

/**
 * Posts a card that is to stand once to one person. Slack may have it there already, of an attempt whose answer was lost and with
 * what was true then: it is drawn as it is now, or has failed and is posted again.
 */
export async function postCardTo(
  context: AppContext,
  memberId: string,
  card: Card,
  onceKey: string,
): Promise<Announced> {
  return await asItIsNow(context, card, await context.messenger.postCard(memberId, card, onceKey));
}

/** The same in a channel. */
export async function postCardIn(
  context: AppContext,
  channelId: string,
  card: Card,
  onceKey: string,
): Promise<Announced> {
  return await asItIsNow(context, card, await context.messenger.postCardIn(channelId, card, onceKey));
}

async function asItIsNow({ messenger }: AppContext, card: Card, posted: Announced): Promise<Announced> {
  if (posted.kind !== 'posted' || !posted.isEarlier) return posted;
  const drawn = await messenger.redrawCard(posted.place, card);
  return drawn.kind === 'failed' ? drawn : { kind: 'posted', place: posted.place };
}
