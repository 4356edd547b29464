import type { Request } from '../../ledger/requests.ts';
import type { World } from '../context.ts';
import { cardsOf, isChannel, readerOfCard } from './card-list.ts';
import { tendRequests } from './process-open-requests.ts';
import { redrawCards } from './redraw-cards.ts';
import { approversNow } from './request-facts.ts';

/**
 * Who may approve what follows from who is there and what they look after. Whenever that has changed for somebody, requests
 * that waited for them reach whoever decides now, those that now wait for them are shown to them, and requests of theirs
 * that were withdrawn say so wherever they stand.
 */
export async function afterPeopleChanged(world: World, memberId: string): Promise<void> {
  const concerned = new Set<string>();
  for (const request of (await world.book.read()).requests.values()) {
    if (await concerns(world, request, memberId)) concerned.add(request.requestId);
  }
  if (concerned.size === 0) return;
  await tendRequests(world, ({ requestId }) => concerned.has(requestId));
  for (const requestId of concerned) {
    if (world.book.now().requests.get(requestId)?.end === null) await redrawCards(world, requestId);
  }
}

/** A card in a channel lists everybody who may approve it there. */
async function concerns(world: World, request: Request, memberId: string): Promise<boolean> {
  if (request.end) return request.memberId === memberId && request.end.as === 'withdrawn';
  if (approversNow(world, request).includes(memberId)) return true;
  const keys = await cardsOf(world, request.requestId);
  return keys.map(readerOfCard).some((to) => to === memberId || isChannel(to));
}
