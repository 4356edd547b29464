import type { AccountId } from '../accounts.ts';
import type { QualityCap, Rule, RuleScope } from '../rules.ts';
import type { LimitFigures, OnExceeded } from '../state.ts';
import type { Window } from '../usage/windows.ts';

/** Commands about limits, rules, and credits on top of them. */

/** `limitCredits` null takes the limit away. */
export type SetLimit = {
  kind: 'set_limit';
  account: AccountId;
  window: Window;
  limitCredits: number | null;
  over: OnExceeded;
  /** How much of last month's unused allowance may come on top of this month's; null: none. Only for a month. */
  rollOverMaxCredits: number | null;
};

/** What one request may be at most; null takes the rule away. */
export type SetRule = { kind: 'set_rule'; scope: RuleScope; rule: Rule | null };

/** Null lifts it. It ends by itself, and the rules stay as they are. */
export type CapQuality = { kind: 'cap_quality'; clientId: string; cap: QualityCap | null };

/** Allowance of the current window from one account to another; later windows are as before. */
export type MoveBudget = {
  kind: 'move_budget';
  from: AccountId;
  to: AccountId;
  window: Window;
  amountCredits: number;
};

export type GrantCredits = {
  kind: 'grant';
  grantId: string;
  account: AccountId;
  amountCredits: number;
  expiresAt: number | null;
  reason: string;
};

export type LimitsKinds = {
  limit_set: { from: SetLimit; setting: true; states: LimitSet };
  rule_set: { from: SetRule; setting: true };
  quality_capped: { from: CapQuality; setting: true };
  budget_moved: { from: MoveBudget };
  granted: { from: GrantCredits };
};

/** `before`: the limit until then, where there was one. Lines of earlier versions do not say. */
type LimitSet = Omit<SetLimit, 'kind'> & { before?: LimitFigures };
