import { describe, expect, test } from 'vitest';
import type { Line } from '../../src/ledger/lines.ts';
import { Verifier } from '../../src/ledger/verify/verifier.ts';
import { contentHash } from '../../src/ports/content-hash.ts';
import { MONDAY } from '../support/clock.ts';
import { agency, CREATOR, capture, grant, hold, limit, MANAGER, OWNER, slip, voided } from '../support/fixtures.ts';
import { given } from '../support/given.ts';
import { historyOf } from '../support/history.ts';
import { approve, deny, goOn, stop, withdraw } from '../support/wishes.ts';

const before = [...agency(), limit('client:acme', 'month', 100), { ...hold(5, { imagesCount: 3 }), commandId: 'h' }];
const stopped = [...before, stop({ commandId: 's', brokenSeq: 4, problem: 'is not what it was' })];

describe('a stop', () => {
  test('is written down with the line that is wrong', () => {
    given(before)
      .when(stop({ brokenSeq: 4, problem: 'is not what it was' }))
      .then({ kind: 'spending_stopped', brokenSeq: 4, problem: 'is not what it was' });
  });

  test('refuses every hold, whoever asks, and says since when', () => {
    for (const by of [OWNER, MANAGER, CREATOR]) {
      given(stopped).when(hold(1, { by })).thenRefused({ reason: 'spending_stopped', stopId: 's', at: MONDAY });
    }
  });

  test('leaves what is held to its end', () => {
    given(stopped).when(capture('h/1', 5)).then({ kind: 'captured' });
    given(stopped).when(voided('h/2')).then({ kind: 'voided' });
    given(stopped).when(slip('h/3')).then({ kind: 'slipped' });
  });

  test('approves nothing, and lets requests be denied and withdrawn', () => {
    const asked = [...agency(), limit('client:acme', 'month', 2, { over: 'ask' }), { ...hold(5), commandId: 'r' }];
    const waiting = given(asked, stop({ commandId: 's' }));
    waiting.when(approve('r', ['client:acme month'])).thenRefused({ reason: 'spending_stopped' });
    waiting.when(deny('r')).then({ kind: 'denied' });
    waiting.when(withdraw('r', CREATOR)).then({ kind: 'withdrawn' });
    given(asked, stop({ commandId: 's' }), goOn('s'))
      .when(approve('r', ['client:acme month']))
      .then({ kind: 'approved' });
  });

  test('does not stand in the way of looking after limits', () => {
    given(stopped)
      .when(limit('client:acme', 'month', 50))
      .then({ kind: 'limit_set' });
    given(stopped).when(grant('client:acme', 5)).then({ kind: 'granted' });
  });

  test('is not stopped again, and stops again after it has ended', () => {
    given(stopped).when(stop()).thenRefused({ reason: 'spending_stopped' });
    given(stopped, goOn('s')).when(stop()).then({ kind: 'spending_stopped' });
  });

  test('ends once, by its own name', () => {
    given(stopped).when(goOn('s')).then({ kind: 'spending_resumed', stopId: 's' });
    given(stopped).when(goOn('another')).thenRefused({ reason: 'spending_not_stopped', stopId: 'another' });
    given(stopped, goOn('s')).when(goOn('s')).thenRefused({ reason: 'spending_not_stopped' });
    // A late click on the card of a stop that is over does not end the next one.
    given(stopped, goOn('s'), stop({ commandId: 't' }))
      .when(goOn('s'))
      .thenRefused({ reason: 'spending_not_stopped' });
    given(stopped, goOn('s')).when(hold(1)).then({ kind: 'held' });
    given(before).when(goOn('s')).thenRefused({ reason: 'spending_not_stopped' });
  });

  test('keeps who ended it, and when', () => {
    const { state } = historyOf([...stopped, { ...goOn('s'), at: MONDAY + 1 }]);
    expect(state.stop?.resumed).toEqual({ by: OWNER, at: MONDAY + 1 });
  });

  test.each([
    ['a line that there cannot be', { brokenSeq: 0 }],
    ['more words than a line should carry', { problem: 'x'.repeat(1_001) }],
    ['words that are not seen', { problem: 'a\u202eb' }],
  ])('does not name %s', (_, change) => {
    given(before).when(stop(change)).thenRefused({ reason: 'invalid' });
  });

  test('a hold that somebody wrote below it is found by the verifier', () => {
    const { lines } = historyOf([...before, { ...hold(1), commandId: 'x' }]);
    const { line: stopLine } = given(before).when(stop({ commandId: 's' }));
    const held = lines.at(-1) as Line;
    const verifier = new Verifier('T1', contentHash);
    for (const line of [...lines.slice(0, -1), stopLine, { ...held, seq: held.seq + 1 }]) verifier.add(line);
    expect(verifier.result()).toMatchObject({
      ok: false,
      seq: held.seq + 1,
      problem: 'holds while spending is stopped',
    });
  });
});
