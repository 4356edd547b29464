import { imageIdOf } from '../../../src/storage/records/job.ts';
import type { SimulatedSlack } from '../world/slack.ts';
import type { Stores } from '../world/stores.ts';
import type { Books, JobSeen } from './books.ts';
import { isRemembered } from './remembered.ts';

type All = { books: Books; slack: SimulatedSlack; stores: Stores; workspace: string };

/** What somebody deletes is gone in the end, wherever it stood, however often what took it away was interrupted. */
export async function deletingLaws(all: All): Promise<string[]> {
  const deleted = [...all.books.jobs.values()].filter(({ steps }) => steps.some(({ kind }) => kind === 'deleted'));
  const violations = await Promise.all(
    deleted.map(async (job) => [
      ...(await keptLaws(all, job)),
      ...(await promptLaws(all, job)),
      ...shownLaws(all, job),
    ]),
  );
  return violations.flat();
}

async function keptLaws({ stores: { records }, workspace }: All, { jobId, steps }: JobSeen): Promise<string[]> {
  const violations: string[] = [];
  if (!steps.some(({ kind }) => kind === 'deletion_ended')) violations.push(`${jobId} is still to be deleted`);
  if ((await records.prompts.get({ workspace, jobId })) !== null) violations.push(`the prompt of ${jobId} is kept`);
  for (const step of steps) {
    if (step.kind !== 'answered') continue;
    const imageId = imageIdOf(jobId, step.imageNo);
    if ((await records.images.get({ workspace, imageId })) !== null)
      violations.push(`the bytes of ${imageId} are kept`);
  }
  return violations;
}

/** A card whose place nobody was answered is one that nobody can draw anew. */
async function promptLaws(all: All, { jobId }: JobSeen): Promise<string[]> {
  const violations: string[] = [];
  for (const { card, to, place, isGone, isOvertaken } of all.slack.cards.values()) {
    if (!('requestId' in card) || card.requestId !== jobId || card.prompt === null || isGone || isOvertaken) continue;
    const isKnown = await isRemembered(all, `request/${jobId}/to/${to}`, place.ts);
    if (isKnown) violations.push(`${jobId} was deleted, and ${to} reads its prompt`);
  }
  return violations;
}

function shownLaws({ slack }: All, { jobId, steps }: JobSeen): string[] {
  const place = steps.findLast((step) => step.kind === 'announced' || step.kind === 'shown');
  const files = steps.flatMap((step) =>
    step.kind === 'uploaded' && slack.files.has(step.fileId) ? [step.fileId] : [],
  );
  const sheet = place && 'place' in place ? slack.sheets.get(place.place.ts) : undefined;
  const isShown = sheet && !sheet.isGone && !slack.overtaken.has(jobId) && sheet.drawn?.job.deletedBy == null;
  return [
    ...files.map((fileId) => `${jobId} was deleted, and ${fileId} is there`),
    ...(isShown ? [`${jobId} was deleted, and does not say so`] : []),
  ];
}
