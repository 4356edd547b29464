import { describe, expect, test } from 'vitest';
import type { Line } from '../../src/ledger/lines.ts';
import { requestedCredits } from '../../src/ledger/requests.ts';
import type { State } from '../../src/ledger/state.ts';
import { leftInGrants, standings, usageOf } from '../../src/ledger/usage/standings.ts';
import { Verifier } from '../../src/ledger/verify/verifier.ts';
import { contentHash } from '../../src/ports/content-hash.ts';
import { MONDAY } from '../support/clock.ts';
import { type Asked, agency, CREATOR, capture, grant, hold, limit, OWNER, voided } from '../support/fixtures.ts';
import { given } from '../support/given.ts';
import { historyOf } from '../support/history.ts';
import { approve, correctClock, lapse, move, policy } from '../support/wishes.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const AHEAD = [
  ['six minutes', 6 * 60_000],
  ['two days', 2 * DAY_MS],
  ['five weeks', 35 * DAY_MS],
  ['ten years', 3_653 * DAY_MS],
  ['to the last days of Date', 8_000 * 365 * DAY_MS],
] as const;

const used = (credits: number, id: string, at: number): Asked[] => [
  { ...hold(credits), commandId: id, at },
  { ...capture(`${id}/1`, credits), at },
];
const before = [
  ...agency(),
  limit('client:acme', 'day', 20),
  limit('client:acme', 'month', 100),
  ...used(10, 'right', MONDAY),
];
const leftIn = (state: State, window: string, at: number) =>
  standings(state, 'client:acme', at).find((each) => each.window === window)?.availableCredits;

describe.each(AHEAD)('a line dated ahead by %s', (_, aheadMs) => {
  const wrongAt = MONDAY + aheadMs;
  const now = MONDAY + 30_000;
  const history = historyOf([...before, ...used(3, 'wrong', wrongAt)]);
  const corrected = () => given(...history.lines).when(correctClock(wrongAt, now));

  test('is followed by one that says the right time, and verifies', () => {
    const { line, state, lines } = corrected();
    expect(line).toMatchObject({ kind: 'clock_corrected', wrongAt, at: now });
    expect(state.lastAt).toBe(now);
    given(...lines)
      .when({ ...hold(1), at: now + 1 })
      .then({ kind: 'held', at: now + 1 });
  });

  test('counts in the windows of now, and once', () => {
    const { state } = corrected();
    expect(leftIn(state, 'day', now)).toBe(7);
    expect(leftIn(state, 'month', now)).toBe(87);
    expect(usageOf(state, 'client:acme', 'total').usedCredits).toBe(13);
  });

  test('leaves the windows to end when they end', () => {
    const { lines } = corrected();
    const tomorrow = MONDAY + DAY_MS;
    const { state } = given(...lines)
      .when({ ...hold(20), at: tomorrow })
      .then({ kind: 'held' });
    expect(leftIn(state, 'day', tomorrow)).toBe(0);
    given(...lines)
      .when({ ...hold(8), at: now })
      .thenRefused({ reason: 'limit_exceeded' });
    expect(leftIn(state, 'month', MONDAY + 31 * DAY_MS)).toBe(100);
  });
});

