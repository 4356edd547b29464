import { may } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import type { AppContext } from '../context.ts';
import type { StandingAlert } from '../home/overview-view.ts';
import { isStanding } from './alert-state.ts';
import { type LimitAlertCard, limitAlertCard } from './limit-alert-card.ts';
import { knownLimitAlerts } from './tend-alerts.ts';
import { knownUseAlerts } from './tend-use.ts';
import { isExpected, useAlertCard } from './use-alert-card.ts';

/**
 * The alerts that stand now about accounts whose figures a person may see: what needs to be done first comes first, and what
 * was muted last.
 */
export function standingAlerts(
  context: AppContext,
  state: State,
  { by, at }: { by: string; at: number },
): StandingAlert[] {
  const sees = ({ account }: Pick<LimitAlertCard['label'], 'account'>) => may(state, by, 'see_figures', { account });
  const limits = knownLimitAlerts(context).flatMap(({ account, window, states }) => {
    const last = states.at(-1);
    if (!last || !isStanding(last) || !sees({ account })) return [];
    return [limitAlertCard(state, { account, window, states, memberId: by, at })];
  });
  const uses = knownUseAlerts(context).flatMap(({ account, states }) => {
    const told = states.at(-1);
    if (!told || isExpected(state, account, told, at) || !sees({ account })) return [];
    return [useAlertCard(state, { account, told, memberId: by, at })];
  });
  return [...limits, ...uses].sort((a, b) => weightOf(b) - weightOf(a));
}

/** A share that was reached weighs that share, which is below 1. What is muted weighs less than all others. */
const WEIGHTS = { usedUp: 4, use: 3, burn: 2, left: 0, muted: -10 } as const;

function weightOf(alert: StandingAlert): number {
  const muted = alert.muted === null ? 0 : WEIGHTS.muted;
  if (alert.kind === 'use_alert') return WEIGHTS.use + muted;
  const { percent, burn } = alert.now;
  if (percent !== null && percent >= 100) return WEIGHTS.usedUp + muted;
  if (burn) return WEIGHTS.burn + muted;
  return (percent === null ? WEIGHTS.left : percent / 100) + muted;
}
