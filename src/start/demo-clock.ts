import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../ports/ports.ts';
import { StartFault } from './slack-connection.ts';

/** The clock of the playground, which can be set ahead. In a real workspace there is none. */
export type DemoClock = Clock & {
  /** How far it is ahead of the machine's. */
  aheadMs(): number;
  /** Goes on from a later moment, never from an earlier one. What waited goes on waiting until `wake`. */
  goTo(at: number): void;
  /** Begins what should have begun by now, in its order; the rest waits for its own time. */
  wake(): void;
};

type Waiting = { dueAt: number; happen: () => void; takeBack: () => void };

/** Goes on after a restart from where it was: no line of the ledger may be dated before the last one. */
export function openDemoClock(machine: Clock, dataDir: string): DemoClock {
  const file = join(dataDir, 'playground-clock.json');
  let aheadMs = readAhead(file);
  const waiting = new Set<Waiting>();
  const now = () => machine.now() + aheadMs;

  const arm = (each: Waiting) => {
    const happen = () => {
      waiting.delete(each);
      each.happen();
    };
    each.takeBack = machine.after(Math.max(0, each.dueAt - now()), happen);
  };
  const after: Clock['after'] = (ms, happen) => {
    const each: Waiting = { dueAt: now() + ms, happen, takeBack: () => {} };
    waiting.add(each);
    arm(each);
    return () => {
      waiting.delete(each);
      each.takeBack();
    };
  };

  return {
    now,
    after,
    sleep: (ms) => new Promise((resolve) => void after(ms, resolve)),
    // Time has passed for all who count it, also for those who do not go by the time of day.
    elapsedMs: () => (machine.elapsedMs?.() ?? machine.now()) + aheadMs,
    aheadMs: () => aheadMs,
    goTo(at) {
      const next = aheadMs + Math.max(0, at - now());
      keepAhead(file, next);
      aheadMs = next;
    },
    wake() {
      for (const each of [...waiting].sort((a, b) => a.dueAt - b.dueAt)) {
        each.takeBack();
        arm(each);
      }
    },
  };
}

function readAhead(file: string): number {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
  const aheadMs = /^\{"aheadMs":(\d{1,13})\}\s*$/.exec(text)?.[1];
  if (aheadMs !== undefined) return Number(aheadMs);
  throw new StartFault(`${file} is damaged. Remove the folder that it is in to start the playground from nothing.`);
}

/** Whole or not at all, and before anything is dated by it. */
function keepAhead(file: string, aheadMs: number): void {
  const unfinished = `${file}.unfinished`;
  writeFileSync(unfinished, `{"aheadMs":${aheadMs}}\n`, { mode: 0o600, flush: true });
  renameSync(unfinished, file);
}
