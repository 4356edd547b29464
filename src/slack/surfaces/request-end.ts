import type { RequestFacts } from '../../app/approvals/cards.ts';
import { INKWELL } from '../../ledger/commands.ts';
import type { ApprovedRoom } from '../../ledger/requests.ts';
import { credits, number } from '../text.ts';
import { mayShowFigures } from './face.ts';
import { type Inline, person, when } from './parts.ts';
import { budget, type RefusalContext } from './refusal-limit.ts';
import { ended } from './request-words.ts';

/** How a request ended, for as long as anybody reads its card: what was decided, by whom, when, and with what. */

type Facts = Pick<RequestFacts, 'end' | 'room' | 'clientName' | 'names'>;
type Reader = Pick<RefusalContext, 'readerId' | 'face'>;

/** Six accounts in four windows each are the most there can be; more than these nobody compares. */
const BUDGETS_MAX = 8;

/** `approved until Friday by Marcus, today at 14:05`. */
export function endWords({ end, room }: Facts): Inline[] {
  if (!end) return [];
  if (end.as !== 'approved' || !room) return ended(end);
  const by: Inline[] = end.by === INKWELL ? [] : [' by ', person(end.by)];
  return ['approved ', ...manner(room), ...by, ', ', when(end.at)];
}

function manner(room: ApprovedRoom): Inline[] {
  switch (room.kind) {
    case 'once':
      return ['once'];
    case 'until':
      return ['until ', when(room.expiresAt)];
    case 'raise':
      return [room.limits.length === 1 ? 'with a higher limit' : 'with higher limits'];
  }
}

/** What the approval changed, one line a budget; none where there was room by itself. */
export function roomLines({ room, clientName, names }: Facts, reader: Reader): Inline[][] {
  const to: RefusalContext = { ...reader, clientName, helpers: [], names };
  switch (room?.kind) {
    case 'once':
      return few(room.grants, ({ account, amountCredits }) =>
        onTop({ account, amountCredits }, to, [', for this request alone.']),
      );
    case 'until':
      return few(room.accounts, (account) =>
        onTop({ account, amountCredits: room.amountCredits }, to, [', until ', when(room.expiresAt), '.']),
      );
    case 'raise':
      return few(room.limits, (limit) => {
        const { account, fromCredits, toCredits } = limit;
        const figures = ` from ${number(fromCredits)} to ${credits(toCredits)}`;
        return [...budget(limit, to, 'Start'), ` was raised${mayShowFigures(account, to) ? figures : ''}.`];
      });
    case undefined:
      return [];
  }
}

type Grant = { account: (ApprovedRoom & { kind: 'until' })['accounts'][number]; amountCredits: number };

function onTop({ account, amountCredits }: Grant, to: RefusalContext, rest: Inline[]): Inline[] {
  const which = budget({ account, window: null }, to, 'Inside');
  return [mayShowFigures(account, to) ? credits(amountCredits) : 'More', ' on top of ', ...which, ...rest];
}

function few<Of>(all: readonly Of[], said: (each: Of) => Inline[]): Inline[][] {
  const more = all.length - BUDGETS_MAX;
  return [...all.slice(0, BUDGETS_MAX).map(said), ...(more > 0 ? [[`And ${number(more)} more.`]] : [])];
}
