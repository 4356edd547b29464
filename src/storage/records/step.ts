import { z } from 'zod';
import type { Refusal } from '../../ledger/refusals.ts';
import { STAGES } from '../../ledger/work.ts';
import type { JobStep } from './job-step.ts';
import { RecordsFault } from './records.ts';

const text = z.string();
const count = z.int().nonnegative();
const place = z.object({ channelId: text, ts: text });

/** Steps of earlier versions leave it out. */
const laterAdded = text.nullable().default(null);

const head = { workspace: text, jobId: text, stepNo: count, at: z.int(), owner: text, leaseUntilAt: z.int() };
const ofImage = { ...head, imageNo: z.int().positive() };

const outcome = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('done'),
    costMicroUsd: count,
    isKept: z.boolean().optional(),
    moreCount: count.optional(),
  }),
  z.object({ kind: z.enum(['refused', 'rejected', 'account_stop', 'withdrawn']), detail: text }),
  z.object({ kind: z.literal('transient'), detail: text, retryAfterMs: count, isNamed: z.boolean().optional() }),
  z.object({ kind: z.literal('unknown'), detail: text }),
]);

/** The ledger's own value, written down to be told again and for nothing else. */
const withReason = z.looseObject({ reason: text });
const refusal = z.custom<Refusal>((value) => withReason.safeParse(value).success);

const notRun = z.discriminatedUnion('why', [
  z.object({ why: z.enum(['no_client', 'lapsed', 'refused']) }),
  z.object({ why: z.literal('dearer'), model: text, size: text, quality: text, nowCredits: count }),
]);

const choices = z.object({
  options: z.object({ model: text.optional(), size: text.optional(), quality: text.optional() }),
  stage: z.enum(STAGES).nullable(),
  guess: z.enum(STAGES).optional(),
  project: text.nullable(),
});

const step = z.discriminatedUnion('kind', [
  z.object({
    ...head,
    kind: z.literal('asked'),
    memberId: text,
    channelId: text,
    threadTs: text.nullable(),
    responseUrl: text.nullable(),
    /** Left out where it is the channel and the thread that were asked in. */
    replyTo: z.object({ channelId: text, threadTs: text.nullable() }).nullable().optional(),
    model: text,
    size: text,
    quality: text,
    stage: z.enum(STAGES),
    isStageGuessed: z.literal(true).optional(),
    namedProjectId: laterAdded,
    insteadOf: laterAdded,
    imagesCount: z.int().positive(),
    /** 0: a free sample. */
    eachCredits: z.int().nonnegative(),
    boundMicroUsd: count,
    rateCardId: text,
    rate: z.record(text, z.json()).optional(),
    pricing: z.object({ creditValueMicroUsd: z.int().positive(), markupBasisPoints: z.int().positive() }).optional(),
    contentDigest: text,
    choices: choices.optional(),
    keptInJobId: text.optional(),
  }),
  z.object({ ...head, kind: z.literal('claimed') }),
  z.object({
    ...head,
    kind: z.literal('held'),
    clientId: text,
    projectId: laterAdded,
    holdDeadlineAt: z.int(),
    approvedAt: z.int().optional(),
  }),
  z.object({ ...head, kind: z.literal('asking') }),
  z.object({ ...head, kind: z.literal('everybody_asked') }),
  z.object({ ...head, kind: z.literal('declined'), refusal: refusal.optional(), notRun: notRun.optional() }),
  z.object({ ...head, kind: z.literal('told_declined'), keptUntilAt: z.int().optional() }),
  z.object({ ...head, kind: z.literal('announced'), place }),
  z.object({ ...head, kind: z.literal('unreachable'), code: text }),
  z.object({ ...ofImage, kind: z.literal('sending'), attemptId: text }),
  z.object({ ...ofImage, kind: z.literal('answered'), outcome }),
  z.object({
    ...ofImage,
    kind: z.literal('settled'),
    as: z.enum(['captured', 'voided', 'slipped']),
    credits: count,
    clientLeftCredits: z.int().nullable(),
  }),
  z.object({
    ...ofImage,
    kind: z.literal('uploaded'),
    fileId: text,
    inThread: z.boolean().optional(),
    moreFileIds: z.array(text).readonly().optional(),
  }),
  z.object({ ...head, kind: z.literal('shown'), place, final: z.boolean() }),
  z.object({ ...head, kind: z.literal('finished') }),
  z.object({ ...head, kind: z.literal('deleted'), by: text }),
  z.object({ ...head, kind: z.literal('deletion_ended') }),
]);

/** From here on the job has work to do, or has none left. */
export const opens = ({ kind }: Pick<JobStep, 'kind'>): boolean => kind === 'asked' || kind === 'deleted';
export const closes = ({ kind }: Pick<JobStep, 'kind'>): boolean => kind === 'finished' || kind === 'deletion_ended';

/** One stored step. Throws a `RecordsFault` (`corrupt`) that names the job. */
export function parseStep(json: string, where: string): JobStep {
  try {
    // What may be left out is left out: zod calls that `undefined`, and JSON has no such value.
    return fromStored(step.parse(JSON.parse(json)));
  } catch (cause) {
    throw new RecordsFault('corrupt', { cause, message: `${where} is not a step of a job` });
  }
}

/** A step as it is stored. Throws where it could not be read back: its job would never be finished. A bug of ours. */
export function storedStep(value: JobStep): StoredStep {
  const stored = toStored(value);
  const parsed = step.safeParse(stored);
  if (parsed.success) return stored;
  throw new Error(`step ${value.stepNo} of ${value.jobId} must not be written`, { cause: parsed.error });
}

type StoredAsked = z.infer<typeof step> & { kind: 'asked' };
type OtherStep = Exclude<JobStep, { kind: 'asked' }>;
export type StoredStep = StoredAsked | OtherStep;

function fromStored(stored: z.infer<typeof step>): JobStep {
  if (stored.kind !== 'asked') return stored as OtherStep;
  const { channelId, threadTs, responseUrl, replyTo = { channelId, threadTs }, ...asked } = stored;
  return {
    ...asked,
    place: { channelId, threadId: threadTs },
    replyTo: replyTo && { ...replyTo, responseUrl },
  } as JobStep;
}

function toStored(value: JobStep): StoredStep {
  if (value.kind !== 'asked') return value;
  const { memberId, place, replyTo, ...asked } = value;
  const { channelId, threadId: threadTs } = place;
  const isHere = replyTo?.channelId === channelId && replyTo.threadTs === threadTs;
  const elsewhere = replyTo && { channelId: replyTo.channelId, threadTs: replyTo.threadTs };
  const where = { channelId, threadTs, responseUrl: replyTo?.responseUrl ?? null };
  return { memberId, ...where, ...(isHere ? {} : { replyTo: elsewhere }), ...asked } as StoredAsked;
}
