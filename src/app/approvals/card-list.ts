import type { AppContext } from '../context.ts';
import { onceMarker, putOnceMarker, rememberedMarker } from '../once/once-markers.ts';

/** More cards than this no request has; a list that has is broken. */
const CARDS_MAX = 200;

/** Writes down that there is, or is about to be, a card under this key: so that all of them are found again. */
export async function addToList(context: AppContext, requestId: string, key: string): Promise<void> {
  for (let index = 0; index < CARDS_MAX; index += 1) {
    const place = listKey(requestId, index);
    const remembered = rememberedMarker(context, place);
    if (remembered === key) return;
    if (remembered !== null) continue;
    if ((await putOnceMarker(context, place, key)) === 'put' || (await onceMarker(context, place)) === key) return;
  }
  context.log.error({ requestId }, 'more cards than can be remembered');
}

export async function cardsOf(context: AppContext, requestId: string): Promise<string[]> {
  const keys: string[] = [];
  while (keys.length < CARDS_MAX) {
    const key = await onceMarker(context, listKey(requestId, keys.length));
    if (key === null) break;
    keys.push(key);
  }
  return keys;
}

export const cardKey = (requestId: string, to: string) => `request/${requestId}/to/${to}`;

/** The person, or the channel, that a card stands before. */
export const readerOfCard = (key: string): string => key.slice(key.lastIndexOf('/to/') + '/to/'.length);
export const isChannel = (to: string) => /^[CG]/.test(to);

const listKey = (requestId: string, index: number) => `request/${requestId}/card/${index}`;
