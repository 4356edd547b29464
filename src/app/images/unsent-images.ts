import { clientAccount } from '../../ledger/accounts.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import type { Job, JobImage } from '../../storage/records/job.ts';

/** What the step of an image says that was taken back by the person who asked for it, or by another one. */
export const CANCELED = 'canceled';
export const CANCELED_BY_OTHER = 'canceled_by_other';

/** Who asked for the images, and who looks after their client. */
export function mayEnd(state: State, { memberId, clientId }: Pick<Job, 'memberId' | 'clientId'>, by: string): boolean {
  const account = clientId === null ? null : clientAccount(clientId);
  return memberId === by || may(state, by, 'delete_image', { account });
}

/** The numbers of the images that were not sent yet, or wait to be sent again; none while the job can't be taken from its worker. */
export function unsentImages({ clientId, images, finished, deletedBy }: Job): number[] {
  if (clientId === null || finished || deletedBy !== null || images.some(isInWorkersHands)) return [];
  return images
    .filter(({ settled, answer }) => settled === null && (answer === null || answer.kind === 'transient'))
    .map(({ imageNo }) => imageNo);
}

/** It is being sent, or was made and is in its worker's memory alone until Slack has it: another process would lose it. */
const isInWorkersHands = ({ sending, answer, fileId }: JobImage): boolean =>
  sending || (answer?.kind === 'done' && answer.isKept === false && fileId === null);
