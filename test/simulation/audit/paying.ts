import type { Post } from '../world/provider.ts';
import type { Books, Ended, HoldSeen } from './books.ts';

/** What a call may take from the look at the ledger to the provider's door, with every part of it late. */
const ON_ITS_WAY_MS = 120_000;
/** The agency of the simulation: `agency.ts`. */
const MARKUP_BASIS_POINTS = 15_000n;
const CREDIT_MICRO_USD = 10_000n;
const SKETCH = 'sketch';

/** Hold before pay; one POST an attempt; and another one only where the ones before it were proven not to have started. */
export function postLaws({ holds, jobs, posts, removed }: Books, post: Post, skewMs: number): string[] {
  const { imageId, model } = post;
  const violations: string[] = [];
  const hold = holds.get(imageId);
  if (!hold) violations.push(`${imageId} is paid for without a hold`);
  else if (hold.end) violations.push(`${imageId} is paid for when its hold has ended: ${hold.end.kind}`);
  const earlier = posts.get(imageId) ?? [];
  const [jobId, imageNo] = partsOf(imageId);
  const sendings = (jobs.get(jobId)?.steps ?? []).flatMap((step) => {
    return step.kind === 'sending' && step.imageNo === imageNo ? [step] : [];
  });
  if (earlier.length >= sendings.length) violations.push(`${imageId} is paid for more often than it was written down`);
  const started = earlier.find(({ became }) => became !== 'transient');
  if (started && model !== SKETCH) violations.push(`${imageId} is paid for again, it had become ${started.became}`);
  const goneAt = removed.get(hold?.memberId ?? '')?.at;
  const sentAt = (sendings.at(-1)?.at ?? 0) - skewMs;
  if (goneAt !== undefined && goneAt < sentAt - ON_ITS_WAY_MS) {
    violations.push(`${imageId} is paid for, long after ${hold?.memberId} was removed`);
  }
  return violations;
}

/** How a hold ends, beside what really became of its image at the provider. */
export function endOfHoldLaws({ jobs, posts }: Books, line: Ended, hold: HoldSeen | undefined): string[] {
  if (!hold) return [];
  const made = posts.get(line.holdId) ?? [];
  const isPaid = made.some(({ model }) => model !== SKETCH);
  switch (line.kind) {
    case 'captured': {
      const done = made.filter(({ became }) => became === 'done');
      const ofCost = done.find(({ costMicroUsd }) => costMicroUsd === line.costMicroUsd);
      if (!ofCost) return [`charges ${line.costMicroUsd} for ${line.holdId}, which nobody made at that cost`];
      const price = isPaid ? priceOf(line.costMicroUsd) : hold.amountCredits;
      const expected = Math.min(hold.amountCredits, price);
      return line.capturedCredits === expected ? [] : [`captures ${line.capturedCredits}, it costs ${expected}`];
    }
    case 'voided': {
      const started = isPaid && made.find(({ became }) => became === 'done');
      return started ? [`gives ${line.holdId} back, which was made and paid for`] : [];
    }
    case 'slipped': {
      const [jobId, imageNo] = partsOf(line.holdId);
      const job = jobs.get(jobId);
      const wasSent = job?.steps.some((step) => step.kind === 'sending' && step.imageNo === imageNo) ?? false;
      const violations = line.at < hold.deadlineAt ? [`lets ${line.holdId} slip before its deadline`] : [];
      return wasSent || !job ? violations : [...violations, `lets ${line.holdId} slip, which was never sent`];
    }
  }
}

/** A credit is worth a cent and images are sold at half as much again as they cost; the last part of one counts whole. */
export function priceOf(costMicroUsd: number): number {
  const whole = BigInt(costMicroUsd) * MARKUP_BASIS_POINTS;
  const unit = CREDIT_MICRO_USD * 10_000n;
  const credits = whole / unit + (whole % unit > 0n ? 1n : 0n);
  return Math.max(1, Number(credits));
}

function partsOf(imageId: string): [string, number] {
  const slash = imageId.lastIndexOf('/');
  return [imageId.slice(0, slash), Number(imageId.slice(slash + 1))];
}
