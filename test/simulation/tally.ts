import type { SeedResult } from './run-seed.ts';
import { createCounts } from './world/counts.ts';

/** What many seeds came to. */
export type Tally = {
  add(result: SeedResult): void;
  counts(): Readonly<Record<string, number>>;
  isClean(): boolean;
  /** All counts, a family a line. */
  lines(): string[];
  sentence(): string;
};

const FAMILIES = ['act', 'fault', 'post', 'line', 'refusal', 'told', 'card', 'seeds with'];

export function createTally(): Tally {
  const counts = createCounts();
  let seeds = 0;
  let violations = 0;
  let fewestFaults = Number.POSITIVE_INFINITY;
  let fewestOperations = Number.POSITIVE_INFINITY;
  return {
    add(result) {
      seeds += 1;
      violations += result.violations.length;
      counts.merge(result.counts);
      fewestFaults = Math.min(fewestFaults, result.counts.faults ?? 0);
      fewestOperations = Math.min(fewestOperations, result.counts.operations ?? 0);
    },
    counts: counts.all,
    isClean: () => violations === 0,
    lines() {
      const all = Object.entries(counts.all());
      const familyOf = (name: string) => FAMILIES.find((family) => name.startsWith(`${family} `)) ?? '';
      return [...FAMILIES, ''].flatMap((family) => {
        const of = all.filter(([name]) => familyOf(name) === family);
        const said = of.map(([name, times]) => `${name.slice(family === '' ? 0 : family.length + 1)} ${spoken(times)}`);
        return of.length > 0 ? [`${family || 'in all'}: ${said.join(', ')}`] : [];
      });
    },
    sentence() {
      const of = (name: string) => spoken(counts.get(name));
      const fewest = `at least ${fewestOperations} operations and ${fewestFaults} faults in each`;
      const what = `${of('operations')} operations, ${of('faults')} faults, ${of('deaths')} deaths`;
      return `${spoken(seeds)} seeds, ${what}, ${fewest}: ${spoken(violations)} violations`;
    },
  };
}

const spoken = (count: number) => count.toLocaleString('en-US');
