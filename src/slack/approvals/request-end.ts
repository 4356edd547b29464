import type { RequestFacts } from '../../app/approvals/cards.ts';
import { INKWELL } from '../../ledger/commands/commands.ts';
import type { ApprovedRoom } from '../../ledger/requests.ts';
import { credits, extraCredits, number } from '../../words/figures.ts';
import { listed } from '../../words/parts.ts';
import { actor } from '../kit/actor.ts';
import { dateToken, type Inline, person } from '../kit/parts.ts';
import { mayShowFigures } from '../kit/show-to-audience.ts';
import { budget, type RefusalContext } from '../refusals/refusal-limit.ts';
import { ended, standingIn } from '../refusals/request-words.ts';

/** Tells how a request ended: what was decided, by which person, when, and with which limits. */

type Facts = Pick<RequestFacts, 'end' | 'room' | 'clientName' | 'names'>;
type Reader = Pick<RefusalContext, 'readerId' | 'audience' | 'hidden'>;

/** Six accounts with six windows each are the maximum. Longer lists are not readable. */
const BUDGETS_MAX = 8;

/** `approved until Friday by Marcus, today at 14:05`. */
export function endWords({ end, room: made }: Facts): Inline[] {
  if (!end) return [];
  if (end.as !== 'approved' || !made) return ended(end);
  const by: Inline[] = end.by === INKWELL ? [] : [' by ', actor(end.by)];
  return ['approved ', ...manner(made), ...by, ...standingIn(end.inPlaceOf), ', ', dateToken(end.at)];
}

function manner(made: ApprovedRoom): Inline[] {
  switch (made.kind) {
    case 'once':
      return ['once'];
    case 'until':
      return ['until ', dateToken(made.expiresAt)];
    case 'raise':
      return [made.limits.length === 1 ? 'with a higher limit' : 'with higher limits'];
  }
}

/** What the approval changed, one line a budget; none where there was room by itself. */
export function roomLines({ room: made, clientName, names }: Facts, reader: Reader): Inline[][] {
  const to: RefusalContext = { ...reader, clientName, helpers: [], names };
  switch (made?.kind) {
    case 'once':
      return few(made.grants, ({ account, amountCredits }) =>
        onTop({ account, amountCredits }, to, [', for this request only.']),
      );
    case 'until':
      return few(made.accounts, (account) =>
        onTop({ account, amountCredits: made.amountCredits }, to, [' until ', dateToken(made.expiresAt), '.']),
      );
    case 'raise':
      return few(made.limits, (limit) => {
        const { account, fromCredits, toCredits } = limit;
        const figures = ` from ${number(fromCredits)} to ${credits(toCredits)}`;
        return [...budget(limit, to, 'Start'), ` was raised${mayShowFigures(account, to) ? figures : ''}.`];
      });
    case undefined:
      return [];
  }
}

/** Who was sent a message that says how it ended: only what its reader did not know. */
export function toldLines({ toldIds }: Pick<RequestFacts, 'toldIds'>, { readerId }: Reader): Inline[][] {
  const others = toldIds.filter((memberId) => memberId !== readerId);
  return others.length === 0 ? [] : [['Told: ', ...listed(others.map((each) => [person(each)])), '.']];
}

type Grant = { account: (ApprovedRoom & { kind: 'until' })['accounts'][number]; amountCredits: number };

function onTop({ account, amountCredits }: Grant, to: RefusalContext, rest: Inline[]): Inline[] {
  const which = budget({ account, window: null }, to, 'Inside');
  return [mayShowFigures(account, to) ? extraCredits(amountCredits) : 'Extra credits', ' on ', ...which, ...rest];
}

function few<Of>(all: readonly Of[], said: (each: Of) => Inline[]): Inline[][] {
  const more = all.length - BUDGETS_MAX;
  return [...all.slice(0, BUDGETS_MAX).map(said), ...(more > 0 ? [[`And ${number(more)} more.`]] : [])];
}
