import type { Chance } from '../world/chance.ts';
import type { Counts } from '../world/counts.ts';
import type { Timeline } from '../world/timeline.ts';
import type { Trace } from '../world/trace.ts';
import { actAtChance, type WeekScene } from './acts.ts';
import { wallAt } from './audit/calendar.ts';
import { nextTickAfter } from './audit/digests.ts';
import type { Facts } from './audit/facts.ts';
import type { ProcessParts, WeekProcess } from './world/process.ts';
import { PROCESSES, type WeekTown } from './world/town.ts';

type Parts = {
  chance: Chance;
  timeline: Timeline;
  trace: Trace;
  counts: Counts;
  facts: Facts;
  town: WeekTown;
  parts: ProcessParts;
  untilAt: number;
};

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * What people do, and when processes look: after something was done, when a digest is due and a while later, and now and then.
 * A real one looks three times a minute. To look at chosen moments only shows the same, because every look starts from nothing.
 */
export function planDays({ chance, timeline, trace, counts, facts, town, parts, untilAt }: Parts): void {
  const lengthMs = untilAt - timeline.now();
  let deliveries = 0;
  let tickAt = 0;
  const scene: WeekScene = {
    chance,
    rules: facts.now,
    today: () => wallAt(timeline.now(), facts.now().timeZone).date,
    newDelivery: () => `D${++deliveries}`,
  };

  const watchTicks = () => {
    const next = nextTickAfter(facts.now(), timeline.now());
    if (next === null || next === tickAt || next > untilAt) return;
    tickAt = next;
    for (const no of PROCESSES) {
      for (const ms of [chance.int(-60_000, 90_000), chance.pick([3, 20, 70]) * MINUTE_MS])
        town.lookSoon(no, next - timeline.now() + ms + chance.int(0, 50_000));
    }
  };

  const act = () => {
    const made = actAtChance(scene);
    counts.add('operations');
    counts.add(`act ${made.name}`);
    const deliver = (process: WeekProcess) => {
      if (!process.world) return;
      trace.add(timeline.now(), `${process.name} is delivered ${made.name}`);
      const end = parts.work.begin(process);
      const failed = (error: unknown) => parts.failed(process, made.name, error);
      void made.deliver(process.world).catch(failed).finally(end);
      town.lookSoon(process.no, chance.int(1_000, 40_000));
      if (chance.is(0.5)) town.lookSoon(chance.pick(PROCESSES), chance.int(1_000, 120_000));
    };
    const ready = town.ready();
    if (ready.length === 0) return;
    deliver(chance.pick(ready));
    if (chance.is(0.1)) timeline.after(chance.pick([0, 5, 20_000]), () => deliver(chance.pick(ready)));
    timeline.after(5 * MINUTE_MS, watchTicks);
  };

  const acts = chance.int(7, 13);
  for (let each = 0; each < acts; each += 1) timeline.after(chance.int(15 * MINUTE_MS, lengthMs), act);
  for (const no of PROCESSES) {
    for (let ms = chance.int(0, 24 * HOUR_MS); ms < lengthMs; ms += chance.int(30 * HOUR_MS, 80 * HOUR_MS)) {
      town.lookSoon(no, ms);
      timeline.after(ms, watchTicks);
    }
  }
}
