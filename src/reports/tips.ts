import { grouped, isKept, type WorkRecord } from './like-work.ts';

/** Something in a member's own history that used credits for little; and the credits of the images that it is about. */
export type Tip = { kind: TipKind; count: number; ofCount: number; credits: number };

export const TIP_KINDS = [
  'rerolls_at_high_quality',
  'first_images_at_high_quality',
  'many_at_once_few_kept',
  'discards_after_final',
  'many_tries_few_kept',
] as const;
export type TipKind = (typeof TIP_KINDS)[number];

/** Whether a quality of a model is a high one. */
export type IsDear = (work: Pick<WorkRecord, 'model' | 'quality'>) => boolean;

/** What is told at once. */
const TIPS_MAX = 3;
/** A habit is seen in at least so many cases, and in this share of those where it could be. */
const CASES_MIN = 3;
const SHARE_MIN = 0.25;
/** Requests in a row that say the same but for chance: same model, quality and stage, nothing kept before the last. */
const REROLLS_MIN = 3;
const AT_ONCE_MIN = 3;
/** Of many at once, at most this share was kept. */
const FEW_KEPT_SHARE = 0.25;
/** Requests of one stage in one thread. */
const MANY_TRIES_MIN = 5;

/** One request: what one moment in a thread asked for. */
type Request = { first: WorkRecord; images: number; kept: number; credits: number };
type Thread = readonly Request[];
type Case = { could: boolean; credits: number };

/**
 * What a member could do to keep more images of the same credits: at most three tips, those about most credits first. They
 * come from the shape of the member's own history, and compare no one. `isDear` says which qualities are high ones.
 */
export function tipsFor(
  memberId: string,
  records: readonly WorkRecord[],
  isDear: IsDear = ({ quality }) => quality === 'high',
): Tip[] {
  const own = records.filter((record) => record.memberId === memberId);
  const threads = grouped(own, ({ threadKey }) => threadKey).map(requestsOf);
  return TIP_KINDS.flatMap((kind) => tipOf(kind, casesOf(kind, threads, isDear)))
    .toSorted((one, other) => other.credits - one.credits)
    .slice(0, TIPS_MAX);
}

function tipOf(kind: TipKind, cases: readonly Case[]): Tip[] {
  const found = cases.filter(({ credits }) => credits > 0);
  const ofCount = cases.filter(({ could }) => could).length;
  if (found.length < CASES_MIN || found.length < SHARE_MIN * ofCount) return [];
  return [{ kind, count: found.length, ofCount, credits: found.reduce((sum, { credits }) => sum + credits, 0) }];
}

/** `could`: where the habit can be seen at all. Credits are more than nought where it was. */
function casesOf(kind: TipKind, threads: readonly Thread[], isDear: (work: WorkRecord) => boolean): Case[] {
  switch (kind) {
    case 'rerolls_at_high_quality':
      return threads.map((thread) => ({
        could: thread.some(({ first }) => isDear(first)),
        ...rerolls(thread, isDear),
      }));
    case 'first_images_at_high_quality':
      return threads.flatMap(([request]) =>
        request?.first.stage === 'concept'
          ? [{ could: true, credits: isDear(request.first) ? request.credits : 0 }]
          : [],
      );
    case 'many_at_once_few_kept':
      return threads
        .flat()
        .filter(({ images }) => images >= AT_ONCE_MIN)
        .map(({ images, kept, credits }) => ({ could: true, credits: kept <= FEW_KEPT_SHARE * images ? credits : 0 }));
    case 'discards_after_final':
      return threads.flatMap(afterFinal);
    case 'many_tries_few_kept':
      return threads
        .flatMap((thread) => grouped(thread, ({ first }) => first.stage))
        .map((tries) => {
          const isMany = tries.length >= MANY_TRIES_MIN && tries.filter(({ kept }) => kept > 0).length <= 1;
          return { could: tries.length > 1, credits: isMany ? creditsOf(tries) : 0 };
        });
  }
}

/** The credits of dear requests that repeated the one before, beyond the first of each run. */
function rerolls(thread: Thread, isDear: (work: WorkRecord) => boolean): { credits: number } {
  let credits = 0;
  let run: Request[] = [];
  const end = () => {
    if (run.length >= REROLLS_MIN) credits += creditsOf(run.slice(1));
    run = [];
  };
  for (const request of thread) {
    const before = run.at(-1);
    if (before && (before.kept > 0 || !isSameWork(before.first, request.first))) end();
    if (isDear(request.first)) run.push(request);
  }
  end();
  return { credits };
}

const isSameWork = (one: WorkRecord, other: WorkRecord) =>
  one.model === other.model && one.quality === other.quality && one.stage === other.stage;

/** In threads that delivered something: what was asked for later and not kept. */
function afterFinal(thread: Thread): Case[] {
  const finalNo = thread.findIndex(({ first }) => first.mark === 'final');
  if (finalNo < 0) return [];
  return [{ could: true, credits: creditsOf(thread.slice(finalNo + 1).filter(({ kept }) => kept === 0)) }];
}

const creditsOf = (requests: readonly Request[]) => requests.reduce((sum, { credits }) => sum + credits, 0);

function requestsOf(records: readonly WorkRecord[]): Thread {
  const inOrder = records.toSorted((one, other) => one.at - other.at);
  return grouped(inOrder, ({ at }) => `${at}`).map((parts): Request => {
    const request = { first: parts.find(({ mark }) => mark === 'final') ?? parts[0], images: 0, kept: 0, credits: 0 };
    for (const { images, mark, credits } of parts) {
      request.images += images;
      request.credits += credits;
      if (isKept(mark)) request.kept += images;
    }
    return request;
  });
}
