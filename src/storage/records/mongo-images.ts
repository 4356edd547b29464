import { IMAGE_BYTES } from '../mongo/erase.ts';
import { ensure } from '../mongo/indexes.ts';
import { insertOnce } from '../mongo/insert-once.ts';
import { type driver, modelOf, NEEDED_TEXT, NEEDED_WHOLE } from '../mongo/model.ts';
import type { Mongo } from '../mongo/open.ts';
import { tryWrite } from '../mongo/write.ts';
import { answered, putOrTaken, writtenAgain } from './mongo-answers.ts';
import { type Images, RecordsFault, type StoredImage } from './records.ts';

/** What an image is, and where its bytes are; this document alone says whether there is one. */
type ImageDocument = {
  _id: string;
  workspace: string;
  imageId: string;
  contentType: string;
  bytesCount: number;
  costMicroUsd: number;
  madeAt: number;
  expiresOn: Date;
  fileId: driver.ObjectId;
};

const EXPIRY = { expiresOn: 1 } as const;
const FILE_EXPIRY = { 'metadata.expiresOn': 1 } as const;
/** Where no Inkwell runs for so long, MongoDB itself takes expired images away. Inkwell does so at once. */
const LEFT_TO_MONGO_AFTER_S = 7 * 86_400;
const NOT_IMPLEMENTED = 238;

export const imageModel = (mongo: Mongo) =>
  modelOf<ImageDocument>(
    mongo,
    'images',
    {
      _id: NEEDED_TEXT,
      workspace: NEEDED_TEXT,
      imageId: NEEDED_TEXT,
      contentType: NEEDED_TEXT,
      bytesCount: NEEDED_WHOLE,
      costMicroUsd: NEEDED_WHOLE,
      madeAt: NEEDED_WHOLE,
      expiresOn: { type: Date, required: true },
      fileId: { type: 'ObjectId', required: true },
    },
    { strict: false },
  );

/**
 * The bytes are written first, as a file of this call's own; then one unique insert says whose file is the image. What
 * comes second, or dies in between, leaves a file without a record: it expires like the others.
 */
export async function openMongoImages(mongo: Mongo): Promise<Images> {
  const images = imageModel(mongo);
  const ask = imagesQueries(mongo);
  const { GridFSBucket, ObjectId } = mongo.mongoose.mongo;
  const bucket = new GridFSBucket(databaseOf(mongo), { bucketName: IMAGE_BYTES });
  await createIndexes(mongo);

  /** The chunks go first: a file whose chunks are gone is found again by its expiry, chunks without a file are not. */
  const eraseFiles = async (fileIds: driver.ObjectId[]) => {
    if (fileIds.length === 0) return;
    const { files, chunks } = filesOf(mongo);
    await writtenAgain(mongo, () => chunks.deleteMany({ files_id: { $in: fileIds } }));
    await writtenAgain(mongo, () => files.deleteMany({ _id: { $in: fileIds } }));
  };

  return {
    async put({ bytes, expiresAt, ...image }) {
      const _id = idOf(image);
      if (await answered(() => ask.image(_id))) return 'taken';
      const fileId = new ObjectId();
      const expiresOn = new Date(expiresAt);
      const metadata = { workspace: image.workspace, expiresOn };
      const copy = Buffer.from(bytes);
      const sent = await tryWrite(mongo, () => upload(bucket.openUploadStreamWithId(fileId, _id, { metadata }), copy));
      // No record names the file yet, so whatever became of it, nothing was put.
      if (sent.kind === 'fault') throw new RecordsFault('unavailable', { cause: sent.cause });
      const document = { _id, ...image, bytesCount: copy.byteLength, expiresOn, fileId };
      const put = putOrTaken(await insertOnce(mongo, images as never, document));
      if (put === 'taken') await eraseFiles([fileId]);
      return put;
    },
    async get(query) {
      const found = await answered(() => ask.image(idOf(query)));
      if (!found) return null;
      const { contentType, costMicroUsd, madeAt, expiresOn, workspace, imageId } = found;
      const bytes = await answered(() => download(bucket.openDownloadStream(found.fileId)));
      if (bytes.byteLength !== found.bytesCount) {
        // It is being erased right now, so it counts as gone: a part of it is never handed out.
        if (!(await answered(() => ask.image(found._id)))) return null;
        throw new RecordsFault('corrupt', { message: `the bytes of image ${imageId} are not complete` });
      }
      return { workspace, imageId, contentType, bytes, costMicroUsd, madeAt, expiresAt: expiresOn.getTime() };
    },
    async erase(query) {
      const found = await answered(() => ask.image(idOf(query)));
      await writtenAgain(mongo, () => images.deleteOne({ _id: idOf(query) }).exec());
      if (found) await eraseFiles([found.fileId]);
    },
    async expire({ now, imagesMax }) {
      const due = await answered(() => ask.expired({ now, imagesMax }));
      const ids = due.map(({ _id }) => _id);
      const deleted =
        ids.length > 0 ? await writtenAgain(mongo, () => images.deleteMany({ _id: { $in: ids } }).exec()) : null;
      const files = await answered(() => ask.expiredFiles({ now, imagesMax }));
      await eraseFiles(files.map(({ _id }) => _id));
      return deleted?.deletedCount ?? 0;
    },
  };
}

