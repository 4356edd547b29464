/** Tells followers that something they can see has changed. `'state'` or a channel id, see `view.ts`. */
export type Changes = {
  /** `to` lists people; null means everybody. */
  tell(what: string, to: readonly string[] | null): void;
  follow(listener: (what: string, to: readonly string[] | null) => void): () => void;
};

export function createChanges(): Changes {
  const listeners = new Set<(what: string, to: readonly string[] | null) => void>();
  return {
    tell: (what, to) => {
      for (const listener of [...listeners]) listener(what, to);
    },
    follow: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
