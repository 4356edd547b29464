import type { Request } from '../../ledger/requests.ts';
import type { AppContext } from '../context.ts';
import { cardsOf, isChannel, readerOfCard } from './card-list.ts';
import { processOpenRequests } from './process-open-requests.ts';
import { redrawCards } from './redraw-cards.ts';
import { approversNow } from './who-is-asked.ts';

/**
 * Asks the people who decide now, after people's roles, teams, clients or delegates have changed. Requests that these people had
 * to decide go to others, and requests that they have to decide now are shown to them. Cards of their own requests that were
 * withdrawn say so.
 */
export async function afterPeopleChanged(context: AppContext, ...memberIds: readonly string[]): Promise<void> {
  const concerned = new Set<string>();
  for (const request of (await context.book.read()).requests.values()) {
    if (await concerns(context, request, memberIds)) concerned.add(request.requestId);
  }
  if (concerned.size === 0) return;
  await processOpenRequests(context, ({ requestId }) => concerned.has(requestId));
  for (const requestId of concerned) {
    if (context.book.now().requests.get(requestId)?.end === null) await redrawCards(context, requestId);
  }
}

/** A card in a channel lists everybody who may approve it there. */
async function concerns(context: AppContext, request: Request, memberIds: readonly string[]): Promise<boolean> {
  if (request.end) return memberIds.includes(request.memberId) && request.end.as === 'withdrawn';
  const asked = await approversNow(context, request);
  if (memberIds.some((memberId) => asked.includes(memberId))) return true;
  const keys = await cardsOf(context, request.requestId);
  return keys.map(readerOfCard).some((to) => memberIds.includes(to) || isChannel(to));
}
