import { describe, expect, test } from 'vitest';
import { dateAt } from '../../src/ledger/usage/windows.ts';
import { timesOf } from '../../src/scheduler/expression.ts';
import { lastTick, tickComesAt } from '../../src/scheduler/ticks.ts';
import { someOf } from '../support/is-long.ts';
import { differencesFrom } from './against-node-cron.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NIGHTLY = '30 3 * * *';

const tickBy = (expression: string, now: number, timeZone: string) =>
  lastTick(timesOf(expression), timeZone, { fromAt: now - 8 * DAY, untilAt: now }) ?? 'none';

describe('the last tick', () => {
  test.each([
    ['a minute before', 'Europe/Berlin', '2026-11-24T02:29:59Z', '2026-11-23'],
    ['on the minute', 'Europe/Berlin', '2026-11-24T02:30:00Z', '2026-11-24'],
    ['in the evening', 'Europe/Berlin', '2026-11-24T22:59:59Z', '2026-11-24'],
    ['after midnight', 'Europe/Berlin', '2026-11-24T23:00:00Z', '2026-11-24'],
    ['far east', 'Pacific/Kiritimati', '2026-11-23T13:30:00Z', '2026-11-24'],
    ['far west', 'Pacific/Pago_Pago', '2026-11-24T14:29:00Z', '2026-11-23'],
    ['a quarter past the hour', 'Asia/Kathmandu', '2026-11-23T21:45:00Z', '2026-11-24'],
    ['on the first of March of a leap year', 'UTC', '2028-03-01T03:29:00Z', '2028-02-29'],
    ['on the first of January', 'UTC', '2027-01-01T00:00:00Z', '2026-12-31'],
  ])('%s, in %s', (_, timeZone, now, tick) => {
    expect(tickBy(NIGHTLY, Date.parse(now), timeZone)).toBe(tick);
  });

  test.each([
    ['spring', 'Europe/Berlin', Date.UTC(2027, 2, 26)],
    ['autumn', 'Europe/Berlin', Date.UTC(2026, 9, 23)],
    ['half an hour', 'Australia/Lord_Howe', Date.UTC(2027, 3, 2)],
    ['at midnight', 'America/Havana', Date.UTC(2027, 2, 12)],
  ])('comes once a day, in order, over a change of the clocks (%s)', (_, timeZone, startAt) => {
    const ticks: string[] = [];
    for (let now = startAt; now < startAt + 5 * DAY; now += MINUTE) {
      const tick = tickBy(NIGHTLY, now, timeZone);
      if (tick !== ticks.at(-1)) ticks.push(tick);
    }
    expect(ticks).toEqual([...new Set(ticks)].sort());
    expect(ticks.length).toBe(6);
  });

  test.each([
    ['Helsinki, whose half past three comes twice', 'Europe/Helsinki', '2026-10-25', '30 3 * * *'],
    ['Helsinki, which has none in spring', 'Europe/Helsinki', '2027-03-28', '30 3 * * *'],
    ['Lord Howe, by half an hour back', 'Australia/Lord_Howe', '2027-04-04', '45 1 * * *'],
    ['Lord Howe, by half an hour forward', 'Australia/Lord_Howe', '2026-10-04', '15 2 * * *'],
    ['Santiago, back at midnight', 'America/Santiago', '2027-04-04', '30 23 * * *'],
    ['Santiago, without a midnight', 'America/Santiago', '2026-09-06', '0 0 * * *'],
    ['Apia, without a Friday', 'Pacific/Apia', '2011-12-30', '30 3 * * *'],
    ['St. John’s, back to the day before', 'America/St_Johns', '2010-11-07', '0 0 * * *'],
    ['St. John’s, late in the evening', 'America/St_Johns', '2010-11-06', '30 23 * * *'],
    ['Troll, by two hours', 'Antarctica/Troll', '2026-10-25', '10 2 * * *'],
  ])('never goes back, and comes once for each date that there is: %s', (_, timeZone, around, expression) => {
    const calendar = { timeZone, weekStartsOn: 1 };
    const ticks: string[] = [];
    const dates = new Set<string>();
    const from = Date.parse(around) - 3 * DAY;
    for (let now = from; now < from + 6 * DAY; now += MINUTE) {
      dates.add(dateAt(now, calendar));
      const tick = tickBy(expression, now, timeZone);
      if (tick !== ticks.at(-1)) ticks.push(tick);
    }
    // Of the first and the last date a part only was looked at.
    const whole = [...dates].sort().slice(1, -1);
    expect(ticks).toEqual([...new Set(ticks)].sort());
    expect(ticks.filter((tick) => whole.includes(tick))).toEqual(whole);
    expect(ticks.every((tick) => dates.has(tick) || tick < whole[0]!)).toBe(true);
  });

  test.each([
    ['every Monday', '0 9 * * 1', '2026-11-25T12:00:00Z', '2026-11-23'],
    ['every Monday, a minute before', '0 9 * * mon', '2026-11-23T07:59:59Z', '2026-11-16'],
    ['on Sunday by its other number', '0 9 * * 7', '2026-11-25T12:00:00Z', '2026-11-22'],
    ['on the first of the month', '15 6 1 * *', '2026-12-03T12:00:00Z', '2026-12-01'],
    ['on workdays', '0 9 * * 1-5', '2026-11-22T12:00:00Z', '2026-11-20'],
    ['by its nickname', '@weekly', '2026-11-24T12:00:00Z', '2026-11-22'],
  ])('is of the days that are named: %s', (_, expression, now, tick) => {
    expect(tickBy(expression, Date.parse(now), 'Europe/Berlin')).toBe(tick);
  });

  test('is none where none came meanwhile', () => {
    const [fromAt, untilAt] = [Date.UTC(2026, 10, 24), Date.UTC(2026, 10, 29, 12)];
    expect(lastTick(timesOf('0 9 * * 1'), 'UTC', { fromAt, untilAt })).toBe(null);
    expect(lastTick(timesOf('0 9 29 2 *'), 'UTC', { fromAt, untilAt })).toBe(null);
    expect(lastTick(timesOf(NIGHTLY), 'UTC', { fromAt: untilAt, untilAt: untilAt + HOUR })).toBe(null);
  });
});

