import type { Sender } from '../../world/wire.ts';

/** What processes are at, so that it is known of each look whether anybody else was in the middle of something. */
export type Work = {
  /** The answer ends it, and says whether nobody else was at work at any time of it. */
  begin(by: Sender): () => boolean;
};

export function createWork(): Work {
  const active = new Set<{ by: Sender; isAlone: boolean }>();
  return {
    begin(by) {
      const own = { by, isAlone: true };
      for (const other of active) {
        if (!other.by.isAlive) active.delete(other);
        else other.isAlone = own.isAlone = false;
      }
      active.add(own);
      return () => {
        active.delete(own);
        return own.isAlone;
      };
    },
  };
}
