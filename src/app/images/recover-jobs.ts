import { type CommandBody, INKWELL } from '../../ledger/commands/commands.ts';
import { describe } from '../../ports/describe-error.ts';
import { imageIdOf } from '../../storage/records/job.ts';
import { processOpenRequests } from '../approvals/process-open-requests.ts';
import { redrawDecided } from '../clients/redraw-decided.ts';
import { tendClock } from '../clock/correct-clock.ts';
import type { AppContext } from '../context.ts';
import { tellAffected } from '../limits/tell-affected.ts';
import { tellOwnersOfBudget } from '../limits/tell-owners.ts';
import { expireMarks } from '../once/expire-marks.ts';
import { tellOfRoles } from '../people/ask-for-role.ts';
import { finishOffBoardings } from '../people/off-board.ts';
import { tellOfAppointments } from '../people/tell-of-appointments.ts';
import { tendStop } from '../self-check/owners.ts';
import { tendTroubles } from '../troubles/tell-trouble.ts';
import { isFree } from './claim-job.ts';
import { loadJob } from './job-lease.ts';
import { redrawLateSaid } from './redraw-said.ts';
import { resumeJobs } from './resume-jobs.ts';

const IMAGES_MAX = 200;
/** A hold's own job ends it at its deadline; only a hold that has lost its job is still open this long after. */
const ORPHAN_AFTER_MS = 5 * 60_000;

/**
 * Finishes what a crash, an outage or an unknown outcome left: at start, and every minute. Every step of it is safe to
 * repeat, and what one job or one part throws does not keep the others from their ends.
 *
 * `alone`: no other process works on these records, so a job of an earlier process has no worker any more.
 */
export async function recoverJobs(context: AppContext, { alone }: { alone: boolean }): Promise<void> {
  const { records, clock } = context;
  await eachPart(context, [
    // First: the others may wait for images that are being made.
    () => tendClock(context),
    () => tendStop(context),
    () => tendTroubles(context),
    () => processOpenRequests(context),
    () => resumeJobs(context, { mayTake: (job) => alone || isFree(context, job) }),
    () => redrawLateSaid(context),
    () => tellOfAppointments(context),
    () => tellOfRoles(context),
    () => finishOffBoardings(context),
    () => redrawDecided(context),
    () => tellOwnersOfBudget(context),
    () => tellAffected(context),
    () => endOrphans(context),
    () => records.images.expire({ now: clock.now(), imagesMax: IMAGES_MAX }),
    () => expireMarks(context),
  ]);
}

/** One after the other, whatever any of them throws: the first of that is thrown in the end, the others are in the log. */
async function eachPart({ log }: AppContext, parts: readonly (() => Promise<unknown>)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const part of parts) await part().catch((error: unknown) => errors.push(error));
  const [first, ...others] = errors;
  for (const error of others) log.error({ error: describe(error) }, 'another sweep task failed in this round');
  if (errors.length > 0) throw first;
}

/**
 * In doubt the client keeps the credits: it is not known what became of the image, so the agency bears it. Where the job's own
 * steps say that the image was never sent, there is nothing to bear: its process was turned away while another one held.
 */
async function endOrphans(context: AppContext): Promise<void> {
  const { book, clock, log } = context;
  const now = clock.now();
  for (const { holdId, deadlineAt } of book.now().holds.values()) {
    if (now < deadlineAt + ORPHAN_AFTER_MS) continue;
    await endOrphan(context, holdId).catch((error: unknown) => {
      log.warn({ holdId, error: describe(error) }, 'hold without a job not ended, will retry');
    });
  }
}

async function endOrphan(context: AppContext, holdId: string): Promise<void> {
  const { book, log } = context;
  const jobId = holdId.slice(0, holdId.lastIndexOf('/'));
  const job = await loadJob(context, jobId);
  if (job && !job.finished) return;
  // The process that had it in hand may have ended it since we last read.
  if (!(await book.read()).holds.has(holdId)) return;
  const wasNeverSent = job?.images.some((image) => imageIdOf(jobId, image.imageNo) === holdId && image.attempts === 0);
  const command: CommandBody = wasNeverSent
    ? { kind: 'void', holdId, reason: 'not_started' }
    : { kind: 'slip', holdId };
  log.warn({ holdId, end: command.kind }, 'hold without a job ended');
  await book.submit({ commandId: `${holdId}/orphan/${command.kind}`, by: INKWELL, ...command });
}