describe('a time that is corrected', () => {
  const wrongAt = MONDAY + 400 * DAY_MS;
  const now = MONDAY + HOUR_MS;

  test('is the one the ledger has come to, and ahead', () => {
    const ahead = historyOf([...before, ...used(3, 'wrong', wrongAt)]);
    given(...ahead.lines)
      .when(correctClock(wrongAt - 1, now))
      .thenRefused({ reason: 'clock_not_ahead' });
    given(...ahead.lines)
      .when(correctClock(wrongAt, wrongAt - 4 * 60_000))
      .thenRefused({ reason: 'clock_not_ahead' });
    given(...ahead.lines)
      .when(correctClock(wrongAt, wrongAt + DAY_MS))
      .thenRefused({ reason: 'clock_not_ahead' });
    const { lines } = given(...ahead.lines).when(correctClock(wrongAt, now));
    given(...lines)
      .when(correctClock(wrongAt, now))
      .thenRefused({ reason: 'clock_not_ahead' });
    given(before)
      .when(correctClock(MONDAY, MONDAY - DAY_MS))
      .then({ kind: 'clock_corrected' });
  });

  test('is no way to be given an allowance twice: not by two jumps, and not by two corrections', () => {
    const steps = [
      ...before,
      ...used(2, 'a', MONDAY + 40 * DAY_MS),
      ...used(3, 'b', MONDAY + 400 * DAY_MS),
      correctClock(MONDAY + 400 * DAY_MS, MONDAY + 200 * DAY_MS),
      ...used(1, 'c', MONDAY + 200 * DAY_MS + HOUR_MS),
      ...used(1, 'd', MONDAY + 200 * DAY_MS + 2 * HOUR_MS),
      correctClock(MONDAY + 200 * DAY_MS + 2 * HOUR_MS, now),
    ];
    const { state } = given(steps)
      .when({ ...hold(1), at: now })
      .then({ kind: 'held' });
    expect(leftIn(state, 'day', now)).toBe(20 - 18);
    expect(leftIn(state, 'month', now)).toBe(100 - 18);
  });

  test('lets holds end in the windows of now, at a deadline from now on', () => {
    const held = historyOf([...before, { ...hold(4, { imagesCount: 2 }), commandId: 'h', at: wrongAt }]);
    const { lines, state } = given(...held.lines).when(correctClock(wrongAt, now));
    expect(state.holds.get('h/1')).toMatchObject({ heldAt: now, deadlineAt: now + 600_000 });
    expect(leftIn(state, 'day', now)).toBe(2);
    const ended = historyOf(
      [capture('h/1', 4), voided('h/2')].map((each) => ({ ...each, at: now + 1 })),
      {
        state,
        lines,
      },
    );
    expect(leftIn(ended.state, 'day', now)).toBe(6);
    expect(usageOf(ended.state, 'client:acme', 'month:2026-11')).toMatchObject({ usedCredits: 14, heldCredits: 0 });
  });

  test('does not let a hold of a window that was given up free credits it never held', () => {
    const late = (days: number) => wrongAt + days * DAY_MS;
    const steps = [
      ...before,
      { ...hold(5), commandId: 'h', at: wrongAt },
      ...[1, 2, 3].flatMap((days) => used(1, `u${days}`, late(days))),
      correctClock(late(3), now),
      { ...voided('h/1'), at: now },
    ];
    const { state } = historyOf(steps);
    expect(usageOf(state, 'client:acme', 'day:2026-11-23').heldCredits).toBe(0);
    // Two days of each account are kept, as always: what was used two days ago is no day's any more.
    expect(leftIn(state, 'day', now)).toBe(8);
    expect(leftIn(state, 'month', now)).toBe(87);
  });

  test('lets requests escalate and lapse a day after they were really asked', () => {
    const asks = limit('client:acme', 'week', 5, { over: 'ask' });
    const asked = historyOf([...before, asks, { ...hold(9), commandId: 'r', at: wrongAt }]);
    const { lines, state } = given(...asked.lines).when(correctClock(wrongAt, now));
    const request = state.requests.get('r');
    expect(request && requestedCredits(request)).toBe(9);
    expect(request).toMatchObject({ askedAt: now, escalatesAt: now + 2 * HOUR_MS, lapsesAt: now + DAY_MS });
    given(...lines)
      .when(lapse('r', now + DAY_MS))
      .then({ kind: 'lapsed' });
    given(...lines)
      .when(approve('r', ['client:acme week'], { at: now + 1, by: OWNER }))
      .then({ kind: 'approved' });
  });

  test('gives nobody what an approval for once has left over', () => {
    const asks = limit('client:acme', 'month', 5, { over: 'ask' });
    const once = historyOf([
      ...before,
      asks,
      { ...hold(9), commandId: 'r', at: wrongAt },
      approve('r', ['client:acme month'], { at: wrongAt, by: OWNER }),
      { ...voided('r/1'), at: wrongAt },
    ]);
    const { state } = given(...once.lines).when(correctClock(wrongAt, now));
    expect(leftInGrants(state, 'client:acme', now)).toBe(0);
  });

  test('keeps a grant as long as it was given for, and one that had expired only meanwhile', () => {
    const grants = historyOf([
      ...before,
      grant('client:acme', 7, { grantId: 'old', expiresAt: MONDAY + 9 * DAY_MS }),
      { ...grant('client:acme', 5, { grantId: 'new', expiresAt: wrongAt + DAY_MS }), at: wrongAt },
    ]);
    const { state } = given(...grants.lines).when(correctClock(wrongAt, now));
    expect(leftInGrants(state, 'client:acme', now)).toBe(12);
    expect(leftInGrants(state, 'client:acme', now + DAY_MS)).toBe(7);
    expect(leftInGrants(state, 'client:acme', MONDAY + 9 * DAY_MS)).toBe(0);
  });

  test('leaves moved budget where it was moved to', () => {
    const two = [{ kind: 'create_client', clientId: 'bolt', name: 'Bolt' } as const, limit('client:bolt', 'month', 50)];
    const moved = historyOf([...before, ...two, { ...move('client:acme', 'client:bolt', 30), at: wrongAt }]);
    const { state } = given(...moved.lines).when(correctClock(wrongAt, now));
    expect(leftIn(state, 'month', now)).toBe(60);
    expect(standings(state, 'client:bolt', now)[0]?.availableCredits).toBe(80);
  });

  test('lets what rolls over be what the real last month left', () => {
    const rolls = limit('client:acme', 'month', 100, { rollOverMaxCredits: 50 });
    const rolled = historyOf([...before, rolls, { ...rolls, limitCredits: 120, at: wrongAt }]);
    const { lines } = given(...rolled.lines).when(correctClock(wrongAt, now));
    const { state } = historyOf([...lines, { ...hold(1), at: MONDAY + 10 * DAY_MS }]);
    const december = standings(state, 'client:acme', MONDAY + 10 * DAY_MS).find(({ window }) => window === 'month');
    expect(december).toMatchObject({ key: 'month:2026-12', limitCredits: 120, rolledCredits: 50 });
  });

  test('does not let somebody wait for years after a burst', () => {
    const burst = policy('burst', { requestsMax: 1, withinMs: 60_000 });
    const asked = historyOf([...before, { ...burst, at: MONDAY }, { ...hold(1), at: wrongAt }]);
    const { lines } = given(...asked.lines).when(correctClock(wrongAt, now));
    given(...lines)
      .when({ ...hold(1), at: now + 60_001 })
      .then({ kind: 'held' });
  });

  test('says of nobody that they came, or left, in years to come', () => {
    const steps: Asked[] = [
      ...before,
      { kind: 'add_member', memberId: 'ULATE', role: 'creator', at: wrongAt },
      { kind: 'suspend_member', memberId: CREATOR, reason: '', at: wrongAt },
      { kind: 'close_client', clientId: 'acme', at: wrongAt },
      correctClock(wrongAt, now),
    ];
    const { state } = historyOf(steps);
    expect(state.members.get('ULATE')).toMatchObject({ since: now, statusAt: now });
    expect(state.members.get(CREATOR)).toMatchObject({ since: MONDAY, statusAt: now });
    expect(state.clients.get('acme')).toMatchObject({ createdAt: MONDAY, closedAt: now });
    expect(state.corrections).toMatchObject([{ at: now, wrongAt, by: OWNER }]);
  });
});

