import { createTask } from 'node-cron';
import { vi } from 'vitest';
import { dateAt } from '../../src/ledger/usage/windows.ts';
import { timesOf } from '../../src/scheduler/expression.ts';
import { tickComesAt } from '../../src/scheduler/ticks.ts';

const DAY = 86_400_000;
/** No zone has set its clocks by more since 1970. */
const SHIFT_MAX = 3 * 3_600_000;

/**
 * Compares ticks with what node-cron says of the same days. Both agree wherever a time of day comes once. Where it comes
 * twice, the tick is the first; where it comes never, node-cron leaves the day out and the tick comes at the change.
 */
export function differencesFrom(expression: string, timeZone: string, { fromAt, runsCount }: Stretch) {
  const runs = runsOfNodeCron(expression, timeZone, { fromAt, runsCount });
  const byDate = new Map(runs.map((at) => [dateAt(at, { timeZone, weekStartsOn: 1 }), at]));
  const times = timesOf(expression);
  const found = { compared: 0, twice: 0, never: 0, wrong: [] as string[] };
  const lastAt = runs.at(-1) ?? fromAt;
  for (let dayAt = fromAt + 2 * DAY; dayAt < lastAt - 2 * DAY; dayAt += DAY) {
    const date = new Date(dayAt).toISOString().slice(0, 10);
    const ours = times.isOn(date) ? tickComesAt(date, times, timeZone) : null;
    const theirs = byDate.get(date) ?? null;
    found.compared += 1;
    if (ours === theirs) continue;
    const shown = ours === null ? null : shownAt(ours, timeZone);
    const isWanted = shown?.hour === times.hour && shown.minute === times.minute;
    if (ours !== null && theirs !== null && isWanted && theirs > ours && theirs - ours <= SHIFT_MAX) found.twice += 1;
    else if (ours !== null && theirs === null && !isWanted && isChange(ours, timeZone)) found.never += 1;
    else found.wrong.push(`${expression} in ${timeZone} on ${date}: ${iso(ours)}, node-cron ${iso(theirs)}`);
  }
  return found;
}

type Stretch = { fromAt: number; runsCount: number };

/** It counts from the present, which only a clock of ours can set. */
function runsOfNodeCron(expression: string, timeZone: string, { fromAt, runsCount }: Stretch): number[] {
  vi.useFakeTimers({ now: fromAt, toFake: ['Date'] });
  try {
    const task = createTask(expression, () => {}, { timezone: timeZone });
    return task.getNextRuns(runsCount).map((run) => run.getTime());
  } finally {
    vi.useRealTimers();
  }
}

const minutesOf = ({ hour, minute }: { hour: number; minute: number }) => hour * 60 + minute;

/** Whether the clocks there are set forward at that moment. */
const isChange = (at: number, timeZone: string) =>
  (minutesOf(shownAt(at, timeZone)) - minutesOf(shownAt(at - 60_000, timeZone)) + 1440) % 1440 > 1;

const clocks = new Map<string, Intl.DateTimeFormat>();

function shownAt(at: number, timeZone: string): { hour: number; minute: number } {
  const options = { timeZone, hour: 'numeric', minute: 'numeric', hourCycle: 'h23' } as const;
  const clock = clocks.get(timeZone) ?? new Intl.DateTimeFormat('en-GB', options);
  clocks.set(timeZone, clock);
  const [hour = 0, minute = 0] = clock.format(at).split(':').map(Number);
  return { hour, minute };
}

const iso = (at: number | null) => (at === null ? 'never' : new Date(at).toISOString());
