import { modelOf } from '../../images/rate-card.ts';
import type { ModelRate } from '../../images/rates/card.ts';
import type { AppContext } from '../context.ts';

/** The rates a job was priced from. Cards are only ever added, so they are still there. */
export function rateOfJob({ rateCardOf }: AppContext, job: { rateCardId: string; model: string }): ModelRate {
  const rate = modelOf(rateCardOf(job.rateCardId), job.model);
  if (!rate) throw new Error(`rate card ${job.rateCardId} has no model ${job.model}`);
  return rate;
}
