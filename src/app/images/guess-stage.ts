import type { Stage } from '../../ledger/work.ts';
import type { AppContext } from '../context.ts';
import type { ImageInput } from '../inputs.ts';
import { onceMarker, putOnceMarker } from '../once/once-markers.ts';

/**
 * What images are for where neither the request nor a project says so. The first request in a thread is a concept, later
 * ones work on it. A refused request counts too.
 */
export async function guessStage(
  context: AppContext,
  { deliveryId, place, guess }: Pick<ImageInput, 'deliveryId' | 'place' | 'guess'>,
): Promise<Stage> {
  if (guess) return guess;
  const { channelId, threadId } = place;
  if (threadId === null) return 'concept';
  const key = `thread/${channelId}/${threadId}`;
  if ((await putOnceMarker(context, key, deliveryId)) === 'put') return 'concept';
  // The same delivery again is the same request.
  return (await onceMarker(context, key)) === deliveryId ? 'concept' : 'iteration';
}
