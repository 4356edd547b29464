import type { AccountId } from '../../ledger/accounts.ts';
import type { Settings } from '../../ledger/state.ts';
import { type Window, windowEndsAt } from '../../ledger/usage/windows.ts';
import { describe } from '../../ports/describe-error.ts';
import type { AppContext } from '../context.ts';
import type { ChangeInput, ChangeResult } from '../inputs.ts';
import { submitChange } from '../submit-change.ts';
import { tendAlerts } from './tend-alerts.ts';

/** Until the end of a window that runs now; null lifts it. */
export type MuteUntil = Window | null;
export type Muted = ChangeResult & { untilAt: number | null };

const DAY_MS = 86_400_000;
/** What never ends is muted for so long. */
const WITHOUT_END_MS = 30 * DAY_MS;

/** Nothing is told of an account for a while. Its messages say so at once, to all who have one. */
export async function muteAlerts(
  context: AppContext,
  { deliveryId, by, account, until }: ChangeInput<{ account: AccountId; until: MuteUntil }>,
): Promise<Muted> {
  const { settings } = await context.book.read();
  if (!settings) return { ok: false, refusal: { reason: 'not_open' }, untilAt: null };
  const untilAt = until && endOf(until, settings, context.clock.now());
  const changed = await submitChange(context, { deliveryId, by, command: { kind: 'mute_alerts', account, untilAt } });
  if (changed.ok) await drawSoon(context);
  return { ...changed, untilAt };
}

const endOf = (window: Window, settings: Settings, at: number): number =>
  windowEndsAt(window, at, settings) ?? at + WITHOUT_END_MS;

/** It is muted, whatever is in the way of showing it. The next round shows it. */
export async function drawSoon(context: AppContext): Promise<void> {
  try {
    await tendAlerts(context);
  } catch (error) {
    context.log.warn({ error: describe(error) }, 'could not draw alerts, will retry');
  }
}