const idOf = ({ workspace, imageId }: Pick<StoredImage, 'workspace' | 'imageId'>) => `${workspace} ${imageId}`;

/** Every question that is asked about images, with the index that answers it. */
export const imagesQueries = (mongo: Mongo) => ({
  image: (_id: string) => imageModel(mongo).findOne({ _id }).lean<ImageDocument | null>(),

  expired: ({ now, imagesMax }: { now: number; imagesMax: number }) =>
    imageModel(mongo)
      .find({ expiresOn: { $lte: new Date(now) } }, { _id: 1 })
      .sort(EXPIRY)
      .limit(imagesMax)
      .hint(EXPIRY)
      .lean<{ _id: string }[]>(),

  expiredFiles: ({ now, imagesMax }: { now: number; imagesMax: number }) =>
    filesOf(mongo)
      .files.find({ 'metadata.expiresOn': { $lte: new Date(now) } }, { projection: { _id: 1 } })
      .sort(FILE_EXPIRY)
      .limit(imagesMax)
      .hint(FILE_EXPIRY)
      .toArray(),
});

async function createIndexes(mongo: Mongo): Promise<void> {
  await ensure(mongo, `${IMAGE_BYTES}.files`, (patient) => filesOf(patient).files.createIndex(FILE_EXPIRY));
  await ensure(mongo, `${IMAGE_BYTES}.chunks`, (patient) =>
    filesOf(patient).chunks.createIndex({ files_id: 1, n: 1 }, { unique: true }),
  );
  await ensure(mongo, 'images', async (patient) => {
    const images = imageModel(patient).collection;
    try {
      await images.createIndex(EXPIRY, { expireAfterSeconds: LEFT_TO_MONGO_AFTER_S });
    } catch (error) {
      // Not every server that speaks MongoDB's language takes expired documents away by itself.
      if ((error as { code?: number }).code !== NOT_IMPLEMENTED) throw error;
      await images.createIndex(EXPIRY);
    }
  });
}

function databaseOf({ connection }: Mongo) {
  if (!connection.db) throw new Error('the connection was closed');
  return connection.db;
}

type FileDocument = { _id: driver.ObjectId; metadata: { expiresOn: Date } };

const filesOf = (mongo: Mongo) => ({
  files: databaseOf(mongo).collection<FileDocument>(`${IMAGE_BYTES}.files`),
  chunks: databaseOf(mongo).collection<{ files_id: driver.ObjectId; n: number }>(`${IMAGE_BYTES}.chunks`),
});

const upload = (stream: driver.GridFSBucketWriteStream, bytes: Buffer) =>
  new Promise<void>((resolve, reject) => {
    stream.once('finish', () => resolve()).once('error', reject);
    stream.end(bytes);
  });

/** As much as is there. */
async function download(stream: driver.GridFSBucketReadStream): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk as Buffer);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** The file, or a chunk of it, is not there. */
const isGone = (error: unknown) => {
  const { name, code } = error as { name: string; code?: string };
  return code === 'ENOENT' || name === 'MongoGridFSChunkError';
};
