import type { Request } from '../../ledger/requests.ts';
import type { Announced } from '../messenger.ts';
import { PeopleFault } from '../ports.ts';
import { postOnce } from '../post-once.ts';
import type { World } from '../world.ts';
import { addToList, cardKey, cardsOf } from './card-list.ts';
import { redrawCards } from './redraw-cards.ts';
import { approversNow, askedCard, commonFacts, requestCard, requestFacts } from './request-facts.ts';

/**
 * Shows an open request to whoever asked for it and to everybody who may approve it now, each once: in the client's channel
 * for approvals those who are in it, the others directly. Safe to repeat; who becomes an approver later is shown it then.
 * Answers how many may approve it and could be asked.
 */
export async function postCards(world: World, request: Request): Promise<number> {
  const { requestId, memberId } = request;
  const listed = new Set(await cardsOf(world, requestId));
  const ownKey = cardKey(requestId, memberId);
  await list(world, { requestId, key: ownKey, listed });
  await postWhileOpen(world, { requestId, key: ownKey }, async () =>
    world.messenger.postCard(memberId, await askedCard(world, request, await requestFacts(world, request))),
  );

  const approverIds = await ownPeople(world, approversNow(world, request));
  const inChannel = await askInChannel(world, { request, approverIds, listed });
  const directly = approverIds.filter((approverId) => !inChannel.has(approverId));
  const asked = await Promise.all(directly.map((approverId) => askDirectly(world, { request, approverId, listed })));
  await redrawIfEnded(world, requestId);
  return inChannel.size + asked.filter((wasAsked) => wasAsked).length;
}

/**
 * Whoever ends it closes the cards that stand by then, or are being posted: one that is begun after that is not posted at
 * all, because nobody would look at it again.
 */
const postWhileOpen = (
  world: World,
  { requestId, key }: { requestId: string; key: string },
  post: () => Promise<Announced>,
): Promise<boolean> =>
  postOnce(world, key, async () => {
    const request = (await world.book.read()).requests.get(requestId);
    return request?.end === null ? await post() : null;
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

/** `listed`: what stood in the list of its cards when this round began. */
type Asking = { request: Request; listed: ReadonlySet<string> };

async function list(
  world: World,
  { requestId, key, listed }: { requestId: string; key: string; listed: ReadonlySet<string> },
): Promise<void> {
  if (!listed.has(key)) await addToList(world, requestId, key);
}

async function askDirectly(
  world: World,
  { request, approverId, listed }: Asking & { approverId: string },
): Promise<boolean> {
  const { requestId } = request;
  const key = cardKey(requestId, approverId);
  await list(world, { requestId, key, listed });
  return await postWhileOpen(world, { requestId, key }, async () =>
    world.messenger.postCard(
      approverId,
      await requestCard(world, request, approverId, await commonFacts(world, request)),
    ),
  );
}

/** Whoever sees it in the channel. Once it was escalated owners hear of it directly: nobody has answered in the channel. */
async function askInChannel(
  world: World,
  { request, approverIds, listed }: Asking & { approverIds: readonly string[] },
): Promise<ReadonlySet<string>> {
  const { book, channels } = world;
  const channelId = book.now().clients.get(request.clientId)?.approvalsChannelId ?? null;
  const [first] = approverIds;
  if (channelId === null || first === undefined || (await channels.face(channelId, first)) !== 'internal') {
    return new Set();
  }
  const isThere = await Promise.all(approverIds.map((approverId) => isIn(world, channelId, approverId)));
  const there = approverIds.filter((_, index) => isThere[index]);
  if (there.length === 0) return new Set();
  const { requestId } = request;
  const key = cardKey(requestId, channelId);
  await list(world, { requestId, key, listed });
  const isPosted = await postWhileOpen(world, { requestId, key }, async () =>
    world.messenger.postCardIn(
      channelId,
      await requestCard(world, request, channelId, await commonFacts(world, request)),
    ),
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
