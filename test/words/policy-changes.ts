import type { PolicyChange } from '../../src/ledger/commands/commands.ts';

const HOUR_MS = 3_600_000;

/** Each part of how the agency is run, and how a change of it is told. */
export const POLICY_CHANGES: [PolicyChange, string][] = [
  [{ name: 'defaultRole', value: 'viewer' }, 'New full members start as viewer'],
  [{ name: 'burst', value: null }, 'People can ask as often as they like'],
  [{ name: 'burst', value: { requestsMax: 5, withinMs: 60_000 } }, 'Each person can ask 5 times in a minute'],
  [{ name: 'escalateAfterMs', value: 2 * HOUR_MS }, 'Unanswered requests also go to owners after 2 hours'],
  [{ name: 'lapseAfterMs', value: 24 * HOUR_MS }, 'Unanswered requests expire after a day'],
  [{ name: 'ownerAboveCredits', value: null }, 'Managers approve requests of any price'],
  [{ name: 'ownerAboveCredits', value: 100 }, 'Requests above 100 credits need an owner'],
  [
    { name: 'repeats', value: { approvalsCount: 3, withinMs: 720 * HOUR_MS } },
    'Cards point it out after 3 approvals in 30 days',
  ],
  [{ name: 'timeZone', value: 'Europe/Berlin' }, 'Days, weeks, months, quarters and years follow Europe/Berlin time'],
  [{ name: 'weekStartsOn', value: 1 }, 'Weeks start on Monday'],
  [{ name: 'creditValueMicroUsd', value: 12_500 }, 'One credit is worth $0.0125'],
  [{ name: 'markupBasisPoints', value: 15_000 }, 'Images cost the provider’s price +50%'],
  [{ name: 'alerts', value: { percents: [50, 80, 100], quiet: null } }, 'Alerts come at 50%, 80% and 100% used'],
  [
    { name: 'alerts', value: { percents: [], quiet: { from: '20:00', to: '08:00' } } },
    'Alerts come at no share of a limit, not from 20:00 to 08:00',
  ],
  [
    { name: 'digest', value: { weekday: 1, minuteOfDay: 540, readers: 'owners_and_managers' } },
    'The weekly digest goes to owners and managers on Monday at 9:00 AM',
  ],
  [
    { name: 'digest', value: { weekday: 0, minuteOfDay: 750, readers: 'owners' } },
    'The weekly digest goes to owners on Sunday at 12:30 PM',
  ],
  [{ name: 'digest', value: { weekday: 1, minuteOfDay: 0, readers: 'no_one' } }, 'The weekly digest goes to no one'],
  [{ name: 'coachingText', value: 'tips' }, 'The coaching tips were rewritten'],
];
