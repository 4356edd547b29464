// How good the forecast of a month's end is on generated agencies: `npm run bench:forecast -- [--agencies 1000] [--seed N]`.
import { parseArgs } from 'node:util';
import { forecastMonth } from '../src/reports/forecast.ts';
import { AGENCIES, type AgencyKind, agencyMonths, asOfDay, chance } from './bench/agencies.ts';
import { atMost, median, report, toKnow } from './bench/report.ts';

const { values } = parseArgs({
  options: { agencies: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } },
});
const DAYS = [5, 10, 15, 20];
const EARLIER_MONTHS = 9;
const RANGE = { least: 0.78, most: 0.84 };

for (const [index, kind] of AGENCIES.entries()) {
  for (const day of DAYS) measure(kind, day, chance(Number(values.seed) * 1_000 + index));
}

function measure(kind: AgencyKind, day: number, luck: ReturnType<typeof chance>): void {
  let coveredCount = 0;
  const errors: number[] = [];
  const lineErrors: number[] = [];
  for (let n = 0; n < Number(values.agencies); n += 1) {
    const { open, earlier, credits } = asOfDay(agencyMonths(kind, EARLIER_MONTHS + 1, luck), day);
    const forecast = forecastMonth(open, earlier);
    if (!forecast?.range) throw new Error('nothing was forecast');
    if (credits >= forecast.range.fromCredits && credits <= forecast.range.toCredits) coveredCount += 1;
    const line = (open.dailyCredits.reduce((sum, each) => sum + each, 0) / day) * open.daysCount;
    errors.push(Math.abs(forecast.credits - credits) / credits);
    lineErrors.push(Math.abs(line - credits) / credits);
  }
  const covered = coveredCount / errors.length;
  const what = `${kind}, day ${day}`;
  const aim = `${RANGE.least} to ${RANGE.most}`;
  report({
    name: `${what}: within the range`,
    unit: 'share',
    value: covered,
    aim,
    met: covered >= RANGE.least && covered <= RANGE.most,
  });
  report({ name: `${what}: median error`, unit: 'share', ...toKnow(median(errors)) });
  report({
    name: `${what}: median error ÷ the straight line’s`,
    unit: 'ratio',
    ...atMost(median(errors) / median(lineErrors), 1.02),
  });
}
