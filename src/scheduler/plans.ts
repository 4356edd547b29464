import type { AppContext } from '../app/context.ts';
import { onceMarker, putOnceMarker } from '../app/once/once-markers.ts';
import { CLOCK_TOLERANCE_MS } from '../book/clock-doubt.ts';
import type { Settings, State } from '../ledger/state.ts';
import { describe } from '../ports/describe-error.ts';
import { timesOf } from './expression.ts';
import { expressionOf, type Row } from './schedule.ts';

/** What a row is planned by, from a moment on. `seq`: of the last line that was known. */
export type Plan = { expression: string; timeZone: string; fromAt: number; seq: number };

const LINES_A_PAGE = 250;
/** A change is noticed within a minute: it is not further back than that. */
const PAGES_MAX = 40;
const ATTEMPTS_MAX = 5;

/**
 * All plans of a row, oldest first. Where the settings say something else than the newest, a plan is added, by a unique
 * insert. It counts from the line that changed them, however late a process notices.
 */
export async function plansOf(context: AppContext, row: Row): Promise<readonly Plan[]> {
  for (let attempt = 0; ; attempt += 1) {
    const plans = await plansSoFar(context, row.name);
    const plan = await planned(context, row, plans.at(-1) ?? null).catch((error: unknown) => {
      // What stops people from reading the ledger is found by what is planned here: it must not wait for that.
      context.log.warn({ name: row.name, error: describe(error) }, 'not planned again, the last plan stays');
      return null;
    });
    if (!plan || attempt === ATTEMPTS_MAX) return plans;
    const put = await putOnceMarker(context, keyOf(row.name, plans.length + 1), JSON.stringify(plan));
    if (put === 'put') return [...plans, plan];
  }
}

/** The plan that has to take the place of the newest; null where none has to. */
async function planned(context: AppContext, row: Row, newest: Plan | null): Promise<Plan | null> {
  const { book, clock } = context;
  const isNew = ({ settings }: State) =>
    settings !== null && !(newest && isInForce(newest, row, settings, clock.now()));
  if (!isNew(book.now())) return null;
  // A process that has not seen the newest lines must not put back what they changed.
  const state = newest ? await book.read() : book.now();
  const { settings, seq } = state;
  if (!settings || !isNew(state)) return null;
  const expression = expressionOf(row, settings);
  timesOf(expression);
  const first = row.begins === 'with_last_tick' ? 0 : clock.now();
  return { expression, timeZone: settings.timeZone, fromAt: newest ? await changedAt(context, newest) : first, seq };
}

async function plansSoFar(context: AppContext, name: string): Promise<Plan[]> {
  const plans: Plan[] = [];
  for (;;) {
    const stored = await onceMarker(context, keyOf(name, plans.length + 1));
    if (stored === null) return plans;
    plans.push(JSON.parse(stored) as Plan);
  }
}

/** A plan that begins later than now comes from a wrong clock: another one takes its place. */
function isInForce(plan: Plan, row: Row, settings: Settings, now: number): boolean {
  if (plan.fromAt > now + CLOCK_TOLERANCE_MS) return false;
  return plan.expression === expressionOf(row, settings) && plan.timeZone === settings.timeZone;
}

/** When the settings became what they are: at their last line after that plan. Now, where no line says so: a new version. */
async function changedAt({ book, clock }: AppContext, { seq: afterSeq }: Plan): Promise<number> {
  let beforeSeq = book.now().seq + 1;
  for (let page = 0; page < PAGES_MAX && beforeSeq > afterSeq + 1; page += 1) {
    const lines = await book.linesBefore({ beforeSeq, linesMax: LINES_A_PAGE });
    const change = lines.findLast(({ kind, seq }) => kind === 'policy_set' && seq > afterSeq);
    if (change) return Math.min(change.at, clock.now());
    beforeSeq -= LINES_A_PAGE;
  }
  return clock.now();
}

const keyOf = (name: string, planNo: number) => `cron/${name}/plan/${planNo}`;
