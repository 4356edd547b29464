import type { Stage } from '../../ledger/work.ts';
import { chooseProject, projectNote } from '../clients/choose-project.ts';
import type { AppContext } from '../context.ts';
import type { ImageInput } from '../inputs.ts';
import type { PrivateMessage } from '../messenger.ts';
import { chooseImage } from './choose-image.ts';
import { foresee } from './foresee.ts';
import { loadJob } from './job-lease.ts';
import { declinedNote } from './tell-declined.ts';
import { waysOut } from './ways-out.ts';

export type RefusedAhead = PrivateMessage & { kind: 'refused' | 'project_wrong' };

/**
 * What the person would be told of a request that would be refused now, with the ways out; null where it goes on. Nothing is
 * written: a form says it at its field, and stays open. It is said of channels alone that the person is in.
 */
export async function refusedAhead(context: AppContext, input: ImageInput): Promise<RefusedAhead | null> {
  const { requester, place, prompt, imagesCount, options } = input;
  const { memberId, replyTo } = requester;
  // Sent before, and at work: what it holds itself is not in its way.
  if (context.running.has(input.deliveryId) || (await loadJob(context, input.deliveryId))) return null;
  if (!(await context.channels.has(place.channelId, memberId))) return null;
  const chosen = await chooseProject(context, input);
  if (!chosen.ok) return (await projectNote(context, chosen.problem, input)) as RefusedAhead;
  const quote = chooseImage(context, { by: memberId, channelId: place.channelId }, { options, imagesCount, prompt });
  if (!quote.ok) return null;
  const { projectId } = chosen;
  const stage: Stage = chosen.stage ?? input.guess ?? 'concept';
  const { model, size, quality, eachCredits, rateCardId, boundMicroUsd } = quote;
  const work = { model: model.id, size, quality, stage, rateCardId, boundMicroUsd };
  const state = await context.book.read();
  const wanted = { by: memberId, place, projectId, imagesCount, eachCredits, work };
  const foreseen = foresee(state, wanted, context.clock.now());
  if (foreseen.kind !== 'refused') return null;
  const { refusal } = foreseen;
  const made = { imagesCount, model: model.id, size, quality };
  const declined = { jobId: 'ahead', memberId, place, stage, namedProjectId: projectId, ...made };
  const ways = await waysOut(context, declined, { refusal, prompt });
  const note = await declinedNote(context, { memberId, place, replyTo }, { refusal, prompt: null, ways });
  return note.kind === 'refused' ? note : null;
}
