import { realClock } from '../../../src/start/real-clock.ts';
import { say } from './points.ts';

export type ChildClock = ReturnType<typeof createChildClock>;

/** A machine's clock that was set forward, and may be again. */
export function createChildClock(laterMs: number) {
  let offsetMs = laterMs;
  return {
    ...realClock,
    now: () => Date.now() + offsetMs,
    skip: (ms: number) => {
      offsetMs += ms;
      say({ say: 'later', ms });
    },
  };
}
