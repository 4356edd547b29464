import { type AccountId, memberAccount, memberInClientAccount } from '../../ledger/accounts.ts';
import { accountsOfRequest } from '../../ledger/decide/end-request.ts';
import { clientOfAccount } from '../../ledger/lists/client-lists.ts';
import { type ApprovedRoom, approvalsSince, type Request, requestedCredits } from '../../ledger/requests.ts';
import { checkApproveOnce, exceededNow, needsOwner } from '../../ledger/rights/approval-authority.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import type { Audience } from '../../ports/ports.ts';
import type { AppContext } from '../context.ts';
import { toldKey } from '../images/told-key.ts';
import { hiddenFrom } from '../limits/less-said.ts';
import { namesOf } from '../names.ts';
import { wasMessaged } from '../once/message-once.ts';
import { isChannel } from './card-list.ts';
import type { AskedCard, RecentUse, RequestCard, RequestFacts } from './cards.ts';
import { approversNow } from './who-is-asked.ts';

/** The request as it is on the ledger now, with its words from the records. */
export async function requestFacts(context: AppContext, request: Request): Promise<RequestFacts> {
  const state = context.book.now();
  const at = Math.max(context.clock.now(), state.lastAt);
  const { requestId, memberId, clientId, projectId, channelId, imagesCount, work } = request;
  const { askedAt, lapsesAt, escalatedAt, end, room } = request;
  const exceeded = end ? [] : exceededNow(state, request, at);
  return {
    requestId,
    requesterId: memberId,
    channelId,
    clientName: state.clients.get(clientId)?.name ?? clientId,
    projectName: projectId === null ? null : (state.projects.get(projectId)?.name ?? null),
    prompt: await promptOf(context, requestId),
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
    toldIds: end ? await toldOf(context, request) : [],
  };
}

/** Null once it was erased. */
export const promptOf = ({ records, book }: AppContext, requestId: string): Promise<string | null> =>
  records.prompts.get({ workspace: book.workspace, jobId: requestId });

async function toldOf(context: AppContext, { requestId, memberId }: Request): Promise<string[]> {
  const kinds = ['request_approved', 'not_approved'] as const;
  const wasTold = await Promise.all(kinds.map((kind) => wasMessaged(context, toldKey(requestId, kind))));
  return wasTold.includes(true) ? [memberId] : [];
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
export type CommonFacts = { facts: RequestFacts } & Omit<
  RequestCard,
  keyof RequestFacts | 'kind' | 'audience' | 'standsIn'
>;

export async function commonFacts(context: AppContext, request: Request): Promise<CommonFacts> {
  const facts = await requestFacts(context, request);
  const recent = await recentUse(context, request);
  const state = context.book.now();
  const { approvalsCount = 0, withinMs = 0 } = state.settings?.repeats ?? {};
  const count = approvalsSince(state.requests, request.memberId, facts.at - withinMs);
  return {
    facts,
    recent,
    approverIds: await approversNow(context, request),
    ownersOnly: needsOwner(state, request),
    approvals: { count, withinMs, isOften: approvalsCount > 0 && count >= approvalsCount },
  };
}

/** `to`: the person, or the channel, that it stands before. The person who asked has a card of their own. */
export async function cardFor(
  context: AppContext,
  request: Request,
  to: string,
  common: CommonFacts,
): Promise<RequestCard | AskedCard> {
  if (to !== request.memberId) return await requestCard(context, request, to, common);
  const { facts, approverIds } = common;
  const audience = await context.channels.audience(null, to);
  const accounts = [...facts.exceeded.map(({ account }) => account), ...accountsIn(request.room)];
  const hidden = hiddenFrom(context.book.now(), { by: to, clientId: request.clientId, accounts });
  return { ...facts, kind: 'asked_card', audience, hidden, approverIds };
}

export async function requestCard(
  context: AppContext,
  request: Request,
  to: string,
  { facts, ...common }: CommonFacts,
): Promise<RequestCard> {
  const audience = await faceBefore(context, request, to);
  const standsIn = isChannel(to) ? 'channel' : 'direct_message';
  return { ...facts, ...common, kind: 'request_card', audience, standsIn };
}

/**
 * A card stays where it was posted, whatever becomes of its reader. A person who may not decide any more, and a channel that
 * people from outside have joined, are shown none of the agency's figures from then on. In a channel not everybody has a say:
 * it is shown the limits of its client and of the requester, and neither the agency's nor a team's.
 */
export async function faceBefore(context: AppContext, request: Request, to: string): Promise<Audience> {
  const { book, channels, clock } = context;
  const state = book.now();
  const at = Math.max(clock.now(), state.lastAt);
  if (isChannel(to)) {
    const [first] = await approversNow(context, request);
    if (first === undefined || !isForChannel(state, request, at)) return 'shared';
    return await channels.audience(to, first);
  }
  const about = { at, askedBy: request.memberId };
  const accounts = accountsOfRequest(state, request);
  const hasASay = request.end
    ? accounts.some((account) => may(state, to, 'approve', { ...about, account }))
    : checkApproveOnce(state, request, { by: to, at }) === null;
  return hasASay ? await channels.audience(null, to) : 'shared';
}

/** Whether a channel may see its card: each limit belongs to its client or to the requester. */
function isForChannel(state: State, request: Request, at: number): boolean {
  const exceeded = request.end ? [] : exceededNow(state, request, at).map(({ account }) => account);
  return [...exceeded, ...accountsIn(request.room)].every(
    (account) => account === memberAccount(request.memberId) || clientOfAccount(state, account) === request.clientId,
  );
}

const RECENT_MS = 30 * 86_400_000;
const LINES_A_PAGE = 256;
/** With more than this in a month, the exact figure makes no difference. */
const PAGES_MAX = 20;

/**
 * Counts what a person asked for and used of a client in the last 30 days, from the lines that touched their account with
 * it. An approver may know nothing of other clients.
 */
async function recentUse(
  { book, clock }: AppContext,
  { memberId, clientId }: { memberId: string; clientId: string },
): Promise<RecentUse> {
  const toAt = Math.max(clock.now(), book.now().lastAt) + 1;
  const query = {
    account: memberInClientAccount(memberId, clientId),
    fromAt: toAt - RECENT_MS,
    toAt,
    linesMax: LINES_A_PAGE,
  };
  let [requestsCount, usedCredits] = [0, 0];
  let beforeSeq: number | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const lines = await book.history({ ...query, ...(beforeSeq === undefined ? {} : { beforeSeq }) });
    for (const line of lines) {
      if (line.kind === 'held' || line.kind === 'approved') requestsCount += 1;
      if (line.kind === 'captured') usedCredits += line.capturedCredits;
    }
    beforeSeq = lines.at(-1)?.seq;
    if (lines.length < LINES_A_PAGE) break;
  }
  return { requestsCount, usedCredits, withinMs: RECENT_MS };
}
