import type { SimulatedSlack } from '../world/slack.ts';
import type { Stores } from '../world/stores.ts';
import type { Town } from '../world/town.ts';
import { type Books, ownersIn } from './books.ts';
import { isRemembered } from './remembered.ts';
import type { StopSeen } from './stopping.ts';

type All = {
  books: Books;
  slack: SimulatedSlack;
  stores: Stores;
  town: Town;
  stops: readonly StopSeen[];
  /** Since when everything works again. */
  quietAt: number;
  workspace: string;
  isCalm: boolean;
};

/** In good weather: the next rounds, one of them after what was cut off by a death is begun anew. */
const TOLD_WITHIN_MS = 8 * 60_000;

/** Spending goes on in the end, every owner has heard once that it did not, and nobody goes by what the line said. */
export async function stopLaws(all: All): Promise<string[]> {
  const violations: string[] = [];
  for (const stop of all.stops) {
    if (stop.resumedAt === null) violations.push(`${stop.stopId} stands still`);
    violations.push(...hearingLaws(all, stop), ...(await drawingLaws(all, stop)), ...knowingLaws(all));
  }
  return violations;
}

function hearingLaws({ books, slack, quietAt, isCalm }: All, { stopId, at, owners, resumedAt }: StopSeen): string[] {
  const told = [...slack.cards.values()].flatMap(({ to, card }) => {
    return card.kind === 'stop_card' && card.stop.stopId === stopId ? [to] : [];
  });
  const wereOwners = new Set([...ownersIn(books), ...books.ledger.lines.flatMap(madeOwner)]);
  const violations = told
    .filter((id) => !wereOwners.has(id))
    .map((id) => `${id} hears of ${stopId}, and never was owner`);
  const stoodMs = (resumedAt ?? Number.POSITIVE_INFINITY) - Math.max(at, quietAt);
  for (const ownerId of ownersIn(books)) {
    const times = told.filter((id) => id === ownerId).length;
    const isToHear = owners.includes(ownerId) && slack.kinds.get(ownerId) === 'member' && stoodMs > TOLD_WITHIN_MS;
    if (times === 0 && isToHear) violations.push(`${ownerId} has not heard of ${stopId}`);
    if (times > 1 && isCalm) violations.push(`${ownerId} hears ${times} times of ${stopId}`);
  }
  return violations;
}

const madeOwner = (line: Books['ledger']['lines'][number]): string[] => {
  if (line.kind === 'workspace_opened') return [line.ownerId];
  return 'role' in line && line.role === 'owner' && 'memberId' in line ? [line.memberId] : [];
};

/** Whose card has a place that somebody remembers is shown there that spending goes on. */
async function drawingLaws({ books, slack, ...kept }: All, { stopId }: StopSeen): Promise<string[]> {
  const violations: string[] = [];
  const owners = new Set(ownersIn(books));
  for (const { place, to, card, isGone, isOvertaken } of slack.cards.values()) {
    if (card.kind !== 'stop_card' || card.stop.stopId !== stopId || !owners.has(to) || isGone || isOvertaken) continue;
    if (!(await isRemembered(kept, `spending-stopped/${stopId}/to/${to}`, place.ts))) continue;
    if (card.stop.resumed === null) violations.push(`the card of ${stopId} to ${to} says that it stands`);
  }
  return violations;
}

/** Whoever was started while a line was wrong has read it again since. */
function knowingLaws({ books, town }: All): string[] {
  const names = new Map<string, string>();
  for (const line of books.ledger.lines) {
    if (line.kind === 'client_created' || line.kind === 'client_renamed') names.set(line.clientId, line.name);
  }
  return town.ready().flatMap(({ name, world }) =>
    [...(world?.book.now().clients ?? [])].flatMap(([clientId, client]) => {
      const written = names.get(clientId);
      return client.name === written ? [] : [`${name} knows ${clientId} as ${client.name}, it is ${written}`];
    }),
  );
}
