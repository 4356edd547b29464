import type { AccountId } from '../accounts.ts';
import type { AlertChoices } from '../alert-choices.ts';
import type { Change } from '../kinds/kind.ts';
import type { EntryOf } from '../lines.ts';
import type { State } from '../state.ts';

/** A mute that is lifted ends at its line: who lifted it, and when, stays known. */
export const muteAlerts = (state: State, { account, untilAt, by, at }: EntryOf<'alerts_muted'>): Change =>
  choose(state, account, { muted: { by, at, untilAt: untilAt ?? at } });

export const expectUse = (state: State, line: EntryOf<'use_expected'>): Change => {
  const { account, hourMaxCredits, untilAt, by, at } = line;
  return choose(state, account, { expected: { by, at, untilAt, hourMaxCredits } });
};

const NOTHING_CHOSEN: AlertChoices = { muted: null, expected: null };

const choose = ({ alerts }: State, account: AccountId, chosen: Partial<AlertChoices>): Change => ({
  alerts: alerts.set(account, { ...NOTHING_CHOSEN, ...alerts.get(account), ...chosen }),
});