describe('a line that goes back in time', () => {
  const wrongAt = MONDAY + 40 * DAY_MS;
  const { lines } = historyOf([...before, ...used(3, 'w', wrongAt), correctClock(wrongAt, MONDAY)]);
  const verify = (all: readonly Line[]) => {
    const verifier = new Verifier('T1', contentHash);
    for (const line of all) verifier.add(line);
    return verifier.result();
  };

  test('is right only as a correction of the line before it', () => {
    const last = lines.at(-1) as Line & { kind: 'clock_corrected' };
    expect(verify(lines)).toMatchObject({ ok: true });
    const changed = (change: Partial<typeof last>) => verify([...lines.slice(0, -1), { ...last, ...change } as Line]);
    const rehashed = (wrong: number) => contentHash({ by: last.by, kind: 'correct_clock', wrongAt: wrong });
    expect(changed({ wrongAt: wrongAt + 1 })).toMatchObject({ ok: false });
    expect(changed({ wrongAt: wrongAt - 1, commandHash: rehashed(wrongAt - 1) })).toMatchObject({
      ok: false,
      problem: 'corrects a time that was not ahead',
    });
    expect(changed({ at: wrongAt + 1 })).toMatchObject({ ok: false });
  });

  test('of another kind is wrong, also after a correction', () => {
    const { lines: more } = historyOf([...used(1, 'x', MONDAY + 1)], historyOf(lines));
    const odd = { ...(more.at(-1) as Line), at: MONDAY - 1 };
    expect(verify([...more.slice(0, -1), odd])).toMatchObject({
      ok: false,
      problem: 'is older than the line before it',
    });
  });
});
