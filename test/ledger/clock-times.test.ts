import { type Map as ImmutableMap, isList, isMap, type List } from 'immutable';
import { describe, expect, test } from 'vitest';
import type { State } from '../../src/ledger/state.ts';
import { standings } from '../../src/ledger/usage/standings.ts';
import { isLaterKey, type WindowKeys, windowEndsAt, windowKeysAt } from '../../src/ledger/usage/windows.ts';
import { MONDAY } from '../support/clock.ts';
import {
  type Asked,
  agency,
  CREATOR,
  capture,
  client,
  grant,
  hold,
  limit,
  MANAGER,
  OWNER,
} from '../support/fixtures.ts';
import { given } from '../support/given.ts';
import { historyOf } from '../support/history.ts';
import * as Wish from '../support/wishes.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Every place of a state that holds a time or a window's key, by its type: what is called so, and lists of numbers. */
type TimeName = `${string}At` | 'at' | 'since' | 'until' | `${string}Until` | 'key';
/** A list of numbers that are no times. */
type NoTimes = 'percents';
type Join<Path extends string, Name extends string> = Path extends '' ? Name : `${Path}.${Name}`;
type TimesIn<In, Path extends string> = In extends WindowKeys | readonly number[]
  ? Path
  : // biome-ignore lint/suspicious/noExplicitAny: keys of maps are ids.
    In extends ImmutableMap<any, infer Value> | List<infer Value>
    ? TimesIn<Value, Path>
    : In extends readonly (infer Each)[]
      ? TimesIn<Each, Path>
      : In extends object
        ? {
            [Name in Exclude<keyof In & string, NoTimes>]-?: Name extends TimeName
              ? Join<Path, Name>
              : TimesIn<NonNullable<In[Name]>, Join<Path, Name>>;
          }[Exclude<keyof In & string, NoTimes>]
        : never;

/**
 * `past`: not later than the correction. `end`: as long from the correction on as it was meant to last. `window`: none that
 * has not begun. `next window`: the one that runs, or the next. `kept`: what people named, or what was wrong.
 */
type Becomes = 'past' | 'end' | 'window' | 'next window' | 'next quarter' | 'next year' | 'kept';

/** A new time in the state does not compile until it has a row here, and is not met until the history below has one. */
const TIMES: Record<TimesIn<State, ''>, Becomes> = {
  lastAt: 'past',
  'settings.peerCheckOn.at': 'past',
  'settings.turns.day.turns.fromAt': 'next window',
  'settings.turns.day.turns.endsAt': 'next window',
  'settings.turns.day.turns.key': 'next window',
  'settings.turns.week.turns.fromAt': 'next window',
  'settings.turns.week.turns.endsAt': 'next window',
  'settings.turns.week.turns.key': 'next window',
  'settings.turns.month.turns.fromAt': 'next window',
  'settings.turns.month.turns.endsAt': 'next window',
  'settings.turns.month.turns.key': 'next window',
  'settings.turns.quarter.turns.fromAt': 'next quarter',
  'settings.turns.quarter.turns.endsAt': 'next quarter',
  'settings.turns.quarter.turns.key': 'next quarter',
  'settings.turns.year.turns.fromAt': 'next year',
  'settings.turns.year.turns.endsAt': 'next year',
  'settings.turns.year.turns.key': 'next year',
  'members.since': 'past',
  'members.statusAt': 'past',
  'members.delegate.namedAt': 'past',
  'members.delegate.untilAt': 'end',
  'members.appointed.at': 'past',
  'clients.createdAt': 'past',
  'clients.closedAt': 'past',
  'projects.dueAt': 'kept',
  'projects.createdAt': 'past',
  'projects.closedAt': 'past',
  'limits.before.key': 'window',
  'grants.expiresAt': 'end',
  'grants.grantedAt': 'past',
  'use.key': 'window',
  'holds.heldAt': 'past',
  'holds.deadlineAt': 'end',
  'holds.keys': 'window',
  'slips.slippedAt': 'past',
  'requests.askedAt': 'past',
  'requests.escalatesAt': 'end',
  'requests.lapsesAt': 'end',
  'requests.escalatedAt': 'past',
  'requests.end.at': 'past',
  'requests.room.expiresAt': 'end',
  'images.heldAt': 'past',
  'images.marked.at': 'past',
  'clients.qualityCap.at': 'past',
  'clients.qualityCap.untilAt': 'end',
  'alerts.muted.at': 'past',
  'alerts.muted.untilAt': 'end',
  'alerts.expected.at': 'past',
  'alerts.expected.untilAt': 'end',
  bursts: 'past',
  'stop.at': 'past',
  'stop.resumed.at': 'past',
  'corrections.at': 'past',
  'corrections.wrongAt': 'kept',
  jumps: 'window',
};

