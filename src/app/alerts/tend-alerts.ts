import type { AccountId } from '../../ledger/accounts.ts';
import type { State } from '../../ledger/state.ts';
import { WINDOWS, type Window, windowKeysAt } from '../../ledger/usage/windows.ts';
import { isTellable, type LimitAlert, limitAlerts } from '../../reports/alerts/limit-alerts.ts';
import type { AppContext } from '../context.ts';
import { usedUntilToday } from '../reports/used-until-today.ts';
import { addState, readStates } from './alert-log.ts';
import { type AlertState, isStanding, nextState } from './alert-state.ts';
import { limitAlertCard } from './limit-alert-card.ts';
import { tellAlert } from './tell-alert.ts';
import { tendUse } from './tend-use.ts';

/** People hear within a minute of the line that is worth an alert. */
export const TEND_ALERTS_EVERY_MS = 20_000;
/** An alert that was not there is looked up again after this: every limit has one to look up, each round. */
const ABSENT_FOR_MS = 15 * 60_000;

/** What is told by itself, as it is now. */
export async function tendAlerts(context: AppContext): Promise<void> {
  await context.book.read();
  await tendUse(context);
  await tendLimitAlerts(context);
}

/**
 * Writes down what has changed of every limit that is told of, and tells it. Every step is safe to repeat, in any number of
 * processes: a state has a number, a message a mark.
 */
async function tendLimitAlerts(context: AppContext): Promise<void> {
  const state = context.book.now();
  if (!state.settings) return;
  const at = context.clock.now();
  const found = limitAlerts(state, { at, used: usedUntilToday(context.records, state, at) });
  const watched = [...watchedNow(state, found, at), ...usedWithoutLimit(context, state, at)];
  for (const { key, isOver, isWithoutLimit = false, ...of } of [...watched, ...withoutLimit(context, watched)]) {
    const alertKey = alertKeyOf({ ...of, key });
    const mayBegin = of.found !== null && couldStand(of.found);
    const before = await statesOf(context, { alertKey, isOver, mayBegin, isWithoutLimit });
    if (before === null) {
      if (isWithoutLimit) seenBy(context).withoutLimit.add(alertKey);
      continue;
    }
    const next = nextState(before.at(-1) ?? null, of.found, { at, isOver });
    const states = next ? await addState(context, { key: alertKey, states: before, next }) : before;
    seenBy(context).states.set(alertKey, states);
    seenBy(context).about.set(alertKey, { account: of.account, window: of.window, key });
    if (states.length > 0) await tell(context, { alertKey, ...of, states });
  }
}

type Watched = {
  account: AccountId;
  window: Window;
  key: string;
  isOver: boolean;
  found: LimitAlert | null;
  /** It has to be looked up, whatever was found before. */
  isWithoutLimit?: boolean;
};

/** The running window of each limit, and the one before: its alert ends with it. */
function* watchedNow(state: State, found: readonly LimitAlert[], at: number): Generator<Watched> {
  if (!state.settings) return;
  const keys = windowKeysAt(at, state.settings);
  const byKey = new Map(found.map((each) => [`${each.account} ${each.key}`, each]));
  for (const [account, limits] of state.limits) {
    for (const { window } of limits) {
      if (!isTellable(account, window)) continue;
      const key = keys[window];
      yield { account, window, key, isOver: false, found: byKey.get(`${account} ${key}`) ?? null };
      for (const use of state.use.get(account) ?? []) {
        const isBefore = use.key.startsWith(`${window}:`) && use.key !== key;
        if (isBefore) yield { account, window, key: use.key, isOver: true, found: null };
      }
    }
  }
}

/**
 * Windows that were used and have no limit now. Another process may have told of one before it was taken away, and be gone: so
 * each process looks once.
 */
