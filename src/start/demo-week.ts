import type { LocalSlack } from '@inkwell/local-slack';
import { tendAlerts } from '../app/alerts/tend-alerts.ts';
import type { AppContext } from '../app/context.ts';
import { recoverJobs } from '../app/images/recover-jobs.ts';
import { dateAt } from '../ledger/usage/windows.ts';
import { addDays } from '../reports/usage.ts';
import { runDue } from '../scheduler/run-due.ts';
import { tickComesAt } from '../scheduler/ticks.ts';
import type { DemoClock } from './demo-clock.ts';
import { type Deed, deedsOf, doDeed } from './demo-deeds.ts';

export type WeekParts = {
  context: AppContext;
  slack: LocalSlack;
  clock: DemoClock;
  /** Whether this process alone works on the ledger. */
  alone: boolean;
  /** Resolves when no delivery is being worked on. */
  idle: () => Promise<void>;
};
type Stopping = { signal: AbortSignal };

export type Weeks = { pass(tell: () => void): Promise<void>; stop(): Promise<void> };

/** `partsOf`: null in a real workspace, where time passes by itself. */
export function createWeeks(partsOf: () => WeekParts | null): Weeks {
  const stopping = new AbortController();
  let passed: Promise<unknown> = Promise.resolve();
  return {
    async pass(tell) {
      const parts = partsOf();
      if (!parts) return;
      const passing = letWeekPass({ ...parts, signal: stopping.signal }, tell);
      passed = passing.catch(() => undefined);
      await passing;
    },
    async stop() {
      stopping.abort();
      await passed;
    },
  };
}

/** With fewer days, too little would happen for a digest to tell of. */
const DAYS_MIN = 5;
/** The digest is on its way then, and a page that is opened sees it come. */
const AFTER_DIGEST_MS = 2_000;

/**
 * Takes the playground to the next weekly digest that is five days away or more. It goes from moment to moment, and at each
 * does what a process does every minute, so that limits reset and requests lapse on their day. People make images meanwhile.
 */
async function letWeekPass(parts: WeekParts & Stopping, tell: () => void): Promise<void> {
  const { context, clock, signal } = parts;
  // Plans are made by the time as it is: a tick of the time before its plan would never come.
  await catchUp(parts);
  for (const { at, deeds } of momentsOf(context, clock.now())) {
    if (signal.aborted) return;
    await settled(parts);
    clock.goTo(at);
    tell();
    await catchUp(parts);
    for (const deed of deeds) {
      if (signal.aborted) return;
      await doDeed(parts.slack, deed, () => settled(parts));
      tell();
    }
    if (deeds.length > 0) await tendAlerts(context);
  }
}

/** What rounds do every minute, in their order; then what waited for this time begins by itself. */
async function catchUp({ context, clock, alone }: WeekParts): Promise<void> {
  await recoverJobs(context, { alone });
  await runDue(context);
  await tendAlerts(context);
  clock.wake();
}

/** Nothing is on its way: what is would take the time that is skipped for a silence. */
async function settled({ context, clock, idle, signal }: WeekParts & Stopping): Promise<void> {
  do {
    await idle();
    if (context.running.size > 0) await clock.sleep(20);
  } while (context.running.size > 0 && !signal.aborted);
}

type Moment = { at: number; deeds: readonly Deed[] };

/** Nights, when the ledger is checked, what people do by day, and at last the digest. */
export function momentsOf({ book }: Pick<AppContext, 'book'>, now: number): Moment[] {
  const { settings } = book.now();
  if (!settings) return [];
  const { timeZone, digest } = settings;
  const today = dateAt(now, settings);
  const moments: Moment[] = [];
  for (let day = 0; ; day += 1) {
    const date = addDays(today, day);
    const weekday = new Date(Date.parse(date)).getUTCDay();
    const add = (minuteOfDay: number, deeds: readonly Deed[] = [], laterMs = 0) => {
      const time = { hour: Math.floor(minuteOfDay / 60), minute: minuteOfDay % 60 };
      const at = tickComesAt(date, time, timeZone);
      if (at !== null && at + laterMs > now) moments.push({ at: at + laterMs, deeds });
    };
    add(NIGHT);
    const isDigest = weekday === digest.weekday;
    if (isDigest) add(digest.minuteOfDay, [], AFTER_DIGEST_MS);
    if (isDigest && day >= DAYS_MIN) return moments.sort((a, b) => a.at - b.at);
    for (const { minuteOfDay, deeds } of deedsOf(weekday)) add(minuteOfDay, deeds);
    add(EVENING);
  }
}

/** After the nightly check. */
const NIGHT = 3 * 60 + 31;
const EVENING = 18 * 60;
