import type { Books } from './books.ts';
import { deletingLaws } from './deleting.ts';
import { isRemembered } from './remembered.ts';
import { stopLaws } from './stop-at-the-end.ts';
import { tellingLaws } from './telling.ts';

type All = Parameters<typeof stopLaws>[0];

/** When everything works again and has had its time: nothing is open, nobody waits, everybody knows. */
export async function endLaws(all: All): Promise<string[]> {
  const { books } = all;
  return [
    ...openHolds(books),
    ...openRequests(books),
    ...openJobs(books),
    ...tellingLaws(all),
    ...(await cardLaws(all)),
    ...receiptLaws(all),
    ...(await deletingLaws(all)),
    ...(await stopLaws(all)),
  ];
}

const openHolds = ({ holds }: Books): string[] =>
  [...holds.values()].flatMap(({ holdId, end }) => (end ? [] : [`${holdId} is still held`]));

const openRequests = ({ ledger }: Books): string[] =>
  [...ledger.reckoning.told.requests].flatMap(([id, { ends }]) => {
    return ends.length === 1 ? [] : [`request ${id} has ${ends.length} ends`];
  });

const openJobs = ({ jobs }: Books): string[] =>
  [...jobs.values()].flatMap(({ jobId, isFinished }) => (isFinished ? [] : [`${jobId} is not finished`]));

/** Every card that somebody remembers the place of says how its request ended. */
async function cardLaws({ books, slack, stores, workspace, isCalm }: All): Promise<string[]> {
  const violations: string[] = [];
  const shown = new Map<string, number>();
  for (const { place, to, card, isGone, isOvertaken } of slack.cards.values()) {
    if (card.kind !== 'request_card' && card.kind !== 'asked_card') continue;
    const key = `request/${card.requestId}/to/${to}`;
    shown.set(key, (shown.get(key) ?? 0) + 1);
    if (isGone || isOvertaken || !(await isRemembered({ stores, workspace }, key, place.ts))) continue;
    const end = books.ledger.reckoning.told.requests.get(card.requestId)?.ends[0];
    const expected = end === 'removed' ? 'withdrawn' : end;
    if (card.end?.as !== expected) violations.push(`the card of ${key} says ${card.end?.as}, it is ${expected}`);
  }
  if (!isCalm) return violations;
  for (const [key, times] of shown) if (times > 1) violations.push(`${times} cards of ${key}`);
  return violations;
}

/** Whoever has been an owner of the agency itself ever since somebody was removed, who is still gone, has a receipt of that. */
function receiptLaws({ books, slack, isCalm }: All): string[] {
  const receipts = [...slack.cards.values()].flatMap(({ to, card }) => {
    return card.kind === 'leaving_receipt' ? [`${to} ${card.memberId}`] : [];
  });
  return [...books.removed].flatMap(([memberId, { owners }]) => {
    const removals = books.ledger.lines.filter((line) => line.kind === 'member_removed' && line.memberId === memberId);
    return owners.flatMap((ownerId) => {
      if (slack.kinds.get(ownerId) !== 'member') return [];
      const times = receipts.filter((each) => each === `${ownerId} ${memberId}`).length;
      if (times === 0) return [`${ownerId} has no receipt of ${memberId}, who was removed`];
      return isCalm && times > removals.length ? [`${ownerId} has ${times} receipts of ${memberId}`] : [];
    });
  });
}
