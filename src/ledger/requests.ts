import type { Map as ImmutableMap } from 'immutable';
import type { AccountId } from './accounts.ts';
import { idLists } from './lists/id-lists.ts';
import type { Window } from './usage/windows.ts';
import type { Work } from './work.ts';

/** A request over an `ask` limit: it waits for approval, or has come to its one end. */
export type Request = {
  /** The id of the hold that was asked for, and of the image job. */
  requestId: string;
  memberId: string;
  clientId: string;
  projectId: string | null;
  channelId: string;
  imagesCount: number;
  eachCredits: number;
  work: Work;
  timeoutMs: number;
  askedAt: number;
  escalatesAt: number;
  lapsesAt: number;
  escalatedAt: number | null;
  /** Null while it is open. */
  end: RequestEnd | null;
  /** What it was approved with; null unless it was. */
  room: ApprovedRoom | null;
};

export type RequestEnd = {
  as: 'approved' | 'denied' | 'withdrawn' | 'lapsed';
  by: string;
  at: number;
  /** The person who is away, where a delegate decided. */
  inPlaceOf?: string;
  /** Why it was denied. */
  reason: string | null;
};

/** The room that an approval made, as the card says it for as long as anybody reads it. */
export type ApprovedRoom =
  /** What each account lacked. */
  | { kind: 'once'; grants: readonly { account: AccountId; amountCredits: number }[] }
  | { kind: 'until'; amountCredits: number; expiresAt: number; accounts: readonly AccountId[] }
  | { kind: 'raise'; limits: readonly RaisedLimit[] };

export type RaisedLimit = { account: AccountId; window: Window; fromCredits: number; toCredits: number };

type Requests = ImmutableMap<string, Request>;

/** Longer than any repeat that is looked for, and than the life of any card that is still used. */
export const ENDED_KEPT_MS = 120 * 24 * 3_600_000;

export const requestedCredits = ({ imagesCount, eachCredits }: Pick<Request, 'imagesCount' | 'eachCredits'>): number =>
  imagesCount * eachCredits;

const DAY_MS = 24 * 3_600_000;
const dayOf = (at: number) => Math.floor(at / DAY_MS);

/** All of one member, the open ones of one member, and those that ended on a day. */
export const requestLists = idLists<Request, 'of' | 'open' | 'ended'>(({ memberId, end }) => [
  ['of', memberId],
  end === null ? ['open', memberId] : ['ended', String(dayOf(end.at))],
]);

/** Adds a request, and forgets those that ended long ago. */
export function addRequest(requests: Requests, added: Request): Requests {
  const keptSinceAt = added.askedAt - ENDED_KEPT_MS;
  let kept = requests;
  for (const day of requestLists.keys(requests, 'ended')) {
    if (Number(day) > dayOf(keptSinceAt)) continue;
    for (const requestId of requestLists.ids(requests, ['ended', day])) {
      if ((requests.get(requestId)?.end?.at ?? keptSinceAt) < keptSinceAt) kept = requestLists.remove(kept, requestId);
    }
  }
  return requestLists.set(kept, added.requestId, added);
}

export function endRequest(
  requests: Requests,
  requestId: string,
  { room = null, ...end }: RequestEnd & { room?: ApprovedRoom | null },
): Requests {
  const open = requests.get(requestId);
  if (!open || open.end) throw new Error(`request ${requestId} is not open`);
  return requestLists.set(requests, requestId, { ...open, end, room });
}

/** A removed person's requests are withdrawn. */
export function withdrawAllOf(requests: Requests, memberId: string, { by, at }: { by: string; at: number }): Requests {
  let left = requests;
  for (const { requestId } of openRequestsOf(requests, memberId)) {
    left = endRequest(left, requestId, { as: 'withdrawn', by, at, reason: null });
  }
  return left;
}

export const openRequestsOf = (requests: Requests, memberId: string): Request[] =>
  requestLists
    .ids(requests, ['open', memberId])
    .toArray()
    .flatMap((requestId) => requests.get(requestId) ?? []);

/** Counts a member's approved requests since a moment. */
export const approvalsSince = (requests: Requests, memberId: string, sinceAt: number): number =>
  requestLists.ids(requests, ['of', memberId]).count((requestId) => {
    const end = requests.get(requestId)?.end;
    return end?.as === 'approved' && end.at >= sinceAt;
  });
