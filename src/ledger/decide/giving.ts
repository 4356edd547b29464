import { type ApproveHow, INKWELL } from '../commands/commands.ts';
import { type Refused, refuse } from '../refusals.ts';
import type { Request } from '../requests.ts';
import { accountsLacking, needsOwner } from '../rights/approvers.ts';
import { checkLifted, hasOwnSay, ownersOnly } from '../rights/ceilings.ts';
import type { State } from '../state.ts';

type Giving = { by: string; request: Request; how: ApproveHow; at: number };

/** Above the owners' threshold, by the request's price or by what is given, an owner decides in person. */
export function checkOwner(state: State, { by, request, how }: Omit<Giving, 'at'>): Refused | null {
  const above = state.settings?.ownerAboveCredits ?? null;
  if (above === null || state.members.get(by)?.role === 'owner') return null;
  const givesMore = how.kind === 'until' && how.amountCredits > above;
  return givesMore || needsOwner(state, request)
    ? refuse({ reason: 'owner_needed', requestId: request.requestId, aboveCredits: above })
    : null;
}

/** What an approval gives besides the images asked for comes from somebody who might give it to anybody. */
export function checkGiving(state: State, { by, request, how, at }: Giving): Refused | null {
  switch (how.kind) {
    case 'once':
      return checkLifted(state, by, accountsLacking(state, request, at));
    case 'until':
      return checkLasting(state, { by, request, at });
    case 'raise':
      return null;
  }
}

/** A delegate decides about one request at a time: what they gave for longer, the one who is away could use alone. */
export function checkLasting(state: State, { by, request, at }: Omit<Giving, 'how'>): Refused | null {
  const lacking = accountsLacking(state, request, at);
  const [first] = lacking;
  if (first === undefined || by === INKWELL) return null;
  const isOwnSay = hasOwnSay(state, state.members.get(by), lacking);
  return isOwnSay ? checkLifted(state, by, lacking) : ownersOnly('lasting_as_delegate', first);
}
