/**
 * Where the newest snapshot of a workspace's state is put away. Whatever is kept here may be lost, torn or old: a reader
 * checks it, and goes without. Neither function decides anything, so a failure of either is only slow.
 */
export type Snapshots = {
  /** The newest text of a workspace that this fold wrote; null where there is none. */
  newest(of: { workspace: string; foldId: string }): Promise<string | null>;
  /** Puts a text away that comes in parts, in place of older ones. */
  put(snapshot: SnapshotHead, parts: AsyncIterable<string>): Promise<void>;
  /** Takes all of a workspace's away. */
  remove(workspace: string): Promise<void>;
};

export type SnapshotHead = {
  workspace: string;
  /** Of the code that folded the state: another fold may mean something else by the same text. */
  foldId: string;
  /** The last line that is folded into it. */
  seq: number;
};
