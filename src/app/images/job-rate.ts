import { type ModelRate, modelOf } from '../../images/rate-card.ts';
import type { World } from '../context.ts';

/** The rates a job was priced from. Cards are only ever added, so they are still there. */
export function rateOf({ rateCardOf }: World, job: { rateCardId: string; model: string }): ModelRate {
  const rate = modelOf(rateCardOf(job.rateCardId), job.model);
  if (!rate) throw new Error(`rate card ${job.rateCardId} has no model ${job.model}`);
  return rate;
}
