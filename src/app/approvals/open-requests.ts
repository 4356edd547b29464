import { type Request, requestLists } from '../../ledger/requests.ts';
import { approvalAuthority, checkApproveOnce } from '../../ledger/rights/approval-authority.ts';
import { delegatorsOf } from '../../ledger/rights/manages.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import type { AppContext } from '../context.ts';
import type { OpenRequests } from '../home/overview-view.ts';
import { requestFacts } from './request-facts.ts';

/** What fits on a screen. Each has a message of its own besides. */
const ROWS_MAX = 5;
const LOOKED_AT_MAX = 100;

/** The requests that a person can decide about now, the oldest first. */
export async function requestsToDecide(
  context: AppContext,
  state: State,
  { by, at }: { by: string; at: number },
): Promise<OpenRequests> {
  if (!decides(state, { by, at })) return { rows: [], hasMore: false };
  const found: { request: Request; may: { approve: boolean; deny: boolean } }[] = [];
  for (const request of oldestOpen(state)) {
    const approve = checkApproveOnce(state, request, { by, at }) === null;
    const deny = approvalAuthority(state, request, { by, at }).deny === null;
    if (approve || deny) found.push({ request, may: { approve, deny } });
    if (found.length > ROWS_MAX) break;
  }
  const rows = found
    .slice(0, ROWS_MAX)
    .map(async ({ request, ...rights }) => ({ ...(await requestFacts(context, request)), ...rights }));
  return { rows: await Promise.all(rows), hasMore: found.length > ROWS_MAX };
}

const decides = (state: State, { by, at }: { by: string; at: number }) =>
  may(state, by, 'set_up') || delegatorsOf(state, by, at).length > 0;

/** Each look at a request adds up its accounts: of thousands that wait, the oldest are looked at. */
export function oldestOpen({ requests }: State): Request[] {
  const open = requestLists
    .keys(requests, 'open')
    .flatMap((memberId) => requestLists.ids(requests, ['open', memberId]).toArray())
    .flatMap((requestId) => requests.get(requestId) ?? []);
  return open.sort((a, b) => a.askedAt - b.askedAt).slice(0, LOOKED_AT_MAX);
}
