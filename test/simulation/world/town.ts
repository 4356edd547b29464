import type { Chance } from './chance.ts';
import type { Counts } from './counts.ts';
import { live, type Process, type ProcessParts } from './process.ts';
import type { Timeline } from './timeline.ts';
import type { Trace } from './trace.ts';
import { planWrongClocks } from './wrong-clocks.ts';

/** One to four processes, which die and are started again. */
export type Town = {
  /** Those that could take something from Slack now. */
  ready(): Process[];
  processOf(name: string): Process | undefined;
  /** From now on nobody dies any more; whoever is dead is started. */
  rest(): void;
  /** Everything stops, and starts again after a while. */
  sleep(ms: number): void;
};

type Parts = {
  chance: Chance;
  timeline: Timeline;
  trace: Trace;
  counts: Counts;
  processesCount: number;
  isCalm: boolean;
  parts: ProcessParts;
  /** Its clock was wrong, and is right in a moment. */
  rightAgain(process: Process): void;
};

const DIES_EVERY_MS = 5 * 60_000;
const BACK_AFTER_MS = [0, 500, 5_000, 30_000, 120_000] as const;

export function createTown({
  chance,
  timeline,
  trace,
  counts,
  processesCount,
  isCalm,
  parts,
  rightAgain,
}: Parts): Town {
  const all = new Map<string, Process>();
  const latest = new Map<number, Process>();
  let isAtRest = isCalm;

  function start(no: number): void {
    const before = latest.get(no);
    if (before?.isAlive) return;
    const name = `p${no}.${1 + [...all.values()].filter((each) => each.no === no).length}`;
    const ownSkewMs = skewAtChance();
    const process: Process = {
      name,
      no,
      ownSkewMs,
      offMs: 0,
      offSinceAt: null,
      get skewMs() {
        return process.world ? process.world.clock.now() - timeline.now() : ownSkewMs;
      },
      isAlive: true,
      hasLastWords: true,
      onEffect: () => {},
      app: null,
      world: null,
      writer: null,
    };
    all.set(name, process);
    latest.set(no, process);
    trace.add(timeline.now(), `${name} starts, its clock ${ownSkewMs} ms ahead`);
    void live(process, parts);
  }

  const skewAtChance = () =>
    isCalm ? chance.int(-500, 500) : chance.int(-1, 1) * chance.pick([0, 700, 5_000, 40_000]);

  function kill(process: Process, backAfterMs: number): void {
    if (!process.isAlive) return;
    rightAgain(process);
    process.isAlive = false;
    // A process that is alone takes its connections with it; of others, what they had sent may arrive all the same.
    process.hasLastWords = !parts.alone && chance.is(0.5);
    trace.add(timeline.now(), `${process.name} dies`);
    counts.add('deaths');
    timeline.after(backAfterMs, () => start(process.no));
  }

  /** At a moment, or behind so many things that it does to the world: between any two of them, in the end. */
  function planDeath(): void {
    timeline.after(chance.int(0, 2 * DIES_EVERY_MS), () => {
      if (isAtRest) return;
      const living = [...latest.values()].filter(({ isAlive }) => isAlive);
      const victim = living.length > 0 ? chance.pick(living) : null;
      if (victim && chance.is(0.3)) kill(victim, chance.pick(BACK_AFTER_MS));
      else if (victim) dieAfter(victim, chance.int(1, 60));
      planDeath();
    });
  }

  function dieAfter(victim: Process, effectsCount: number): void {
    let left = effectsCount;
    victim.onEffect = () => {
      left -= 1;
      if (left === 0 && !isAtRest) kill(victim, chance.pick(BACK_AFTER_MS));
    };
  }

  for (let no = 1; no <= processesCount; no += 1) start(no);
  if (!isCalm) planDeath();
  const clocks = planWrongClocks({
    ...{ chance: chance.fork('clocks'), timeline, trace, counts, isCalm, rightAgain },
    living: () => [...latest.values()].filter(({ isAlive }) => isAlive),
  });

  return {
    ready: () => [...latest.values()].filter(({ isAlive, app }) => isAlive && app !== null),
    processOf: (name) => all.get(name),
    rest() {
      isAtRest = true;
      clocks.clear();
      for (const { no } of [...latest.values()]) start(no);
    },
    sleep(ms) {
      for (const process of [...latest.values()]) kill(process, ms);
    },
  };
}
