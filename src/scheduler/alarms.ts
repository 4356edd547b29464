import { type ScheduledTask, schedule as startTask } from 'node-cron';
import type { AppContext } from '../app/context.ts';
import type { Settings } from '../ledger/state.ts';
import { describe } from '../ports/describe-error.ts';
import { runDue } from './run-due.ts';
import { expressionOf, type Row, SCHEDULE } from './schedule.ts';

export type Alarms = {
  /** Sets them by the settings as they are: for every row whose time or time zone is another one. */
  set(): Promise<void>;
  /** None goes off from now on. */
  stop(): void;
  /** Resolves once what they began is over. */
  ended(): Promise<unknown>;
};

/** Longer than any usual break between two looks; a machine that slept is no harm. */
const JUMP_MS = 25 * 3_600_000;

/** Wakes at the rows' times, by node-cron. Decides nothing: what is due is asked when they go off. */
export function createAlarms(context: AppContext, schedule: readonly Row[] = SCHEDULE): Alarms {
  const alarms = new Map<Row, Alarm>();
  const begun = new Set<Promise<void>>();
  let setBy: Settings | null = null;
  let lookedAt: number | null = null;
  let isStopped = false;

  const goOff = (row: Row): void => {
    const run = runDue(context, [row])
      .catch((error: unknown) => logFault(row, error))
      .finally(() => begun.delete(run));
    begun.add(run);
  };
  const logFault = ({ name }: Row, error: unknown) =>
    context.log.error({ name, error: describe(error) }, 'a scheduled job failed');

  function setOne(row: Row, settings: Settings): void {
    const { timeZone } = settings;
    const expression = expressionOf(row, settings);
    const before = alarms.get(row);
    if (before?.expression === expression && before.timeZone === timeZone) return;
    const task = startTask(expression, () => goOff(row), { ...QUIET, name: row.name, timezone: timeZone });
    void before?.task.destroy();
    alarms.set(row, { expression, timeZone, task });
  }

  /** After a jump of the clock: an alarm would go through every run since it was set, one by one. */
  function dropAll(): void {
    for (const { task } of alarms.values()) void task.destroy();
    alarms.clear();
    setBy = null;
  }

  return {
    async set() {
      const { settings } = context.book.now();
      if (isStopped || !settings) return;
      const now = context.clock.now();
      if (lookedAt !== null && Math.abs(now - lookedAt) > JUMP_MS) dropAll();
      lookedAt = now;
      if (settings === setBy) return;
      setBy = settings;
      for (const row of schedule) {
        try {
          setOne(row, settings);
        } catch (error) {
          logFault(row, error);
        }
      }
    },
    stop() {
      isStopped = true;
      for (const { task } of alarms.values()) void task.destroy();
    },
    ended: () => Promise.all(begun),
  };
}

type Alarm = { expression: string; timeZone: string; task: ScheduledTask };

const silent = () => {};
/** What node-cron missed is made up for, so that no one has to hear of it; it keeps no process alive. */
const QUIET = {
  suppressMissedWarning: true,
  unref: true,
  logger: { info: silent, warn: silent, error: silent, debug: silent },
};
