import type { AppContext } from '../context.ts';
import { previewCalendarPrices, showCalendarPrices } from './calendar-prices.ts';
import { grantCredits, showGrant } from './grant-credits.ts';
import { moveBudget, showMove } from './move-budget.ts';
import { previewLimits } from './preview-limits.ts';
import { setPolicy, setRule, showPolicy, showRule } from './rules.ts';
import { saveLimits } from './save-limits.ts';
import { showLimits } from './show-limits.ts';

/** The verbs about what accounts may use: limits and their rehearsal, grants, moved budget, rules, and the policy. */
export const limitsApp = (context: AppContext) => ({
  showLimits: of(context, showLimits),
  rehearseLimits: of(context, previewLimits),
  saveLimits: of(context, saveLimits),
  showGrant: of(context, showGrant),
  grantCredits: of(context, grantCredits),
  showMove: of(context, showMove),
  moveBudget: of(context, moveBudget),
  showRule: of(context, showRule),
  setRule: of(context, setRule),
  showPolicy: of(context, showPolicy),
  setPolicy: of(context, setPolicy),
  showCalendarPrices: of(context, showCalendarPrices),
  previewCalendarPrices: of(context, previewCalendarPrices),
});

export type LimitsApp = ReturnType<typeof limitsApp>;

const of =
  <Input, Output>(context: AppContext, verb: (context: AppContext, input: Input) => Output) =>
  (input: Input): Output =>
    verb(context, input);
