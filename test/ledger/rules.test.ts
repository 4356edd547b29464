import { describe, expect, test } from 'vitest';
import { handleCommand } from '../../src/ledger/handle-command.ts';
import { MONDAY } from '../support/clock.ts';
import { agency, CREATOR, commandOf, hold, limit, MANAGER, OWNER, role, WORK } from '../support/fixtures.ts';
import { given } from '../support/given.ts';
import { answerTo, historyOf } from '../support/history.ts';
import { policy, rule } from '../support/wishes.ts';

const MINUTE = 60_000;

describe('a rule', () => {
  test.each(['role:creator', 'client:acme', `member:${CREATOR}`] as const)('for %s bounds every request', (scope) => {
    const ruled = [...agency(), rule(scope, { imagesMax: 2, priceMaxCredits: 10 })];
    given(ruled)
      .when(hold(5, { imagesCount: 2 }))
      .then({ kind: 'held' });
    given(ruled)
      .when(hold(1, { imagesCount: 3 }))
      .thenRefused({ reason: 'too_many_images', scope, imagesCount: 3, imagesMax: 2 });
    given(ruled)
      .when(hold(6, { imagesCount: 2 }))
      .thenRefused({ reason: 'price_too_high', scope, requestedCredits: 12, priceMaxCredits: 10 });
  });

  test('names the models and qualities that may be used', () => {
    const scope = 'client:acme';
    given(agency(), rule(scope, { models: [WORK.model], qualities: [WORK.quality] }))
      .when(hold(1))
      .then({ kind: 'held' });
    given(agency(), rule(scope, { models: ['m1', 'm2'] }))
      .when(hold(1))
      .thenRefused({ reason: 'model_not_allowed', scope, model: WORK.model, models: ['m1', 'm2'] });
    given(agency(), rule(scope, { qualities: ['low'] }))
      .when(hold(1))
      .thenRefused({ reason: 'quality_not_allowed', scope, quality: 'high', qualities: ['low'] });
  });

  test('is one of several that all count, and says what was asked in vain even before the limits', () => {
    given(
      agency(),
      rule('role:creator', { imagesMax: 4 }),
      rule(`member:${CREATOR}`, { imagesMax: 9 }),
      rule('client:acme', { imagesMax: 3 }),
      limit('agency', 'total', 0),
    )
      .when(hold(1, { imagesCount: 4 }))
      .thenRefused({ reason: 'too_many_images', scope: 'client:acme' });
  });

  test('of another role, client or member does not count; taken away it is gone', () => {
    const strict = { priceMaxCredits: 1 };
    given(agency(), rule('role:manager', strict), rule(`member:${MANAGER}`, strict))
      .when(hold(5))
      .then({ kind: 'held' });
    given(agency(), rule('role:creator', strict), role(CREATOR, 'manager')).when(hold(5)).then({ kind: 'held' });
    given(agency(), rule('client:acme', strict), rule('client:acme', null)).when(hold(5)).then({ kind: 'held' });
  });

  test.each([
    [rule('role:boss' as 'role:owner', {}), { reason: 'invalid', field: 'scope' }],
    [rule('agency' as 'role:owner', {}), { reason: 'invalid', field: 'scope' }],
    [rule(`member:${CREATOR}@client:acme`, {}), { reason: 'invalid', field: 'scope' }],
    [rule('client:nova', {}), { reason: 'client_unknown', clientId: 'nova' }],
    [rule('member:UNEW', {}), { reason: 'not_a_member', memberId: 'UNEW' }],
    [rule('client:acme', { imagesMax: 0 }), { reason: 'invalid', field: 'imagesMax' }],
    [rule('client:acme', { imagesMax: 11 }), { reason: 'invalid', field: 'imagesMax' }],
    [rule('client:acme', { priceMaxCredits: 0 }), { reason: 'invalid', field: 'priceMaxCredits' }],
    [rule('client:acme', { models: [] }), { reason: 'invalid', field: 'models' }],
    [rule('client:acme', { qualities: [''] }), { reason: 'invalid', field: 'qualities' }],
    [rule('client:acme', { models: Array<string>(51).fill('m') }), { reason: 'invalid', field: 'models' }],
  ] as const)('%j is refused', (wish, refusal) => {
    given(agency()).when(wish).thenRefused(refusal);
  });

  test('for a role is an owner’s to set', () => {
    given(agency())
      .when({ ...rule('role:creator', {}), by: MANAGER })
      .thenRefused({ reason: 'not_allowed', action: 'set_role_rule', roles: ['owner'] });
    given(agency())
      .when({ ...rule('client:acme', {}), by: MANAGER })
      .then({ kind: 'rule_set' });
    given(agency())
      .when({ ...rule(`member:${CREATOR}`, {}), by: MANAGER })
      .thenRefused({ reason: 'not_allowed', action: 'set_rule' });
  });
});

