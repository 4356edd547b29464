import { lastingMark } from '../lasting-marks.ts';
import type { World } from '../world.ts';

/** More cards than this no request has; a list that has is broken. */
const CARDS_MAX = 200;

/** Writes down that there is, or is about to be, a card under this key: so that all of them are found again. */
export async function addToList(world: World, requestId: string, key: string): Promise<void> {
  const { workspace } = world.book;
  const at = world.clock.now();
  for (let index = 0; index < CARDS_MAX; index += 1) {
    const mark = { workspace, key: listKey(requestId, index) };
    const stands = await lastingMark(world, mark.key);
    if (stands === key) return;
    if (stands === null && (await world.records.marks.put({ ...mark, value: key, at })) === 'put') return;
    if (stands === null && (await world.records.marks.get(mark)) === key) return;
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
