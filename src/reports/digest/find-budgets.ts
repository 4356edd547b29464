import { type AccountId, clientAccount, parseAccount } from '../../ledger/accounts.ts';
import { limitAction, may } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import { addDays } from '../usage.ts';
import type { Budget, Moment } from './budget.ts';
import type { Candidate, FindingAction } from './finding.ts';

/** What is left over is worth a word near the end: before, plans may change. */
const LEFT_OVER_FROM_SHARE = 2 / 3;
/** So much of a budget is left over without any fault in planning. */
const LEFT_OVER_MIN_SHARE = 0.25;
/** Credits that are left over can be used later by others, so a budget that runs out weighs more. */
const LEFT_OVER_WEIGHT = 0.5;

/** A budget that will be used up before its end, or will not be used. */
export function budgetCandidate(state: State, by: string, budget: Budget, moment: Moment): Candidate | null {
  const { forecast, wholeCredits } = budget;
  if (!forecast || budget.daysLeft === null) return null;
  return forecast.credits > wholeCredits ? runsOut(state, by, budget, moment) : leftOver(state, by, budget, moment);
}

function runsOut(state: State, by: string, budget: Budget, { today }: Moment): Candidate | null {
  const { account, window, wholeCredits, usedCredits, forecast, daysLeft } = budget;
  if (!forecast || daysLeft === null) return null;
  const perDay = (forecast.credits - usedCredits) / Math.max(1, daysLeft);
  const left = Math.max(0, wholeCredits - usedCredits);
  const days = perDay > 0 ? Math.floor(left / perDay) : 0;
  const missingCredits = forecast.credits - wholeCredits;
  return {
    facts: {
      kind: 'runs_out',
      account,
      window,
      date: left === 0 ? null : addDays(today, days),
      daysEarly: Math.max(0, daysLeft - days),
      isDue: window === 'total',
      missingCredits,
    },
    about: aboutOf(state, account),
    stakeCredits: missingCredits,
    action: may(state, by, limitAction(account), { account })
      ? { kind: 'limits', account }
      : ruleOf(state, by, clientIn(state, account)),
  };
}

function leftOver(state: State, by: string, budget: Budget, { at }: Moment): Candidate | null {
  const { account, window, wholeCredits, expectedCredits, endsAt, forecast } = budget;
  const isLate = (expectedCredits ?? 0) >= wholeCredits * LEFT_OVER_FROM_SHARE;
  const leftCredits = wholeCredits - (forecast?.range?.toCredits ?? forecast?.credits ?? wholeCredits);
  if (!isLate || endsAt === null || leftCredits < wholeCredits * LEFT_OVER_MIN_SHARE) return null;
  return {
    facts: { kind: 'left_over', account, window, leftCredits, endsAt },
    about: aboutOf(state, account),
    stakeCredits: Math.round(leftCredits * LEFT_OVER_WEIGHT),
    action: may(state, by, 'move_budget', { account, at }) ? { kind: 'move', account } : null,
  };
}

/** The client that an account belongs to; null for others. */
export function clientIn({ projects }: State, account: AccountId): string | null {
  const parsed = parseAccount(account);
  switch (parsed?.kind) {
    case 'client':
    case 'member_in_client':
      return parsed.clientId;
    case 'project':
      return projects.get(parsed.projectId)?.clientId ?? null;
    case 'agency':
    case 'team':
    case 'member':
    case undefined:
      return null;
  }
}

export const aboutOf = (state: State, account: AccountId): string => clientIn(state, account) ?? account;

/** A rule makes requests of a client cheaper; managers may set one. */
export const ruleOf = (state: State, by: string, clientId: string | null): FindingAction | null =>
  clientId !== null && may(state, by, 'set_rule', { account: clientAccount(clientId) })
    ? { kind: 'rule', clientId }
    : null;
