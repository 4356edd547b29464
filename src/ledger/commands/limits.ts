import type { AccountId } from '../accounts.ts';
import type { Policy, Pricing } from '../policy.ts';
import type { OnExceeded, Rule, RuleScope } from '../state.ts';
import type { Calendar, Window } from '../usage/windows.ts';

/** What may be wished about limits, rules, and credits on top of them. */

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

/** One part of how the workspace is run. */
export type SetPolicy = { kind: 'set_policy'; policy: PolicyChange };
export type PolicyChange = OneOf<Policy> | SettingChange;
/** Of the calendar, from the end of each running window on; of prices, from the next request on. */
export type SettingChange = OneOf<Calendar & Pricing>;
type OneOf<All> = { [Name in keyof All]: { name: Name; value: All[Name] } }[keyof All];

export type LimitsCommand = SetLimit | SetRule | MoveBudget | GrantCredits | SetPolicy;
