import type { AppContext } from '../context.ts';
import type { Delivered, PrivateMessage } from '../messenger.ts';
import type { Requester } from '../requester.ts';
import { onceMarker, putOnceMarker } from './once-markers.ts';

/**
 * Tells a person how something ended that they waited for: by a new direct message, which stays unread until they see it. It is
 * said once. After a crash, or a lost answer, Slack is given the same key again.
 */
export async function messageOnce(
  context: AppContext,
  { key, to, note }: { key: string; to: Requester; note: PrivateMessage },
): Promise<Delivered> {
  if (await wasMessaged(context, key)) return { kind: 'delivered' };
  const told = await context.messenger.tell(to, note, { onceKey: key });
  if (told.kind === 'delivered') await putOnceMarker(context, key, '');
  return told;
}

export const wasMessaged = async (context: AppContext, key: string): Promise<boolean> =>
  (await onceMarker(context, key)) !== null;
