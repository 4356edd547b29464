import type { AccountId } from '../../ledger/accounts.ts';
import { accountsOfRequest } from '../../ledger/decide/end-request.ts';
import { channelNow } from '../../ledger/lists/channel-ids.ts';
import { type ApprovedRoom, approvalsSince, type Request, requestedCredits } from '../../ledger/requests.ts';
import { approversOf, exceededNow, mayApprove, needsOwner } from '../../ledger/rights/approvers.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { Face } from '../../ports/ports.ts';
import type { World } from '../context.ts';
import { namesOf } from '../names.ts';
import { placeOf } from '../once/post-once.ts';
import { cardsOf, isChannel, readerOfCard } from './card-list.ts';
import type { AskedCard, RequestCard, RequestFacts } from './cards.ts';
import { recentUse } from './recent-use.ts';

/** More people than this, and everybody thinks that somebody else will answer. */
const APPROVERS_MAX = 10;

/** The request as it is on the ledger now, with its words from the records. */
export async function requestFacts(
  world: World,
  request: Request,
  keys: readonly string[] | null = null,
): Promise<RequestFacts> {
  const state = world.book.now();
  const at = Math.max(world.clock.now(), state.lastAt);
  const { requestId, memberId, clientId, projectId, channelId, imagesCount, work } = request;
  const { askedAt, lapsesAt, escalatedAt, end, room } = request;
  const exceeded = end ? [] : exceededNow(state, request, at);
  return {
    requestId,
    requesterId: memberId,
    channelId,
    clientName: state.clients.get(clientId)?.name ?? clientId,
    projectName: projectId === null ? null : (state.projects.get(projectId)?.name ?? null),
    prompt: await promptOf(world, requestId),
    imagesCount,
    requestedCredits: requestedCredits(request),
    work,
    exceeded,
    names: namesOf(state, [...exceeded.map(({ account }) => account), ...accountsIn(room)]),
    at,
    askedAt,
    lapsesAt,
    escalatedAt,
    end,
    room,
    told: end ? await toldOf(world, keys ?? (await cardsOf(world, requestId))) : { memberIds: [], channelIds: [] },
  };
}

/** Null once it was erased. */
export const promptOf = ({ records, book }: World, requestId: string): Promise<string | null> =>
  records.prompts.get({ workspace: book.workspace, jobId: requestId });

/** Where a message about it stands: each is drawn anew, so that everybody who was asked sees how it ended. */
async function toldOf(world: World, keys: readonly string[]): Promise<RequestFacts['told']> {
  const places = await Promise.all(keys.map((key) => placeOf(world, key)));
  const ids = keys.filter((_, index) => places[index]).map(readerOfCard);
  const channelIds = ids.filter(isChannel).map((id) => channelNow(world.book.now(), id));
  return { memberIds: ids.filter((id) => !isChannel(id)), channelIds };
}

function accountsIn(room: ApprovedRoom | null): AccountId[] {
  switch (room?.kind) {
    case 'once':
      return room.grants.map(({ account }) => account);
    case 'until':
      return [...room.accounts];
    case 'raise':
      return room.limits.map(({ account }) => account);
    case undefined:
      return [];
  }
}

/** What the cards of a request have in common: gathered once for those that are drawn together. */
export type CommonFacts = { facts: RequestFacts } & Omit<RequestCard, keyof RequestFacts | 'kind' | 'face'>;

/** `keys`: of the cards that there are, where they have been looked up already. */
export async function commonFacts(
  world: World,
  request: Request,
  keys: readonly string[] | null = null,
): Promise<CommonFacts> {
  const facts = await requestFacts(world, request, keys);
  const recent = await recentUse(world, request);
  const state = world.book.now();
  const { approvalsCount = 0, withinMs = 0 } = state.settings?.repeats ?? {};
  const count = approvalsSince(state.requests, request.memberId, facts.at - withinMs);
  return {
    facts,
    recent,
    approverIds: approversNow(world, request),
    ownersOnly: needsOwner(state, request),
    approvals: { count, withinMs, isOften: approvalsCount > 0 && count >= approvalsCount },
  };
}

/** `to`: the person, or the channel, that it stands before. */
export async function requestCard(
  world: World,
  request: Request,
  to: string,
  { facts, recent, approverIds, ownersOnly, approvals }: CommonFacts,
): Promise<RequestCard> {
  const face = await faceBefore(world, request, to);
  return { ...facts, kind: 'request_card', face, recent, approverIds, ownersOnly, approvals };
}

export async function askedCard(
  world: World,
  request: Request,
  { facts, approverIds }: CommonFacts,
): Promise<AskedCard> {
  const face = await world.channels.face(null, request.memberId);
  return { ...facts, kind: 'asked_card', face, approverIds };
}

/**
 * A card stays where it was posted, whatever becomes of its reader: whoever may not decide any more, and a channel into
 * which somebody from outside has come, is shown none of the agency's figures from then on.
 */
async function faceBefore(world: World, request: Request, to: string): Promise<Face> {
  const { book, channels, clock } = world;
  const state = book.now();
  if (isChannel(to)) {
    const [first] = approversNow(world, request);
    return first === undefined ? 'shared' : await channels.face(to, first);
  }
  const at = Math.max(clock.now(), state.lastAt);
  const about = { at, askedBy: request.memberId };
  const accounts = accountsOfRequest(state, request);
  const hasASay = request.end
    ? accounts.some((account) => may(state, to, 'approve', { ...about, account }))
    : mayApprove(state, to, request, at);
  return hasASay ? await channels.face(null, to) : 'shared';
}

/** Who may approve an open request now, longest-standing first. */
export function approversNow({ book, clock }: World, request: Request): string[] {
  const state = book.now();
  const since = (memberId: string) => state.members.get(memberId)?.since ?? 0;
  return approversOf(state, request, Math.max(clock.now(), state.lastAt))
    .sort((a, b) => since(a) - since(b) || a.localeCompare(b))
    .slice(0, APPROVERS_MAX);
}
