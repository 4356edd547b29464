import { clientAccount } from '../../ledger/accounts.ts';
import { openRequestsOf } from '../../ledger/requests.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import { requestFacts } from '../approvals/request-facts.ts';
import { approversNow } from '../approvals/who-is-asked.ts';
import type { AppContext } from '../context.ts';
import { withRight } from '../limits/limit-contacts.ts';
import type { JobView } from '../messenger.ts';
import { ownTips } from './own-tips.ts';
import type { Access, OwnView } from './own-view.ts';
import { isIn, part } from './show-credits.ts';

/** More names than this do not help anybody. */
const OWNERS_MAX = 3;
/** Each is looked for in Slack. */
const CLIENTS_MAX = 3;
const REQUESTS_MAX = 5;

type Look = { by: string; at: number; latest: readonly JobView[]; isInFront: boolean };

/** `isInFront`: Home itself is drawn. A form needs no more than whether the person may make images. */
export async function showOwn(context: AppContext, state: State, look: Look): Promise<OwnView> {
  const { by, isInFront } = look;
  const access = accessOf(state, by);
  return {
    access,
    ownerIds: access === 'makes' ? [] : withRight(state, 'set_role').slice(0, OWNERS_MAX),
    clients: isInFront && access === 'makes' ? await currentClients(context, state, look) : [],
    requests: isInFront ? await openRequests(context, state, by) : [],
    tips: isInFront && access === 'makes' ? await ownTips(context, state, look) : [],
  };
}

function accessOf(state: State, by: string): Access {
  const { status, role } = state.members.get(by) ?? { status: 'active', role: 'viewer' };
  if (status !== 'active') return status;
  return role !== 'viewer' && may(state, by, 'hold') ? 'makes' : 'looks_on';
}

/** What a client may use is for those who are in its channel: one who has left it is shown nothing of it. */
async function currentClients(
  context: AppContext,
  state: State,
  { by, at, latest }: Look,
): Promise<OwnView['clients']> {
  const channels = new Map<string, string>();
  for (const { job } of latest) {
    const { clientId, place } = job;
    const client = clientId === null ? undefined : state.clients.get(clientId);
    if (client?.closedAt !== null || state.channels.get(place.channelId) !== clientId) continue;
    if (!channels.has(client.clientId)) channels.set(client.clientId, place.channelId);
  }
  const found = [...channels].slice(0, CLIENTS_MAX);
  await context.channels.lookAt?.(found.map(([, channelId]) => channelId));
  const isThere = await Promise.all(found.map(([, channelId]) => isIn(context, channelId, by)));
  return found
    .filter((_, index) => isThere[index])
    .map(([clientId, channelId]) => ({
      hasOutsiders: context.channels.hasOutsiders?.(channelId) ?? false,
      name: state.clients.get(clientId)?.name ?? '',
      ...part(state, clientAccount(clientId), { by, at }),
    }));
}

async function openRequests(context: AppContext, state: State, by: string): Promise<OwnView['requests']> {
  const open = openRequestsOf(state.requests, by).sort((a, b) => a.askedAt - b.askedAt);
  const rows = open.slice(0, REQUESTS_MAX).map(async (request) => ({
    ...(await requestFacts(context, request)),
    approverIds: await approversNow(context, request),
  }));
  return await Promise.all(rows);
}
