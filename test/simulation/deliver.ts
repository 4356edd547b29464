import type { Act } from './acts/scene.ts';
import type { Sim } from './run-seed.ts';
import type { Chance } from './world/chance.ts';
import type { Counts } from './world/counts.ts';

/** Slack tries again where nobody answers, and now and then although somebody did. */
export function deliver(
  { timeline, counts, town, trace, audit }: Pick<Sim, 'timeline' | 'counts' | 'town' | 'trace' | 'audit'>,
  chance: Chance,
  act: Act,
) {
  counts.add('operations', act.operations ?? 1);
  counts.add(`act ${act.name}`);
  const arrive = (triesLeft: number) => {
    const ready = town.ready();
    if (ready.length === 0) {
      if (triesLeft > 0) timeline.after(chance.pick([3_000, 60_000]), () => arrive(triesLeft - 1));
      return;
    }
    const process = chance.pick(ready);
    trace.add(timeline.now(), `${process.name} is delivered ${act.name}`);
    if (!process.app || !process.world) return;
    act.deliver(process.app, process.world).catch((error: unknown) => {
      const isReused = act.isForged && (error as { code?: unknown }).code === 'id_reused';
      if (process.isAlive && !isReused && !audit.isExpected(error)) {
        audit.complain(`${process.name}, ${act.name}: ${error instanceof Error ? error.stack : String(error)}`);
      }
    });
  };
  const lateMs = chance.is(0.05) ? chance.int(1_000, 30_000) : 0;
  if (lateMs > 0) fault(counts, 'overtaken');
  timeline.after(lateMs, () => arrive(3));
  if (!chance.is(0.07)) return;
  fault(counts, 'doubled');
  timeline.after(lateMs + chance.pick([0, 5, 3_000, 20_000, 90_000]), () => arrive(1));
}

function fault(counts: Counts, kind: string): void {
  counts.add('faults');
  counts.add(`fault ${kind}`);
  counts.add('fault in deliveries');
}