function* usedWithoutLimit(context: AppContext, { use, limits, settings }: State, at: number): Generator<Watched> {
  if (!settings) return;
  const keys = windowKeysAt(at, settings);
  const { withoutLimit: lookedAt } = seenBy(context);
  for (const [account, windows] of use) {
    const limited = new Set(limits.get(account)?.map(({ window }) => window));
    for (const { key, usedCredits } of windows) {
      const window = WINDOWS.find((each) => keys[each] === key);
      if (!window || usedCredits === 0 || !isTellable(account, window)) continue;
      const alertKey = alertKeyOf({ account, key });
      if (limited.has(window)) lookedAt.delete(alertKey);
      else if (!lookedAt.has(alertKey))
        yield { account, window, key, isOver: false, found: null, isWithoutLimit: true };
    }
  }
}

/** Alerts of limits that were taken away since: nothing is told of them any more, and their messages say so. */
function withoutLimit(context: AppContext, watched: readonly Watched[]): Watched[] {
  const { states, about } = seenBy(context);
  const still = new Set(watched.map(alertKeyOf));
  return [...about].flatMap(([alertKey, of]): Watched[] => {
    const last = states.get(alertKey)?.at(-1);
    return still.has(alertKey) || !last || last.isOver ? [] : [{ ...of, isOver: false, found: null }];
  });
}

const alertKeyOf = ({ account, key }: Pick<Watched, 'account' | 'key'>) => `alert/${account}/${key}`;

const couldStand = ({ percent, outlook }: LimitAlert) =>
  percent !== null || outlook?.kind === 'burning' || outlook?.kind === 'left_over';

type LookedUp = { alertKey: string; isOver: boolean; mayBegin: boolean; isWithoutLimit: boolean };

/**
 * Null where there is no alert, and none begins: that was looked up a short while ago. One that another process began since is
 * mostly found by what this one finds of the same lines; one that stood only while this one did not look, by the next look-up.
 */
async function statesOf(
  context: AppContext,
  { alertKey, isOver, mayBegin, isWithoutLimit }: LookedUp,
): Promise<readonly AlertState[] | null> {
  const { states, absent } = seenBy(context);
  const known = states.get(alertKey);
  if (known?.at(-1)?.isOver) return known;
  const lookedAt = `${alertKey} ${isOver}`;
  const now = context.clock.now();
  if (!known && !mayBegin && !isWithoutLimit && Math.abs(now - (absent.get(lookedAt) ?? 0)) < ABSENT_FOR_MS)
    return null;
  const all = await readStates(context, alertKey, known ?? []);
  if (all.length > 0 || mayBegin) return all;
  absent.set(lookedAt, now);
  return null;
}

export type KnownAlert = { account: AccountId; window: Window; key: string; states: readonly AlertState[] };

/** The alerts of running windows, as this process told them last. Each process looks every few seconds. */
export function knownLimitAlerts(context: AppContext): KnownAlert[] {
  const { states, about } = seenBy(context);
  return [...about].flatMap(([alertKey, of]) => {
    const known = states.get(alertKey) ?? [];
    return known.length > 0 ? [{ ...of, states: known }] : [];
  });
}

type Alert = { alertKey: string; account: AccountId; window: Window; states: readonly AlertState[] };

async function tell(context: AppContext, { alertKey, account, window, states }: Alert): Promise<void> {
  const state = context.book.now();
  const last = states.at(-1);
  if (!last) return;
  await tellAlert(context, state, {
    key: alertKey,
    account,
    stateNo: states.length,
    isStanding: isStanding(last),
    cardFor: (memberId) => limitAlertCard(state, { account, window, states, memberId, at: context.clock.now() }),
  });
}

/** Remembers alerts between the rounds of one process. */
type Seen = {
  states: Map<string, readonly AlertState[]>;
  /** The limit that each alert is about. */
  about: Map<string, Pick<Watched, 'account' | 'window' | 'key'>>;
  /** Alerts that were looked for and not found, with the time of the look. */
  absent: Map<string, number>;
  /** Windows without a limit that were looked up. */
  withoutLimit: Set<string>;
};
const seen = new WeakMap<AppContext['records'], Seen>();

function seenBy({ records }: AppContext): Seen {
  const known = seen.get(records) ?? {
    states: new Map(),
    about: new Map(),
    absent: new Map(),
    withoutLimit: new Set<string>(),
  };
  seen.set(records, known);
  return known;
}
