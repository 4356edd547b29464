import type { Request } from '../../ledger/requests.ts';
import { PeopleFault } from '../../ports/ports.ts';
import type { AppContext } from '../context.ts';
import type { Announced } from '../messenger.ts';
import { postOnce } from '../once/post-once.ts';
import { addToList, cardKey } from './card-list.ts';
import { redrawCards } from './redraw-cards.ts';
import { askedCard, type CommonFacts, commonFacts, faceBefore, requestCard } from './request-facts.ts';
import { noteSums } from './tend-open-cards.ts';
import { approversNow } from './who-is-asked.ts';

/**
 * Shows an open request to its requester and to everybody who may approve it now, each once: in the client's channel
 * for approvals those who are in it, the others directly. Safe to repeat; who becomes an approver later is shown it then.
 * Answers how many may approve it and could be asked.
 */
export async function postCards(context: AppContext, request: Request): Promise<number> {
  const { requestId, memberId } = request;
  let gathered: Promise<CommonFacts> | null = null;
  const asking: Asking = {
    request,
    hasPosted: false,
    common() {
      gathered ??= commonFacts(context, request);
      return gathered;
    },
  };
  await postListed(context, asking, memberId, async (onceKey) =>
    context.messenger.postCard(memberId, await askedCard(context, request, await asking.common()), onceKey),
  );

  const approverIds = await ownPeople(context, await approversNow(context, request));
  const inChannel = await askInChannel(context, asking, approverIds);
  const directly = approverIds.filter((approverId) => !inChannel.has(approverId));
  for (const approverId of directly) await addToList(context, requestId, cardKey(requestId, approverId));
  const asked = await Promise.all(directly.map((approverId) => askDirectly(context, asking, approverId)));
  if (asking.hasPosted) {
    await noteSums(context, request);
    await redrawIfEnded(context, requestId);
  }
  return inChannel.size + asked.filter((wasAsked) => wasAsked).length;
}

/**
 * The process that ends it closes the cards that stand by then, or are being posted. A later one is not posted at all: it
 * would never be closed.
 */
const postWhileOpen = (
  context: AppContext,
  { asking, key }: { asking: Asking; key: string },
  post: (onceKey: string) => Promise<Announced>,
): Promise<boolean> =>
  postOnce(context, key, async (onceKey) => {
    const request = (await context.book.read()).requests.get(asking.request.requestId);
    if (request?.end !== null) return null;
    asking.hasPosted = true;
    return await post(onceKey);
  });

/** The process that ended it has drawn the cards that stood by then, and does not come back. */
async function redrawIfEnded(context: AppContext, requestId: string): Promise<void> {
  const request = (await context.book.read()).requests.get(requestId);
  if (request?.end) await redrawCards(context, requestId);
}

/** A card shows the agency's figures: a person who has become a guest since is not shown it. */
async function ownPeople({ channels }: AppContext, memberIds: readonly string[]): Promise<string[]> {
  const audiences = await Promise.all(memberIds.map((memberId) => channels.audience(null, memberId)));
  return memberIds.filter((_, index) => audiences[index] === 'internal');
}

/**
 * `common`: what its cards have in common, gathered when the first of them is to be posted. `hasPosted`: one was, or may have
 * been; mostly all of them have stood there for long.
 */
type Asking = { request: Request; common(): Promise<CommonFacts>; hasPosted: boolean };

/** Lists the card before it is posted: one that is not listed would never be redrawn. */
async function postListed(
  context: AppContext,
  asking: Asking,
  to: string,
  post: (onceKey: string) => Promise<Announced>,
): Promise<boolean> {
  const { requestId } = asking.request;
  const key = cardKey(requestId, to);
  await addToList(context, requestId, key);
  return await postWhileOpen(context, { asking, key }, post);
}

const askDirectly = (context: AppContext, asking: Asking, approverId: string): Promise<boolean> =>
  postListed(context, asking, approverId, async (onceKey) =>
    context.messenger.postCard(
      approverId,
      await requestCard(context, asking.request, approverId, await asking.common()),
      onceKey,
    ),
  );

/**
 * Lists the approvers who see it in the channel. Where the agency's or a team's limit is in the way, it is not posted there:
 * others read it. Once it was escalated owners hear of it directly: the channel has not answered.
 */
async function askInChannel(
  context: AppContext,
  asking: Asking,
  approverIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { request } = asking;
  const { book } = context;
  const channelId = book.now().clients.get(request.clientId)?.approvalsChannelId ?? null;
  if (channelId === null || approverIds.length === 0) return new Set();
  if ((await faceBefore(context, request, channelId)) !== 'internal') return new Set();
  const isThere = await Promise.all(approverIds.map((approverId) => isIn(context, channelId, approverId)));
  const there = approverIds.filter((_, index) => isThere[index]);
  if (there.length === 0) return new Set();
  const isPosted = await postListed(context, asking, channelId, async (onceKey) =>
    context.messenger.postCardIn(
      channelId,
      await requestCard(context, request, channelId, await asking.common()),
      onceKey,
    ),
  );
  if (!isPosted) return new Set();
  const isOwner = (memberId: string) => book.now().members.get(memberId)?.role === 'owner';
  return new Set(there.filter((memberId) => request.escalatedAt === null || !isOwner(memberId)));
}

/** Who cannot be found in it now is asked directly. */
async function isIn({ channels }: AppContext, channelId: string, memberId: string): Promise<boolean> {
  try {
    return await channels.has(channelId, memberId);
  } catch (error) {
    if (error instanceof PeopleFault) return false;
    throw error;
  }
}
