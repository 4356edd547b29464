import type { Job } from '../../storage/records/job.ts';
import { askForApproval, goOnApproved, tellNotApproved } from '../approvals/await-approval.ts';
import type { World } from '../context.ts';
import { eraseImages } from './erase-images.ts';
import { announce, finish, hold, show, tellUnreachable } from './job-actions.ts';
import type { JobRun } from './job-lease.ts';
import { momentOf } from './job-moment.ts';
import { type JobAction, nextAction } from './next-action.ts';
import { makeEach } from './run-images.ts';
import { eraseDeclined, tellDeclined } from './tell-declined.ts';

/** A job takes a handful of actions; more is a job that goes in circles. */
const ACTIONS_MAX = 40;

/**
 * The life of an image job, from wherever its steps have got to: hold, announce, make each image, show, finish, and delete. Every
 * action is safe to repeat, and is repeated if its step was not recorded. Resolves when nothing is left to do now.
 */
export async function makeImage(world: World, run: JobRun): Promise<void> {
  for (let count = 0; count < ACTIONS_MAX; count += 1) {
    const action = actionFor(world, run.job);
    switch (action.kind) {
      case 'hold':
        await hold(world, run);
        break;
      case 'ask':
        return await askForApproval(world, run);
      case 'go_on_approved':
        await goOnApproved(world, run);
        break;
      case 'tell_not_approved':
        await tellNotApproved(world, run);
        break;
      case 'tell_declined':
        await tellDeclined(world, run);
        break;
      case 'erase_declined':
        await eraseDeclined(world, run);
        break;
      case 'announce':
        await announce(world, run);
        break;
      case 'make':
        await makeEach(world, run);
        break;
      case 'tell_unreachable':
        await tellUnreachable(world, run);
        break;
      case 'show':
        await show(world, run, { final: action.final });
        break;
      case 'finish':
        await finish(run);
        break;
      case 'erase':
        return await eraseImages(world, run);
      case 'wait':
      case 'none':
        return;
    }
  }
  throw new Error(`job ${run.job.jobId} does not come to an end`);
}

/** What a job needs next, with what the ledger says now about its request for an approval. */
export const actionFor = (world: World, job: Job): JobAction =>
  nextAction(job, { ...momentOf(world, job), request: world.book.now().requests.get(job.jobId) ?? null });
