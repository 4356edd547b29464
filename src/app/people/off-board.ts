import { membersIn } from '../../ledger/lists/member-lists.ts';
import { ROLES } from '../../ledger/roles.ts';
import type { Hold } from '../../ledger/state.ts';
import { holdsOf } from '../../ledger/usage/usage.ts';
import { describe } from '../../ports/describe-error.ts';
import { afterPeopleChanged } from '../approvals/reroute.ts';
import type { AppContext } from '../context.ts';
import { loadJob } from '../images/job-lease.ts';
import { withRight } from '../limits/limit-contacts.ts';
import { onceMarker, putOnceMarker } from '../once/once-markers.ts';
import { postCardTo } from '../once/post-card.ts';
import { placeOf, postOnce } from '../once/post-once.ts';
import { receiptOf } from './receipt.ts';
import type { LeavingReceipt } from './receipt-view.ts';

/** How long the receipt waits for what was stopped to be given back, so that it can tell of it. */
const STOPPED_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 100;
/** What could not be told within this is no news any more. */
const UNFINISHED_FOR_MS = 7 * 86_400_000;

/**
 * What follows from a removal that stands in the ledger: what was not begun is given back, requests that waited for them
 * reach others, and every owner gets a receipt, once. Every step is safe to repeat; what fails is repeated by the sweeper.
 */
export async function offBoard(context: AppContext, memberId: string): Promise<void> {
  const member = (await context.book.read()).members.get(memberId);
  if (member?.status !== 'removed') return;
  const { statusAt: removedAt } = member;
  context.memberRemoved.announce(memberId);
  await untilStopped(context, memberId);
  await afterPeopleChanged(context, memberId);
  if (await tellOwners(context, { memberId, removedAt })) await markDone(context, { memberId, removedAt });
}

/** As above, for a caller that waits for the removal itself: it stands, whatever becomes of the rest. */
export async function offBoardOrLater(context: AppContext, memberId: string): Promise<void> {
  try {
    await offBoard(context, memberId);
  } catch (error) {
    context.log.warn({ memberId, error: describe(error) }, 'off-boarding not finished, will retry');
  }
}

/** What a crash or an outage left; and receipts, once nothing is being made any more of what they told of. */
export async function finishOffBoardings(context: AppContext): Promise<void> {
  const { book, clock } = context;
  const { members } = book.now();
  const removed = ROLES.flatMap((role) => membersIn(members, `removed/${role}`));
  for (const { memberId, statusAt: removedAt } of removed) {
    if (removedAt <= clock.now() - UNFINISHED_FOR_MS) continue;
    const removal = { memberId, removedAt };
    const done = await onceMarker(context, doneKey(removal));
    if (done === null) await offBoardOrLater(context, memberId);
    else await settleReceipts(context, removal);
  }
}

/** By the hold's deadline at the latest each image has been captured, given back or lost: then the receipts say which. */
async function settleReceipts(context: AppContext, removal: Removal): Promise<void> {
  const { book, records, log } = context;
  const mark = { workspace: book.workspace, key: unsettledKey(removal) };
  const isOpen = ({ heldAt }: Hold) => heldAt <= removal.removedAt;
  if (holdsOf(book.now(), removal.memberId).some(isOpen) || (await records.marks.get(mark)) === null) return;
  try {
    if (await redrawReceipts(context, removal)) await records.marks.remove(mark);
  } catch (error) {
    log.warn({ memberId: removal.memberId, error: describe(error) }, 'receipt not redrawn, will retry');
  }
}

type Removal = { memberId: string; removedAt: number };

/** Only for what this process has in hand: of other processes nothing is known but that they will see it. */
async function untilStopped(context: AppContext, memberId: string): Promise<void> {
  const { clock } = context;
  const until = clock.now() + STOPPED_WITHIN_MS;
  while (clock.now() < until && (await hasUnbegun(context, memberId))) await clock.sleep(LOOK_EVERY_MS);
}

