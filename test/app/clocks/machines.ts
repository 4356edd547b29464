import { createTrustedClock } from '../../../src/start/trusted-clock.ts';
import { createClock, type TestClock } from '../../support/clock.ts';

/** A process's machine: what its clock shows beside the true time, and whether anybody outside says what that is. */
export type Machine = {
  clock: TestClock;
  /** What its clock shows now. */
  shows(): number;
  /** How far it is off from now on, and how much further each hour. */
  set(offMs: number, driftMsPerHour?: number): void;
  isPlugged: boolean;
  /** Whether somebody outside has been heard since the machine was started. */
  wasTold(): boolean;
};

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const HOUR_MS = 3_600_000;

/** The time that really passes, and machines in it. Slack's `Date` has whole seconds. */
export function createTime(startAt: number) {
  const right = createClock(startAt);
  return {
    right,
    machine({ hasOutside }: { hasOutside: boolean }): Machine {
      let off = { ms: 0, driftMsPerHour: 0, sinceAt: startAt };
      let wasTold = false;
      const shows = () =>
        Math.round(right.now() + off.ms + (off.driftMsPerHour * (right.now() - off.sinceAt)) / HOUR_MS);
      const trusted = createTrustedClock({ ...right, now: shows, elapsedMs: () => right.now() - startAt }, silent);
      const machine: Machine = {
        clock: Object.assign(trusted, { advance: right.advance, set: right.set, sleepers: 0 }),
        shows,
        set(ms, driftMsPerHour = 0) {
          off = { ms, driftMsPerHour, sinceAt: right.now() };
        },
        isPlugged: hasOutside,
        wasTold: () => wasTold,
      };
      trusted.askBy(async () => {
        if (!machine.isPlugged) throw new Error('unreachable');
        trusted.heard('slack', Math.floor(right.now() / 1_000) * 1_000);
        wasTold = true;
      });
      return machine;
    },
  };
}