/** All that anything was meant to last for. */
const LASTS_MS = 9 * DAY;
/** A turn's first window begins within a month, and ends within a month and a half of that. */
const TURN_MS = 31 * DAY + 46 * DAY;
/** The same of quarters and of years. */
const TURN_OF_QUARTERS_MS = 92 * DAY + 138 * DAY;
const TURN_OF_YEARS_MS = 366 * DAY + 549 * DAY;
const WINDOW = /^(day|week|month|quarter|year):\d/;

/** Each time and each window's key in a state, whatever it is called. */
function* timesIn(value: unknown, path = ''): Generator<[path: string, value: number | string]> {
  const [, window] = typeof value === 'string' ? (WINDOW.exec(value) ?? []) : [];
  if (typeof value === 'number' && value > MONDAY / 2) yield [path, value];
  else if (typeof value === 'string' && window) yield [path.replace(/^(holds.keys|jumps)\.\w+$/, '$1'), value];
  else if (isMap(value) || isList(value)) for (const each of value.values()) yield* timesIn(each, path);
  else if (Array.isArray(value)) for (const each of value) yield* timesIn(each, path);
  else if (typeof value === 'object' && value !== null)
    for (const [name, each] of Object.entries(value)) yield* timesIn(each, path ? `${path}.${name}` : name);
}

const keyAt = (key: string, at: number) =>
  windowKeysAt(at, { timeZone: 'Europe/Berlin', weekStartsOn: 1 })[key.split(':')[0] as 'day'];
const isAhead = (value: number | string, of: number) =>
  typeof value === 'number' ? value > of : isLaterKey(value, keyAt(value, of));

/** Each kind of thing that has a time, done by a clock that is ahead. */
const everything = (at: number): Asked[] =>
  [
    client('bolt', 'Bolt'),
    client('gone', 'Gone'),
    Wish.closeClient('gone'),
    Wish.project('p', 'acme', { dueAt: at + 5 * DAY }),
    Wish.closeProject('p'),
    limit('client:acme', 'month', 10, { over: 'ask' }),
    limit('client:bolt', 'day', 10),
    Wish.policy('burst', { requestsMax: 50, withinMs: HOUR }),
    grant('client:bolt', 5, { expiresAt: at + LASTS_MS }),
    { ...hold(1), commandId: 'open' },
    { ...hold(2), commandId: 'lost', timeoutMs: 1_000 },
    { ...hold(12), commandId: 'waits' },
    { ...hold(12), commandId: 'given' },
    { ...hold(1), commandId: 'made' },
    capture('made/1', 1),
    Wish.mark('made/1', 'keep'),
    Wish.delegate(CREATOR, at + LASTS_MS),
    Wish.appoint('ULATE', 'operator'),
    { ...Wish.approve('given', ['client:acme month'], { by: OWNER }), how: until(at + LASTS_MS) },
    Wish.stop({ commandId: 'stop' }),
    Wish.goOn('stop'),
    Wish.mute('client:acme', at + LASTS_MS),
    Wish.capQuality('acme', { qualities: ['high'], untilAt: at + LASTS_MS }, OWNER),
    Wish.expect('client:acme', at + LASTS_MS),
    Wish.policy('peerCheck', true),
    Wish.policy('timeZone', 'Asia/Tokyo'),
    Wish.policy('weekStartsOn', 0),
  ].map((asked): Asked => ({ ...asked, at }));
