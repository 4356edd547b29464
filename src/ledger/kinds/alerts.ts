import type { AccountId } from '../accounts.ts';
import { muteAlerts as muted, expectUse as used } from '../apply/alerts.ts';
import type { AlertsKinds } from '../commands/alerts.ts';
import { expectUse, muteAlerts } from '../decide/alerts.ts';
import { count, orNull, whole } from './check.ts';
import { type Entries, NOTHING_WRONG } from './kind.ts';
import { account } from './shapes.ts';

const ofAccount = (of: { account: AccountId }) => [of.account];

export const alertsKinds: Entries<AlertsKinds> = {
  alerts_muted: {
    command: 'mute_alerts',
    about: ofAccount,
    decide: muteAlerts,
    isAlreadySo: (state, { account: of, untilAt }, { at }) => {
      const present = state.alerts.get(of)?.muted ?? null;
      return untilAt === null ? (present?.untilAt ?? 0) <= at : present?.untilAt === untilAt;
    },
    shape: { account, untilAt: orNull(whole) },
    accounts: ofAccount,
    apply: muted,
    invariant: NOTHING_WRONG,
  },
  use_expected: {
    command: 'expect_use',
    about: ofAccount,
    decide: expectUse,
    isAlreadySo: (state, { account: of, hourMaxCredits, untilAt }) => {
      const present = state.alerts.get(of)?.expected;
      return present?.hourMaxCredits === hourMaxCredits && present.untilAt === untilAt;
    },
    shape: { account, hourMaxCredits: count, untilAt: whole },
    accounts: ofAccount,
    apply: used,
    invariant: NOTHING_WRONG,
  },
};
