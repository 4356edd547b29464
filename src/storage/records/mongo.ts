import type { Mongo } from '../mongo/open.ts';
import { imageModel, openMongoImages } from './mongo-images.ts';
import { BY_STEP, openMongoJobs, stepModel } from './mongo-jobs.ts';
import { markModel, marksIn, promptModel, promptsIn } from './mongo-texts.ts';
import type { Images, Kept, MovableRecords } from './records.ts';
import { parseStep } from './step.ts';

/** Records in the collections of one database, for any number of processes; image bytes are in its GridFS. */
export async function openMongoRecords(mongo: Mongo): Promise<MovableRecords> {
  const images = await openMongoImages(mongo);
  return {
    jobs: await openMongoJobs(mongo),
    prompts: promptsIn(mongo),
    images,
    marks: marksIn(mongo),
    all: () => allIn(mongo, images),
    close: async () => {},
  };
}

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
