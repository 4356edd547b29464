import type { Refusal } from '../../../src/ledger/refusals.ts';
import type { ExceededLimit } from '../../../src/ledger/state.ts';
import { refusalMessage } from '../../../src/slack/refusals/refusal.ts';
import type { RefusalContext } from '../../../src/slack/refusals/refusal-limit.ts';
import { NOW, RESETS_AT } from '../../../test/slack/home-views.ts';
import { ANA, GINA, HUGE, LONG_NAME, MARCUS, OLIVIA, RTL_NAME } from '../hard-cases.ts';
import type { Family, Sample } from '../sample.ts';

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

const exceeded = (binding: ExceededLimit, ...others: ExceededLimit[]): Refusal => ({
  reason: 'limit_exceeded',
  requestedCredits: 24,
  binding,
  exceeded: [binding, ...others],
});

const DECIDED: Refusal = { reason: 'channel_decided', channelId: 'C0SUMMER', clientId: null };

const refusal = (name: string, refused: Refusal, change: Partial<RefusalContext> = {}): Sample => ({
  name,
  kind: 'note',
  readerId: ANA,
  draw: () =>
    refusalMessage(refused, {
      readerId: ANA,
      audience: 'internal',
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
    refusal('where outsiders read along', exceeded(limit({ account: 'agency' })), { audience: 'shared' }),
    refusal(
      'several limits, and who can help with each',
      exceeded(
        limit({ account: `member:${ANA}`, usedCredits: 490, availableCredits: 0 }),
        limit(),
        limit({ account: 'agency', window: 'day' }),
      ),
      { helpersBy: { [`member:${ANA}`]: [MARCUS, OLIVIA], 'client:northwind': [OLIVIA], agency: [OLIVIA] } },
    ),
    refusal(
      'several limits',
      exceeded(
        limit({ account: `member:${ANA}`, window: 'day', limitCredits: 20, usedCredits: 20, availableCredits: 0 }),
        limit({ account: 'agency', window: 'week' }),
        limit(),
      ),
    ),
    refusal(
      'a manager’s own limit',
      { reason: 'owners_only', why: 'own_limit', account: `member:${MARCUS}` },
      { readerId: MARCUS },
    ),
    refusal(
      'no limit above',
      { reason: 'owners_only', why: 'limit_uncovered', account: 'project:spring' },
      { readerId: MARCUS },
    ),
    refusal('own role', {
      reason: 'not_allowed',
      action: 'hold',
      role: 'viewer',
      roles: ['owner', 'creator'],
      account: null,
    }),
    refusal(
      'no role',
      { reason: 'not_allowed', action: 'set_limit', role: null, roles: [], account: 'agency' },
      { helpers: [] },
    ),
    refusal('not a member', { reason: 'not_a_member', memberId: ANA }),
    refusal('deactivated in Slack', { reason: 'not_a_member', memberId: MARCUS, inSlack: 'deactivated' }),
    refusal('an app', { reason: 'not_a_member', memberId: MARCUS, inSlack: 'bot' }),
    refusal('API key', { reason: 'key_without_rights', keyId: 'k7Q2' }),
    refusal('channel of no client', { reason: 'channel_without_client', channelId: 'C0SUMMER' }),
    refusal('channel unbound', { reason: 'channel_unbound', channelId: 'C0SUMMER' }),
    refusal('channel decided', DECIDED),
    refusal('channel decided, to a client', DECIDED, {
      decided: { by: MARCUS, byName: 'Marcus Reyes', client: { name: RTL_NAME } },
    }),
    refusal('channel decided, to another client', DECIDED, {
      decided: { by: MARCUS, byName: 'Marcus Reyes', client: 'other' },
    }),
    refusal('channel decided, to none', DECIDED, { decided: { by: ANA, byName: 'Ana Silva', client: null } }),
    refusal('guest as owner', { reason: 'not_one_of_us', memberId: GINA, role: 'owner' }),
    refusal('last owner', { reason: 'last_owner', memberId: OLIVIA }),
    refusal('name taken', { reason: 'name_taken', name: LONG_NAME, clientId: 'c' }),
    refusal('suspended', { reason: 'member_not_active', memberId: ANA, status: 'suspended' }),
    refusal('model not allowed', {
      reason: 'model_not_allowed',
      scope: 'client:northwind',
      model: 'gpt-image-2',
      models: ['sketch'],
    }),
    refusal('too many images', { reason: 'too_many_images', scope: 'role:creator', imagesCount: 10, imagesMax: 4 }),
    refusal('too fast', { reason: 'too_fast', requestsMax: 5, withinMs: 60_000, againAt: NOW + 30_000 }),
    refusal('client closed', { reason: 'client_closed', clientId: 'c' }),
    refusal('own request', { reason: 'own_request', requestId: 'r' }),
    refusal('request ended', {
      reason: 'request_ended',
      requestId: 'r',
      end: { as: 'approved', by: MARCUS, at: NOW, reason: null },
    }),
    refusal('other limits', {
      reason: 'other_limits',
      requestId: 'r',
      requestedCredits: 24,
      exceeded: [limit({ account: 'agency' })],
    }),
    refusal('invalid', { reason: 'invalid', field: 'limitCredits', problem: 'must be a whole number from 0 to 10' }),
  ],
};
