import { accountsOf, memberAccount } from '../accounts.ts';
import { approve as approved, ask, endAs, escalate as escalated } from '../apply/requests.ts';
import type { ApprovalsKinds } from '../commands/approvals.ts';
import { approve } from '../decide/approve.ts';
import { deny, escalate, lapse, withdraw } from '../decide/end-request.ts';
import type { Action } from '../rights/actions.ts';
import { brokenApproval, brokenAsking } from '../verify/invariants.ts';
import { count, listOf, orAbsent, text, whole } from './check.ts';
import { type Entries, NO_ACCOUNTS, NOTHING_WRONG } from './kind.ts';
import { exceeded, grants, holding, how, spend, work } from './shapes.ts';

const ofRequest = { ...spend, requestId: text };
/** Any member may try. Which accounts it is about depends on the limits that bind: see `approvalAuthority`. */
const toDecide = { about: NO_ACCOUNTS, action: (): Action => 'see_own' };

export const approvalsKinds: Entries<ApprovalsKinds> = {
  asked: {
    shape: {
      ...ofRequest,
      channelId: text,
      imagesCount: count,
      eachCredits: count,
      requestedCredits: count,
      work,
      timeoutMs: count,
      exceeded: listOf(exceeded),
      escalatesAt: whole,
      lapsesAt: whole,
    },
    accounts: accountsOf,
    apply: ask,
    invariant: brokenAsking,
    commands: () => [],
  },
  approved: {
    ...toDecide,
    command: 'approve',
    decide: approve,
    shape: { ...holding, requestId: text, how, grants, inPlaceOf: orAbsent(text) },
    accounts: accountsOf,
    apply: approved,
    invariant: brokenApproval,
    /** What the approver had seen is not on the line. */
    commands: () => [],
  },
  denied: {
    ...toDecide,
    command: 'deny',
    decide: deny,
    shape: { ...ofRequest, reason: text, inPlaceOf: orAbsent(text) },
    accounts: accountsOf,
    apply: (state, line) => endAs('denied', state, line, line),
    invariant: NOTHING_WRONG,
    commands: ({ by, requestId, reason }) => [{ by, kind: 'deny', requestId, reason }],
  },
  withdrawn: {
    command: 'withdraw',
    // One that is not known belongs to no other person: they are told so.
    about: ({ by, requestId }, state) => [memberAccount(state.requests.get(requestId)?.memberId ?? by)],
    decide: withdraw,
    shape: ofRequest,
    accounts: accountsOf,
    apply: (state, line) => endAs('withdrawn', state, line),
    invariant: NOTHING_WRONG,
    commands: ({ by, requestId }) => [{ by, kind: 'withdraw', requestId }],
  },
  escalated: {
    command: 'escalate',
    about: NO_ACCOUNTS,
    decide: escalate,
    isAlreadySo: (state, { requestId }) => (state.requests.get(requestId)?.escalatedAt ?? null) !== null,
    shape: ofRequest,
    accounts: accountsOf,
    apply: escalated,
    invariant: NOTHING_WRONG,
    commands: ({ by, requestId }) => [{ by, kind: 'escalate', requestId }],
  },
  lapsed: {
    command: 'lapse',
    about: NO_ACCOUNTS,
    decide: lapse,
    shape: ofRequest,
    accounts: accountsOf,
    apply: (state, line) => endAs('lapsed', state, line),
    invariant: NOTHING_WRONG,
    commands: ({ by, requestId }) => [{ by, kind: 'lapse', requestId }],
  },
};
