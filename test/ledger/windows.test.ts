import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateEndsAt, isTimeZone } from '../../src/ledger/usage/civil-dates.ts';
import {
  type Calendar,
  dateAt,
  ENDINGS,
  type Ending,
  isLaterKey,
  WINDOWS,
  type Window,
  windowEndsAt,
  windowKeysAt,
} from '../../src/ledger/usage/windows.ts';
import { isLong, someOf } from '../support/is-long.ts';

const HOUR = 3_600_000;
const at = (iso: string) => Date.parse(iso);
const calendar = (timeZone: string, weekStartsOn = 1): Calendar => ({ timeZone, weekStartsOn });
const endOf = (window: Window, iso: string, of: Calendar) => {
  const end = windowEndsAt(window, at(iso), of);
  return end === null ? null : new Date(end).toISOString();
};

describe('window keys', () => {
  test.each([
    // In the middle of a day, nothing special.
    ['UTC', '2026-11-23T12:00:00Z', 'day:2026-11-23', 'week:2026-11-23', 'month:2026-11'],
    // The last and the first millisecond of a day in Berlin.
    ['Europe/Berlin', '2026-11-30T22:59:59.999Z', 'day:2026-11-30', 'week:2026-11-30', 'month:2026-11'],
    ['Europe/Berlin', '2026-11-30T23:00:00Z', 'day:2026-12-01', 'week:2026-11-30', 'month:2026-12'],
    // Furthest east and furthest west: 26 hours apart.
    ['Pacific/Kiritimati', '2026-12-31T10:00:00Z', 'day:2027-01-01', 'week:2026-12-28', 'month:2027-01'],
    ['Pacific/Kiritimati', '2026-12-31T09:59:59Z', 'day:2026-12-31', 'week:2026-12-28', 'month:2026-12'],
    ['Etc/GMT+12', '2027-01-01T11:59:59Z', 'day:2026-12-31', 'week:2026-12-28', 'month:2026-12'],
    ['Etc/GMT+12', '2027-01-01T12:00:00Z', 'day:2027-01-01', 'week:2026-12-28', 'month:2027-01'],
    // Offsets with quarters of an hour.
    ['Asia/Kathmandu', '2026-11-22T18:14:59Z', 'day:2026-11-22', 'week:2026-11-16', 'month:2026-11'],
    ['Asia/Kathmandu', '2026-11-22T18:15:00Z', 'day:2026-11-23', 'week:2026-11-23', 'month:2026-11'],
    ['Pacific/Chatham', '2026-11-22T10:15:00Z', 'day:2026-11-23', 'week:2026-11-23', 'month:2026-11'],
    // A leap day.
    ['America/New_York', '2028-02-29T12:00:00Z', 'day:2028-02-29', 'week:2028-02-28', 'month:2028-02'],
  ])('%s at %s', (timeZone, iso, day, week, month) => {
    expect(windowKeysAt(at(iso), calendar(timeZone))).toMatchObject({ day, week, month, total: 'total' });
  });

  test.each([
    ['UTC', '2026-01-01T00:00:00Z', 'quarter:2026-Q1', 'year:2026'],
    ['UTC', '2026-03-31T23:59:59.999Z', 'quarter:2026-Q1', 'year:2026'],
    ['UTC', '2026-04-01T00:00:00Z', 'quarter:2026-Q2', 'year:2026'],
    ['UTC', '2026-07-01T00:00:00Z', 'quarter:2026-Q3', 'year:2026'],
    // Clocks go back in October, within the last quarter.
    ['Europe/Helsinki', '2026-09-30T20:59:59.999Z', 'quarter:2026-Q3', 'year:2026'],
    ['Europe/Helsinki', '2026-09-30T21:00:00Z', 'quarter:2026-Q4', 'year:2026'],
    ['Europe/Helsinki', '2026-12-31T21:59:59.999Z', 'quarter:2026-Q4', 'year:2026'],
    ['Europe/Helsinki', '2026-12-31T22:00:00Z', 'quarter:2027-Q1', 'year:2027'],
    ['Asia/Kathmandu', '2026-12-31T18:15:00Z', 'quarter:2027-Q1', 'year:2027'],
    ['Australia/Lord_Howe', '2026-12-31T12:59:59.999Z', 'quarter:2026-Q4', 'year:2026'],
    ['Australia/Lord_Howe', '2026-12-31T13:00:00Z', 'quarter:2027-Q1', 'year:2027'],
    // The year in which Samoa lost a day just before it ended.
    ['Pacific/Apia', '2011-12-31T09:59:59.999Z', 'quarter:2011-Q4', 'year:2011'],
    ['Pacific/Apia', '2011-12-31T10:00:00Z', 'quarter:2012-Q1', 'year:2012'],
  ])('of quarters and years, %s at %s', (timeZone, iso, quarter, year) => {
    expect(windowKeysAt(at(iso), calendar(timeZone))).toMatchObject({ quarter, year });
  });

  test.each([
    [0, 'week:2026-11-22'],
    [1, 'week:2026-11-23'],
    [2, 'week:2026-11-24'],
    [3, 'week:2026-11-25'],
    [4, 'week:2026-11-19'],
    [5, 'week:2026-11-20'],
    [6, 'week:2026-11-21'],
  ])('a week that starts on day %i, on a Wednesday', (weekStartsOn, week) => {
    expect(windowKeysAt(at('2026-11-25T12:00:00Z'), calendar('UTC', weekStartsOn)).week).toBe(week);
  });

  test('a week reaches over the turn of the year', () => {
    expect(windowKeysAt(at('2027-01-02T12:00:00Z'), calendar('UTC')).week).toBe('week:2026-12-28');
  });

  test('are the same whether they were asked for before or not', () => {
    const zone = calendar('America/St_Johns');
    const first = windowKeysAt(at('2026-06-01T02:29:59Z'), zone);
    expect(windowKeysAt(at('2026-06-01T02:30:00Z'), zone).day).toBe('day:2026-06-01');
    expect(windowKeysAt(at('2026-06-01T02:29:59Z'), { ...zone })).toEqual(first);
    expect(first.day).toBe('day:2026-05-31');
  });
});

