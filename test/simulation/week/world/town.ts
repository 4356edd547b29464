import type { Chance } from '../../world/chance.ts';
import type { Counts } from '../../world/counts.ts';
import type { Timeline } from '../../world/timeline.ts';
import type { Trace } from '../../world/trace.ts';
import { live, look, type ProcessParts, type WeekProcess } from './process.ts';
import type { WeekWeather } from './weather.ts';

/** Three processes, which die, are started again, stand still for days, and have clocks that go wrong. */
export type WeekTown = {
  ready(): WeekProcess[];
  /** A process looks, as soon as it does not look already. */
  lookSoon(no: number, afterMs: number): void;
  /** From now on all run, and all clocks are right. */
  rest(): void;
};

type Parts = {
  chance: Chance;
  timeline: Timeline;
  trace: Trace;
  counts: Counts;
  weather: WeekWeather;
  isCalm: boolean;
  untilAt: number;
  parts: ProcessParts;
};

export const PROCESSES = [1, 2, 3] as const;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const BUSY_MS = 30_000;
const BACK_AFTER_MS = [0, 30_000, 5 * MINUTE_MS, 3 * HOUR_MS, 30 * HOUR_MS] as const;
const ALL_OFF_MS = [2 * HOUR_MS, 20 * HOUR_MS, 30 * HOUR_MS, 4 * 24 * HOUR_MS] as const;
const OFF_MS = [5 * MINUTE_MS, 70 * MINUTE_MS, 30 * HOUR_MS, 9 * 24 * HOUR_MS] as const;
/** Enough to be at any of the things that a look does to the world. */
const EFFECTS_MAX = 45;

export function createWeekTown({ chance, timeline, trace, counts, weather, isCalm, untilAt, parts }: Parts): WeekTown {
  const latest = new Map<number, WeekProcess>();
  const startAt = timeline.now();
  let isAtRest = isCalm;
  let starts = 0;

  function start(no: number): void {
    if (latest.get(no)?.isAlive) return;
    starts += 1;
    const skewMs = isCalm ? 0 : chance.int(-1, 1) * chance.pick([0, 700, 40_000]);
    const state = {
      isAlive: true,
      hasLastWords: true,
      onEffect: () => {},
      diedAt: null,
      world: null,
      isLooking: false,
    };
    const process: WeekProcess = { name: `p${no}.${starts}`, no, skewMs, ...state };
    latest.set(no, process);
    trace.add(timeline.now(), `${process.name} starts, its clock ${skewMs} ms ahead`);
    void live(process, parts);
  }

  function kill(process: WeekProcess, backAfterMs: number): void {
    if (!process.isAlive || isAtRest) return;
    process.isAlive = false;
    process.diedAt = timeline.now();
    process.hasLastWords = chance.is(0.5);
    weather.troubled(process.no);
    trace.add(timeline.now(), `${process.name} dies`);
    counts.add('deaths');
    timeline.after(backAfterMs, () => start(process.no));
  }

  function dieInLook(victim: WeekProcess, after: number): void {
    let left = after;
    victim.onEffect = () => {
      left -= 1;
      if (left === 0) kill(victim, chance.pick(BACK_AFTER_MS));
    };
  }

  const atChance = (times: number, happen: (victim: WeekProcess) => void) => {
    for (let each = 0; each < times; each += 1) {
      timeline.after(chance.int(HOUR_MS, untilAt - startAt), () => {
        const victim = latest.get(chance.pick(PROCESSES));
        if (!isAtRest && victim?.isAlive) happen(victim);
      });
    }
  };
  for (const no of PROCESSES) start(no);
  if (!isCalm) {
    atChance(chance.int(2, 9), (victim) => dieInLook(victim, chance.int(1, EFFECTS_MAX)));
    atChance(chance.int(0, 2), (victim) => kill(victim, chance.pick(BACK_AFTER_MS)));
    atChance(chance.int(0, 2), () => {
      const backAfterMs = chance.pick(ALL_OFF_MS);
      counts.add('everybody is off');
      for (const process of [...latest.values()]) kill(process, backAfterMs);
    });
    atChance(chance.int(0, 3), (victim) => {
      victim.skewMs = chance.pick(OFF_MS) * (chance.is(0.5) ? 1 : -1);
      counts.add(victim.skewMs > 0 ? 'clock ahead' : 'clock behind');
      trace.add(timeline.now(), `the clock of ${victim.name} is ${victim.skewMs} ms off`);
      timeline.after(chance.int(MINUTE_MS, 20 * HOUR_MS), () => {
        victim.skewMs = 0;
      });
    });
  }

  return {
    ready: () => [...latest.values()].filter(({ isAlive, world }) => isAlive && world !== null),
    lookSoon(no, afterMs) {
      timeline.after(afterMs, () => {
        const process = latest.get(no);
        if (process?.isAlive && process.isLooking) this.lookSoon(no, BUSY_MS);
        else if (process) void look(process, parts);
      });
    },
    rest() {
      isAtRest = true;
      for (const process of latest.values()) process.skewMs = 0;
      for (const no of PROCESSES) start(no);
    },
  };
}
