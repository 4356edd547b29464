import type { Spend } from '../accounts.ts';
import type { Of } from '../commands/commands.ts';
import type { Moment } from '../kinds/kind.ts';
import type { Asked, Facts } from '../lines.ts';
import { channelNow } from '../lists/channel-ids.ts';
import { accept, type Decision, refuse } from '../refusals.ts';
import { openRequestsOf, type Request, requestedCredits } from '../requests.ts';
import { approversOf } from '../rights/approval-authority.ts';
import type { ExceededLimit, State } from '../state.ts';

/** A person with so many open requests waits for answers, not for more questions. */
export const OPEN_REQUESTS_MAX = 20;

/** Opens the request that waits for approval. Returns null where no person could approve it. */
export function ask(
  state: State,
  command: Of<'hold'>,
  { at, exceeded, ...moment }: Moment & Spend & { exceeded: readonly ExceededLimit[] },
): Decision<Facts> | null {
  const { settings } = state;
  if (!settings) return null;
  const channelId = channelNow(state, command.channelId);
  const { commandId: requestId, imagesCount, eachCredits, work, timeoutMs } = command;
  const { memberId, teamIds, clientId, projectId } = moment;
  const what = { requestId, memberId, clientId, projectId, channelId, imagesCount, eachCredits, work, timeoutMs };
  const times = { escalatesAt: at + settings.escalateAfterMs, lapsesAt: at + settings.lapseAfterMs };
  const request: Request = { ...what, ...times, askedAt: at, escalatedAt: null, end: null, room: null };
  if (approversOf(state, request, at).length === 0) return null;
  if (openRequestsOf(state.requests, memberId).length >= OPEN_REQUESTS_MAX)
    return refuse({ reason: 'too_many_requests', requestsMax: OPEN_REQUESTS_MAX });
  const asked: Asked = {
    kind: 'asked',
    ...what,
    requestedCredits: requestedCredits(what),
    teamIds,
    exceeded,
    ...times,
  };
  return accept(asked);
}
