import type { State } from '../../ledger/state.ts';
import { dateOf } from '../../ledger/tally/blocked.ts';
import { type MadeImage, stageOf } from '../../ledger/tally/made-images.ts';
import { windowKeysAt } from '../../ledger/usage/windows.ts';
import type { Mark, Stage } from '../../ledger/work.ts';
import { imageIdOf, type Job } from '../../storage/records/job.ts';

/** What people say of an image that was made; images that can no longer be marked have none. */
export type ImageSaid = {
  imageNo: number;
  stage: Stage;
  isStageGuessed: boolean;
  marked: { mark: Mark; by: string } | null;
};

/** The credits of a request are held within minutes of it, so its images count on that date, or on the next. */
const HELD_WITHIN_MS = 60 * 60_000;

/** What people say of a job's images, as far as they can still be marked. */
export function imagesSaid(state: State, job: Job): ImageSaid[] {
  const charged = job.images.filter(({ settled }) => settled?.as === 'captured').map(({ imageNo }) => imageNo);
  if (charged.length === 0 || job.deletedBy !== null) return [];
  const made = madeFor(state, job, charged.length);
  return charged.flatMap((imageNo) => {
    const image = made.get(imageIdOf(job.jobId, imageNo));
    return image
      ? [{ imageNo, stage: stageOf(image), isStageGuessed: image.isStageGuessed, marked: image.marked }]
      : [];
  });
}

/** The stage that a person, or a project, said of all images of a job: who asks again need not say it again. */
export function stageAgain({ job, said }: { job: Job; said: readonly ImageSaid[] }): Stage | null {
  const [first] = said;
  if (!first) return job.isStageGuessed ? null : job.stage;
  const isSaid = said.every(({ stage, isStageGuessed }) => !isStageGuessed && stage === first.stage);
  return isSaid ? first.stage : null;
}

/** Looks where they have to be. All dates are looked through only where a wrong clock has moved them. */
function madeFor({ images, settings }: State, { jobId, wantedAt }: Job, imagesCount: number): Map<string, MadeImage> {
  const found = new Map<string, MadeImage>();
  if (!settings) return found;
  const look = (date: string) => {
    for (const image of images.get(date) ?? []) if (isOf(jobId, image)) found.set(image.holdId, image);
  };
  const near = [wantedAt, wantedAt + HELD_WITHIN_MS].map((at) => dateOf(windowKeysAt(at, settings)));
  for (const date of new Set(near)) look(date);
  const oldest = images.keySeq().min() ?? '';
  if (found.size < imagesCount && near.every((date) => date >= oldest)) for (const date of images.keys()) look(date);
  return found;
}

const isOf = (jobId: string, { holdId }: MadeImage) => holdId.slice(0, holdId.lastIndexOf('/')) === jobId;