describe('the burst limit', () => {
  const burst = [...agency(), policy('burst', { requestsMax: 2, withinMs: MINUTE })];
  const turnedAway = (steps: Parameters<typeof historyOf>[0], at: number, by = CREATOR) => {
    const { state } = historyOf(steps);
    const answered = handleCommand(state, commandOf(hold(1, { by }), 'late'), { now: at, commandHash: 'x' });
    if (answered.line === null) expect(answered.state).toBe(state);
    return answered.turnedAway;
  };

  test('turns away, without a line, until the first of them is long enough ago', () => {
    const steps = [...burst, hold(1, { at: MONDAY }), hold(1, { at: MONDAY + 10_000 })];
    expect(turnedAway(steps, MONDAY + 20_000)).toEqual({
      reason: 'too_fast',
      requestsMax: 2,
      withinMs: MINUTE,
      againAt: MONDAY + MINUTE,
    });
    expect(turnedAway(steps, MONDAY + MINUTE - 1)).not.toBeNull();
    expect(turnedAway(steps, MONDAY + MINUTE)).toBeNull();
    expect(turnedAway([...steps, hold(1, { at: MONDAY + MINUTE })], MONDAY + MINUTE)).toMatchObject({
      againAt: MONDAY + 10_000 + MINUTE,
    });
  });

  test('counts one member’s requests, and not another’s', () => {
    expect(turnedAway([...burst, hold(1), hold(1)], MONDAY, MANAGER)).toBeNull();
    expect(turnedAway([...burst, hold(1, { by: MANAGER }), hold(1)], MONDAY)).toBeNull();
  });

  test('counts whatever becomes of them: asked and refused, too', () => {
    const asking = [...burst, limit('client:acme', 'day', 1, { over: 'ask' })];
    expect(turnedAway([...asking, hold(5), hold(5)], MONDAY)).toMatchObject({ reason: 'too_fast' });
    const refusing = historyOf([...burst, limit('client:acme', 'day', 0)]);
    const one = answerTo(refusing.state, { ...hold(5), commandId: 'h1' });
    const two = answerTo(one.state, { ...hold(5, { channelId: 'C9' }), commandId: 'h2' });
    expect([one.line.kind, two.line.kind]).toEqual(['refused', 'refused']);
    expect(turnedAway([...refusing.lines, one.line, two.line], MONDAY)).toMatchObject({ reason: 'too_fast' });
  });

  test('counts what a rule refuses apart: it takes no room from others, and fills the journal no more than they do', () => {
    const ruled = historyOf([...burst, rule('role:creator', { imagesMax: 1 })]);
    const two = hold(1, { imagesCount: 2 });
    const first = answerTo(ruled.state, { ...two, commandId: 'h1' });
    const second = answerTo(first.state, { ...two, commandId: 'h2' });
    expect([first.line.kind, second.line.kind]).toEqual(['refused', 'refused']);
    const third = handleCommand(second.state, commandOf(two, 'h3'), { now: MONDAY, commandHash: 'x' });
    expect(third).toMatchObject({ line: null, turnedAway: { reason: 'too_many_images' } });
    const fits = answerTo(second.state, { ...hold(1), commandId: 'h4' });
    const also = answerTo(fits.state, { ...hold(1), commandId: 'h5' });
    expect([fits.line.kind, also.line.kind]).toEqual(['held', 'held']);
    const tooFast = handleCommand(also.state, commandOf(hold(1), 'h6'), { now: MONDAY, commandHash: 'x' });
    expect(tooFast.turnedAway).toMatchObject({ reason: 'too_fast' });
    expect(answerTo(second.state, { ...two, at: MONDAY + MINUTE, commandId: 'h7' }).line.kind).toBe('refused');
  });

  test('keeps nothing of people it does not know, and nothing where there is no such limit', () => {
    const stranger = answerTo(historyOf(burst).state, hold(1, { by: 'USTRANGER' }));
    expect(stranger.state.bursts.size).toBe(0);
    expect(given(agency()).when(hold(1)).then({}).state.bursts.size).toBe(0);
  });

  test('ends when the policy does', () => {
    expect(turnedAway([...burst, hold(1), hold(1), policy('burst', null)], MONDAY)).toBeNull();
    const stricter = policy('burst', { requestsMax: 1, withinMs: MINUTE });
    expect(turnedAway([...burst, hold(1), hold(1), stricter], MONDAY)).toMatchObject({ requestsMax: 1 });
  });
});

