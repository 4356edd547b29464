import type { ImageOutcome } from '../../images/image-provider.ts';
import type { AppContext } from '../context.ts';

/**
 * Remembers until when a provider wants to be left alone about a model, so that no other image goes there before: what it
 * takes is counted over all of them. In this process; another one is told so itself.
 */
export function pauseProvider(context: AppContext, model: string, outcome: ImageOutcome): void {
  if (outcome.kind !== 'transient' || !outcome.isNamed) return;
  const untilAt = context.clock.now() + outcome.retryAfterMs;
  untilIn(context).set(model, Math.max(untilAt, pausedUntil(context, model)));
}

/** 0 where no provider named a time. */
export const pausedUntil = (context: AppContext, model: string): number => untilIn(context).get(model) ?? 0;

function untilIn(context: AppContext): Map<string, number> {
  const known = inProcess.get(context) ?? new Map<string, number>();
  inProcess.set(context, known);
  return known;
}

const inProcess = new WeakMap<AppContext, Map<string, number>>();
