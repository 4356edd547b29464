import type { ExceededLimit, Refusal } from '../../../src/ledger/refusals.ts';
import { type RefusalContext, refusalMessage } from '../../../src/slack/surfaces/refusal.ts';
import { RESETS_AT } from '../../../test/slack/home-views.ts';
import { ANA, GINA, HUGE, LONG_NAME, MARCUS, OLIVIA, RTL_NAME } from '../hard-cases.ts';
import type { Family, Sample } from '../sample.ts';

const limit = (change: Partial<ExceededLimit> = {}): ExceededLimit => ({
  account: 'client:northwind',
  window: 'month',
  limitCredits: 500,
  grantsCredits: 0,
  usedCredits: 480,
  heldCredits: 10,
  availableCredits: 10,
  resetsAt: RESETS_AT,
  ...change,
});

const exceeded = (binding: ExceededLimit, ...others: ExceededLimit[]): Refusal => ({
  reason: 'limit_exceeded',
  requestedCredits: 24,
  binding,
  exceeded: [binding, ...others],
});

const refusal = (name: string, refused: Refusal, change: Partial<RefusalContext> = {}): Sample => ({
  name,
  kind: 'note',
  readerId: ANA,
  draw: () =>
    refusalMessage(refused, {
      readerId: ANA,
      clientName: 'Northwind Coffee',
      helpers: [OLIVIA, MARCUS],
      cheapestCredits: 3,
      ...change,
    }),
});

const nothing = { limitCredits: 0, usedCredits: 0, heldCredits: 0, availableCredits: 0 };
const huge = { limitCredits: HUGE, grantsCredits: HUGE, usedCredits: HUGE, heldCredits: HUGE, availableCredits: 0 };

export const REFUSALS: Family = {
  name: 'refusals',
  samples: [
    refusal('client’s budget', exceeded(limit())),
    refusal('reader can raise it', exceeded(limit()), { readerId: OLIVIA }),
    refusal('nobody to help', exceeded(limit()), { helpers: [] }),
    refusal('budget of nought', exceeded(limit({ ...nothing, window: 'total', resetsAt: null }))),
    refusal('long name', exceeded(limit()), { clientName: LONG_NAME }),
    refusal('right to left', exceeded(limit()), { clientName: RTL_NAME }),
    refusal('huge numbers', exceeded(limit(huge))),
    refusal(
      'several limits',
      exceeded(
        limit({ account: `member:${ANA}`, window: 'day', limitCredits: 20, usedCredits: 20, availableCredits: 0 }),
        limit({ account: 'agency', window: 'week' }),
        limit(),
      ),
    ),
    refusal('own role', { reason: 'not_allowed', action: 'hold', role: 'viewer', roles: ['owner', 'creator'] }),
    refusal('no role', { reason: 'not_allowed', action: 'set_limit', role: null, roles: [] }, { helpers: [] }),
    refusal('not a member', { reason: 'not_a_member', memberId: ANA }),
    refusal('channel of no client', { reason: 'channel_without_client', channelId: 'C0SUMMER' }),
    refusal('channel unbound', { reason: 'channel_unbound', channelId: 'C0SUMMER' }),
    refusal('channel decided', { reason: 'channel_decided', channelId: 'C0SUMMER', clientId: null }),
    refusal('guest as owner', { reason: 'not_one_of_us', memberId: GINA, role: 'owner' }),
    refusal('last owner', { reason: 'last_owner', memberId: OLIVIA }),
    refusal('name taken', { reason: 'name_taken', name: LONG_NAME, clientId: 'c' }),
    refusal('invalid', { reason: 'invalid', field: 'limitCredits', problem: 'must be a whole number from 0 to 10' }),
  ],
};
