import { type AccountId, accountsOf, clientAccount } from '../accounts.ts';
import { type ApproveHow, INKWELL } from '../commands/commands.ts';
import { activeWith } from '../lists/member-lists.ts';
import { type Refused, refuse } from '../refusals.ts';
import { type Request, requestedCredits } from '../requests.ts';
import type { ExceededLimit, Member, State } from '../state.ts';
import { exceededBy } from '../usage/exceeded.ts';
import { checkLifted, hasOwnSay, ownersOnly } from './ceilings.ts';
import { delegatorsOf } from './manages.ts';
import { checkRight } from './rights.ts';
import { thereOf } from './who-is-there.ts';

/** What a person may decide about a request. Null means that they may; a refusal says why not. */
export type ApprovalAuthority = {
  /** Takes authority over every account that lacks credits. People never decide about their own requests. */
  approve: Refused | null;
  /** Takes authority over one of those accounts: each of them could withhold what is missing. */
  deny: Refused | null;
  /** Above the owners' figure, by the request's price or by what is given, an owner decides in person. */
  owner(how: ApproveHow): Refused | null;
  /** What an approval gives besides the images comes from a person who might give it to anybody. */
  give(kind: ApproveHow['kind']): Refused | null;
};

type Deciding = { by: string; at: number };
type Asking = { at: number; canBeAsked(memberId: string): boolean };

/** Says what a person may decide about an open request. Decisions, cards and the list of who is asked all ask here. */
export function approvalAuthority(state: State, request: Request, { by, at }: Deciding): ApprovalAuthority {
  const lacking = accountsLacking(state, request, at);
  const say = checkSay(state, { by, at, request, lacking });
  return {
    ...say,
    owner: (how) => checkOwner(state, { by, request, how }),
    give: (kind) => {
      switch (kind) {
        case 'once':
          return checkLifted(state, by, lacking);
        case 'until':
          return checkLasting(state, by, lacking);
        case 'raise':
          // Each limit is set as its own command would be.
          return null;
      }
    },
  };
}

/** Says why a person may not approve a request for this once: what the button on its card does. */
export function checkApproveOnce(state: State, request: Request, deciding: Deciding): Refused | null {
  const { approve, owner, give } = approvalAuthority(state, request, deciding);
  return approve ?? owner({ kind: 'once' }) ?? give('once');
}

/**
 * Lists the people who are asked about a request, and each of them can answer now: the managers of every account that lacks
 * credits, or the delegates of those who are away. Owners are asked at once where none of these is there, and after a while
 * in any case. People who are away are asked only where no one else is left.
 */
export const approversOf = (state: State, request: Request, at: number): string[] =>
  approversAmong(state, request, { at, canBeAsked: () => true });

/** As above, but without the people who cannot be asked: some have left Slack, and the ledger does not know it yet. */
export function approversAmong(state: State, request: Request, { at, canBeAsked }: Asking): string[] {
  const accounts = accountsToDecide(request, accountsLacking(state, request, at));
  const mayApprove = ({ memberId }: Member) => checkApproveOnce(state, request, { by: memberId, at }) === null;
  const managers = activeWith(state, 'manager').filter((each) => hasOwnSay(state, each, accounts) && mayApprove(each));
  const owners = activeWith(state, 'owner').filter(mayApprove);
  const can = (each: Member) => mayApprove(each) && canBeAsked(each.memberId);

  const managersNow = thereOf(state, managers, { at, can });
  if (managersNow.length > 0 && request.escalatedAt === null) return idsOf(managersNow);
  const ownersNow = thereOf(state, owners, { at, can });
  if (ownersNow.length > 0) return idsOf([...managersNow, ...ownersNow]);
  return idsOf([...(managersNow.length > 0 ? managersNow : managers), ...owners]).filter(canBeAsked);
}

const idsOf = (members: readonly Member[]): string[] => [...new Set(members.map(({ memberId }) => memberId))];

