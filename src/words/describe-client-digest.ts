import type { ClientBudget, ClientDigestCard } from '../app/digest/client-digest-view.ts';
import { dateWords } from './dates.ts';
import { counted, credits, number } from './figures.ts';
import { called, type Part, strong } from './parts.ts';
import { WINDOW_WORDS } from './windows.ts';

/** `12 images made here, 4 kept.` */
export function madeParts({ imagesCount, keptCount }: Pick<ClientDigestCard, 'imagesCount' | 'keptCount'>): Part[] {
  return [strong(counted(imagesCount, 'image')), ` made here, ${keptCount === 0 ? 'none' : number(keptCount)} kept.`];
}

/** `Northwind Coffee: 12 credits used this month, 8 left, resets December 1.` */
export function clientBudgetParts(clientName: string, budget: ClientBudget): Part[] {
  const { window, leftCredits, usedCredits, heldCredits, resetsOn, less } = budget;
  const held = heldCredits > 0 ? ` and ${number(heldCredits)} on hold` : '';
  const resets = resetsOn === null ? '' : `, resets ${dateWords(resetsOn)}`;
  const rest = leftCredits === null ? '' : `, ${leftCredits === 0 ? 'none' : number(leftCredits)} left`;
  const sooner = less === null ? '' : ` ${leftWords(less.leftCredits)} left ${WINDOW_WORDS[less.window].now}.`;
  return [
    called(clientName),
    ': ',
    strong(credits(usedCredits)),
    ` used${held} ${WINDOW_WORDS[window].now}${rest}${resets}.${sooner}`,
  ];
}

const leftWords = (leftCredits: number) => (leftCredits === 0 ? 'No credits' : credits(leftCredits));
