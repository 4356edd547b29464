/** How often what happened: for people to see that the simulation gets where it should, and for floors in the test. */
export type Counts = {
  add(name: string, times?: number): void;
  get(name: string): number;
  all(): Readonly<Record<string, number>>;
  merge(others: Readonly<Record<string, number>>): void;
};

export function createCounts(): Counts {
  const counts = new Map<string, number>();
  const add = (name: string, times = 1) => void counts.set(name, (counts.get(name) ?? 0) + times);
  return {
    add,
    get: (name) => counts.get(name) ?? 0,
    all: () => Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
    merge(others) {
      for (const [name, times] of Object.entries(others)) add(name, times);
    },
  };
}
