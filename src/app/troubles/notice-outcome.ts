import type { ImageOutcome, Said } from '../../images/image-provider.ts';
import type { Job } from '../../storage/records/job.ts';
import type { AppContext } from '../context.ts';
import { rateOfJob } from '../images/job-rate.ts';
import { mendTroubles, tellTrouble } from './tell-trouble.ts';
import type { Trouble, TroubleKind } from './trouble.ts';

/** Fewer happen by themselves. */
const UNKNOWN_IN_A_ROW = 3;
const NOTHING_SAID: Said = { status: null, code: null, param: null, requestId: null };

/** One line in the log for each call that made no image; and what only an operator can mend is told to the owners. */
export async function noticeOutcome(context: AppContext, job: Job, outcome: ImageOutcome): Promise<void> {
  const { provider } = rateOfJob(context, job);
  if (outcome.kind === 'done') {
    unknownIn(context).delete(provider);
    return await mendTroubles(context, (trouble) => isMendedBy(trouble, { provider, model: job.model }));
  }
  const said = outcome.said ?? NOTHING_SAID;
  const { jobId, model } = job;
  context.log.warn({ provider, kind: outcome.kind, ...said, detail: outcome.detail, jobId, model }, 'no image');
  const unknowns = outcome.kind === 'unknown' ? (unknownIn(context).get(provider) ?? 0) + 1 : 0;
  unknownIn(context).set(provider, unknowns);
  const kind = kindOf(outcome, unknowns);
  if (kind === null) return;
  const { status, code, requestId, param } = said;
  const since = context.clock.now();
  await tellTrouble(context, { kind, of: provider, since, status, code, requestId, model, what: param });
}

function kindOf(outcome: Exclude<ImageOutcome, { kind: 'done' }>, unknowns: number): TroubleKind | null {
  switch (outcome.kind) {
    case 'account_stop':
      return 'quota';
    case 'rejected':
      return outcome.trouble ?? null;
    case 'unknown':
      return unknowns >= UNKNOWN_IN_A_ROW ? 'unknown_outcomes' : null;
    case 'refused':
    case 'transient':
      return null;
  }
}

/** Another model that works says nothing about one that does not. */
function isMendedBy({ of, kind, model }: Trouble, made: { provider: string; model: string }): boolean {
  if (of !== made.provider) return false;
  const isOfModel = kind === 'model' || kind === 'forbidden' || kind === 'parameter';
  return !isOfModel || model === null || model === made.model;
}

/** Calls in a row, by provider, since this process began. */
function unknownIn(context: AppContext): Map<string, number> {
  const known = unknown.get(context) ?? new Map<string, number>();
  unknown.set(context, known);
  return known;
}

const unknown = new WeakMap<AppContext, Map<string, number>>();
