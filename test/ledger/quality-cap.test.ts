import { describe, test } from 'vitest';
import { MONDAY } from '../support/clock.ts';
import { agency, bind, client, hold, limit, OWNER, WORK } from '../support/fixtures.ts';
import { given } from '../support/given.ts';
import { approve, capQuality, rule } from '../support/wishes.ts';

const HOUR = 3_600_000;

describe('a cap of a client’s qualities', () => {
  const until = (untilAt: number) => capQuality('acme', { qualities: ['low'], untilAt }, OWNER);

  test('holds for everybody until it ends, and ends by itself', () => {
    const capped = [...agency(), until(MONDAY + HOUR)];
    given(capped)
      .when(hold(1))
      .thenRefused({
        reason: 'quality_not_allowed',
        scope: 'client:acme',
        quality: 'high',
        qualities: ['low'],
        untilAt: MONDAY + HOUR,
      });
    given(capped)
      .when(hold(1, { work: { ...WORK, quality: 'low' } }))
      .then({ kind: 'held' });
    given(capped)
      .when({ ...hold(1), at: MONDAY + HOUR })
      .then({ kind: 'held' });
  });

  test('allows nothing that a rule does not allow, and leaves the rule as it is', () => {
    const ruled = [...agency(), rule('client:acme', { qualities: ['high'] }), until(MONDAY + HOUR)];
    given(ruled)
      .when(hold(1, { work: { ...WORK, quality: 'low' } }))
      .thenRefused({ reason: 'quality_not_allowed', qualities: ['high'] });
    given(ruled)
      .when(hold(1))
      .thenRefused({ reason: 'quality_not_allowed', qualities: ['low'] });
    given(ruled, capQuality('acme', null, OWNER))
      .when(hold(1))
      .then({ kind: 'held' });
  });

  test('is another client’s business nowhere', () => {
    given(agency(), client('nova', 'Nova'), bind('C2', 'nova'), until(MONDAY + HOUR))
      .when(hold(1, { channelId: 'C2' }))
      .then({ kind: 'held' });
  });

  test('that an owner chose is changed by owners alone while it runs; a manager’s, by managers too', () => {
    const owners = [...agency(), until(MONDAY + HOUR)];
    const changes = [
      null,
      { qualities: ['high'], untilAt: MONDAY + HOUR },
      { qualities: ['low'], untilAt: MONDAY + 9 * HOUR },
    ];
    for (const cap of changes) {
      given(owners).when(capQuality('acme', cap)).thenRefused({ reason: 'owners_only', why: 'client_rule' });
      given(owners, capQuality('acme', { qualities: ['medium'], untilAt: MONDAY + HOUR }, OWNER))
        .when(capQuality('acme', cap))
        .thenRefused({ reason: 'owners_only' });
    }
    const managers = [...agency(), capQuality('acme', { qualities: ['low'], untilAt: MONDAY + HOUR })];
    given(managers).when(capQuality('acme', null)).then({ kind: 'quality_capped', cap: null });
    given(owners)
      .when({ ...capQuality('acme', { qualities: ['medium'], untilAt: MONDAY + 3 * HOUR }), at: MONDAY + HOUR })
      .then({ kind: 'quality_capped' });
  });

  test.each([
    ['in the past', { qualities: ['low'], untilAt: MONDAY - 1 }, { reason: 'invalid', field: 'untilAt' }],
    ['after more than a year', { qualities: ['low'], untilAt: MONDAY + 367 * 24 * HOUR }, { reason: 'invalid' }],
    ['without a quality', { qualities: [], untilAt: MONDAY + HOUR }, { reason: 'invalid', field: 'qualities' }],
    ['that is there already', null, { reason: 'nothing_changed' }],
  ] as const)('that ends %s is refused', (_, cap, refusal) => {
    given(agency())
      .when(capQuality('acme', cap, OWNER))
      .thenRefused(refusal);
  });

  test('of a client that is not known is refused', () => {
    given(agency())
      .when(capQuality('none', null, OWNER))
      .thenRefused({ reason: 'client_unknown' });
  });

  test('a request that waits is not approved against it', () => {
    const waits = [
      ...agency(),
      limit('client:acme', 'month', 0, { over: 'ask' }),
      { ...hold(1), commandId: 'waits' },
      until(MONDAY + HOUR),
    ];
    given(waits)
      .when(approve('waits', ['client:acme month'], { by: OWNER }))
      .thenRefused({ reason: 'quality_not_allowed' });
  });
});