describe('a policy', () => {
  test('changes one part, and leaves the others', () => {
    const { state } = given(agency(), policy('ownerAboveCredits', 50))
      .when({ ...policy('lapseAfterMs', 3_600_000), by: OWNER })
      .then({ kind: 'policy_set', policy: { name: 'lapseAfterMs', value: 3_600_000 } });
    expect(state.settings).toMatchObject({ ownerAboveCredits: 50, lapseAfterMs: 3_600_000, defaultRole: 'creator' });
  });

  test.each([
    policy('defaultRole', 'owner'),
    policy('defaultRole', 'manager'),
    policy('burst', { requestsMax: 0, withinMs: MINUTE }),
    policy('burst', { requestsMax: 1, withinMs: 999 }),
    policy('escalateAfterMs', 59_999),
    policy('escalateAfterMs', 14 * 86_400_000 + 1),
    policy('lapseAfterMs', 30 * 86_400_000 + 1),
    policy('ownerAboveCredits', -1),
    policy('repeats', { approvalsCount: 0, withinMs: 86_400_000 }),
    policy('repeats', { approvalsCount: 1, withinMs: 91 * 86_400_000 }),
    policy('coachingText', 'x'.repeat(2_001)),
    policy('coachingText', 'a\u200b'),
    policy('digest', { weekday: 7, minuteOfDay: 540, readers: 'owners' }),
    policy('digest', { weekday: 1, minuteOfDay: 1_440, readers: 'owners' }),
    policy('digest', { weekday: 1, minuteOfDay: -1, readers: 'owners' }),
  ])('$policy is refused', (wish) => {
    given(agency()).when(wish).thenRefused({ reason: 'invalid' });
  });

  test.each([
    policy('defaultRole', 'viewer'),
    policy('burst', null),
    policy('ownerAboveCredits', null),
    policy('repeats', { approvalsCount: 5, withinMs: 7 * 86_400_000 }),
    policy('coachingText', 'One\nTwo'),
    policy('digest', { weekday: 0, minuteOfDay: 1_439, readers: 'no_one' }),
    policy('peerCheck', true),
  ])('$policy is kept', (wish) => {
    const { state } = given(
      agency(),
      policy('burst', { requestsMax: 7, withinMs: MINUTE }),
      policy('ownerAboveCredits', 7),
    )
      .when(wish)
      .then({ kind: 'policy_set' });
    expect(state.settings).toMatchObject({ [wish.policy.name]: wish.policy.value });
  });
});
