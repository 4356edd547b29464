import type { RequestFacts } from '../../app/approvals/cards.ts';
import type { ExceededLimit } from '../../ledger/state.ts';
import { limitSum } from '../../words/balances.ts';
import { requestBar } from '../../words/bars.ts';
import { counted, credits, number } from '../../words/figures.ts';
import { bold, dateToken, type Inline } from '../kit/parts.ts';
import { mayShowFigures, termsToShow } from '../kit/show-to-audience.ts';
import { budget, type RefusalContext } from '../refusals/refusal-limit.ts';

/** Draws the limits that a request exceeds: how full each is, and what an approval would leave. */

const DAY_MS = 86_400_000;
/** Six accounts with six windows each are the maximum. Longer lists are not readable. */
const LIMITS_MAX = 8;

type Facts = Pick<RequestFacts, 'requestedCredits' | 'clientName' | 'names' | 'at' | 'exceeded'>;

export const LEGEND = '▓ used  ▒ on hold  █ this request  ░ left';

export function limitLines(facts: Facts, reader: Pick<RefusalContext, 'readerId' | 'audience' | 'hidden'>): Inline[][] {
  const { exceeded, clientName, names } = facts;
  const to: RefusalContext = { ...reader, clientName, helpers: [], names };
  if (exceeded.length === 0) return [['No limit blocks this request now.']];
  const said = exceeded
    .slice(0, LIMITS_MAX)
    .flatMap((limit): Inline[][] =>
      mayShowFigures(limit.account, to)
        ? [
            [`${requestBar(limit, facts.requestedCredits)}  `, ...budget(limit, to, 'Start')],
            [limitSum(limit, termsToShow(to)), ' ', ...afterwards(limit, facts.requestedCredits)],
            [...windowLeft(limit, facts.at)],
          ]
        : [[...budget(limit, to, 'Start'), ' doesn’t cover it.']],
    );
  const more = exceeded.length - LIMITS_MAX;
  return more > 0 ? [...said, [`And ${number(more)} more.`]] : said;
}

/** `This needs 12: 6 credits over.` */
function afterwards({ availableCredits }: ExceededLimit, requestedCredits: number): Inline[] {
  const left = availableCredits - requestedCredits;
  return [`This needs ${number(requestedCredits)}: `, bold(`${credits(-left)} over`), '.'];
}

function windowLeft({ resetsAt }: ExceededLimit, at: number): Inline[] {
  if (resetsAt === null) return ['This limit doesn’t reset.'];
  const days = Math.floor((resetsAt - at) / DAY_MS);
  const left = days < 1 ? 'less than a day left' : `${counted(days, 'day')} left`;
  return ['Resets ', dateToken(resetsAt), ` (${left}).`];
}
