import { describe, expect, test } from 'vitest';
import type { Refusal } from '../../../src/ledger/refusals.ts';
import type { ExceededLimit } from '../../../src/ledger/state.ts';
import { refusalMessage } from '../../../src/slack/refusals/refusal.ts';
import type { RefusalContext } from '../../../src/slack/refusals/refusal-limit.ts';
import { expectSafe, NASTY, seen } from './promises.ts';

const RESETS_AT = Date.UTC(2026, 11, 1);

const limit = (change: Partial<ExceededLimit> = {}): ExceededLimit => ({
  account: 'client:northwind',
  window: 'month',
  over: 'refuse',
  rolledCredits: 0,
  limitCredits: 500,
  grantsCredits: 0,
  usedCredits: 480,
  heldCredits: 10,
  availableCredits: 10,
  resetsAt: RESETS_AT,
  ...change,
});

const exceeded = (...limits: ExceededLimit[]): Refusal => ({
  reason: 'limit_exceeded',
  requestedCredits: 24,
  binding: limits[0]!,
  exceeded: limits,
});

const to: RefusalContext = {
  readerId: 'U0ANA',
  audience: 'internal',
  clientName: 'Northwind Coffee',
  helpers: ['U0OLIVIA', 'U0MARCUS'],
};
const read = (refusal: Refusal, context: Partial<typeof to> = {}) =>
  seen(refusalMessage(refusal, { ...to, ...context }));

describe('a limit that is exceeded', () => {
  test('is named in people’s words, with its arithmetic, its end, who can help and what to do', () => {
    expect(read(exceeded(limit()), { cheapestCredits: 3 }).split('\n')).toEqual([
      'Northwind Coffee’s monthly budget has 10 credits left. This needs 24.',
      'Limit 500 − 480 used − 10 on hold = 10 left.',
      'Resets 2026-12-01 00:00 UTC.',
      '<@U0OLIVIA> or <@U0MARCUS> can raise it.',
      'Nothing was made or charged. Fewer images, a smaller size or a lower quality may fit the 10 credits left.',
    ]);
  });

  test('names who can help with each of several, where that is not the same people', () => {
    const helpersBy = {
      agency: ['U0OLIVIA'],
      'client:northwind': ['U0OLIVIA'],
      'member:U0ANA': ['U0MARCUS', 'U0OLIVIA'],
    };
    const three = exceeded(
      limit({ account: 'member:U0ANA', availableCredits: 0, usedCredits: 490 }),
      limit(),
      limit({ account: 'agency', window: 'day', availableCredits: 5, usedCredits: 485 }),
    );
    expect(read(three, { helpersBy }).split('\n')).toEqual([
      'Your monthly limit has no credits left. This needs 24.',
      'Limit 500 − 490 used − 10 on hold = 0 left.',
      'Resets 2026-12-01 00:00 UTC.',
      '<@U0MARCUS> or <@U0OLIVIA> can raise it.',
      'Also too low: Northwind Coffee’s monthly budget, 10 left. Limit 500 − 480 used − 10 on hold = 10 left. Resets 2026-12-01 00:00 UTC. <@U0OLIVIA> can raise it.',
      'Also too low: the agency’s daily limit, 5 left. Limit 500 − 485 used − 10 on hold = 5 left. Resets 2026-12-01 00:00 UTC. <@U0OLIVIA> can raise it.',
      'Nothing was made or charged.',
    ]);
    expect(read(three, { helpersBy, audience: 'shared' })).toContain(
      'Also too low: the agency’s limit. <@U0OLIVIA> can help with that.',
    );
    expect(read(three, { helpersBy, readerId: 'U0OLIVIA' })).toContain('You can raise it yourself, in Inkwell’s Home.');
  });

  test('names them once, where the same people can raise all of them', () => {
    const helpersBy = { agency: ['U0OLIVIA'], 'client:northwind': ['U0OLIVIA'] };
    const said = read(exceeded(limit(), limit({ account: 'agency' })), { helpersBy });
    expect(said.match(/<@U0OLIVIA>/g)).toHaveLength(1);
    expect(said).toContain('<@U0OLIVIA> can raise them.');
  });

  test('is told with them to an approver whom others are in the way of', () => {
    const refusal: Refusal = { reason: 'other_limits', requestId: 'r1', requestedCredits: 24, exceeded: [limit()] };
    expect(read(refusal, { helpersBy: { 'client:northwind': ['U0OLIVIA'] } })).toContain('<@U0OLIVIA> can raise it.');
  });

  test('gives no advice that cannot work', () => {
    expect(read(exceeded(limit()), { cheapestCredits: 12 })).toContain('Even the cheapest image costs 12 credits.');
    expect(read(exceeded(limit()))).not.toContain('Fewer images');
  });

  test.each([
    [{ account: 'agency', window: 'day' }, 'The agency’s daily limit'],
    [{ account: 'member:U0ANA', window: 'week' }, 'Your weekly limit'],
    [{ account: 'member:U0BEN', window: 'total' }, '<@U0BEN>’s total limit'],
    [{ account: 'client:other', window: 'month' }, 'Northwind Coffee’s monthly budget'],
  ] as const)('%j is called %s', (change, words) => {
    expect(read(exceeded(limit(change)))).toContain(`${words} has 10 credits left`);
  });

  test('without a client’s name speaks of this client', () => {
    const message = refusalMessage(exceeded(limit()), { ...to, clientName: null });
    expect(seen(message)).toContain('This client’s monthly budget');
  });

  test.each([
    [
      { limitCredits: 100, grantsCredits: 50, usedCredits: 120, heldCredits: 20, availableCredits: 10 },
      'Limit 100 + 50 extra − 120 used − 20 on hold = 10 left.',
    ],
    [
      { limitCredits: 1_200, usedCredits: 1_200, heldCredits: 0, availableCredits: 0 },
      'Limit 1,200 − 1,200 used = 0 left.',
    ],
    [{ limitCredits: 0, usedCredits: 0, heldCredits: 0, availableCredits: 0 }, 'Limit 0 − 0 used = 0 left.'],
    [
      { limitCredits: 100, usedCredits: 130, heldCredits: 0, availableCredits: -30 },
      'Limit 100 − 130 used = −30 left.',
    ],
    [{ limitCredits: 30, usedCredits: 0, heldCredits: 20, availableCredits: 10 }, 'Limit 30 − 20 on hold = 10 left.'],
  ])('adds up: %j', (change, words) => {
    const text = read(exceeded(limit(change)));
    expect(text).toContain(words);
    const sum = /Limit (.*) = (.*) left\./.exec(text)!;
    const terms = sum[1]!
      .replaceAll(',', '')
      .replaceAll('−', '-')
      .replace(/[a-z]/g, '')
      .split(/(?=[+-])/);
    const added = terms.reduce((total, term) => total + Number(term.replaceAll(' ', '')), 0);
    expect(added).toBe(Number(sum[2]!.replaceAll(',', '').replace('−', '-')));
  });

  test('that never resets says so', () => {
    expect(read(exceeded(limit({ window: 'total', resetsAt: null })))).toContain('This limit doesn’t reset.');
  });

  test('gives every other limit in the way its own arithmetic, and proposes only what fits into all of them', () => {
    const text = read(
      exceeded(
        limit({ availableCredits: 4 }),
        limit({ account: 'agency', window: 'day', availableCredits: 7 }),
        limit({ account: 'member:U0ANA', window: 'week', availableCredits: 0 }),
      ),
    );
    expect(text).toContain('Also too low: the agency’s daily limit, 7 left. Limit 500 − 480 used');
    expect(text).toContain('Also too low: your weekly limit, none left. Limit 500 − 480 used');
    expect(text).not.toContain('Fewer images');
  });

  test('tells whoever can raise it that they can, and names an owner where nobody is named', () => {
    expect(read(exceeded(limit()), { readerId: 'U0MARCUS' })).toContain('You can raise it yourself');
    expect(read(exceeded(limit()), { helpers: [] })).toContain('An owner can raise it.');
  });

  test('is not turned around by a right-to-left name in front of it', () => {
    const message = refusalMessage(exceeded(limit()), { ...to, clientName: 'مقهى' });
    expect(seen(message)).toMatch(/^\u200eمقهى\u200e’s monthly budget/);
    expect(message.text).not.toContain('\u200e');
  });

  test('keeps a client’s name from doing anything', () => {
    for (const words of NASTY) expectSafe(refusalMessage(exceeded(limit()), { ...to, clientName: words }));
  });
});

