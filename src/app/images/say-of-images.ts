import type { CommandBody } from '../../ledger/commands/commands.ts';
import type { Place } from '../../ledger/lists/channel-ids.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import { audienceOfReply } from '../../ports/reply-address.ts';
import type { Job } from '../../storage/records/job.ts';
import type { AppContext } from '../context.ts';
import { hiddenFrom } from '../limits/less-said.ts';
import { accountsIn, namesIn } from '../names.ts';
import type { Requester } from '../requester.ts';
import { loadJob } from './job-lease.ts';
import { isAt } from './open-image.ts';
import { redrawSaid } from './redraw-said.ts';

/** A person at a job's message. `place`: where they are, because a click may come from anywhere. */
export type AtImages = { deliveryId: string; requester: Requester; place: Place | null; jobId: string };

export type Said = { imageNo: number; command: CommandBody };

/**
 * Writes what a person says of a job's images, then draws it into the message. Each image has a command of its own, whose id
 * is the delivery's: the same click again changes nothing. A person who may not say it is told why.
 */
export async function sayOfImages(
  context: AppContext,
  { deliveryId, requester, place, jobId }: AtImages,
  saidIn: (job: Job) => readonly Said[],
): Promise<void> {
  const { messenger } = context;
  const by = requester.memberId;
  const job = await loadJob(context, jobId);
  if (!job || !isAt(context, job, { memberId: by, place })) {
    return void (await messenger.tell(requester, { kind: 'image_gone', why: 'not_found' }));
  }
  if (job.deletedBy !== null) return void (await messenger.tell(requester, { kind: 'image_gone', why: 'deleted' }));
  const said = saidIn(job);
  const refusals = await writeSaid(context, { deliveryId, by, jobId }, said);
  const refusal = toTell(refusals, said.length);
  if (refusal) await tellRefused(context, requester, refusal);
}

/** Writes and draws it. Answers the refusals, for the caller to tell. */
export async function writeSaid(
  context: AppContext,
  { deliveryId, by, jobId }: { deliveryId: string; by: string; jobId: string },
  said: readonly Said[],
): Promise<Refusal[]> {
  const { book } = context;
  const refusals: Refusal[] = [];
  let lastSeq: number | null = null;
  for (const { imageNo, command } of said) {
    const answer = await book.submit({ commandId: `${deliveryId}/${imageNo}`, by, ...command });
    if (!answer.ok) refusals.push(answer.refusal);
    else if (answer.line.kind === 'refused') refusals.push(answer.line.refusal);
    else lastSeq = answer.line.seq;
  }
  // Also where nothing changed: the click came from a message that does not show yet how it stands.
  await redrawSaid(context, jobId, lastSeq);
  return refusals;
}

/** Of a set, one sentence; none where it holds for some of them that it was so already. */
function toTell(refusals: readonly Refusal[], saidCount: number): Refusal | undefined {
  const refused = refusals.find(({ reason }) => reason !== 'nothing_changed');
  return refused ?? (refusals.length === saidCount ? refusals[0] : undefined);
}

export async function tellRefused(context: AppContext, requester: Requester, refusal: Refusal): Promise<void> {
  const { book, channels, messenger } = context;
  const audience = await audienceOfReply(channels, requester);
  const state = book.now();
  const names = namesIn(state, refusal);
  const hidden = hiddenFrom(state, { by: requester.memberId, clientId: null, accounts: accountsIn(refusal) });
  const nobody = { hidden, helpers: [], clientName: null, cheapestCredits: null, prompt: null };
  await messenger.tell(requester, { kind: 'refused', refusal, audience, names, ...nobody });
}
