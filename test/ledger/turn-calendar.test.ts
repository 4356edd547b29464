import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeCalendar } from '../../src/ledger/usage/change-calendar.ts';
import { standings } from '../../src/ledger/usage/standings.ts';
import {
  type ChangedCalendar,
  dateAt,
  ENDINGS,
  type Ending,
  windowEndsAt,
  windowKeysAt,
} from '../../src/ledger/usage/windows.ts';
import { agency, capture, hold, limit, MANAGER, OWNER } from '../support/fixtures.ts';
import { given } from '../support/given.ts';
import { policy } from '../support/wishes.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (iso: string) => Date.parse(iso);
const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
const BERLIN: ChangedCalendar = { timeZone: 'Europe/Berlin', weekStartsOn: 1 };

/** Quicker than `expect`: it is asked many thousand times. */
function same(found: unknown, wanted: unknown) {
  if (found !== wanted) throw new Error(`${String(found)}, and not ${String(wanted)}`);
}

/** From a moment on, one window after the other: where each begins, ends, and what it is called. */
function windowsFrom(window: Ending, calendar: ChangedCalendar, fromAt: number, toAt: number) {
  const found: { key: string; beginsAt: number; endsAt: number }[] = [];
  for (let now = fromAt; now < toAt; ) {
    const endsAt = windowEndsAt(window, now, calendar) ?? 0;
    found.push({ key: windowKeysAt(now, calendar)[window], beginsAt: now, endsAt });
    if (endsAt <= now) throw new Error(`${window} ends at ${iso(endsAt)}, not after ${iso(now)}`);
    now = endsAt;
  }
  return found;
}

describe('a change of the calendar', () => {
  test.each([
    // Berlin's November ends as announced; what UTC would call an hour of November more is part of December.
    ['month', { timeZone: 'UTC' }, '2026-11-30T23:00:00.000Z', 'month:2026-12', '2027-01-01T00:00:00.000Z'],
    ['month', { timeZone: 'Asia/Tokyo' }, '2026-11-30T23:00:00.000Z', 'month:2026-12', '2026-12-31T15:00:00.000Z'],
    ['week', { weekStartsOn: 0 }, '2026-11-29T23:00:00.000Z', 'week:2026-11-29', '2026-12-05T23:00:00.000Z'],
    // One day would be too little for a week: eight it is.
    ['week', { weekStartsOn: 2 }, '2026-11-29T23:00:00.000Z', 'week:2026-12-01', '2026-12-07T23:00:00.000Z'],
    ['day', { timeZone: 'Asia/Tokyo' }, '2026-11-23T23:00:00.000Z', 'day:2026-11-24', '2026-11-24T15:00:00.000Z'],
    // In Honolulu it is still the same date: a second window of that name, and not the first one once more.
    ['day', { timeZone: 'Pacific/Honolulu' }, '2026-11-23T23:00:00.000Z', 'day:2026-11-24', '2026-11-25T10:00:00.000Z'],
  ] as const)('%s, to %j: ends at %s, then %s until %s', (window, change, endsAt, key, nextEndsAt) => {
    const now = at('2026-11-23T12:00:00Z');
    const turned = changeCalendar(BERLIN, change, now);
    expect(iso(windowEndsAt(window, now, turned))).toBe(endsAt);
    expect(windowKeysAt(at(endsAt) - 1, turned)[window]).toBe(windowKeysAt(now, BERLIN)[window]);
    expect(windowKeysAt(at(endsAt), turned)[window]).toBe(key);
    expect(iso(windowEndsAt(window, at(endsAt), turned))).toBe(nextEndsAt);
  });

  test('far to the west gives the same date a second window, with its own name', () => {
    const auckland = { timeZone: 'Pacific/Auckland', weekStartsOn: 1 };
    const now = at('2026-11-23T00:00:00Z');
    const turned = changeCalendar(auckland, { timeZone: 'America/Los_Angeles' }, now);
    const days = windowsFrom('day', turned, now, now + 3 * DAY).map(({ key }) => key);
    expect(days).toEqual(['day:2026-11-23', 'day:2026-11-23/2', 'day:2026-11-24', 'day:2026-11-25']);
  });

  test('taken back before it came into force leaves nothing behind', () => {
    const now = at('2026-11-23T12:00:00Z');
    const turned = changeCalendar(BERLIN, { timeZone: 'UTC' }, now);
    expect(changeCalendar(turned, { timeZone: 'Europe/Berlin' }, now + HOUR)).toEqual(BERLIN);
    expect(changeCalendar(BERLIN, { timeZone: 'Europe/Berlin' }, now)).toEqual(BERLIN);
  });

  test('is on the wall at once: dates that people name are of the new calendar', () => {
    const now = at('2026-11-23T12:00:00Z');
    expect(dateAt(now, changeCalendar(BERLIN, { timeZone: 'Pacific/Kiritimati' }, now))).toBe('2026-11-24');
  });

  const zones = ['UTC', 'Europe/Berlin', 'Europe/London', 'America/Los_Angeles', 'America/Santiago', 'Africa/Cairo'];
  const farZones = ['Pacific/Kiritimati', 'Etc/GMT+12', 'Pacific/Auckland', 'Asia/Kathmandu', 'Australia/Lord_Howe'];
  const zone = fc.constantFrom(...zones, ...farZones);
  const BOUNDS: Readonly<Record<Ending, [number, number]>> = {
    day: [12 * HOUR, 37 * HOUR],
    week: [3.5 * DAY, 10.5 * DAY + 2 * HOUR],
    month: [26 * DAY, 33 * DAY],
    quarter: [88 * DAY, 94 * DAY],
    year: [363 * DAY, 368 * DAY],
  };

  test.each(ENDINGS)('leaves every instant in exactly one %s, whatever is changed when', (window) => {
    const histories = fc.record({
      first: fc.record({ timeZone: zone, weekStartsOn: fc.nat(6) }),
      startAt: fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') }),
      changes: fc.array(
        fc.record({
          afterMs: fc.oneof(
            fc.integer({ min: 0, max: 40 * DAY }),
            fc.integer({ min: 0, max: 30 * HOUR }),
            fc.constantFrom(0, 1, HOUR),
          ),
          to: fc.oneof(
            fc.record({ timeZone: zone }),
            fc.record({ weekStartsOn: fc.nat(6) }),
            fc.record({ timeZone: zone, weekStartsOn: fc.nat(6) }),
          ),
        }),
        { minLength: 1, maxLength: 12 },
      ),
    });
    fc.assert(
      fc.property(histories, ({ first, startAt, changes }) => {
        let calendar: ChangedCalendar = first;
        let now = startAt;
        const known = new Map<string, { beginsAt: number; endsAt: number }>();
        let running = { key: windowKeysAt(now, calendar)[window], endsAt: windowEndsAt(window, now, calendar) ?? 0 };
        for (const { afterMs, to } of [...changes, { afterMs: 70 * DAY, to: {} }]) {
          // What runs on the way, up to the change, in the calendar as it is by then.
          const next = now + afterMs;
          while (running.endsAt <= next) {
            const beginsAt = running.endsAt;
            const key = windowKeysAt(beginsAt, calendar)[window];
            const endsAt = windowEndsAt(window, beginsAt, calendar) ?? 0;
            same(windowKeysAt(beginsAt - 1, calendar)[window], running.key);
            same(known.has(key), false);
            const [least, most] = BOUNDS[window];
            same(endsAt - beginsAt >= least && endsAt - beginsAt <= most, true);
            known.set(key, { beginsAt, endsAt });
            running = { key, endsAt };
          }
          now = next;
          same(windowKeysAt(now, calendar)[window], running.key);
          calendar = changeCalendar(calendar, to, now);
          // Nothing is filled again before it was announced, and nothing of what was is another window now.
          same(windowEndsAt(window, now, calendar), running.endsAt);
          same(windowKeysAt(running.endsAt - 1, calendar)[window], running.key);
          for (const [key, { beginsAt, endsAt }] of [...known].slice(-3)) {
            same(windowKeysAt(beginsAt, calendar)[window], key);
            same(windowKeysAt(Math.min(endsAt, now) - 1, calendar)[window], key);
          }
        }
      }),
      { numRuns: 60, seed: 20_261_129 },
    );
  });
});