describe('the end of a window', () => {
  test('total never ends', () => expect(windowEndsAt('total', at('2026-11-23T12:00:00Z'), calendar('UTC'))).toBeNull());

  test.each<[string, Window, string, string]>([
    ['Europe/Berlin', 'day', '2026-11-23T12:00:00Z', '2026-11-23T23:00:00.000Z'],
    ['Europe/Berlin', 'week', '2026-11-23T12:00:00Z', '2026-11-29T23:00:00.000Z'],
    ['Europe/Berlin', 'month', '2026-11-23T12:00:00Z', '2026-11-30T23:00:00.000Z'],
    ['Europe/Berlin', 'month', '2026-12-23T12:00:00Z', '2026-12-31T23:00:00.000Z'],
    ['Pacific/Kiritimati', 'day', '2026-11-23T12:00:00Z', '2026-11-24T10:00:00.000Z'],
    ['Etc/GMT+12', 'day', '2026-11-23T12:00:00Z', '2026-11-24T12:00:00.000Z'],
    ['Etc/GMT+12', 'day', '2026-11-23T11:59:59Z', '2026-11-23T12:00:00.000Z'],
    ['Europe/Berlin', 'quarter', '2026-11-29T12:00:00Z', '2026-12-31T23:00:00.000Z'],
    ['Europe/Berlin', 'year', '2026-11-29T12:00:00Z', '2026-12-31T23:00:00.000Z'],
    // The first quarter ends in summer time, and is an hour shorter; with a leap day it is a day longer.
    ['Europe/Helsinki', 'quarter', '2026-01-01T00:00:00Z', '2026-03-31T21:00:00.000Z'],
    ['Europe/Helsinki', 'quarter', '2028-02-29T12:00:00Z', '2028-03-31T21:00:00.000Z'],
    ['UTC', 'year', '2028-02-29T12:00:00Z', '2029-01-01T00:00:00.000Z'],
    ['UTC', 'quarter', '2026-12-31T23:59:59.999Z', '2027-01-01T00:00:00.000Z'],
    ['UTC', 'quarter', '2027-01-01T00:00:00Z', '2027-04-01T00:00:00.000Z'],
    ['UTC', 'year', '2027-01-01T00:00:00Z', '2028-01-01T00:00:00.000Z'],
    ['Australia/Lord_Howe', 'quarter', '2026-09-30T12:00:00Z', '2026-09-30T13:30:00.000Z'],
    ['Pacific/Apia', 'quarter', '2011-12-29T22:00:00Z', '2011-12-31T10:00:00.000Z'],
    ['Pacific/Apia', 'year', '2011-12-29T22:00:00Z', '2011-12-31T10:00:00.000Z'],
    // Clocks go forward at 02:00 (23 hours) and back at 03:00 (25 hours).
    ['Europe/Berlin', 'day', '2026-03-29T12:00:00Z', '2026-03-29T22:00:00.000Z'],
    ['Europe/Berlin', 'day', '2026-10-25T00:30:00Z', '2026-10-25T23:00:00.000Z'],
    // Both 02:30s of the day on which clocks go back belong to it.
    ['Europe/Berlin', 'day', '2026-10-25T01:30:00Z', '2026-10-25T23:00:00.000Z'],
    // Days that begin at 01:00, because clocks jump over midnight.
    ['Africa/Cairo', 'day', '2026-04-23T12:00:00Z', '2026-04-23T22:00:00.000Z'],
    ['America/Santiago', 'day', '2026-09-05T12:00:00Z', '2026-09-06T04:00:00.000Z'],
    ['America/Havana', 'day', '2026-03-07T12:00:00Z', '2026-03-08T05:00:00.000Z'],
    ['Asia/Beirut', 'month', '2026-03-28T12:00:00Z', '2026-03-31T21:00:00.000Z'],
    // Clocks go back at midnight, to 23:00 of the same day.
    ['America/Santiago', 'day', '2026-04-04T12:00:00Z', '2026-04-05T04:00:00.000Z'],
    // Half an hour of summer time.
    ['Australia/Lord_Howe', 'day', '2026-10-03T12:00:00Z', '2026-10-03T13:30:00.000Z'],
    // A day that never was: Samoa went from Thursday, 29 December 2011, to Saturday.
    ['Pacific/Apia', 'day', '2011-12-29T22:00:00Z', '2011-12-30T10:00:00.000Z'],
    ['Pacific/Apia', 'week', '2011-12-29T22:00:00Z', '2012-01-01T10:00:00.000Z'],
  ])('%s, %s, of %s', (timeZone, window, iso, expected) => {
    expect(endOf(window, iso, calendar(timeZone))).toBe(expected);
  });

  const around = [
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'America/Santiago',
    'America/Nuuk',
    'Africa/Cairo',
    'Africa/Casablanca',
    'Asia/Kathmandu',
    'Asia/Beirut',
    'Australia/Lord_Howe',
    'Atlantic/Azores',
    'Pacific/Chatham',
    'Pacific/Kiritimati',
    'Antarctica/Troll',
  ];
  test.each(someOf(around, 3))('%s: every hour of a year, the key changes exactly at the end', (timeZone) => {
    const zone = calendar(timeZone, 0);
    const wrong: string[] = [];
    const windows = ENDINGS.map((window) => ({ window, key: '', end: 0 }));
    for (let now = at('2026-01-01T00:00:00Z'); now < at('2027-01-01T00:00:00Z'); now += HOUR) {
      const keys = windowKeysAt(now, zone);
      for (const each of windows) {
        if (now < each.end) {
          if (keys[each.window] !== each.key) wrong.push(`${each.key} is over at ${new Date(now).toISOString()}`);
          continue;
        }
        const begins = each.end === 0 ? now : each.end;
        if (each.key && windowKeysAt(begins - 1, zone)[each.window] !== each.key) wrong.push(`${each.key} ends early`);
        const key = windowKeysAt(begins, zone)[each.window];
        if (key <= each.key) wrong.push(`${each.key} does not end`);
        each.key = key;
        each.end = windowEndsAt(each.window, begins, zone) ?? 0;
      }
    }
    expect(wrong).toEqual([]);
  });
});

