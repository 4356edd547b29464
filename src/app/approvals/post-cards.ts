import type { Request } from '../../ledger/requests.ts';
import { PeopleFault } from '../../ports/ports.ts';
import type { AppContext } from '../context.ts';
import type { Announced, Card } from '../messenger.ts';
import { postCardIn, postCardTo } from '../once/post-card.ts';
import { placeOf, postOnce } from '../once/post-once.ts';
import { addToList, cardKey } from './card-list.ts';
import { beginDrawing, type Drawing, endDrawing, lastDrawing, shownOf } from './drawings.ts';
import { redrawCards } from './redraw-cards.ts';
import { type CommonFacts, cardFor, commonFacts, faceBefore } from './request-facts.ts';
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
    posting: null,
    common() {
      gathered ??= commonFacts(context, request);
      return gathered;
    },
  };
  await postListed(context, asking, memberId, (card, onceKey) => postCardTo(context, memberId, card, onceKey));

  const approverIds = await ownPeople(context, await approversNow(context, request));
  const inChannel = await askInChannel(context, asking, approverIds);
  const directly = approverIds.filter((approverId) => !inChannel.has(approverId));
  for (const approverId of directly) await addToList(context, requestId, cardKey(requestId, approverId));
  const asked = await Promise.all(directly.map((approverId) => askDirectly(context, asking, approverId)));
  if (asking.posting) {
    await endPosting(context, asking, asking.posting);
    await redrawIfEnded(context, requestId);
  }
  return inChannel.size + asked.filter((wasAsked) => wasAsked).length;
}

/** Ends the drawing that posting is. Older cards may show other sums; then the drawing counts as incomplete, and all cards are drawn again. */
async function endPosting(context: AppContext, asking: Asking, { before, drawingNo }: Posting) {
  const { requestId } = asking.request;
  const shown = shownOf((await asking.common()).facts);
  const isWhole = before === null || before.shown === shown;
  await endDrawing(context, requestId, { drawingNo, shown: isWhole ? shown : null });
}

/**
 * Posts it while it is open. The process that ends it closes the cards that stand by then, or are being posted; a later one would
 * never be closed. Where Slack can't say who reads it, it would have no buttons: the next round posts it.
 */
const postWhileOpen = (
  context: AppContext,
  { asking, to, post }: { asking: Asking; to: string; post: Post },
): Promise<boolean> =>
  postOnce(context, cardKey(asking.request.requestId, to), async (onceKey) => {
    const request = (await context.book.read()).requests.get(asking.request.requestId);
    if (request?.end !== null) return null;
    const card = await cardFor(context, asking.request, to, await asking.common());
    if (card.audience === 'unsure') return null;
    asking.posting ??= await beginPosting(context, asking.request.requestId);
    return await post(card, onceKey);
  });

async function beginPosting(context: AppContext, requestId: string): Promise<Posting> {
  const before = await lastDrawing(context, requestId);
  return { before, drawingNo: await beginDrawing(context, requestId) };
}

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
 * `common`: what its cards have in common, gathered when the first of them is to be posted. `posting`: null while none was;
 * mostly all of them have stood there for long.
 */
type Asking = { request: Request; common(): Promise<CommonFacts>; posting: Posting | null };
type Posting = { before: Drawing | null; drawingNo: number | null };
type Post = (card: Card, onceKey: string) => Promise<Announced>;

/** Lists the card before it is posted: one that is not listed would never be redrawn. */
async function postListed(context: AppContext, asking: Asking, to: string, post: Post): Promise<boolean> {
  const { requestId } = asking.request;
  await addToList(context, requestId, cardKey(requestId, to));
  return await postWhileOpen(context, { asking, to, post });
}

const askDirectly = (context: AppContext, asking: Asking, approverId: string): Promise<boolean> =>
  postListed(context, asking, approverId, (card, onceKey) => postCardTo(context, approverId, card, onceKey));

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
  const hasCard = (await placeOf(context, cardKey(request.requestId, channelId))) !== null;
  const face = await faceBefore(context, request, channelId);
  // A card in the channel has asked them already, even while Slack can't say who reads the channel.
  if (face !== 'internal' && !(face === 'unsure' && hasCard)) return new Set();
  const isThere = await Promise.all(approverIds.map((approverId) => isIn(context, { channelId, approverId, hasCard })));
  const there = approverIds.filter((_, index) => isThere[index]);
  if (there.length === 0) return new Set();
  const isPosted = await postListed(context, asking, channelId, (card, onceKey) =>
    postCardIn(context, channelId, card, onceKey),
  );
  if (!isPosted) return new Set();
  const isOwner = (memberId: string) => book.now().members.get(memberId)?.role === 'owner';
  return new Set(there.filter((memberId) => request.escalatedAt === null || !isOwner(memberId)));
}

/** People are asked directly where Slack can't say whether they are in it, and no card has asked them there yet. */
async function isIn(
  { channels }: AppContext,
  { channelId, approverId, hasCard }: { channelId: string; approverId: string; hasCard: boolean },
): Promise<boolean> {
  try {
    return await channels.has(channelId, approverId);
  } catch (error) {
    if (error instanceof PeopleFault) return hasCard;
    throw error;
  }
}
