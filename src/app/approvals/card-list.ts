import type { World } from '../context.ts';
import { lastingMark, putLastingMark, rememberedMark } from '../once/once-markers.ts';

/** More cards than this no request has; a list that has is broken. */
const CARDS_MAX = 200;

/** Writes down that there is, or is about to be, a card under this key: so that all of them are found again. */
export async function addToList(world: World, requestId: string, key: string): Promise<void> {
  for (let index = 0; index < CARDS_MAX; index += 1) {
    const place = listKey(requestId, index);
    const remembered = rememberedMark(world, place);
    if (remembered === key) return;
    if (remembered !== null) continue;
    if ((await putLastingMark(world, place, key)) === 'put' || (await lastingMark(world, place)) === key) return;
  }
  world.log.error({ requestId }, 'more cards than can be remembered');
}

export async function cardsOf(world: World, requestId: string): Promise<string[]> {
  const keys: string[] = [];
  while (keys.length < CARDS_MAX) {
    const key = await lastingMark(world, listKey(requestId, keys.length));
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
