import type { Request } from '../../ledger/requests.ts';
import { PeopleFault } from '../../ports/ports.ts';
import type { World } from '../context.ts';
import type { Announced } from '../messenger.ts';
import { postOnce } from '../once/post-once.ts';
import { addToList, cardKey } from './card-list.ts';
import { redrawCards } from './redraw-cards.ts';
import { approversNow, askedCard, type CommonFacts, commonFacts, requestCard } from './request-facts.ts';

/**
 * Shows an open request to whoever asked for it and to everybody who may approve it now, each once: in the client's channel
 * for approvals those who are in it, the others directly. Safe to repeat; who becomes an approver later is shown it then.
 * Answers how many may approve it and could be asked.
 */
export async function postCards(world: World, request: Request): Promise<number> {
  const { requestId, memberId } = request;
  let gathered: Promise<CommonFacts> | null = null;
  const asking: Asking = {
    request,
    hasPosted: false,
    common() {
      gathered ??= commonFacts(world, request);
      return gathered;
    },
  };
  await postListed(world, asking, memberId, async () =>
    world.messenger.postCard(memberId, await askedCard(world, request, await asking.common())),
  );

  const approverIds = await ownPeople(world, approversNow(world, request));
  const inChannel = await askInChannel(world, asking, approverIds);
  const directly = approverIds.filter((approverId) => !inChannel.has(approverId));
  for (const approverId of directly) await addToList(world, requestId, cardKey(requestId, approverId));
  const asked = await Promise.all(directly.map((approverId) => askDirectly(world, asking, approverId)));
  if (asking.hasPosted) await redrawIfEnded(world, requestId);
  return inChannel.size + asked.filter((wasAsked) => wasAsked).length;
}

/**
 * Whoever ends it closes the cards that stand by then, or are being posted: one that is begun after that is not posted at
 * all, because nobody would look at it again.
 */
const postWhileOpen = (
  world: World,
  { asking, key }: { asking: Asking; key: string },
  post: () => Promise<Announced>,
): Promise<boolean> =>
  postOnce(world, key, async () => {
    const request = (await world.book.read()).requests.get(asking.request.requestId);
    if (request?.end !== null) return null;
    asking.hasPosted = true;
    return await post();
  });

/** Whoever ended it meanwhile has drawn the cards that stood by then, and looks at it no more. */
async function redrawIfEnded(world: World, requestId: string): Promise<void> {
  const request = (await world.book.read()).requests.get(requestId);
  if (request?.end) await redrawCards(world, requestId);
}

/** A card speaks of the agency's own figures: whoever has become a guest since they were appointed is not shown it. */
async function ownPeople({ channels }: World, memberIds: readonly string[]): Promise<string[]> {
  const faces = await Promise.all(memberIds.map((memberId) => channels.face(null, memberId)));
  return memberIds.filter((_, index) => faces[index] === 'internal');
}

/**
 * `common`: what its cards have in common, gathered when the first of them is to be posted. `hasPosted`: one was, or may have
 * been; mostly all of them have stood there for long.
 */
type Asking = { request: Request; common(): Promise<CommonFacts>; hasPosted: boolean };

/** In the list first: a card that stands and is not listed would never be drawn anew. */
async function postListed(world: World, asking: Asking, to: string, post: () => Promise<Announced>): Promise<boolean> {
  const { requestId } = asking.request;
  const key = cardKey(requestId, to);
  await addToList(world, requestId, key);
  return await postWhileOpen(world, { asking, key }, post);
}

const askDirectly = (world: World, asking: Asking, approverId: string): Promise<boolean> =>
  postListed(world, asking, approverId, async () =>
    world.messenger.postCard(approverId, await requestCard(world, asking.request, approverId, await asking.common())),
  );

/** Whoever sees it in the channel. Once it was escalated owners hear of it directly: nobody has answered in the channel. */
async function askInChannel(
  world: World,
  asking: Asking,
  approverIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { request } = asking;
  const { book, channels } = world;
  const channelId = book.now().clients.get(request.clientId)?.approvalsChannelId ?? null;
  const [first] = approverIds;
  if (channelId === null || first === undefined || (await channels.face(channelId, first)) !== 'internal') {
    return new Set();
  }
  const isThere = await Promise.all(approverIds.map((approverId) => isIn(world, channelId, approverId)));
  const there = approverIds.filter((_, index) => isThere[index]);
  if (there.length === 0) return new Set();
  const isPosted = await postListed(world, asking, channelId, async () =>
    world.messenger.postCardIn(channelId, await requestCard(world, request, channelId, await asking.common())),
  );
  if (!isPosted) return new Set();
  const isOwner = (memberId: string) => book.now().members.get(memberId)?.role === 'owner';
  return new Set(there.filter((memberId) => request.escalatedAt === null || !isOwner(memberId)));
}

/** Who cannot be found in it now is asked directly. */
async function isIn({ channels }: World, channelId: string, memberId: string): Promise<boolean> {
  try {
    return await channels.has(channelId, memberId);
  } catch (error) {
    if (error instanceof PeopleFault) return false;
    throw error;
  }
}
