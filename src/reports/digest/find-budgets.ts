import { type AccountId, clientAccount } from '../../ledger/accounts.ts';
import { clientOfAccount } from '../../ledger/lists/client-lists.ts';
import { limitAction, may } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import { dateOf } from '../../ledger/tally/blocked.ts';
import { windowKeysAt } from '../../ledger/usage/windows.ts';
import type { Budget, Moment } from '../budgets/budget.ts';
import { type LeftOver, leftOver, runsOut } from '../budgets/ending.ts';
import type { Candidate, FindingAction } from './finding.ts';

/** Credits that are left over can be used later by others, so a budget that runs out weighs more. */
const LEFT_OVER_WEIGHT = 0.5;
const DAY_MS = 86_400_000;

/** A budget that will be used up before its end, or will not be used. */
export function budgetCandidate(state: State, by: string, budget: Budget, { at }: Moment): Candidate | null {
  const short = runsOut(budget, at);
  if (short) return runsOutCandidate(state, by, budget, { at, runsOutAt: short.at });
  const left = leftOver(budget);
  return left && leftOverCandidate(state, by, budget, { at, left });
}

function runsOutCandidate(
  state: State,
  by: string,
  { account, window, wholeCredits, availableCredits, forecast, endsAt }: Budget,
  { at, runsOutAt }: { at: number; runsOutAt: number },
): Candidate | null {
  if (!state.settings || !forecast || endsAt === null) return null;
  const missingCredits = Math.max(1, forecast.credits - wholeCredits);
  return {
    facts: {
      kind: 'runs_out',
      account,
      window,
      date: availableCredits > 0 ? dateOf(windowKeysAt(runsOutAt, state.settings)) : null,
      daysEarly: Math.round((endsAt - Math.max(at, runsOutAt)) / DAY_MS),
      isDue: window === 'total',
      missingCredits,
    },
    about: aboutOf(state, account),
    stakeCredits: missingCredits,
    action: may(state, by, limitAction(account), { account })
      ? { kind: 'limits', account }
      : ruleOf(state, by, clientOfAccount(state, account)),
  };
}

const leftOverCandidate = (
  state: State,
  by: string,
  { account, window }: Budget,
  { at, left: { leftCredits, endsAt } }: { at: number; left: LeftOver },
): Candidate => ({
  facts: { kind: 'left_over', account, window, leftCredits, endsAt },
  about: aboutOf(state, account),
  stakeCredits: Math.round(leftCredits * LEFT_OVER_WEIGHT),
  action: may(state, by, 'move_budget', { account, at }) ? { kind: 'move', account } : null,
});

export const aboutOf = (state: State, account: AccountId): string => clientOfAccount(state, account) ?? account;

/** A rule makes requests of a client cheaper; managers may set one. */
export const ruleOf = (state: State, by: string, clientId: string | null): FindingAction | null =>
  clientId !== null && may(state, by, 'set_rule', { account: clientAccount(clientId) })
    ? { kind: 'rule', clientId }
    : null;
