import type { Line } from '../../ledger/lines.ts';
import type { State } from '../../ledger/state.ts';
import { describe } from '../../ports/describe-error.ts';
import type { AppContext } from '../context.ts';
import { createLookBack } from '../once/look-back.ts';
import { budgetNews, isNews, type NewsLine } from './budget-news.ts';
import { withRight } from './limit-contacts.ts';
import { BUDGET_NEWS, type News, tellNews } from './tell-news.ts';

/**
 * Every owner who did not do it themselves hears, by direct message, of what raised a limit or moved spending between clients.
 * What happens within ten minutes of a message comes in one more after them: a burst is no flood.
 */
export const tellOwnersOfBudget = (context: AppContext): Promise<void> => tellNews(context, NEWS);

/** As above, right after a change: it is made, whatever is in the way of telling it. The sweeper tells it later. */
export async function tellOwnersSoon(context: AppContext): Promise<void> {
  try {
    await tellOwnersOfBudget(context);
  } catch (error) {
    context.log.warn({ error: describe(error) }, 'could not tell owners about a change, will retry');
  }
}

const ownersOf = (state: State) => withRight(state, 'resume_spending');

const NEWS: News<NewsLine> = {
  name: BUDGET_NEWS,
  pauseMs: 10 * 60_000,
  lines: createLookBack((state: State, line: Line): line is NewsLine => isNews(state, line)),
  readersOf: (state, { by }) => ownersOf(state).filter((ownerId) => ownerId !== by),
  // It names clients, so it goes to full members only.
  cardFor: (state, lines, { memberId, audience }) =>
    audience === 'internal' && ownersOf(state).includes(memberId) ? budgetNews(state, lines) : null,
};
