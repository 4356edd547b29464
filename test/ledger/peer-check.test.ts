import { expect, test } from 'vitest';
import { MONDAY } from '../support/clock.ts';
import { agency, MANAGER, OWNER } from '../support/fixtures.ts';
import { given } from '../support/given.ts';
import { policy } from '../support/wishes.ts';

const HOUR = 3_600_000;
const set = (isOn: boolean, at: number) => ({ ...policy('peerCheck', isOn), by: OWNER, at });
const off = set(false, MONDAY + HOUR);

test.each([
  { what: 'is off until an owner turns it on', wishes: [], on: null },
  { what: 'is on since then', wishes: [set(true, MONDAY)], on: { by: OWNER, at: MONDAY } },
  { what: 'is off again', wishes: [set(true, MONDAY), off], on: null },
  {
    what: 'begins afresh each time',
    wishes: [set(true, MONDAY), off, set(true, MONDAY + 2 * HOUR)],
    on: { by: OWNER, at: MONDAY + 2 * HOUR },
  },
])('the check of peers $what', ({ wishes, on }) => {
  const { state } = given(agency(), ...wishes)
    .when({ ...policy('coachingText', 'Drafts first'), at: MONDAY + 3 * HOUR })
    .then({ kind: 'policy_set' });
  expect(state.settings).toMatchObject({ peerCheck: on !== null, peerCheckOn: on });
});

test('only owners turn it on, and a second time it is so already', () => {
  given(agency())
    .when({ ...policy('peerCheck', true), by: MANAGER })
    .thenRefused({ reason: 'not_allowed' });
  given(agency(), set(true, MONDAY))
    .when(set(true, MONDAY + HOUR))
    .thenRefused({ reason: 'nothing_changed' });
});
