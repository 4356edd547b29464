import type { AccountId } from '../accounts.ts';

/** Commands about what people are told by itself of an account. */

/** Nothing is told of the account until then; null: it is told again. */
export type MuteAlerts = { kind: 'mute_alerts'; account: AccountId; untilAt: number | null };
/** Hours in which it uses up to so much are usual until then. */
export type ExpectUse = { kind: 'expect_use'; account: AccountId; hourMaxCredits: number; untilAt: number };

export type AlertsKinds = {
  alerts_muted: { from: MuteAlerts; setting: true };
  use_expected: { from: ExpectUse; setting: true };
};
