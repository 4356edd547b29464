import type { Mongo } from '../mongo/open.ts';
import { imageModel } from './mongo-images.ts';
import { BY_STEP, stepModel } from './mongo-jobs.ts';
import { markModel, promptModel } from './mongo-texts.ts';
import type { Images, Kept } from './records.ts';
import { parseStep } from './step.ts';

const DOCUMENTS_A_PAGE = 500;

/** Returns everything, in order of its keys. For moving a store, while no process writes. */
export async function* allIn(mongo: Mongo, images: Images): AsyncGenerator<Kept> {
  const page = { batchSize: DOCUMENTS_A_PAGE };
  for await (const step of stepModel(mongo).find().sort(BY_STEP).hint(BY_STEP).lean().cursor(page)) {
    yield { kind: 'step', step: parseStep(JSON.stringify(step), `job ${step.jobId}`) };
  }
  for await (const { workspace, jobId, text } of promptModel(mongo).find().sort({ _id: 1 }).lean().cursor(page)) {
    yield { kind: 'prompt', prompt: { workspace, jobId, text } };
  }
  for await (const { workspace, key, value, at } of markModel(mongo).find().sort({ _id: 1 }).lean().cursor(page)) {
    yield { kind: 'mark', mark: { workspace, key, value, at } };
  }
  for await (const { workspace, imageId } of imageModel(mongo).find().sort({ _id: 1 }).lean().cursor(page)) {
    const image = await images.get({ workspace, imageId });
    if (image) yield { kind: 'image', image };
  }
}
