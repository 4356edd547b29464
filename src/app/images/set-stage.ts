import type { Stage } from '../../ledger/work.ts';
import { imageIdOf } from '../../storage/records/job.ts';
import type { AppContext } from '../context.ts';
import { type AtImages, sayOfImages } from './say-of-images.ts';

/** Corrects what a job's images were for: all that were charged, because they were asked for as one. */
export const setStage = (context: AppContext, { stage, ...at }: AtImages & { stage: Stage }): Promise<void> =>
  sayOfImages(context, at, ({ jobId, images }) =>
    images
      .filter(({ settled }) => settled?.as === 'captured')
      .map(({ imageNo }) => ({
        imageNo,
        command: { kind: 'set_stage', holdId: imageIdOf(jobId, imageNo), stage },
      })),
  );
