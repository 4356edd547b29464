import type { AccountId } from '../../ledger/accounts.ts';
import type { State } from '../../ledger/state.ts';
import { dateOf } from '../../ledger/tally/blocked.ts';
import { windowKeysAt } from '../../ledger/usage/windows.ts';
import { type UseFinding, useFindings } from '../../reports/alerts/use-alerts.ts';
import { addDays } from '../../reports/usage.ts';
import type { AppContext } from '../context.ts';
import { addState, readStates } from './alert-log.ts';
import { tellAlert } from './tell-alert.ts';
import { isExpected, type UseState, useAlertCard } from './use-alert-card.ts';

/** Told again, in the same message, where it has become so much more. */
const MORE_TIMES = 1.5;

/**
 * Judges what was made since the last look, and tells what is far out of what is usual: one message for an account and a day.
 * A process that starts looks at the whole day, and finds what was told already.
 */
export async function tendUse(context: AppContext): Promise<void> {
  const state = context.book.now();
  if (!state.settings) return;
  const at = context.clock.now();
  const today = dateOf(windowKeysAt(at, state.settings));
  const seen = seenBy(context);
  // Images that were asked for before midnight may arrive after it.
  for (const date of [addDays(today, -1), today]) {
    const images = state.images.get(date);
    const fresh = images?.slice(seen.counts.get(date) ?? 0).toArray() ?? [];
    for (const finding of useFindings(state, date, fresh, at)) await note(context, finding, at);
    seen.counts.set(date, images?.size ?? 0);
  }
  for (const date of seen.counts.keys()) if (date < addDays(today, -1)) seen.counts.delete(date);
  for (const [key, { account, date, states }] of seen.alerts) {
    if (date < addDays(today, -1)) seen.alerts.delete(key);
    else await tell(context, state, { key, account, states, at });
  }
}

async function note(context: AppContext, finding: UseFinding, at: number): Promise<void> {
  const { account, date } = finding;
  const key = `use-alert/${account}/${date}`;
  const { alerts } = seenBy(context);
  const states = await readStates<UseState>(context, key, alerts.get(key)?.states ?? []);
  const last = states.at(-1)?.finding;
  const isMore = !last || finding.actualCredits > last.actualCredits * MORE_TIMES;
  const all = isMore ? await addState(context, { key, states, next: { at, finding } }) : states;
  alerts.set(key, { account, date, states: all });
}

type Alert = { key: string; account: AccountId; states: readonly UseState[]; at: number };

async function tell(context: AppContext, state: State, { key, account, states, at }: Alert): Promise<void> {
  const told = states.at(-1);
  if (!told) return;
  await tellAlert(context, state, {
    key,
    account,
    stateNo: states.length,
    isStanding: !isExpected(state, account, told, at),
    cardFor: (memberId) => useAlertCard(state, { account, told, memberId, at }),
  });
}

/** Use that was told of today and yesterday, as this process knows it. */
export const knownUseAlerts = (context: AppContext): { account: AccountId; states: readonly UseState[] }[] => [
  ...seenBy(context).alerts.values(),
];

/** How many images of a date this process has judged, and the alerts of these days. */
type Seen = {
  counts: Map<string, number>;
  alerts: Map<string, { account: AccountId; date: string; states: readonly UseState[] }>;
};
const seenIn = new WeakMap<AppContext['records'], Seen>();

function seenBy({ records }: AppContext): Seen {
  const known = seenIn.get(records) ?? { counts: new Map(), alerts: new Map() };
  seenIn.set(records, known);
  return known;
}
