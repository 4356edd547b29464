import type { ApproveHow } from '../commands/commands.ts';
import type { Change, Draft } from '../kinds/kind.ts';
import type { EntryOf } from '../lines.ts';
import {
  type ApprovedRoom,
  addRequest,
  endRequest,
  type RaisedLimit,
  type RequestEnd,
  requestLists,
} from '../requests.ts';
import type { State } from '../state.ts';
import type { UsageDraft } from '../usage/usage-draft.ts';

import { countRequest, setAside } from './holds.ts';
import { addGrant, keysAt, setLimit } from './limits.ts';
import { tallyRequest } from './tally.ts';

export function ask(state: State, line: EntryOf<'asked'>, { tally }: Draft): Change {
  tallyRequest(state, line, tally);
  return { requests: addRequest(state.requests, requestOf(line)), ...countRequest(state, line) };
}

export function approve(state: State, line: EntryOf<'approved'>, uses: UsageDraft): Change {
  const { by, at, requestId } = line;
  // Before the room is made: many lines are folded on maps that change under one's hands.
  const room = roomOf(state, line);
  const requests = endRequest(state.requests, requestId, {
    ...{ as: 'approved', by, at, reason: null, room },
    ...inPlaceOf(line),
  });
  const made = withRoom(state, line);
  return { ...made, ...setAside({ ...state, ...made }, line, uses), requests };
}

export const endAs = (
  as: RequestEnd['as'],
  { requests }: State,
  { by, at, requestId }: EntryOf<'denied' | 'withdrawn' | 'lapsed'>,
  decided: { reason?: string; inPlaceOf?: string } = {},
): Change => ({
  requests: endRequest(requests, requestId, { as, by, at, reason: decided.reason ?? null, ...inPlaceOf(decided) }),
});

const inPlaceOf = ({ inPlaceOf: away }: { inPlaceOf?: string }) => (away === undefined ? {} : { inPlaceOf: away });

export function escalate({ requests }: State, { requestId, at }: EntryOf<'escalated'>): Change {
  const open = requests.get(requestId);
  if (!open) throw new Error(`request ${requestId} is not known`);
  return { requests: requestLists.set(requests, requestId, { ...open, escalatedAt: at }) };
}

type Room = Pick<State, 'grants' | 'limits'>;

/** The room that an approval makes, before its request is held in it. */
export function withRoom(
  state: State,
  { how, grants, by, at }: Pick<EntryOf<'approved'>, 'how' | 'grants' | 'by' | 'at'>,
): Room {
  let room: Room = { grants: state.grants, limits: state.limits };
  for (const grant of grants) {
    room = { ...room, grants: addGrant(room.grants, grant.account, { ...grant, grantedAt: at, by }) };
  }
  for (const { account, window, limitCredits } of how.kind === 'raise' ? how.limits : []) {
    const present = state.limits.get(account)?.find((limit) => limit.window === window);
    if (!present) continue;
    const { over, rollOverMaxCredits } = present;
    const raised = { account, window, limitCredits, over, rollOverMaxCredits };
    room = { ...room, limits: setLimit(room, raised, keysAt(state, at)) };
  }
  return room;
}

/** What the limits were before is known at this moment only. */
function roomOf(state: State, { how, grants }: EntryOf<'approved'>): ApprovedRoom {
  switch (how.kind) {
    case 'once':
      return { kind: 'once', grants: grants.map(({ account, amountCredits }) => ({ account, amountCredits })) };
    case 'until': {
      const { amountCredits, expiresAt } = how;
      return { kind: 'until', amountCredits, expiresAt, accounts: grants.map(({ account }) => account) };
    }
    case 'raise':
      return { kind: 'raise', limits: how.limits.flatMap((limit) => raised(state, limit)) };
  }
}

function raised(
  state: State,
  { account, window, limitCredits: toCredits }: (ApproveHow & { kind: 'raise' })['limits'][number],
): RaisedLimit[] {
  const before = state.limits.get(account)?.find((limit) => limit.window === window);
  return before ? [{ account, window, fromCredits: before.limitCredits, toCredits }] : [];
}

function requestOf(line: EntryOf<'asked'>) {
  const { requestId, memberId, clientId, projectId, channelId, imagesCount, eachCredits, work, timeoutMs } = line;
  const { at: askedAt, escalatesAt, lapsesAt } = line;
  const what = { requestId, memberId, clientId, projectId, channelId, imagesCount, eachCredits, work, timeoutMs };
  return { ...what, askedAt, escalatesAt, lapsesAt, escalatedAt: null, end: null, room: null };
}