describe('the moment of a tick', () => {
  test.each([
    ['Helsinki, the first of two', 'Europe/Helsinki', NIGHTLY, '2026-10-25', '2026-10-25T00:30:00Z'],
    ['Helsinki, where it is left out', 'Europe/Helsinki', NIGHTLY, '2027-03-28', '2027-03-28T01:00:00Z'],
    ['Lord Howe, the first of two', 'Australia/Lord_Howe', '45 1 * * *', '2027-04-04', '2027-04-03T14:45:00Z'],
    ['Lord Howe, where it is left out', 'Australia/Lord_Howe', '15 2 * * *', '2026-10-04', '2026-10-03T15:30:00Z'],
    ['New York, the first of two', 'America/New_York', '30 1 * * *', '2026-11-01', '2026-11-01T05:30:00Z'],
    ['New York, where it is left out', 'America/New_York', '30 2 * * *', '2027-03-14', '2027-03-14T07:00:00Z'],
    ['Kiritimati, a day ahead', 'Pacific/Kiritimati', NIGHTLY, '2026-11-24', '2026-11-23T13:30:00Z'],
    ['Chatham, the first of two', 'Pacific/Chatham', '0 3 * * *', '2027-04-04', '2027-04-03T13:15:00Z'],
    ['Chatham, where it is left out', 'Pacific/Chatham', '0 3 * * *', '2026-09-27', '2026-09-26T14:00:00Z'],
  ])('%s', (_, timeZone, expression, date, moment) => {
    const comesAt = tickComesAt(date, timesOf(expression), timeZone);
    expect(new Date(comesAt ?? 0).toISOString()).toBe(moment.replace('Z', '.000Z'));
  });

  const zones = ['Europe/Helsinki', 'Australia/Lord_Howe', 'America/New_York', 'Pacific/Chatham', 'Pacific/Kiritimati'];
  test.each([...zones, ...someOf(Intl.supportedValuesOf('timeZone'), 80)])('is node-cron’s in %s', (timeZone) => {
    const found = differencesFrom(NIGHTLY, timeZone, { fromAt: Date.UTC(2026, 8, 1), runsCount: 240 });
    expect(found.wrong).toEqual([]);
    expect(found.compared).toBeGreaterThan(230);
    expect(found.twice + found.never).toBeLessThanOrEqual(2);
  });
});

describe('an expression', () => {
  test.each([
    '* * * * *',
    '0,30 9 * * *',
    '0 9-10 * * *',
    '30 0 9 * * *',
    '0 9 L * *',
    '0 9 * * 1#2',
    '0 9 15W * *',
    '0 24 * * *',
    '0 9 30 2 *',
    'at nine',
    '',
  ])('that is not one time of day on days is refused: %s', (expression) => {
    expect(() => timesOf(expression)).toThrow();
  });
});
