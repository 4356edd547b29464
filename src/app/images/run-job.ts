import type { Job } from '../../storage/records/job.ts';
import { askForApproval, goOnApproved, tellNotApproved } from '../approvals/await-approval.ts';
import type { AppContext } from '../context.ts';
import { eraseImages } from './erase-images.ts';
import { finishMade } from './finish-made.ts';
import { announce, hold, show, tellUnreachable } from './job-actions.ts';
import type { ClaimedJob } from './job-lease.ts';
import { momentOf } from './job-moment.ts';
import { type JobAction, nextAction } from './next-action.ts';
import { runImages } from './run-images.ts';
import { endKept, runKept } from './run-kept.ts';
import { eraseDeclined, tellDeclined } from './tell-declined.ts';

/** A job takes a handful of actions; more is a job that goes in circles. */
const ACTIONS_MAX = 40;

/**
 * The life of an image job, from wherever its steps have got to: hold, announce, make each image, show, finish, and delete. Every
 * action is safe to repeat, and is repeated if its step was not recorded. Resolves when nothing is left to do now.
 */
export async function runJob(context: AppContext, run: ClaimedJob): Promise<void> {
  for (let count = 0; count < ACTIONS_MAX; count += 1) {
    const action = actionFor(context, run.job);
    switch (action.kind) {
      case 'hold':
        await hold(context, run);
        break;
      case 'ask':
        return await askForApproval(context, run);
      case 'go_on_approved':
        await goOnApproved(context, run);
        break;
      case 'tell_not_approved':
        await tellNotApproved(context, run);
        break;
      case 'tell_declined':
        await tellDeclined(context, run);
        break;
      case 'run_kept':
        if (await runKept(context, run)) await eraseDeclined(context, run);
        break;
      case 'not_run':
        await endKept(run, { why: action.why });
        break;
      case 'erase_declined':
        await eraseDeclined(context, run);
        break;
      case 'announce':
        await announce(context, run);
        break;
      case 'make':
        await runImages(context, run);
        break;
      case 'tell_unreachable':
        await tellUnreachable(context, run);
        break;
      case 'show':
        await show(context, run, { final: action.final });
        break;
      case 'finish':
        await finishMade(context, run);
        break;
      case 'erase':
        return await eraseImages(context, run);
      case 'wait':
      case 'none':
        return;
    }
  }
  throw new Error(`job ${run.job.jobId} does not come to an end`);
}

/** What a job needs next, with what the ledger says now about its request for an approval. */
export const actionFor = (context: AppContext, job: Job): JobAction =>
  nextAction(job, { ...momentOf(context, job), request: context.book.now().requests.get(job.jobId) ?? null });
