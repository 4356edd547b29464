import { hashed } from './chance.ts';

/** What happened, in order: hashed as a whole, and its end, or all of it, kept to be read. */
export type Trace = {
  add(at: number, words: string): void;
  hash(): string;
  latest(): readonly string[];
};

const KEPT = 400;

export function createTrace({ all }: { all: boolean }): Trace {
  const kept: { ms: number; words: string }[] = [];
  let hash = 0x811c9dc5;
  let startAt: number | null = null;
  return {
    add(at, words) {
      startAt ??= at;
      const ms = at - startAt;
      hash = hashed(words, hash ^ ms);
      kept.push({ ms, words });
      if (!all && kept.length > 2 * KEPT) kept.splice(0, KEPT);
    },
    hash: () => (hash >>> 0).toString(16).padStart(8, '0'),
    latest: () => kept.map(({ ms, words }) => `${(ms / 1000).toFixed(3).padStart(10)} s  ${words}`),
  };
}