describe('another refusal', () => {
  const others: Refusal[] = [
    { reason: 'not_open' },
    { reason: 'already_open' },
    { reason: 'not_a_member', memberId: 'U0ANA' },
    { reason: 'not_a_member', memberId: 'U0BEN' },
    { reason: 'not_allowed', action: 'hold', role: 'viewer', roles: ['owner', 'manager', 'creator'], account: null },
    { reason: 'not_allowed', action: 'set_limit', role: null, roles: [], account: null },
    { reason: 'last_owner', memberId: 'U0OLIVIA' },
    { reason: 'client_unknown', clientId: 'c-1' },
    { reason: 'client_exists', clientId: 'c-1' },
    { reason: 'name_taken', name: '<!channel> *Northwind*', clientId: 'c-1' },
    { reason: 'channel_unbound', channelId: 'C1' },
    { reason: 'channel_decided', channelId: 'C1', clientId: null },
    { reason: 'channel_without_client', channelId: 'C1' },
    { reason: 'hold_not_open', holdId: 'h/1' },
    { reason: 'capture_exceeds_hold', holdId: 'h/1', heldCredits: 1, capturedCredits: 2 },
    { reason: 'grant_exists', grantId: 'g' },
    { reason: 'key_without_rights', keyId: 'k1' },
    { reason: 'invalid', field: 'limitCredits', problem: 'must be a whole number from 0 to 10' },
  ];

  test.each(others.map((refusal) => [refusal.reason, refusal] as const))(
    '%s is a sentence without a code in it',
    (_, refusal) => {
      const message = refusalMessage(refusal, to);
      expectSafe(message);
      expect(seen(message)).toMatch(/^[A-Z<].*\.$/s);
      expect(seen(message)).not.toMatch(/_|undefined|null|c-1|h\/1/);
    },
  );

  test('of a right says who may, what one is, and who can change it', () => {
    expect(read(others[4]!)).toBe(
      'Only owners, managers and creators can make images. You’re a viewer. Nothing was done or charged.\n<@U0OLIVIA> or <@U0MARCUS> can change your role.',
    );
  });

  test('of a field speaks of it as people do', () => {
    expect(read(others.at(-1)!)).toBe('The limit must be a whole number from 0 to 10.');
  });
});
