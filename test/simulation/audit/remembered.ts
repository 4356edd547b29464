import type { Stores } from '../world/stores.ts';

/** Whether the app knows that a message stands there. */
export async function isRemembered(
  { stores, workspace }: { stores: Stores; workspace: string },
  key: string,
  ts: string,
): Promise<boolean> {
  const remembered = await stores.records.marks.get({ workspace, key: `${key}/place` });
  return remembered !== null && JSON.parse(remembered).ts === ts;
}
