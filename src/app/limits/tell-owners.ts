import type { Line } from '../../ledger/lines.ts';
import type { State } from '../../ledger/state.ts';
import { describe } from '../../ports/describe-error.ts';
import type { AppContext } from '../context.ts';
import { createLookBack } from '../once/look-back.ts';
import { budgetNews, isNews, type NewsLine } from './budget-news.ts';
import { withRight } from './limit-contacts.ts';
import { tellBundle } from './tell-bundle.ts';

/** What happens within this is told in one message, which is drawn again as more is added. */
const BUNDLE_MS = 10 * 60_000;
/**
 * Every owner who did not do it themselves hears, by one direct message, of what raised a limit or moved spending between
 * clients. Who already has a message of these minutes is shown more in it, once a round: a burst is no flood.
 */
export async function tellOwnersOfBudget(context: AppContext, { isRound = true } = {}): Promise<void> {
  const state = await context.book.read();
  const news = await newsOf(context, state);
  if (news.length === 0) return;
  const bundles = new Map<number, NewsLine[]>();
  for (const line of news) {
    const bundle = Math.floor(line.at / BUNDLE_MS);
    bundles.set(bundle, [...(bundles.get(bundle) ?? []), line]);
  }
  for (const ownerId of ownersOf(state)) {
    for (const [bundle, lines] of bundles) {
      const others = lines.filter(({ by }) => by !== ownerId);
      const last = others.at(-1);
      // It names clients, so it goes to full members only.
      if (!last || (await context.channels.audience(null, ownerId)) !== 'internal') continue;
      const key = `budget-news/${bundle}/to/${ownerId}`;
      const told = { memberId: ownerId, key, seq: last.seq, isRound };
      await tellBundle(context, told, () => budgetNews(context.book.now(), others));
    }
  }
}

/** As above, right after a change: it is made, whatever is in the way of telling it. The sweeper tells it later. */
export async function tellOwnersSoon(context: AppContext): Promise<void> {
  try {
    await tellOwnersOfBudget(context, { isRound: false });
  } catch (error) {
    context.log.warn({ error: describe(error) }, 'could not tell owners about a change, will retry');
  }
}

const ownersOf = (state: State) => withRight(state, 'resume_spending');

const newsOf = createLookBack((state: State, line: Line): line is NewsLine => isNews(state, line));
