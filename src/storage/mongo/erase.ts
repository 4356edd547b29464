import type { Mongo } from './open.ts';

/** Every document of a workspace, and the chunks of its files. For the playground and for tests: never a real ledger. */
export async function eraseWorkspace({ connection }: Mongo, workspace: string): Promise<void> {
  const database = connection.db;
  if (!database) throw new Error('the connection was closed');
  const files = database.collection(`${IMAGE_BYTES}.files`);
  const fileIds = await files.find({ 'metadata.workspace': workspace }, { projection: { _id: 1 } }).toArray();
  await database.collection(`${IMAGE_BYTES}.chunks`).deleteMany({ files_id: { $in: fileIds.map(({ _id }) => _id) } });
  await files.deleteMany({ 'metadata.workspace': workspace });
  for (const collection of COLLECTIONS) await database.collection(collection).deleteMany({ workspace });
}

/** The GridFS bucket of image bytes. */
export const IMAGE_BYTES = 'image_bytes';

const COLLECTIONS = [
  'lines',
  'budgets',
  'budgets_copied',
  'steps',
  'prompts',
  'images',
  'marks',
  'snapshots',
  'snapshot_parts',
  'leases',
];
