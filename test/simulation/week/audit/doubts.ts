import type { Arrived } from '../world/edge.ts';
import type { WeekProcess } from '../world/process.ts';
import type { Trouble } from '../world/weather.ts';

/** Where nobody can know: whether a message stands, and whether somebody was in the middle of something. */
export type Doubts = {
  /** Whether it may stand twice: its sender never learned that the first one stands, or could not write down where. */
  mayStandTwice(first: Arrived, second: Arrived): boolean;
  /** It stands, and no process knows where: none can draw it again. */
  isLost(message: Arrived): boolean;
  wasTroubled(fromAt: number, toAt: number): boolean;
};

/** A call that was given up arrives within it. */
const GIVEN_UP_MS = 60_000;
const WRITTEN_DOWN_WITHIN_MS = 5 * 60_000;

/** `knowsIds`: Slack answers a second message with the first one, so that no doubt is an excuse. */
export function createDoubts({ troubles, knowsIds }: { troubles: readonly Trouble[]; knowsIds: boolean }): Doubts {
  const between = (fromAt: number, toAt: number) => troubles.filter(({ at }) => at >= fromAt && at <= toAt);
  const isUnknown = ({ at, by, isHeard }: Arrived) => {
    const untilAt = at + WRITTEN_DOWN_WITHIN_MS;
    const { diedAt } = by as WeekProcess;
    if (!isHeard || (diedAt !== null && diedAt <= untilAt)) return true;
    return between(at, untilAt).some(({ no, port }) => no === by.no && port === 'records');
  };
  return {
    isLost: isUnknown,
    wasTroubled: (fromAt, toAt) => between(fromAt, toAt).length > 0,
    mayStandTwice(first, second) {
      if (knowsIds) return false;
      // A call that was given up may arrive behind the one that took its place.
      const given = between(second.at - GIVEN_UP_MS, second.at);
      return isUnknown(first) || given.some(({ no, port }) => no === second.by.no && port === 'slack');
    },
  };
}
