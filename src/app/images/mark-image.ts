import type { Mark } from '../../ledger/work.ts';
import { imageIdOf } from '../../storage/records/job.ts';
import type { AppContext } from '../context.ts';
import { type AtImages, sayOfImages } from './say-of-images.ts';

/** Marks one image of a job as kept, final or discarded; null takes its mark away. The ledger decides who may. */
export const markImage = (
  context: AppContext,
  { imageNo, mark, ...at }: AtImages & { imageNo: number; mark: Mark | null },
): Promise<void> =>
  sayOfImages(context, at, ({ jobId }) => [
    { imageNo, command: { kind: 'mark_image', holdId: imageIdOf(jobId, imageNo), mark } },
  ]);
