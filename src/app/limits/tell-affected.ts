import type { Line } from '../../ledger/lines.ts';
import type { State } from '../../ledger/state.ts';
import { describe } from '../../ports/describe-error.ts';
import type { AppContext } from '../context.ts';
import { createLookBack } from '../once/look-back.ts';
import { isNews } from './budget-news.ts';
import { changeNews } from './change-news.ts';
import { tellBundle } from './tell-bundle.ts';
import { type AffectingLine, affectedBy, isAffecting } from './who-is-affected.ts';

/** A form that sets six limits is one message. What comes later is a new one: an edited message is not unread. */
const BUNDLE_MS = 60_000;

/**
 * The people that a change is about hear of it by direct message: moved credits, extra ones, changed limits and rules. The owners
 * hear of a raise by a message of their own. What a crash left is told by a later round.
 */
export async function tellAffected(context: AppContext, { isRound = true } = {}): Promise<void> {
  const state = await context.book.read();
  const sinceAt = isRound ? 0 : context.clock.now() - BUNDLE_MS;
  const bundles = new Map<string, { memberId: string; lines: AffectingLine[] }>();
  for (const line of await affectingLines(context, state)) {
    if (line.at < sinceAt) continue;
    for (const memberId of affectedBy(state, line).filter((each) => !hearsAnyway(state, line, each))) {
      const key = `change-news/${Math.floor(line.at / BUNDLE_MS)}/to/${memberId}`;
      const bundle = bundles.get(key) ?? { memberId, lines: [] };
      bundle.lines.push(line);
      bundles.set(key, bundle);
    }
  }
  for (const [key, { memberId, lines }] of bundles) {
    const audience = await context.channels.audience(null, memberId);
    const card = changeNews(state, lines, { memberId, audience });
    if (card) await tellBundle(context, { memberId, key, seq: card.seq, isRound }, () => card);
  }
}

/** As above, right after a change: it is made, whatever is in the way of telling it. The sweeper tells it later. */
export async function tellAffectedSoon(context: AppContext): Promise<void> {
  try {
    await tellAffected(context, { isRound: false });
  } catch (error) {
    context.log.warn({ error: describe(error) }, 'could not tell people about a change, will retry');
  }
}

const hearsAnyway = (state: State, line: Line, memberId: string): boolean =>
  state.members.get(memberId)?.role === 'owner' && isNews(state, line);

const affectingLines = createLookBack((state: State, line: Line): line is AffectingLine => isAffecting(state, line));
