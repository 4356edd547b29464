import { accountsOf } from '../accounts.ts';
import type { Of } from '../commands.ts';
import { drawsFor, exceededBy, tightest } from '../limits.ts';
import type { Facts } from '../lines.ts';
import { accept, type Decision, refuse } from '../refusals.ts';
import type { State } from '../state.ts';
import type { Calendar } from '../windows.ts';
import { CREDITS_MAX, checkCount, checkId } from './checks.ts';

export const IMAGES_MAX = 10;
const TIMEOUT_MIN_MS = 1_000;
const TIMEOUT_MAX_MS = 24 * 60 * 60_000;

/** Credits for every image of a request at once, or for none: each account, each window, on one state. */
export function hold(
  state: State,
  command: Of<'hold'>,
  { at, calendar }: { at: number; calendar: Calendar },
): Decision<Facts> {
  const { commandId, by: memberId, channelId, eachCredits, imagesCount, work, timeoutMs } = command;
  const wrong =
    checkId('commandId', commandId) ??
    checkCount('eachCredits', eachCredits, { min: 1, max: CREDITS_MAX }) ??
    checkCount('imagesCount', imagesCount, { min: 1, max: IMAGES_MAX }) ??
    checkCount('timeoutMs', timeoutMs, { min: TIMEOUT_MIN_MS, max: TIMEOUT_MAX_MS });
  if (wrong) return wrong;

  const clientId = state.channels.get(channelId);
  if (clientId === undefined) return refuse({ reason: 'channel_unbound', channelId });
  if (clientId === null) return refuse({ reason: 'channel_without_client', channelId });

  const accounts = accountsOf({ clientId, memberId });
  const requestedCredits = eachCredits * imagesCount;
  const exceeded = exceededBy(state, { accounts, requestedCredits, at, calendar });
  const binding = tightest(exceeded);
  if (binding) return refuse({ reason: 'limit_exceeded', requestedCredits, binding, exceeded });

  const draws = accounts.map((account) => drawsFor(state, { account, eachCredits, count: imagesCount, at }));
  const holds = Array.from({ length: imagesCount }, (_, index) => ({
    holdId: `${commandId}/${index + 1}`,
    amountCredits: eachCredits,
    draws: draws.flatMap((ofAccount) => ofAccount[index] ?? []),
  }));
  return accept({ kind: 'held', memberId, clientId, channelId, holds, work, deadlineAt: at + timeoutMs });
}
