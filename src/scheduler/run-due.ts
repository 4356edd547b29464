import type { AppContext } from '../app/context.ts';
import { onceMarker, putOnceMarker } from '../app/once/once-markers.ts';
import { isLeased } from '../book/clock-doubt.ts';
import { type Daily, dueTick, SCHEDULE } from './schedule.ts';

/** How long a process may be at a tick before another one takes it for dead. */
const LEASE_MS = 15 * 60_000;
/** After this many failed attempts, the job waits for the next day. */
const CLAIMS_MAX = 8;

/**
 * Does what is due and was not done yet, once, however many processes ask at the same time: every minute. A claim is a
 * mark with a number, put once; one that ran out without having been done makes room for the next number.
 */
export async function runDue(context: AppContext, schedule: readonly Daily[] = SCHEDULE): Promise<void> {
  const { settings } = context.book.now();
  if (!settings) return;
  for (const daily of schedule) {
    const tick = dueTick(daily, context.clock.now(), settings);
    const key = `cron/${daily.name}/${tick}`;
    if (!(await claim(context, key))) continue;
    await daily.run(context, tick);
    await putOnceMarker(context, `${key}/done`, String(context.clock.now()));
    context.log.info({ name: daily.name, tick }, 'daily job finished');
  }
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
