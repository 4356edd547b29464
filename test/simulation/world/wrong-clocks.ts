import type { Chance } from './chance.ts';
import type { Counts } from './counts.ts';
import type { Process } from './process.ts';
import type { Timeline } from './timeline.ts';
import type { Trace } from './trace.ts';

/** In some seeds a machine's clock goes wrong, for a while, and may go wrong in another way before it is right. */
export type WrongClocks = {
  /** From now on all are right. */
  clear(): void;
};

type Parts = {
  chance: Chance;
  timeline: Timeline;
  trace: Trace;
  counts: Counts;
  isCalm: boolean;
  living(): readonly Process[];
  rightAgain(process: Process): void;
};

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const SEEDS = 0.5;
const EVERY_MS = 5 * MINUTE_MS;
/** More than what others may say, late as it is heard, and every machine's own small error. */
const OFF_MS = [5 * MINUTE_MS, 70 * MINUTE_MS, 30 * 60 * MINUTE_MS, 9 * DAY_MS, 40 * DAY_MS, 400 * DAY_MS] as const;
const LASTS_MS = [20_000, 2 * MINUTE_MS, 6 * MINUTE_MS, 20 * MINUTE_MS] as const;
export const CLOCK_FAULTS = ['clock ahead', 'clock behind', 'clock set back'] as const;

export function planWrongClocks({ chance, timeline, trace, counts, isCalm, living, rightAgain }: Parts): WrongClocks {
  const isPlanned = !isCalm && chance.is(SEEDS);
  let isClear = false;

  const set = (process: Process, offMs: number) => {
    const fault = offMs > 0 ? 'clock ahead' : process.offMs > 0 ? 'clock set back' : 'clock behind';
    trace.add(timeline.now(), `the clock of ${process.name} is ${offMs} ms off`);
    process.offMs = offMs;
    process.offSinceAt = timeline.now();
    counts.add('faults');
    counts.add(`fault ${fault}`);
    counts.add('fault in clocks');
  };
  const right = (process: Process) => {
    // Of one that has died since, its death was its end.
    if (process.isAlive) rightAgain(process);
    process.offMs = 0;
    process.offSinceAt = null;
  };
  const goWrong = (process: Process) => {
    if (isClear || !process.isAlive) return;
    const isAhead = process.offMs === 0 ? chance.is(0.5) : process.offMs < 0;
    set(process, chance.pick(OFF_MS) * (isAhead ? 1 : -1));
    timeline.after(chance.pick(LASTS_MS), () => {
      if (isClear || chance.is(0.5)) right(process);
      else goWrong(process);
    });
  };
  const plan = () =>
    timeline.after(chance.int(0, 2 * EVERY_MS), () => {
      if (isClear) return;
      const able = living().filter(({ offMs, world }) => offMs === 0 && world !== null);
      if (able.length > 0) goWrong(chance.pick(able));
      plan();
    });
  if (isPlanned) plan();

  return {
    clear() {
      isClear = true;
      for (const process of living()) right(process);
    },
  };
}
