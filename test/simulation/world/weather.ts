import type { Chance } from './chance.ts';
import type { Counts } from './counts.ts';
import type { Timeline } from './timeline.ts';

/**
 * `lost`: it never happens, and an error is the answer. `late`: it happens, and is answered late. `answer_lost`: it
 * happens, and an error is the answer. `doubled`: it happens twice, and the second answer is the one that is heard.
 * `torn`: half of it happens, and an error is the answer. `overtaken`: an error is the answer, and it happens later, behind
 * what was sent after it.
 */
export const FAULTS = ['lost', 'late', 'answer_lost', 'doubled', 'torn', 'overtaken'] as const;
export type FaultKind = (typeof FAULTS)[number];
export const PORTS = ['journal', 'records', 'slack', 'provider', 'people', 'peers'] as const;
export type Port = (typeof PORTS)[number];

/** What goes wrong between the processes and the world, by chance and in stretches, until it is told to stop. */
export type Weather = {
  faultFor(port: Port, processNo: number, possible: readonly FaultKind[]): FaultKind | null;
  clear(): void;
};

type Outage = { port: Port; processNo: number | null; untilAt: number };
/** `isCalm`: nothing is lost, only late: then whatever is to happen once has no excuse to happen twice. */
type Parts = { chance: Chance; timeline: Timeline; counts: Counts; isCalm: boolean };

const OUTAGE_EVERY_MS = 12 * 60_000;
const OUTAGE_MAX_MS = 3 * 60_000;
/** Few writes have several lines: of those that have, some are torn in any weather. */
const TORN = 0.08;

export function createWeather({ chance, timeline, counts, isCalm }: Parts): Weather {
  const rate = chance.pick([0.004, 0.01, 0.02, 0.04]);
  const outages: Outage[] = [];
  let isClear = false;

  const plan = () =>
    timeline.after(chance.int(0, 2 * OUTAGE_EVERY_MS), () => {
      if (isClear) return;
      const processNo = chance.is(0.5) ? null : chance.int(1, 4);
      const untilAt = timeline.now() + chance.int(2_000, OUTAGE_MAX_MS);
      outages.push({ port: chance.pick(PORTS), processNo, untilAt });
      counts.add('outages');
      plan();
    });
  if (!isCalm) plan();

  const isOut = (port: Port, processNo: number) => {
    if (outages.length === 0) return false;
    const now = timeline.now();
    return outages.some((each) => {
      return each.port === port && each.untilAt > now && (each.processNo === null || each.processNo === processNo);
    });
  };

  return {
    faultFor(port, processNo, possible) {
      if (isClear || possible.length === 0) return null;
      const isTorn = !isCalm && possible.includes('torn') && chance.is(TORN);
      const fault = isTorn ? 'torn' : possible.includes('lost') && isOut(port, processNo) ? 'lost' : null;
      if (fault === null && !chance.is(rate)) return null;
      const usual = isCalm ? possible.filter((kind) => kind === 'late') : possible;
      const kind = fault ?? (usual.length > 0 ? chance.pick(usual) : null);
      if (kind === null) return null;
      counts.add('faults');
      counts.add(`fault ${kind}`);
      counts.add(`fault in ${port}`);
      return kind;
    },
    clear() {
      isClear = true;
    },
  };
}
