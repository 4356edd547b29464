import type { ImageOutcome } from '../../images/image-provider.ts';
import type { World } from '../context.ts';

/**
 * Remembers until when a provider wants to be left alone about a model, so that no other image goes there before: what it
 * takes is counted over all of them. In this process; another one is told so itself.
 */
export function leaveAlone(world: World, model: string, outcome: ImageOutcome): void {
  if (outcome.kind !== 'transient' || !outcome.isNamed) return;
  const untilAt = world.clock.now() + outcome.retryAfterMs;
  untilIn(world).set(model, Math.max(untilAt, leftAloneUntil(world, model)));
}

/** 0 where nobody said so. */
export const leftAloneUntil = (world: World, model: string): number => untilIn(world).get(model) ?? 0;

function untilIn(world: World): Map<string, number> {
  const known = inProcess.get(world) ?? new Map<string, number>();
  inProcess.set(world, known);
  return known;
}

const inProcess = new WeakMap<World, Map<string, number>>();
