import type { Took } from './loops.ts';
import type { Server } from './mongo-server.ts';
import { loops } from './processes.ts';
import { atMost, quantile, report, toKnow } from './report.ts';

/** Images a second over four processes, and the most that 95 of 100 commands may take; null for those without a pause. */
const PROCESSES = 4;

type Cell = { imagesPerS: number | null; p95MaxMs: number | null };
const CELLS: readonly Cell[] = [
  { imagesPerS: 5, p95MaxMs: null },
  { imagesPerS: 20, p95MaxMs: 50 },
  { imagesPerS: 60, p95MaxMs: 100 },
  { imagesPerS: 150, p95MaxMs: null },
  { imagesPerS: null, p95MaxMs: null },
];

/** Four processes on one workspace: how long people wait, and whether any of them is left behind. */
export async function onOneWorkspace(server: Server, loopMs: number): Promise<void> {
  const cells = CELLS.map(({ imagesPerS }) => ({
    imagesPerS,
    ms: imagesPerS === null ? Math.max(8_000, loopMs) : loopMs,
  }));
  await loops(server, { processesCount: PROCESSES, cells }, (index, took) => tell(CELLS[index] as Cell, took));
}

function tell({ imagesPerS, p95MaxMs }: Cell, took: readonly Took[]): void {
  const name = `${PROCESSES} processes, ${imagesPerS === null ? 'without a pause' : `${imagesPerS} images/s`}`;
  const all = took.flatMap(({ ms }) => ms);
  for (const part of [0.5, 0.95, 0.99]) {
    const value = quantile(all, part);
    const aimed = part === 0.95 && p95MaxMs !== null ? atMost(value, p95MaxMs) : toKnow(value);
    report({ name: `${name}, p${part * 100}`, unit: 'ms', ...aimed });
  }
  const errors = took.flatMap((each) => Object.values(each.errors)).reduce((sum, count) => sum + count, 0);
  report({ name: `${name}, errors`, unit: 'commands', ...atMost(errors, 0) });
  const shares = took.map(({ ms }) => ms.length);
  for (const [n, share] of shares.entries()) {
    report({ name: `${name}, share of process ${n + 1}`, unit: 'commands', ...toKnow(share) });
  }
  if (imagesPerS !== null) return;
  const ratio = Math.max(...shares) / Math.min(...shares);
  report({ name: `${name}, largest ÷ smallest share`, unit: 'ratio', ...atMost(ratio, 4) });
  const longestMs = all.reduce((longest, ms) => Math.max(longest, ms), 0);
  report({ name: `${name}, longest wait`, unit: 'ms', ...atMost(longestMs, 3_000) });
}