const ZONES = [
  'UTC',
  'Europe/Helsinki',
  'Europe/Berlin',
  'Europe/London',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Pacific/Chatham',
  'Asia/Kathmandu',
  'Asia/Beirut',
  'Africa/Cairo',
  'America/Santiago',
  'America/St_Johns',
  'Etc/GMT+12',
];

/** The longest that each may last, and the shortest; clocks that are put forward or back, and Samoa's lost day, included. */
const LENGTHS: Readonly<Record<Ending, [least: number, most: number]>> = {
  day: [22 * HOUR, 26 * HOUR],
  week: [6 * 24 * HOUR - 2 * HOUR, 7 * 24 * HOUR + 2 * HOUR],
  month: [28 * 24 * HOUR - 2 * HOUR, 31 * 24 * HOUR + 2 * HOUR],
  quarter: [90 * 24 * HOUR - 2 * HOUR, 92 * 24 * HOUR + 2 * HOUR],
  year: [364 * 24 * HOUR, 366 * 24 * HOUR],
};

describe.each(ENDINGS)('a %s', (window) => {
  test.each(ZONES)('in %s ends after it began, where the next one begins, whatever the moment', (timeZone) => {
    const moment = fc.integer({ min: at('2010-06-01T00:00:00Z'), max: at('2040-01-01T00:00:00Z') });
    fc.assert(
      fc.property(moment, fc.nat(6), (now, weekStartsOn) => {
        const zone = calendar(timeZone, weekStartsOn);
        const key = windowKeysAt(now, zone)[window];
        const endsAt = windowEndsAt(window, now, zone);
        expect(endsAt).toBeGreaterThan(now);
        expect(windowKeysAt(endsAt - 1, zone)[window]).toBe(key);
        const next = windowKeysAt(endsAt, zone)[window];
        expect(isLaterKey(next, key)).toBe(true);
        expect(isLaterKey(key, next)).toBe(false);
        // The whole of the next one, from its first millisecond to its last.
        const nextEndsAt = windowEndsAt(window, endsAt, zone);
        const [least, most] = LENGTHS[window];
        expect(nextEndsAt - endsAt).toBeGreaterThanOrEqual(least);
        expect(nextEndsAt - endsAt).toBeLessThanOrEqual(most);
        expect(windowKeysAt(nextEndsAt - 1, zone)[window]).toBe(next);
      }),
      { seed: 613, numRuns: isLong ? 300 : 60 },
    );
  });

  test('has keys of its own, in the order of the calendar', () => {
    const keys = new Set<string>();
    let now = at('2010-01-01T00:00:00Z');
    let last = '';
    while (now < at('2031-01-01T00:00:00Z')) {
      const key = windowKeysAt(now, calendar('Europe/Helsinki'))[window];
      if (keys.has(key) || !key.startsWith(`${window}:`)) throw new Error(`${key} comes twice`);
      if (last && !isLaterKey(key, last)) throw new Error(`${key} is not later than ${last}`);
      keys.add(key);
      last = key;
      now = windowEndsAt(window, now, calendar('Europe/Helsinki'));
    }
    expect(keys.size).toBeGreaterThanOrEqual(21);
  });
});

