/**
 * Tells what waits in this process that a person has left: an image of theirs that waits for its turn need not wait any
 * longer to be given back. A hint of speed alone; the ledger says whether a person is there.
 */
export type MemberRemovedSignal = {
  announce(memberId: string): void;
  /** Until the function that it returns is called. */
  listen(memberId: string, hear: () => void): () => void;
};

export function createMemberRemovedSignal(): MemberRemovedSignal {
  const listeners = new Map<string, Set<() => void>>();
  return {
    announce(memberId) {
      for (const hear of [...(listeners.get(memberId) ?? [])]) hear();
    },
    listen(memberId, hear) {
      const all = listeners.get(memberId) ?? new Set();
      listeners.set(memberId, all.add(hear));
      return () => {
        all.delete(hear);
        if (all.size === 0 && listeners.get(memberId) === all) listeners.delete(memberId);
      };
    },
  };
}
