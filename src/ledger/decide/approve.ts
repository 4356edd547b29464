import { type AccountId, accountsOf, limitName, type Spend } from '../accounts.ts';
import { withRoom } from '../apply/requests.ts';
import type { ApproveHow, Of } from '../commands/commands.ts';
import type { Moment } from '../kinds/kind.ts';
import type { Approved, Facts } from '../lines.ts';
import { accept, type Decision, invalid, type Refused, refuse } from '../refusals.ts';
import { type Request, requestedCredits } from '../requests.ts';
import { approvalAuthority, exceededNow, standsInFor } from '../rights/approval-authority.ts';
import { checkRight, limitAction } from '../rights/rights.ts';
import type { ExceededLimit, State } from '../state.ts';
import { CREDITS_MAX, checkCount } from './checks.ts';

import { openRequest } from './end-request.ts';
import { spendFor } from './hold.ts';
import { setLimit } from './limits.ts';
import { checkRules } from './rules.ts';
import { checkSpending } from './spending.ts';
import { splitHold } from './split-hold.ts';

/** Further away than this is not "until", it is a limit. */
const UNTIL_MAX_MS = 366 * 24 * 3_600_000;

/**
 * Makes room for a request and holds its credits in it, in one line. Everything is looked at as it is now: who asked may
 * have been removed, the project closed, other limits may bind.
 */
export function approve(state: State, command: Of<'approve'>, moment: Moment): Decision<Facts> {
  const { by, requestId, how } = command;
  const { at } = moment;
  const found = openRequest(state, requestId);
  if (!found.ok) return found;
  const request = found.facts;
  const spend = spendNow(state, request);
  const exceeded = exceededNow(state, request, at);
  const authority = approvalAuthority(state, request, { by, at });
  const wrong =
    authority.approve ??
    checkSpending(state) ??
    authority.owner(how) ??
    (spend.ok ? checkRules(state, request, at) : spend) ??
    checkSeen(request, exceeded, command.seen) ??
    authority.give(how.kind) ??
    checkHow(state, command, { request, exceeded, moment });
  if (wrong) return wrong;
  if (!spend.ok) return spend;

  const grants = grantsFor(request, { how, exceeded, at });
  const room = { ...state, ...withRoom(state, { how, grants: grants.map(usableNow), by, at }) };
  const left = how.kind === 'once' ? [] : exceededNow(room, request, at);
  if (left.length > 0) return otherLimits(request, left);
  const holds = splitHold(room, { ...request, accounts: accountsOf(spend.facts), at });
  const { channelId, work, timeoutMs } = request;
  const deadlineAt = at + timeoutMs;
  const decided = standsInFor(state, request, { by, at });
  const held = { ...spend.facts, channelId, holds, work, deadlineAt };
  return accept({ kind: 'approved', requestId, how, grants, ...held, ...decided });
}

/** As at the moment of asking, or not at all: an approval never spends another client's credits unseen. */
function spendNow(state: State, request: Request): Decision<Spend> {
  const { memberId, channelId, projectId, clientId } = request;
  const member = state.members.get(memberId);
  if (member?.status !== 'active') {
    return refuse({ reason: 'member_not_active', memberId, status: member?.status ?? 'removed' });
  }
  const refused = checkRight(state, memberId, 'hold');
  if (refused) return refused;
  const bound = state.channels.get(channelId);
  if (bound !== clientId) return refuse({ reason: 'channel_moved', channelId });
  return spendFor(state, { memberId, channelId, clientId, projectId });
}

/** Only what the approver was shown is approved, and only what may be asked for: a limit that refuses still refuses. */
function checkSeen(request: Request, exceeded: readonly ExceededLimit[], seen: readonly string[]): Refused | null {
  const unseen = exceeded.filter((each) => each.over === 'refuse' || !seen.includes(limitName(each)));
  return unseen.length > 0 ? otherLimits(request, unseen) : null;
}

type Around = { request: Request; exceeded: readonly ExceededLimit[]; moment: Moment };

function checkHow(state: State, { how, by }: Of<'approve'>, { request, exceeded, moment }: Around): Refused | null {
  const { at } = moment;
  switch (how.kind) {
    case 'once':
      return null;
    case 'until': {
      const least = Math.max(1, ...exceeded.map((each) => lacking(request, each)));
      if (!Number.isSafeInteger(how.expiresAt) || how.expiresAt <= at)
        return invalid('expiresAt', 'must lie in the future');
      if (how.expiresAt > at + UNTIL_MAX_MS) return invalid('expiresAt', 'must lie within a year');
      return checkCount('amountCredits', how.amountCredits, { min: least, max: CREDITS_MAX });
    }
    case 'raise':
      return checkRaise(state, { by, limits: how.limits, exceeded, moment });
  }
}

/** A limit is raised only as far as the approver may set it. */
function checkRaise(
  state: State,
  {
    by,
    limits,
    exceeded,
    moment,
  }: {
    by: string;
    limits: (ApproveHow & { kind: 'raise' })['limits'];
    exceeded: readonly ExceededLimit[];
    moment: Moment;
  },
): Refused | null {
  for (const { account, window, limitCredits } of limits) {
    const over = exceeded.find((each) => each.account === account && each.window === window);
    if (!over) return invalid('limits', 'must be limits that are exceeded');
    const present = state.limits.get(account)?.find((limit) => limit.window === window);
    if (!present || limitCredits <= present.limitCredits) return invalid('limitCredits', 'must be more than it is now');
    const { rollOverMaxCredits } = present;
    const command = { kind: 'set_limit', account, window, limitCredits, over: over.over, rollOverMaxCredits } as const;
    const decided = setLimit(state, { commandId: 'raise', by, ...command }, moment);
    const refused = checkRight(state, by, limitAction(account), { account }) ?? (decided.ok ? null : decided);
    if (refused) return refused;
  }
  return null;
}

/** What each account lacks, on its tightest window: exactly that for this once, or what was chosen for longer. */
function grantsFor(
  request: Request,
  { how, exceeded, at }: { how: ApproveHow; exceeded: readonly ExceededLimit[]; at: number },
): Approved['grants'] {
  if (how.kind === 'raise') return [];
  const lacks = new Map<AccountId, number>();
  for (const each of exceeded) {
    lacks.set(each.account, Math.max(lacks.get(each.account) ?? 0, lackingOnce(request, each)));
  }
  return [...lacks].map(([account, credits], index) => ({
    grantId: `${request.requestId}/${index + 1}`,
    account,
    ...(how.kind === 'once'
      ? { amountCredits: credits, expiresAt: at, reason: 'Approved once' }
      : { amountCredits: how.amountCredits, expiresAt: how.expiresAt, reason: 'Approved until a date' }),
  }));
}

/** For anybody else a grant for this once has expired; the request itself draws on it in the same moment. */
const usableNow = <Grant extends { expiresAt: number }>(grant: Grant): Grant => ({
  ...grant,
  expiresAt: grant.expiresAt + 1,
});

/** All that is missing, also where a limit was lowered below what is used. */
const lacking = (request: Request, { availableCredits }: ExceededLimit) => requestedCredits(request) - availableCredits;

/** An account that is over its limit already stays over it by as much: once covers the request, not the past. */
const lackingOnce = (request: Request, { availableCredits }: ExceededLimit) =>
  requestedCredits(request) - Math.max(0, availableCredits);

const otherLimits = (request: Request, exceeded: readonly ExceededLimit[]): Refused =>
  refuse({
    reason: 'other_limits',
    requestId: request.requestId,
    requestedCredits: requestedCredits(request),
    exceeded,
  });
