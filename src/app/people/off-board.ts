import { membersIn } from '../../ledger/lists/member-lists.ts';
import { type Hold, ROLES } from '../../ledger/state.ts';
import { holdsOf } from '../../ledger/usage/usage.ts';
import { describe } from '../../ports/describe-error.ts';
import { afterPeopleChanged } from '../approvals/reroute.ts';
import type { World } from '../context.ts';
import { loadJob } from '../images/job-lease.ts';
import { withRight } from '../limits/limit-contacts.ts';
import { lastingMark, putLastingMark } from '../once/once-markers.ts';
import { placeOf, postOnce } from '../once/post-once.ts';
import { type LeavingReceipt, receiptOf } from './receipt.ts';

/** How long the receipt waits for what was stopped to be given back, so that it can tell of it. */
const STOPPED_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 100;
/** What could not be told within this is no news any more. */
const UNFINISHED_FOR_MS = 7 * 86_400_000;

/**
 * What follows from a removal that stands in the ledger: what was not begun is given back, requests that waited for them
 * reach others, and every owner gets a receipt, once. Every step is safe to repeat; what fails is repeated by the sweeper.
 */
export async function offBoard(world: World, memberId: string): Promise<void> {
  const member = (await world.book.read()).members.get(memberId);
  if (member?.status !== 'removed') return;
  const { statusAt: removedAt } = member;
  world.departures.announce(memberId);
  await untilStopped(world, memberId);
  await afterPeopleChanged(world, memberId);
  if (await tellOwners(world, { memberId, removedAt })) await markDone(world, { memberId, removedAt });
}

/** As above, for whoever waits for the removal itself: it stands, whatever is in the way of the rest. */
export async function offBoardOrLater(world: World, memberId: string): Promise<void> {
  try {
    await offBoard(world, memberId);
  } catch (error) {
    world.log.warn({ memberId, error: describe(error) }, 'off-boarding not finished, will be tried again');
  }
}

/** What a crash or an outage left; and receipts, once nothing is being made any more of what they told of. */
export async function finishOffBoardings(world: World): Promise<void> {
  const { book, clock } = world;
  const { members } = book.now();
  const removed = ROLES.flatMap((role) => membersIn(members, `removed/${role}`));
  for (const { memberId, statusAt: removedAt } of removed) {
    if (removedAt <= clock.now() - UNFINISHED_FOR_MS) continue;
    const removal = { memberId, removedAt };
    const done = await lastingMark(world, doneKey(removal));
    if (done === null) await offBoardOrLater(world, memberId);
    else await settleReceipts(world, removal);
  }
}

/** By the hold's deadline at the latest each image has been captured, given back or lost: then the receipts say which. */
async function settleReceipts(world: World, removal: Removal): Promise<void> {
  const { book, records, log } = world;
  const mark = { workspace: book.workspace, key: unsettledKey(removal) };
  const isOpen = ({ heldAt }: Hold) => heldAt <= removal.removedAt;
  if (holdsOf(book.now(), removal.memberId).some(isOpen) || (await records.marks.get(mark)) === null) return;
  try {
    if (await redrawReceipts(world, removal)) await records.marks.remove(mark);
  } catch (error) {
    log.warn({ memberId: removal.memberId, error: describe(error) }, 'receipt not redrawn, will be tried again');
  }
}

type Removal = { memberId: string; removedAt: number };

/** Only for what this process has in hand: of other processes nothing is known but that they will see it. */
async function untilStopped(world: World, memberId: string): Promise<void> {
  const { clock } = world;
  const until = clock.now() + STOPPED_WITHIN_MS;
  while (clock.now() < until && (await hasUnbegun(world, memberId))) await clock.sleep(LOOK_EVERY_MS);
}

async function hasUnbegun(world: World, memberId: string): Promise<boolean> {
  const holds = holdsOf(world.book.now(), memberId);
  for (const jobId of new Set(holds.map(jobOf))) {
    if (!world.running.has(jobId)) continue;
    const job = await loadJob(world, jobId);
    if (job?.images.some(({ sending, answer, settled }) => !settled && !sending && !isSent(answer))) return true;
  }
  return false;
}

const jobOf = ({ holdId }: Hold) => holdId.slice(0, holdId.lastIndexOf('/'));

/** Whatever came of it, or may come of it yet, was sent. */
const isSent = (answer: { kind: string } | null) => answer !== null && SENT.has(answer.kind);
const SENT: ReadonlySet<string> = new Set(['done', 'unknown']);

/** True once every owner who may be told has been told. It names clients, so it goes to full members only. */
async function tellOwners(world: World, removal: Removal): Promise<boolean> {
  const receipt = await receiptOf(world, removal.memberId, removal.removedAt);
  if (!receipt) return true;
  if (receipt.leaving.beingMade.imagesCount > 0) await markUnsettled(world, removal);
  let isTold = true;
  for (const ownerId of withRight(world.book.now(), 'bring_back_member')) {
    if (!(await tell(world, { ownerId, key: receiptKey(removal, ownerId), receipt }))) isTold = false;
  }
  return isTold;
}

/** A receipt that was begun and stands nowhere may have been cut off: somebody else posts it after a while. */
async function tell(
  world: World,
  { ownerId, key, receipt }: { ownerId: string; key: string; receipt: LeavingReceipt },
) {
  if ((await placeOf(world, key)) !== null) return true;
  if ((await world.channels.face(null, ownerId)) !== 'internal') return false;
  await postOnce(world, key, () => world.messenger.postCard(ownerId, receipt));
  return (await placeOf(world, key)) !== null;
}

/** Somebody who comes back while it is drawn must not leave the older of two drawings behind. */
const ROUNDS_MAX = 3;

/**
 * What was being made has come to its end, or they are back: whoever was told of the removal reads so, and no button is
 * left to bring them back again. True once every message says so, or is gone.
 */
export async function redrawReceipts(world: World, removal: Removal): Promise<boolean> {
  const { book } = world;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const before = book.now().members.get(removal.memberId);
    const isDrawn = await drawReceipts(world, removal);
    if ((await book.read()).members.get(removal.memberId) === before) return isDrawn;
  }
  return false;
}

async function drawReceipts(world: World, removal: Removal): Promise<boolean> {
  const receipt = await receiptOf(world, removal.memberId, removal.removedAt);
  if (!receipt) return true;
  let isDrawn = true;
  for (const ownerId of withRight(world.book.now(), 'bring_back_member')) {
    const place = await placeOf(world, receiptKey(removal, ownerId));
    if (place === null) continue;
    const drawn = await world.messenger.redrawCard(place, receipt);
    if (drawn.kind !== 'drawn') world.log.warn({ ownerId, code: drawn.code }, 'receipt not redrawn');
    isDrawn &&= drawn.kind !== 'failed';
  }
  return isDrawn;
}

/** Before anybody is told: a receipt that is not known to be unsettled would stay as it was posted. */
async function markUnsettled({ book, records, clock }: World, removal: Removal): Promise<void> {
  const { workspace } = book;
  await records.marks.put({ workspace, key: unsettledKey(removal), value: '', at: clock.now() });
}

async function markDone(world: World, removal: Removal): Promise<void> {
  await putLastingMark(world, doneKey(removal), '');
}

const doneKey = ({ memberId, removedAt }: Removal) => `off-board/${memberId}/${removedAt}`;
const unsettledKey = (removal: Removal) => `${doneKey(removal)}/unsettled`;
const receiptKey = (removal: Removal, ownerId: string) => `${doneKey(removal)}/to/${ownerId}`;
