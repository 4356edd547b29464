import type { ClientRow, MonthSoFar } from '../app/home/overview-view.ts';
import { dateWords, dayWords } from './dates.ts';
import { paceWords } from './describe-digest.ts';
import { credits, daysWords, number } from './figures.ts';

/** With fewer days and no earlier month, one busy day would be a forecast. */
const DAYS_MIN = 5;

/** Where a month will end at this pace, or why nothing can be said of it. */
export function forecastWords({ dates, used, forecast, budgetCredits }: MonthSoFar): string {
  const lastDate = dates.at(-1) ?? '';
  if (used.length === dates.length) return `The month ends today, ${dateWords(lastDate)}.`;
  const daysOver = used.length - 1;
  if (!forecast || (forecast.method === 'straight_line' && daysOver < DAYS_MIN)) {
    return 'It’s too early to tell how the month will end.';
  }
  const expectedCredits = Math.max(forecast.credits, sum(used));
  const range = forecast.range
    ? `, most likely ${number(forecast.range.fromCredits)} to ${number(forecast.range.toCredits)}.`
    : '. More months will give it a range.';
  const over = budgetCredits === null ? 0 : expectedCredits - budgetCredits;
  const missing = over > 0 ? ` That’s ${credits(over)} more than there is.` : '';
  return `At this pace about ${credits(expectedCredits)} by ${dateWords(lastDate)}${range}${missing}`;
}

/** What a month has used; `of` the budgets that are known. */
export const usedWords = ({ used, budgetCredits }: MonthSoFar): string =>
  `${credits(sum(used))} used this month${budgetCredits === null ? '' : ` of ${number(budgetCredits)}`}`;

/** Whether one client’s budget will last: `runs out Thursday, November 26, 9 days early`, else how it stands to its plan. Null without a budget. */
export function lastsWords({ balance, budget, burn, left }: ClientRow): string | null {
  if (!budget) return null;
  const used = `${number(balance.usedThisMonthCredits)} used`;
  if (budget.availableCredits <= 0) return `${used} · used up`;
  if (burn) return `${used} · runs out ${dayWords(burn.runsOutOn)}, ${daysWords(burn.daysEarly)} early`;
  if (left) return `${used} · about ${number(left.leftCredits)} will be left`;
  const pace = paceWords(budget);
  return pace === null ? used : `${used} · ${pace}`;
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
