import type { Chance } from '../../world/chance.ts';
import type { Counts } from '../../world/counts.ts';
import type { Timeline } from '../../world/timeline.ts';
import type { Port, Weather } from '../../world/weather.ts';

/** What went wrong, when, and for which process. */
export type Trouble = { at: number; no: number; port: Port | 'life' };

export type WeekWeather = Weather & {
  troubles: Trouble[];
  /** Nothing goes wrong before: the first look is a good one. */
  begin(): void;
  isClear(): boolean;
  troubled(no: number): void;
};

type Parts = { chance: Chance; timeline: Timeline; counts: Counts; isCalm: boolean; untilAt: number };

const HOUR_MS = 3_600_000;
const PORTS_OUT: readonly Port[] = ['slack', 'slack', 'slack', 'records', 'journal', 'people'];

/** Single faults, and outages of hours, some of them for one process alone. */
export function createWeekWeather({ chance, timeline, counts, isCalm, untilAt }: Parts): WeekWeather {
  const rate = chance.pick([0.003, 0.01, 0.03]);
  const troubles: Trouble[] = [];
  const startAt = timeline.now();
  const outages = Array.from({ length: isCalm ? 0 : chance.int(0, 4) }, () => {
    const fromAt = chance.int(startAt, untilAt);
    const toAt = fromAt + chance.int(60_000, 5 * HOUR_MS);
    return { port: chance.pick(PORTS_OUT), no: chance.is(0.5) ? null : chance.int(1, 3), fromAt, toAt };
  });
  let isClear = true;
  const isOut = (port: Port, no: number, now: number) =>
    outages.some((each) => each.port === port && (each.no ?? no) === no && each.fromAt <= now && now < each.toAt);

  return {
    troubles,
    begin() {
      isClear = isCalm;
    },
    clear() {
      isClear = true;
    },
    isClear: () => isClear,
    troubled: (no) => void troubles.push({ at: timeline.now(), no, port: 'life' }),
    faultFor(port, no, possible) {
      if (isClear || possible.length === 0) return null;
      const now = timeline.now();
      const isLost = possible.includes('lost') && isOut(port, no, now);
      if (!isLost && !chance.is(rate)) return null;
      const kind = isLost ? 'lost' : chance.pick(possible);
      troubles.push({ at: now, no, port });
      counts.add('faults');
      counts.add(`fault ${kind}`);
      counts.add(`fault in ${port}`);
      return kind;
    },
  };
}
