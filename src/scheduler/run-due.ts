import type { AppContext } from '../app/context.ts';
import { onceMarker, putOnceMarker } from '../app/once/once-markers.ts';
import { isLeased } from '../book/clock-doubt.ts';
import { timesOf } from './expression.ts';
import { type Plan, plansOf } from './plans.ts';
import { type Row, SCHEDULE } from './schedule.ts';
import { lastTick } from './ticks.ts';

/** How long a process may be at a tick before another one takes it for dead. */
const LEASE_MS = 15 * 60_000;
/** A day, and the hour that autumn adds to it. */
const MADE_UP_WITHIN_MS = 25 * 60 * 60_000;
/** One after the other they last for as long as a tick is made up for: an outage of hours costs no tick. */
const CLAIMS_MAX = MADE_UP_WITHIN_MS / LEASE_MS;

/**
 * Does what is due and was not done yet, once, however many processes ask at the same time. A claim is a mark with a
 * number, put once; one that ran out without having been done makes room for the next number.
 */
export async function runDue(context: AppContext, schedule: readonly Row[] = SCHEDULE): Promise<void> {
  if (!context.book.now().settings) return;
  const ended = await Promise.allSettled(schedule.map((row) => runRow(context, row)));
  const failed = ended.find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
}

async function runRow(context: AppContext, row: Row): Promise<void> {
  const tick = dueTick(await plansOf(context, row), context.clock.now(), row.madeUpWithinMs ?? MADE_UP_WITHIN_MS);
  if (tick === null) return;
  const key = `cron/${row.name}/${tick}`;
  if (!(await claim(context, key))) return;
  await row.run(context, tick);
  await putOnceMarker(context, `${key}/done`, String(context.clock.now()));
  context.log.info({ name: row.name, tick }, 'scheduled job finished');
}

/**
 * The last tick that came while its plan was in force, and is not too long ago to be made up for. So a plan that was just
 * made has no tick of the time before it, and what was due by the plan before is due still.
 */
export function dueTick(plans: readonly Plan[], now: number, madeUpWithinMs = MADE_UP_WITHIN_MS): string | null {
  let untilAt = now;
  for (const { expression, timeZone, fromAt } of plans.toReversed()) {
    const stretch = { fromAt: Math.max(fromAt + 1, now - madeUpWithinMs), untilAt };
    const tick = stretch.fromAt <= untilAt ? lastTick(timesOf(expression), timeZone, stretch) : null;
    if (tick !== null) return tick;
    untilAt = Math.min(untilAt, fromAt);
  }
  return null;
}

async function claim(context: AppContext, key: string): Promise<boolean> {
  const { records, book, clock } = context;
  const { workspace } = book;
  if ((await onceMarker(context, `${key}/done`)) !== null) return false;
  for (let claimNo = 1; claimNo <= CLAIMS_MAX; claimNo += 1) {
    const claimKey = `${key}/${claimNo}`;
    if ((await mark(context, claimKey)) === 'put') return true;
    const untilAt = Number(await records.marks.get({ workspace, key: claimKey }));
    if (isLeased(clock, { untilAt, longestMs: LEASE_MS })) return false;
  }
  return false;
}

/** Its value is when it runs out. */
const mark = ({ records, book, clock }: AppContext, key: string) =>
  records.marks.put({ workspace: book.workspace, key, value: String(clock.now() + LEASE_MS), at: clock.now() });