describe('limits over a change of the calendar', () => {
  const LATE = at('2026-11-30T20:00:00Z');
  const past = [
    ...agency(),
    limit('client:acme', 'month', 100, { rollOverMaxCredits: 30 }),
    { ...hold(60, { at: LATE }), commandId: 'h' },
  ];

  test('what was used counts until the announced end, and rolls over into the next month once', () => {
    const { state } = given([...past, policy('timeZone', 'UTC'), capture('h/1', 50)]);
    const month = (time: string) => standings(state, 'client:acme', at(time))[0];
    expect(month('2026-11-30T22:59:59.999Z')).toMatchObject({
      key: 'month:2026-11',
      usedCredits: 50,
      rolledCredits: 0,
    });
    // Half past eleven in UTC: December in Berlin, and no second November.
    expect(month('2026-11-30T23:30:00Z')).toMatchObject({ key: 'month:2026-12', usedCredits: 0, rolledCredits: 30 });
    expect(month('2026-12-31T23:30:00Z')).toMatchObject({ key: 'month:2026-12' });
    expect(month('2027-01-01T00:00:00Z')).toMatchObject({ key: 'month:2027-01' });
  });

  test('a hold made before it is captured in the month it was made in', () => {
    const { state } = given([
      ...past,
      policy('timeZone', 'Pacific/Kiritimati'),
      { ...capture('h/1', 50), at: at('2026-12-03T00:00:00Z') },
    ]);
    const use = (key: string) => state.use.get('client:acme')?.find((each) => each.key === key);
    expect(use('month:2026-11')).toMatchObject({ usedCredits: 50, heldCredits: 0 });
    expect(use('month:2026-12')?.usedCredits ?? 0).toBe(0);
  });

  test('is an owner’s to make, and has to be one that there is', () => {
    given(agency())
      .when({ ...policy('timeZone', 'UTC'), by: OWNER })
      .then({ kind: 'policy_set' });
    given(agency())
      .when({ ...policy('timeZone', 'UTC'), by: MANAGER })
      .thenRefused({ reason: 'not_allowed' });
    for (const wrong of [
      policy('timeZone', 'Mars/Olympus'),
      policy('weekStartsOn', 7),
      policy('creditValueMicroUsd', 0),
      policy('markupBasisPoints', 0.5),
    ])
      given(agency()).when(wrong).thenRefused({ reason: 'invalid', field: wrong.policy.name });
  });
});
