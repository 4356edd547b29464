/**
 * Who writes for all processes of a workspace. A lease never ends by itself and is never changed: the newest term counts,
 * and terms are settled by a unique insert. It decides only who is asked first; which line stands is settled by the
 * journal's keys alone, so two processes that both believe to have it do no harm.
 */
export type Lease = {
  workspace: string;
  /** Counts up from 1; the highest one counts. */
  term: number;
  processId: string;
  /** Where the other processes reach it; null: it was given back, and anybody may take the next term. */
  url: string | null;
};

export type Leases = {
  newest(workspace: string): Promise<Lease | null>;
  /** `taken`: another process has this term. Throws where the store failed; the term may then be ours or not. */
  claim(lease: Lease): Promise<'claimed' | 'taken'>;
};

/** For tests and the simulation. */
export function createMemoryLeases(): Leases & { all: readonly Lease[] } {
  const all: Lease[] = [];
  return {
    all,
    newest: async (workspace) =>
      all.filter((each) => each.workspace === workspace).sort((one, other) => other.term - one.term)[0] ?? null,
    async claim(lease) {
      if (all.some(({ workspace, term }) => workspace === lease.workspace && term === lease.term)) return 'taken';
      all.push(lease);
      return 'claimed';
    },
  };
}
