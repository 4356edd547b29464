// Measures the detector of unusual hours on labelled series, and simple rules beside it:
// `npm run bench:anomaly -- [--series FILE]`. FILE is CSV: series,hour,value,unusual.
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isUnusual, judgeLastHour } from '../src/reports/anomaly.ts';
import { BASELINES, type Detector, parseSeries, type Series, scoreOf } from './bench/anomaly.ts';
import { atLeast, atMost, report, toKnow } from './bench/report.ts';

/** Public series, kept beside the repository and not in it. */
const PUBLIC = '../shared/data/anomaly/series.csv';
/** More hours than the detector looks at. */
const HISTORY_HOURS = 29 * 24;

const { values } = parseArgs({ options: { series: { type: 'string', default: PUBLIC } } });
if (!existsSync(values.series)) {
  console.error(`There are no series in ${values.series}. Name a file: npm run bench:anomaly -- --series FILE`);
  process.exit(values.series === PUBLIC ? 0 : 1);
}
const all = parseSeries(readFileSync(values.series, 'utf8'));
const detector: Detector = (hours) =>
  hours.map((_, hour) => {
    const judged = judgeLastHour(hours.slice(Math.max(0, hour - HISTORY_HOURS), hour + 1));
    return judged !== null && isUnusual(judged);
  });

const of = (series: readonly Series[]) => `of ${series.length} series`;
for (const [name, rule] of Object.entries(BASELINES)) {
  const { recall, precision, falseAlarmsAWeek } = scoreOf(all, rule);
  report({ name: `${name}: recall ${of(all)}`, unit: 'share', ...toKnow(recall) });
  report({ name: `${name}: precision ${of(all)}`, unit: 'share', ...toKnow(precision) });
  report({ name: `${name}: false alarms ${of(all)}`, unit: 'a series-week', ...toKnow(falseAlarmsAWeek) });
}
detected('the detector', all);
// Its setting was chosen on two of three of the public series.
if (values.series === PUBLIC) {
  detected(
    'the detector, where its setting was chosen',
    all.filter((_, index) => index % 3 !== 2),
  );
  detected(
    'the detector, where it was not',
    all.filter((_, index) => index % 3 === 2),
  );
}

function detected(name: string, series: readonly Series[]): void {
  const { recall, precision, falseAlarmsAWeek } = scoreOf(series, detector);
  report({ name: `${name}: recall ${of(series)}`, unit: 'share', ...atLeast(recall, 0.65) });
  report({ name: `${name}: precision ${of(series)}`, unit: 'share', ...atLeast(precision, 0.6) });
  report({ name: `${name}: false alarms ${of(series)}`, unit: 'a series-week', ...atMost(falseAlarmsAWeek, 0.25) });
}
