import { chargeCredits } from '../../images/price.ts';
import { providerFacts } from '../../images/providers.ts';
import { type CommandBody, INKWELL, type VoidReason } from '../../ledger/commands/commands.ts';
import type { Line } from '../../ledger/lines.ts';
import { imageIdOf, type JobImage } from '../../storage/records/job.ts';
import type { ImageAnswer } from '../../storage/records/job-step.ts';
import type { StoredImage } from '../../storage/records/records.ts';
import type { AppContext } from '../context.ts';
import { arrivedOf } from './arrived-images.ts';
import { clientLeft } from './client-left.ts';
import { drawProgress } from './draw-progress.ts';
import type { ClaimedJob } from './job-lease.ts';
import { momentOf } from './job-moment.ts';
import { rateOfJob } from './job-rate.ts';
import { nextImageAction } from './next-action.ts';
import { arrivedAs, pauseBeforeSending, send } from './send-image.ts';
import { upload } from './upload-image.ts';

/** Sent, told to wait, found once, settled, uploaded: more is an image that goes in circles. */
const ACTIONS_MAX = 60;
/** A longer wait has no worker: the sweeper finds the image when it is due. */
const WAIT_HERE_MAX_MS = 30_000;

/**
 * Brings every image of the job as far as it can go now, all at the same time. What fails for one waits until the others
 * have got to their ends: nothing goes on after this resolves.
 */
export async function runImages(context: AppContext, run: ClaimedJob): Promise<void> {
  const made = await Promise.allSettled(run.job.images.map(({ imageNo }) => makeOne(context, run, imageNo)));
  for (const each of made) if (each.status === 'rejected') throw each.reason;
}

async function makeOne(context: AppContext, run: ClaimedJob, imageNo: number): Promise<void> {
  for (let count = 0; count < ACTIONS_MAX; count += 1) {
    const image = imageOf(run, imageNo);
    const action = nextImageAction(run.job, image, momentOf(context, run.job));
    switch (action.kind) {
      case 'send':
        await send(context, run, imageNo);
        break;
      case 'wait': {
        const waitMs = action.untilAt - context.clock.now();
        if (waitMs > WAIT_HERE_MAX_MS) return await drawProgress(context, run);
        await pauseBeforeSending(context, run, waitMs);
        break;
      }
      case 'find':
        await find(context, run, imageNo);
        break;
      case 'capture':
        await capture(context, run, { imageNo, costMicroUsd: action.costMicroUsd });
        break;
      case 'void':
        await giveBack(context, run, image);
        break;
      case 'slip':
        await settle(context, run, {
          imageNo,
          as: 'slipped',
          credits: 0,
          command: { kind: 'slip', holdId: holdOf(run, imageNo) },
        });
        break;
      case 'upload':
        await upload(context, run, imageNo);
        break;
      case 'none':
        return;
    }
  }
  throw new Error(`image ${holdOf(run, imageNo)} does not come to an end`);
}

/**
 * It was being sent when its process ended, or when the store went away. Bytes in memory, or that were saved, prove that it
 * arrived; without them nothing is known.
 */
async function find(context: AppContext, run: ClaimedJob, imageNo: number): Promise<void> {
  const here = arrivedOf(context, holdOf(run, imageNo));
  if (here)
    return await run.write({ kind: 'answered', imageNo, outcome: await arrivedAs(context, run, imageNo, here) });
  const stored = await context.records.images.get({ workspace: run.job.workspace, imageId: holdOf(run, imageNo) });
  await run.write({ kind: 'answered', imageNo, outcome: stored ? arrived(stored) : interrupted(context, run) });
}

const arrived = ({ costMicroUsd }: StoredImage): ImageAnswer => ({ kind: 'done', costMicroUsd });

/** What was drawn in the process that ended has ended with it, unpaid: it may be drawn again. */
function interrupted(context: AppContext, run: ClaimedJob): ImageAnswer {
  const detail = 'interrupted';
  const { stopsWithProcess } = providerFacts(rateOfJob(context, run.job).provider);
  if (stopsWithProcess) return { kind: 'transient', detail, retryAfterMs: 0 };
  return { kind: 'unknown', detail };
}

async function capture(
  context: AppContext,
  run: ClaimedJob,
  made: { imageNo: number; costMicroUsd: number },
): Promise<void> {
  const { imageNo, costMicroUsd } = made;
  const { eachCredits, boundMicroUsd } = run.job;
  // What was asked for at other prices is charged at those.
  const pricing = run.job.pricing ?? context.book.now().settings;
  if (!pricing) throw new Error('a capture before the workspace was opened');
  const charge = chargeCredits(rateOfJob(context, run.job), { boundMicroUsd, costMicroUsd }, pricing);
  const capturedCredits = Math.min(eachCredits, charge);
  const { answer } = imageOf(run, imageNo);
  if (answer?.kind === 'done' && answer.isKept === false) {
    context.log.warn({ holdId: holdOf(run, imageNo) }, 'captured without a copy of the image');
  }
  const command: CommandBody = { kind: 'capture', holdId: holdOf(run, imageNo), capturedCredits, costMicroUsd };
  await settle(context, run, { imageNo, as: 'captured', credits: capturedCredits, command });
}

async function giveBack(context: AppContext, run: ClaimedJob, image: JobImage): Promise<void> {
  const { imageNo, answer } = image;
  const reason: VoidReason =
    answer && answer.kind !== 'done' && answer.kind !== 'unknown' ? answer.kind : 'unreachable';
  const command: CommandBody = { kind: 'void', holdId: holdOf(run, imageNo), reason };
  await settle(context, run, { imageNo, as: 'voided', credits: 0, command });
}

type End = { imageNo: number; as: 'captured' | 'voided' | 'slipped'; credits: number; command: CommandBody };

/** Ends the hold. The command's id is the hold's and the kind's: sent again after a crash, it is answered as it was. */
async function settle(context: AppContext, run: ClaimedJob, { imageNo, as, credits, command }: End): Promise<void> {
  const commandId = `${holdOf(run, imageNo)}/${command.kind}`;
  const answer = await context.book.submit({ commandId, by: INKWELL, ...command });
  // The hold was ended before. Only the sweeper ends holds without their jobs, by letting them slip.
  const settled = answer.ok ? { as, credits: isOfAgency(answer.line) ? 0 : credits } : SLIPPED;
  if (!answer.ok)
    context.log.warn({ holdId: holdOf(run, imageNo), reason: answer.refusal.reason }, 'hold had ended before');
  await run.write({
    kind: 'settled',
    imageNo,
    ...settled,
    clientLeftCredits: clientLeft(context.book.now(), { line: answer.line, clientId: run.job.clientId }),
  });
  await drawProgress(context, run);
}

const SLIPPED = { as: 'slipped', credits: 0 } as const;

/** The requester was removed meanwhile: the agency pays, and no client. */
const isOfAgency = (line: Line) => line.kind === 'captured' && line.chargedTo === 'agency';

function imageOf(run: ClaimedJob, imageNo: number): JobImage {
  const image = run.job.images[imageNo - 1];
  if (!image) throw new Error(`job ${run.job.jobId} has no image ${imageNo}`);
  return image;
}

const holdOf = (run: ClaimedJob, imageNo: number) => imageIdOf(run.job.jobId, imageNo);
