import type { World } from '../context.ts';
import { previewCalendarPrices, showCalendarPrices } from './calendar-prices.ts';
import { grantCredits, showGrant } from './grant-credits.ts';
import { moveBudget, showMove } from './move-budget.ts';
import { rehearseLimits } from './preview-limits.ts';
import { setPolicy, setRule, showPolicy, showRule } from './rules.ts';
import { saveLimits } from './save-limits.ts';
import { showLimits } from './show-limits.ts';

/** The verbs about what accounts may use: limits and their rehearsal, grants, moved budget, rules, and the policy. */
export const limitsApp = (world: World) => ({
  showLimits: of(world, showLimits),
  rehearseLimits: of(world, rehearseLimits),
  saveLimits: of(world, saveLimits),
  showGrant: of(world, showGrant),
  grantCredits: of(world, grantCredits),
  showMove: of(world, showMove),
  moveBudget: of(world, moveBudget),
  showRule: of(world, showRule),
  setRule: of(world, setRule),
  showPolicy: of(world, showPolicy),
  setPolicy: of(world, setPolicy),
  showCalendarPrices: of(world, showCalendarPrices),
  previewCalendarPrices: of(world, previewCalendarPrices),
});

export type LimitsApp = ReturnType<typeof limitsApp>;

const of =
  <Input, Output>(world: World, verb: (world: World, input: Input) => Output) =>
  (input: Input): Output =>
    verb(world, input);
