import type { PolicyChange } from '../../../src/ledger/commands/commands.ts';

const HOUR_MS = 3_600_000;

/** Each part of how the agency is run, and how a change of it is told. */
export const POLICY_CHANGES: [PolicyChange, string][] = [
  [{ name: 'defaultRole', value: 'viewer' }, 'Full members begin as viewer'],
  [{ name: 'burst', value: null }, 'Anybody may ask as often as they like'],
  [{ name: 'burst', value: { requestsMax: 5, withinMs: 60_000 } }, 'Nobody asks more than 5 times within a minute'],
  [{ name: 'escalateAfterMs', value: 2 * HOUR_MS }, 'Requests that nobody answered go to owners after 2 hours'],
  [{ name: 'lapseAfterMs', value: 24 * HOUR_MS }, 'Requests that nobody answered lapse after a day'],
  [{ name: 'ownerAboveCredits', value: null }, 'Managers approve requests of any price'],
  [{ name: 'ownerAboveCredits', value: 100 }, 'Requests above 100 credits need an owner'],
  [
    { name: 'repeats', value: { approvalsCount: 3, withinMs: 720 * HOUR_MS } },
    'Cards say so after 3 approvals within 30 days',
  ],
  [{ name: 'coachingText', value: 'tips' }, 'The coaching tips were rewritten'],
];
