import type { Line } from '../../ledger/lines.ts';
import { channelsOf } from '../../ledger/lists/client-lists.ts';
import type { State } from '../../ledger/state.ts';
import { describe } from '../../ports/describe-error.ts';
import type { AppContext } from '../context.ts';
import { createLookBack } from '../once/look-back.ts';
import { onceMarker, putOnceMarker } from '../once/once-markers.ts';
import { redrawClientCards } from './ask-client.ts';
import { redrawGreeting } from './greet-channel.ts';

/** Marks under this are of use for a day. */
export const DECIDED = 'channel-decided/';

/**
 * Draws the cards and the greeting of each channel whose client was decided within a day, or was renamed, closed or reopened, until
 * all of them say so: also where Slack takes a drawing later, or a process died before it drew.
 */
export async function redrawDecided(context: AppContext): Promise<void> {
  const state = await context.book.read();
  for (const line of await decisions(context, state)) {
    const key = `${DECIDED}${line.seq}/drawn`;
    if ((await onceMarker(context, key)) !== null) continue;
    const areDrawn = await Promise.all(
      line.kind === 'channel_bound'
        ? [redrawClientCards(context, line.channelId), redrawGreeting(context, line.channelId)]
        : channelsOf(state, line.clientId).map((channelId) => redrawGreeting(context, channelId)),
    );
    if (areDrawn.every((isDrawn) => isDrawn)) await putOnceMarker(context, key, '');
  }
}

/** As above, right after a decision, which is made whatever is in the way. The sweeper draws later. */
export async function redrawDecidedSoon(context: AppContext): Promise<void> {
  await redrawDecided(context).catch((error: unknown) =>
    context.log.warn({ error: describe(error) }, 'could not draw whose a channel is, will retry'),
  );
}

type Decided = Line & { kind: 'channel_bound' | 'client_renamed' | 'client_closed' | 'client_reopened' };
const DECISIONS: ReadonlySet<Line['kind']> = new Set<Decided['kind']>([
  'channel_bound',
  'client_renamed',
  'client_closed',
  'client_reopened',
]);

const decisions = createLookBack((_: State, line: Line): line is Decided => DECISIONS.has(line.kind));
