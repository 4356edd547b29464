/** A list that forgets its oldest entries, for a process that runs for weeks. */
export type Log<T> = { add(entry: T): void; entries: readonly T[]; clear(): void };

export function createLog<T>(entriesMax: number): Log<T> {
  const entries: T[] = [];
  return {
    entries,
    add: (entry) => {
      entries.push(entry);
      if (entries.length > entriesMax) entries.shift();
    },
    clear: () => void entries.splice(0),
  };
}
