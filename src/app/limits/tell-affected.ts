import type { Line } from '../../ledger/lines.ts';
import type { State } from '../../ledger/state.ts';
import { describe } from '../../ports/describe-error.ts';
import type { AppContext } from '../context.ts';
import { createLookBack } from '../once/look-back.ts';
import { isNews } from './budget-news.ts';
import { changeNews } from './change-news.ts';
import { CHANGE_NEWS, type News, tellNews } from './tell-news.ts';
import { type AffectingLine, affectedBy, isAffecting } from './who-is-affected.ts';

/**
 * The people that a change is about hear of it by direct message: moved credits, extra ones, changed limits and rules. The owners
 * hear of a raise by a message of their own. What a crash left is told by a later round.
 */
export const tellAffected = (context: AppContext): Promise<void> => tellNews(context, NEWS);

/** As above, right after a change: it is made, whatever is in the way of telling it. The sweeper tells it later. */
export async function tellAffectedSoon(context: AppContext): Promise<void> {
  try {
    await tellAffected(context);
  } catch (error) {
    context.log.warn({ error: describe(error) }, 'could not tell people about a change, will retry');
  }
}

const hearsAnyway = (state: State, line: Line, memberId: string): boolean =>
  state.members.get(memberId)?.role === 'owner' && isNews(state, line);

const NEWS: News<AffectingLine> = {
  name: CHANGE_NEWS,
  pauseMs: 60_000,
  lines: createLookBack((state: State, line: Line): line is AffectingLine => isAffecting(state, line)),
  readersOf: (state, line) => affectedBy(state, line).filter((memberId) => !hearsAnyway(state, line, memberId)),
  cardFor: (state, lines, reader) =>
    state.members.get(reader.memberId)?.status === 'active' ? changeNews(state, lines, reader) : null,
};
