import { modelOf } from '../../images/rate-card.ts';
import type { ModelRate } from '../../images/rates/card.ts';
import { rateOf } from '../../images/rates/kept-rate.ts';
import type { JobRequest } from '../../storage/records/job-step.ts';
import type { AppContext } from '../context.ts';

type Priced = Pick<JobRequest, 'rateCardId' | 'model' | 'rate'>;

/** The rate that a job was priced from, whatever the card says by now. Jobs of earlier versions name a card that comes with us. */
export function rateOfJob({ rateCardOf }: Pick<AppContext, 'rateCardOf'>, job: Priced): ModelRate {
  const rate = job.rate ? rateOf(job.rate) : modelOf(rateCardOf(job.rateCardId), job.model);
  if (!rate) throw new Error(`rate card ${job.rateCardId} has no model ${job.model}`);
  return rate;
}
