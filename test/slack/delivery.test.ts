import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createClicks, deliveryId, viewDeliveryId } from '../../src/slack/platform/delivery.ts';

const SAFE = /^[\w./-]{1,60}$/;
const command = { command: '/imagine', team_id: 'T1', trigger_id: '1.2.abc', text: 'a fox' };
const action = { action_id: 'image_again', block_id: 'b1', action_ts: '1795424400.000100', value: 'job' };
const container = { type: 'message', channel_id: 'C1', message_ts: '1.1' };
const click = { type: 'block_actions', user: { id: 'U0A' }, container, actions: [action] };
const view = { id: 'V1', private_metadata: '{}', state: { values: { name: { name: { value: 'Northwind' } } } } };
const submission = { type: 'view_submission', user: { id: 'U0A' }, trigger_id: '9.9', view };

describe('a delivery id', () => {
  test('is the same for the same payload, and fits an id of the ledger', () => {
    for (const payload of [command, click, submission]) {
      expect(deliveryId(structuredClone(payload))).toBe(deliveryId(payload));
      expect(deliveryId(payload)).toMatch(SAFE);
    }
  });

  test('is another for another command, click, person, message or content', () => {
    const others = [
      command,
      { ...command, trigger_id: '1.2.abd' },
      { ...command, team_id: 'T2' },
      click,
      { ...click, user: { id: 'U0B' } },
      { ...click, container: { ...container, message_ts: '1.2' } },
      { ...click, actions: [{ ...action, action_ts: '1795424401.000100' }] },
      submission,
      { ...submission, view: { ...view, id: 'V2' } },
      { ...submission, view: { ...view, state: { values: { name: { name: { value: 'Northwind Coffee' } } } } } },
      { ...submission, view: { ...view, private_metadata: '{"channelId":"C1"}' } },
    ];
    expect(new Set(others.map(deliveryId)).size).toBe(others.length);
  });

  test('of a form that pays is that of its view, whatever is typed into it', () => {
    const typed = {
      ...view,
      private_metadata: '{"shown":4}',
      state: { values: { name: { name: { value: 'Atlas' } } } },
    };
    expect(viewDeliveryId({ ...submission, view: typed })).toBe(viewDeliveryId(submission));
    expect(viewDeliveryId(submission)).toMatch(SAFE);
    const others = [
      { ...submission, view: { ...view, id: 'V2' } },
      { ...submission, user: { id: 'U0B' } },
    ];
    for (const other of others) expect(viewDeliveryId(other)).not.toBe(viewDeliveryId(submission));
  });

  test('of a form is the same when it is sent again with another trigger', () => {
    expect(deliveryId({ ...submission, trigger_id: '10.10' })).toBe(deliveryId(submission));
  });

  test('is refused for what is no payload', () => {
    for (const payload of [
      null,
      {},
      { ...click, actions: [] },
      { type: 'view_closed' },
      { ...click, user: { id: 'inkwell' } },
      { ...submission, user: { id: 'inkwell' } },
    ]) {
      expect(() => deliveryId(payload)).toThrow();
    }
  });

  test('fits the ledger for any ids (seed 7)', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (team, trigger) => {
        expect(deliveryId({ command: '/x', team_id: team, trigger_id: trigger })).toMatch(SAFE);
      }),
      { seed: 7 },
    );
  });
});

describe('clicks', () => {
  const at = (seconds: number, user = 'U0A') => ({
    ...click,
    user: { id: user },
    actions: [{ action_id: 'image_again', block_id: 'b1', action_ts: seconds.toFixed(6) }],
  });

  test.each([
    ['at once', 100, 100.2],
    ['after nine seconds', 100, 109.9],
    ['across a boundary of ten seconds', 109.9, 110.1],
    ['in the wrong order', 110.1, 109.9],
  ])('twice %s are one', (_, first, second) => {
    const clicks = createClicks();
    const one = clicks.count(at(first), 'job');
    expect(one).toEqual({ deliveryId: expect.stringMatching(SAFE), again: false });
    expect(clicks.count(at(second), 'job')).toEqual({ ...one, again: true });
  });

  test.each([110, 111, 160, 100_000])('ten seconds or more later are another (%s)', (later) => {
    const clicks = createClicks();
    const one = clicks.count(at(100), 'job');
    const another = clicks.count(at(later), 'job');
    expect(another.again).toBe(false);
    expect(another.deliveryId).not.toBe(one.deliveryId);
  });

  test('every ten seconds is an image every time: what counts as one does not move on with each click', () => {
    const clicks = createClicks();
    const ids = [100, 104, 108, 112, 116, 120, 124].map((seconds) => clicks.count(at(seconds), 'job').deliveryId);
    expect(new Set(ids).size).toBe(3);
  });

  test('delivered again after later ones keep the id that they were given', () => {
    const clicks = createClicks();
    const [first, impatient, wanted] = [9.5, 10.5, 25].map((seconds) => clicks.count(at(seconds), 'job'));
    expect(impatient).toEqual({ deliveryId: first!.deliveryId, again: true });
    expect(wanted!.deliveryId).not.toBe(first!.deliveryId);
    for (const seconds of [10.5, 9.5]) {
      expect(clicks.count(at(seconds), 'job')).toEqual({ deliveryId: first!.deliveryId, again: true });
    }
    expect(clicks.count(at(25), 'job')).toEqual({ deliveryId: wanted!.deliveryId, again: true });
  });

  test('of two people, or on two messages, are two', () => {
    const clicks = createClicks();
    const ids = [at(100), at(100, 'U0B')].flatMap((payload) =>
      ['job', 'other'].map((what) => clicks.count(payload, what)),
    );
    expect(new Set(ids.map((each) => each.deliveryId)).size).toBe(4);
  });

  test('in another process, or after a restart, are one as well', () => {
    expect(createClicks().count(at(103), 'job').deliveryId).toBe(createClicks().count(at(101), 'job').deliveryId);
  });

  test('are forgotten when there are too many', () => {
    const clicks = createClicks();
    for (let index = 0; index < 6_000; index += 1) clicks.count(at(100), `job ${index}`);
    expect(clicks.count(at(101), 'job 5999').again).toBe(true);
    expect(clicks.count(at(101), 'job 0').again).toBe(false);
  });
});