async function hasUnbegun(context: AppContext, memberId: string): Promise<boolean> {
  const holds = holdsOf(context.book.now(), memberId);
  for (const jobId of new Set(holds.map(jobOf))) {
    if (!context.running.has(jobId)) continue;
    const job = await loadJob(context, jobId);
    if (job?.images.some(({ sending, answer, settled }) => !settled && !sending && !isSent(answer))) return true;
  }
  return false;
}

const jobOf = ({ holdId }: Hold) => holdId.slice(0, holdId.lastIndexOf('/'));

/** Whatever came of it, or may come of it yet, was sent. */
const isSent = (answer: { kind: string } | null) => answer !== null && SENT.has(answer.kind);
const SENT: ReadonlySet<string> = new Set(['done', 'unknown']);

/** True once every owner who may be told has been told. It names clients, so it goes to full members only. */
async function tellOwners(context: AppContext, removal: Removal): Promise<boolean> {
  const receipt = await receiptOf(context, removal.memberId, removal.removedAt);
  if (!receipt) return true;
  if (receipt.leaving.beingMade.imagesCount > 0) await markUnsettled(context, removal);
  let isTold = true;
  for (const ownerId of withRight(context.book.now(), 'bring_back_member')) {
    if (!(await tell(context, { ownerId, key: receiptKey(removal, ownerId), receipt }))) isTold = false;
  }
  return isTold;
}

/** A receipt that was begun and stands nowhere may have been cut off. Another process posts it after a while. */
async function tell(
  context: AppContext,
  { ownerId, key, receipt }: { ownerId: string; key: string; receipt: LeavingReceipt },
) {
  if ((await placeOf(context, key)) !== null) return true;
  if ((await context.channels.audience(null, ownerId)) !== 'internal') return false;
  await postOnce(context, key, (onceKey) => postCardTo(context, ownerId, receipt, onceKey));
  return (await placeOf(context, key)) !== null;
}

/** A person who comes back while it is drawn must not leave the older of two drawings behind. */
const ROUNDS_MAX = 3;

/**
 * What was being made has come to its end, or they are back: the owners who were told of the removal read so, and no button is
 * left to bring them back again. True once every message says so, or is gone.
 */
export async function redrawReceipts(context: AppContext, removal: Removal): Promise<boolean> {
  const { book } = context;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const before = book.now().members.get(removal.memberId);
    const isDrawn = await drawReceipts(context, removal);
    if ((await book.read()).members.get(removal.memberId) === before) return isDrawn;
  }
  return false;
}

async function drawReceipts(context: AppContext, removal: Removal): Promise<boolean> {
  const receipt = await receiptOf(context, removal.memberId, removal.removedAt);
  if (!receipt) return true;
  let isDrawn = true;
  for (const ownerId of withRight(context.book.now(), 'bring_back_member')) {
    const place = await placeOf(context, receiptKey(removal, ownerId));
    if (place === null) continue;
    const drawn = await context.messenger.redrawCard(place, receipt);
    if (drawn.kind !== 'drawn') context.log.warn({ ownerId, code: drawn.code }, 'receipt not redrawn');
    isDrawn &&= drawn.kind !== 'failed';
  }
  return isDrawn;
}

/** Before anybody is told: a receipt that is not known to be unsettled would stay as it was posted. */
async function markUnsettled({ book, records, clock }: AppContext, removal: Removal): Promise<void> {
  const { workspace } = book;
  await records.marks.put({ workspace, key: unsettledKey(removal), value: '', at: clock.now() });
}

async function markDone(context: AppContext, removal: Removal): Promise<void> {
  await putOnceMarker(context, doneKey(removal), '');
}

const doneKey = ({ memberId, removedAt }: Removal) => `off-board/${memberId}/${removedAt}`;
const unsettledKey = (removal: Removal) => `${doneKey(removal)}/unsettled`;
const receiptKey = (removal: Removal, ownerId: string) => `${doneKey(removal)}/to/${ownerId}`;
