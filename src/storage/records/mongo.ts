import type { Mongo } from '../mongo/open.ts';
import { allIn } from './mongo-all.ts';
import { openMongoImages } from './mongo-images.ts';
import { openMongoJobs } from './mongo-jobs.ts';
import { marksIn, promptsIn } from './mongo-texts.ts';
import type { MovableRecords } from './records.ts';

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