test('a year is four quarters, and a quarter is three months', () => {
  for (const timeZone of ZONES) {
    const zone = calendar(timeZone);
    let now = windowEndsAt('year', at('2027-06-01T00:00:00Z'), zone);
    for (let quarter = 1; quarter <= 4; quarter += 1) {
      expect(windowKeysAt(now, zone).quarter).toBe(`quarter:2028-Q${quarter}`);
      const endsAt = windowEndsAt('quarter', now, zone);
      for (let month = 0; month < 3; month += 1) now = windowEndsAt('month', now, zone);
      expect(now).toBe(endsAt);
    }
    expect(windowKeysAt(now, zone).year).toBe('year:2029');
  }
});

test('every window but the one that never ends is among those that do', () => {
  expect(WINDOWS).toEqual([...ENDINGS, 'total']);
});

test('a time zone is one that this machine knows', () => {
  expect(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires'].every(isTimeZone)).toBe(true);
  expect(['', 'Mars/Olympus', 'Europe/', '../etc'].some(isTimeZone)).toBe(false);
});

describe('the end of a date', () => {
  test.each([
    ['UTC', '2026-11-23', '2026-11-23T23:59:59.999Z'],
    ['Europe/Berlin', '2026-12-31', '2026-12-31T22:59:59.999Z'],
    ['Pacific/Kiritimati', '2026-02-28', '2026-02-28T09:59:59.999Z'],
    ['Etc/GMT+12', '2028-02-29', '2028-03-01T11:59:59.999Z'],
    // A day of 25 hours.
    ['Europe/London', '2026-10-25', '2026-10-25T23:59:59.999Z'],
  ])('in %s, of %s, is %s', (timeZone, date, iso) => {
    const end = dateEndsAt(date, calendar(timeZone));
    expect(new Date(end ?? 0).toISOString()).toBe(iso);
    expect(dateAt(end ?? 0, calendar(timeZone))).toBe(date);
    expect(dateAt((end ?? 0) + 1, calendar(timeZone))).not.toBe(date);
  });

  test.each(['2026-02-29', '2026-13-01', '2026-1-1', '', 'today'])('there is none of %j', (date) =>
    expect(dateEndsAt(date, calendar('UTC'))).toBeNull(),
  );
});