/** Lists every limit that stops a request now; those that only warn do not. */
export function exceededNow(
  state: State,
  request: Pick<Request, 'memberId' | 'clientId' | 'projectId' | 'imagesCount' | 'eachCredits'>,
  at: number,
): ExceededLimit[] {
  const { settings: calendar } = state;
  if (!calendar) return [];
  const { memberId, clientId, projectId } = request;
  const { teamIds = [] } = state.members.get(memberId) ?? {};
  const accounts = accountsOf({ memberId, teamIds, clientId, projectId });
  const wanted = { accounts, requestedCredits: requestedCredits(request), at, calendar, memberId };
  return exceededBy(state, wanted).filter(({ over }) => over !== 'warn');
}

export const needsOwner = (state: State, request: Request): boolean =>
  isAboveOwnersFigure(state, requestedCredits(request));

/** Lists the accounts that an approval has to give extra credits to. */
function accountsLacking(state: State, request: Request, at: number): AccountId[] {
  const asking = exceededNow(state, request, at).filter(({ over }) => over === 'ask');
  return [...new Set(asking.map(({ account }) => account))];
}

/**
 * Where no account lacks credits any more, authority over the client is needed. A limit that refuses asks for no authority:
 * it cannot be approved over, and the person who tries is told that it binds.
 */
const accountsToDecide = (request: Request, lacking: readonly AccountId[]): readonly AccountId[] =>
  lacking.length > 0 ? lacking : [clientAccount(request.clientId)];

/** In whose place a delegate decides: a person who is away, and who might. Nothing for what people decide in their own name. */
export function standsInFor(state: State, request: Request, { by, at }: Deciding): { inPlaceOf?: string } {
  const accounts = accountsToDecide(request, accountsLacking(state, request, at));
  const mayOne = (member: Member | undefined) => accounts.some((account) => hasOwnSay(state, member, [account]));
  if (by === INKWELL || mayOne(state.members.get(by))) return {};
  const away = delegatorsOf(state, by, at).filter(({ memberId }) => memberId !== request.memberId);
  const found = away.find((each) => hasOwnSay(state, each, accounts)) ?? away.find(mayOne);
  return found ? { inPlaceOf: found.memberId } : {};
}

type Say = Deciding & { request: Request; lacking: readonly AccountId[] };

function checkSay(state: State, { by, at, request, lacking }: Say): Pick<ApprovalAuthority, 'approve' | 'deny'> {
  const own = by === request.memberId ? refuse({ reason: 'own_request', requestId: request.requestId }) : null;
  if (own) return { approve: own, deny: own };
  const check = (action: 'approve' | 'deny') =>
    accountsToDecide(request, lacking).map((account) =>
      checkRight(state, by, action, { account, at, askedBy: request.memberId }),
    );
  const first = (refusals: readonly (Refused | null)[]) => refusals.find((each) => each !== null) ?? null;
  const denials = check('deny');
  return { approve: first(check('approve')), deny: denials.includes(null) ? null : first(denials) };
}

function checkOwner(
  state: State,
  { by, request, how }: { by: string; request: Request; how: ApproveHow },
): Refused | null {
  const aboveCredits = state.settings?.ownerAboveCredits ?? null;
  if (aboveCredits === null || state.members.get(by)?.role === 'owner') return null;
  const givenCredits = how.kind === 'until' ? how.amountCredits : 0;
  const isMuch = needsOwner(state, request) || isAboveOwnersFigure(state, givenCredits);
  return isMuch ? refuse({ reason: 'owner_needed', requestId: request.requestId, aboveCredits }) : null;
}

const isAboveOwnersFigure = ({ settings }: State, credits: number): boolean =>
  credits > (settings?.ownerAboveCredits ?? Number.POSITIVE_INFINITY);

/** A delegate decides about one request at a time. Credits given for longer could be used by the person they stand in for. */
function checkLasting(state: State, by: string, lacking: readonly AccountId[]): Refused | null {
  const [first] = lacking;
  if (first === undefined || by === INKWELL) return null;
  const isOwnSay = hasOwnSay(state, state.members.get(by), lacking);
  return isOwnSay ? checkLifted(state, by, lacking) : ownersOnly('lasting_as_delegate', first);
}