const until = (expiresAt: number) => ({ kind: 'until', amountCredits: 20, expiresAt }) as const;

const later = (at: number): Asked[] => [
  { kind: 'slip', holdId: 'lost/1', at: at + HOUR },
  { ...Wish.escalate('waits', at + 3 * HOUR) },
  // A silence, and a first correction that was wrong too.
  { ...client('nova', 'Nova'), at: at + 30 * HOUR },
  Wish.correctClock(at + 30 * HOUR, at + 4 * HOUR),
];

describe.each([2, 45, 400, 3_653])('what was dated %d days ahead', (days) => {
  const wrongAt = MONDAY + days * DAY;
  const now = MONDAY + HOUR;
  const ahead = historyOf([...agency(), ...everything(wrongAt), ...later(wrongAt)]);
  const { state } = given(...ahead.lines).when(Wish.correctClock(ahead.state.lastAt, now));

  test('is met in every place that the state has for a time', () => {
    const met = new Set([...timesIn(ahead.state)].flatMap(([path, value]) => (isAhead(value, now) ? [path] : [])));
    expect([...met].sort()).toEqual(Object.keys(TIMES).sort());
  });

  test('is brought back, whatever it is', () => {
    const latest: Record<Becomes, number> = {
      past: now,
      window: now,
      end: now + LASTS_MS,
      'next window': now + TURN_MS,
      'next quarter': now + TURN_OF_QUARTERS_MS,
      'next year': now + TURN_OF_YEARS_MS,
      kept: now,
    };
    const wrong = [...timesIn(state)].filter(([path, value]) => {
      const becomes: Becomes = (TIMES as Record<string, Becomes>)[path] ?? 'past';
      return becomes !== 'kept' && isAhead(value, latest[becomes]);
    });
    expect(wrong).toEqual([]);
  });
});

