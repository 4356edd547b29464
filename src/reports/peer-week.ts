import type { State } from '../ledger/state.ts';
import { type MadeImage, stageOf } from '../ledger/tally/made-images.ts';
import type { Mark } from '../ledger/work.ts';
import { type ImageOfWeek, withIds } from './digest/channel-week.ts';
import { grouped, threadsOf, type WorkRecord } from './like-work.ts';
import { compareWithPeers, KEPT_MIN, type PeerFinding } from './peers.ts';
import { type IsDear, type Tip, tipsFor } from './tips.ts';
import { addDays, datesOf } from './usage.ts';

/** What was found of one person, and what of their own habits explains it. */
export type PeerFound = { finding: PeerFinding; tips: readonly Tip[] };
/** What has held for weeks, for those who manage the person. */
export type PeerHeld = PeerFound & { memberId: string };

/** Long enough for 20 kept images of one kind, and short enough that a habit which was given up is soon past. */
export const COMPARED_DAYS = 56;
/** Requests without a thread of their own are one piece of work while they follow each other within this. */
const PIECE_MS = 2 * 3_600_000;

/** The images before a date that people are compared on; none where no one has kept enough for it. */
export function imagesToCompare({ images }: Pick<State, 'images'>, date: string): ImageOfWeek[] {
  const period = { fromDate: addDays(date, -COMPARED_DAYS), toDate: addDays(date, -1) };
  const all = datesOf(period).flatMap((each) =>
    (images.get(each)?.toArray() ?? []).map((image) => withIds(image, each)),
  );
  const kept = new Map<string, number>();
  for (const { image } of all) {
    if (isKept(image)) kept.set(image.memberId, (kept.get(image.memberId) ?? 0) + 1);
  }
  return [...kept.values()].some((count) => count >= KEPT_MIN) ? all : [];
}

const isKept = ({ marked }: MadeImage) => marked?.mark === 'keep' || marked?.mark === 'final';

/** Where a request was asked for. */
export type AskedIn = { channelId: string; threadId: string | null };
type Asked = {
  images: readonly ImageOfWeek[];
  placeOf(jobId: string): AskedIn | null;
  isDear: IsDear;
  /** Work of a person until this date counts for them no more: they said that it was different. */
  differentUntil(memberId: string): string | null;
};

/** Compares each of some people with peers on like work. Each answer stands by itself: here is no order of people. */
export function peersFound(memberIds: readonly string[], asked: Asked): Map<string, PeerFound> {
  const records = recordsOf(asked);
  const threads = threadsOf(records, (model) => model);
  return new Map(
    memberIds.flatMap((memberId): [string, PeerFound][] => {
      const finding = compareWithPeers(memberId, threads);
      return finding ? [[memberId, { finding, tips: tipsFor(memberId, records, asked.isDear) }]] : [];
    }),
  );
}

/** Tips from one person’s images alone: no one is compared. */
export const tipsOfOwn = (memberId: string, asked: Omit<Asked, 'differentUntil'>): Tip[] =>
  tipsFor(memberId, recordsOf({ ...asked, differentUntil: () => null }), asked.isDear);

const MARKED: Readonly<Record<Mark, NonNullable<WorkRecord['mark']>>> = {
  keep: 'kept',
  final: 'final',
  discard: 'discarded',
};

function recordsOf({ images, placeOf, differentUntil }: Omit<Asked, 'isDear'>): WorkRecord[] {
  const placed = images.flatMap(({ image, date, jobId }) => {
    const place = placeOf(jobId);
    const until = differentUntil(image.memberId);
    return place && !(until !== null && date <= until) ? [{ image, place }] : [];
  });
  const placeKey = ({ image, place }: (typeof placed)[number]) =>
    [image.memberId, place.channelId, place.threadId, image.clientId, image.projectId].join('\n');
  return grouped(placed, placeKey).flatMap((there) => {
    const inOrder = there.toSorted((one, other) => one.image.heldAt - other.image.heldAt);
    let [pieceNo, before] = [0, inOrder[0]?.image.heldAt ?? 0];
    return inOrder.map(({ image, place }): WorkRecord => {
      if (place.threadId === null && image.heldAt - before > PIECE_MS) pieceNo += 1;
      before = image.heldAt;
      return recordOf(image, `${place.channelId}/${place.threadId}/${pieceNo}`);
    });
  });
}

const recordOf = (image: MadeImage, threadKey: string): WorkRecord => ({
  memberId: image.memberId,
  clientId: image.clientId,
  projectId: image.projectId,
  stage: stageOf(image),
  model: image.model,
  quality: image.quality,
  credits: image.credits,
  images: 1,
  mark: image.marked && MARKED[image.marked.mark],
  at: image.heldAt,
  threadKey,
});
