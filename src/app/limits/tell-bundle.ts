import type { AppContext } from '../context.ts';
import type { Card } from '../messenger.ts';
import { onceMarker, putOnceMarker } from '../once/once-markers.ts';
import { placeOf, postOnce } from '../once/post-once.ts';

/** `seq`: of the last line that it tells of. `isRound`: what was added since it was posted is drawn by a round alone. */
export type Bundle = { memberId: string; key: string; seq: number; isRound: boolean };

/** One message to one person about several changes. The mark of the last of them comes after it: cut off, it is drawn again. */
export async function tellBundle(
  context: AppContext,
  { memberId, key, seq, isRound }: Bundle,
  draw: () => Card,
): Promise<void> {
  const told = `${key}/told/${seq}`;
  if ((await onceMarker(context, told)) !== null) return;
  const card = draw();
  let isNew = false;
  const isPosted = await postOnce(context, key, async (onceKey) => {
    isNew = true;
    return await context.messenger.postCard(memberId, card, onceKey);
  });
  if (!isPosted) return context.log.warn({ memberId }, 'could not tell about a change, will retry');
  const place = await placeOf(context, key);
  if (place === null || (!isNew && !isRound)) return;
  if (!isNew && (await context.messenger.redrawCard(place, card)).kind === 'failed') return;
  await putOnceMarker(context, told, '');
}
