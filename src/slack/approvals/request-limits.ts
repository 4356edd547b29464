import type { RequestFacts } from '../../app/approvals/cards.ts';
import type { ExceededLimit } from '../../ledger/state.ts';

import type { Audience } from '../../ports/ports.ts';
import { credits, number } from '../../words/figures.ts';
import { bold, dateToken, type Inline } from '../kit/parts.ts';
import { mayShowFigures } from '../kit/show-to-audience.ts';
import { budget, type RefusalContext, sum } from '../refusals/refusal-limit.ts';

/** Draws the limits that a request exceeds: how full each is, and what an approval would leave. */

const BAR_CELLS = 10;
const DAY_MS = 86_400_000;
/** Six accounts with six windows each are the maximum. Longer lists are not readable. */
const LIMITS_MAX = 8;

type Facts = Pick<RequestFacts, 'requestedCredits' | 'clientName' | 'names' | 'at' | 'exceeded'>;

export const LEGEND = '▓ used  ▒ on hold  █ this request  ░ left';

export function limitLines(facts: Facts, reader: { readerId: string; audience: Audience }): Inline[][] {
  const { exceeded, clientName, names } = facts;
  const to: RefusalContext = { ...reader, clientName, helpers: [], names };
  if (exceeded.length === 0) return [['No limit blocks this request now.']];
  const said = exceeded
    .slice(0, LIMITS_MAX)
    .flatMap((limit): Inline[][] =>
      mayShowFigures(limit.account, to)
        ? [
            [`${requestBar(limit, facts.requestedCredits)}  `, ...budget(limit, to, 'Start')],
            [sum(limit), ' ', ...afterwards(limit, facts.requestedCredits)],
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
  const left = days < 1 ? 'less than a day left' : days === 1 ? '1 day left' : `${number(days)} days left`;
  return ['Resets ', dateToken(resetsAt), ` (${left}).`];
}

/** Used ▓, held ▒, this request █, free ░: of all that would be needed, where that is more than there is. */
export function requestBar(limit: ExceededLimit, requestedCredits: number): string {
  const { limitCredits, rolledCredits, grantsCredits, usedCredits, heldCredits } = limit;
  const whole = Math.max(limitCredits + rolledCredits + grantsCredits, usedCredits + heldCredits + requestedCredits, 1);
  const cells = (count: number, cellsMax: number) =>
    count <= 0 ? 0 : Math.min(Math.max(Math.round((count / whole) * BAR_CELLS), 1), cellsMax);
  const ofRequest = cells(requestedCredits, BAR_CELLS);
  const held = cells(heldCredits, BAR_CELLS - ofRequest);
  const used = cells(usedCredits, BAR_CELLS - ofRequest - held);
  const free = BAR_CELLS - used - held - ofRequest;
  return `${'▓'.repeat(used)}${'▒'.repeat(held)}${'█'.repeat(ofRequest)}${'░'.repeat(free)}`;
}
