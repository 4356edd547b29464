import { median, quantile } from './report.ts';

/** A series of hours, oldest first, with what people labelled as unusual in it. */
export type Series = { name: string; values: readonly number[]; isLabelled: readonly boolean[] };

/** Says of each hour whether it is unusual. It may look at that hour and at earlier ones. */
export type Detector = (values: readonly number[]) => boolean[];

export type Score = { recall: number; precision: number; falseAlarmsAWeek: number };

const DAY_HOURS = 24;
const WEEK_HOURS = 7 * DAY_HOURS;
/** Before that, nothing is known to be usual: neither alarms nor labels count. */
const WARM_UP_HOURS = 5 * DAY_HOURS;
/** Alarms this close are one message, which is updated. */
const ONE_ALARM_HOURS = 12;
/** Labels this close are one event. */
const ONE_EVENT_HOURS = 6;
/** An event may begin or end within its first or last hours. */
const LABEL_TOLERANCE_HOURS = 2;

const COLUMNS = 'series,hour,value,unusual';

/**
 * Reads `series,hour,value,unusual`. The rows of a series follow one another, an hour each: some public series skip hours, or
 * have one twice. Throws a sentence with the line number where a line is none of that kind.
 */
export function parseSeries(text: string): Series[] {
  const [head, ...lines] = text.split(/\r?\n/);
  if (head !== COLUMNS) throw new Error(`The first line has to be ${COLUMNS}`);
  const all = new Map<string, { values: number[]; isLabelled: boolean[] }>();
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const [name = '', hour = '', value = '', unusual = '', ...more] = line.split(',');
    const isRead = name !== '' && !Number.isNaN(Date.parse(hour)) && value !== '' && Number.isFinite(Number(value));
    if (!isRead || !/^[01]$/.test(unusual) || more.length > 0) {
      throw new Error(`Line ${index + 2} cannot be read: ${line}`);
    }
    const series = all.get(name) ?? { values: [], isLabelled: [] };
    all.set(name, series);
    series.values.push(Number(value));
    series.isLabelled.push(unusual === '1');
  }
  return [...all].map(([name, series]) => ({ name, ...series }));
}

export function scoreOf(all: readonly Series[], detect: Detector): Score {
  const count = { events: 0, found: 0, alarms: 0, right: 0, weeks: 0 };
  for (const { values, isLabelled } of all) {
    const alarms = spans(detect(values), ONE_ALARM_HOURS);
    const events = spans(isLabelled, ONE_EVENT_HOURS).map(
      ([from, to]): Span => [from - LABEL_TOLERANCE_HOURS, to + LABEL_TOLERANCE_HOURS],
    );
    count.events += events.length;
    count.found += events.filter((event) => alarms.some((alarm) => meet(alarm, event))).length;
    count.alarms += alarms.length;
    count.right += alarms.filter((alarm) => events.some((event) => meet(alarm, event))).length;
    count.weeks += Math.max(0, values.length - WARM_UP_HOURS) / WEEK_HOURS;
  }
  return {
    recall: count.found / count.events,
    precision: count.right / count.alarms,
    falseAlarmsAWeek: (count.alarms - count.right) / count.weeks,
  };
}

type Span = readonly [from: number, to: number];

const meet = ([from, to]: Span, [otherFrom, otherTo]: Span) => from <= otherTo && to >= otherFrom;

/** Hours after the warm-up that are no further apart than so many. */
function spans(isIn: readonly boolean[], gapMaxHours: number): Span[] {
  const found: [number, number][] = [];
  for (let hour = WARM_UP_HOURS; hour < isIn.length; hour += 1) {
    if (!isIn[hour]) continue;
    const last = found.at(-1);
    if (last && hour - last[1] <= gapMaxHours) last[1] = hour;
    else found.push([hour, hour]);
  }
  return found;
}

/** The simple rules that a detector has to beat. */
export const BASELINES: Readonly<Record<string, Detector>> = {
  '2 × the 30-day mean': (values) =>
    values.map((value, hour) => {
      const before = values.slice(Math.max(0, hour - 30 * DAY_HOURS), hour);
      return before.length > 0 && value > 2 * mean(before);
    }),
  '3 σ over 14 days': (values) =>
    values.map((value, hour) => {
      const before = values.slice(Math.max(0, hour - 14 * DAY_HOURS), hour);
      if (before.length === 0) return false;
      const center = mean(before);
      return value > center + 3 * Math.sqrt(mean(before.map((each) => (each - center) ** 2)));
    }),
  'hour-of-week median, 10 MAD': (values) =>
    values.map((value, hour) => {
      const same = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((week) => values[hour - week * WEEK_HOURS] ?? []);
      if (same.length === 0) return false;
      const center = median(same);
      const spread =
        1.4826 *
        quantile(
          same.map((each) => Math.abs(each - center)),
          0.5,
        );
      return value > center + 10 * spread;
    }),
};

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