describe('a calendar that was changed', () => {
  const now = MONDAY + HOUR;
  const change = (asked: Asked, at: number): Asked => ({ ...asked, at });
  const settingsAfter = (...steps: Asked[]) => historyOf([...agency(), ...steps]).state.settings;

  test.each([
    ['time zone', Wish.policy('timeZone', 'America/New_York')],
    ['first day of the week', Wish.policy('weekStartsOn', 0)],
  ])('by a clock that was ahead: the %s turns as if it was changed now', (_, asked) => {
    for (const aheadMs of [HOUR, 2 * DAY, 45 * DAY, 3_653 * DAY]) {
      const wrongAt = now + aheadMs;
      const corrected = settingsAfter(change(asked, wrongAt), Wish.correctClock(wrongAt, now));
      expect(corrected).toEqual(settingsAfter(change(asked, now)));
    }
  });

  test('before that stays as it was announced', () => {
    const tokyo = change(Wish.policy('timeZone', 'Asia/Tokyo'), MONDAY);
    const wrongAt = MONDAY + 400 * DAY;
    const corrected = settingsAfter(
      tokyo,
      change(client('late', 'Late'), wrongAt),
      Wish.correctClock(wrongAt, MONDAY + 9 * DAY),
    );
    expect(corrected).toEqual(settingsAfter(tokyo));
  });

  test('twice, once rightly and once ahead: the last one counts', () => {
    const [tokyo, lima] = ['Asia/Tokyo', 'America/Lima'].map((zone) => Wish.policy('timeZone', zone));
    const wrongAt = now + 70 * DAY;
    const corrected = settingsAfter(
      change(tokyo as Asked, MONDAY),
      change(lima as Asked, wrongAt),
      Wish.correctClock(wrongAt, now),
    );
    expect(corrected).toEqual(settingsAfter(change(tokyo as Asked, MONDAY), change(lima as Asked, now)));
  });

  test('ahead, and taken back before anybody corrected it: nothing is left of it', () => {
    const wrongAt = now + 70 * DAY;
    const corrected = settingsAfter(
      change(Wish.policy('timeZone', 'Asia/Tokyo'), wrongAt),
      change(Wish.policy('timeZone', 'Europe/Berlin'), wrongAt + 40 * DAY),
      Wish.correctClock(wrongAt + 40 * DAY, now),
    );
    expect(corrected).toEqual(settingsAfter());
  });

  test('while it was ahead: the month that runs ends within 32 days, and the day within two', () => {
    const wrongAt = now + 400 * DAY;
    const settings = settingsAfter(
      change(Wish.policy('timeZone', 'Pacific/Auckland'), wrongAt),
      Wish.correctClock(wrongAt, now),
    );
    if (!settings) throw new Error('no settings');
    for (const [window, days] of [
      ['day', 2],
      ['week', 12],
      ['month', 32],
      ['quarter', 93],
      ['year', 367],
    ] as const)
      expect(windowEndsAt(window, now, settings)).toBeLessThanOrEqual(now + days * DAY);
  });

  test('leaves two days of one date, of which the earlier is not taken for a later one', () => {
    const auckland = change(Wish.policy('timeZone', 'Pacific/Auckland'), MONDAY - 3 * DAY);
    const honolulu = change(Wish.policy('timeZone', 'Pacific/Honolulu'), MONDAY - DAY);
    const on = (id: string, at: number) => [
      { ...hold(4), commandId: id, at },
      { ...capture(`${id}/1`, 4), at },
    ];
    const first = given(
      agency().map((each) => ({ ...each, at: MONDAY - 5 * DAY })),
      auckland,
      honolulu,
    );
    const twice = Array.from({ length: 96 }, (_, hours) => MONDAY - DAY + hours * HOUR).find((at) =>
      keysOf(first.state, at).includes('/'),
    );
    if (!twice) throw new Error('no date twice');
    const wrongAt = twice + 50 * DAY;
    const { state } = historyOf(
      [
        { ...limit('client:acme', 'day', 10), at: twice },
        ...on('then', twice),
        { ...client('late', 'Late'), at: wrongAt },
        Wish.correctClock(wrongAt, twice + 2 * DAY),
      ],
      first,
    );
    const [day] = standings(state, 'client:acme', twice + 2 * DAY);
    expect(day).toMatchObject({ availableCredits: 10 });
  });
});

const keysOf = (state: State, at: number) => (state.settings ? windowKeysAt(at, state.settings).day : '');

describe('who decides in a manager’s place', () => {
  const now = MONDAY + HOUR;
  const named = (at: number, untilAt: number) => ({ ...Wish.delegate(CREATOR, untilAt, MANAGER), at });
  test.each([2, 45, 300])('does so for as long as was named by a clock %d days ahead, from now on', (days) => {
    const wrongAt = now + days * DAY;
    const { state } = historyOf([...agency(), named(wrongAt, wrongAt + 3 * DAY), Wish.correctClock(wrongAt, now)]);
    expect(state.members.get(MANAGER)?.delegate).toEqual({ toId: CREATOR, namedAt: now, untilAt: now + 3 * DAY });
  });

  test('does so until then, where that was named before', () => {
    const wrongAt = now + 90 * DAY;
    const { state } = historyOf([
      ...agency(),
      named(MONDAY, MONDAY + 30 * DAY),
      { ...client('late', 'Late'), at: wrongAt },
      Wish.correctClock(wrongAt, now),
    ]);
    expect(state.members.get(MANAGER)?.delegate).toMatchObject({ untilAt: MONDAY + 30 * DAY });
  });
});
