import { type AccountId, clientAccount } from '../ledger/accounts.ts';
import type { LimitsChange } from '../ledger/kinds/change-kinds.ts';
import type { Approved } from '../ledger/lines.ts';
import type { RaisedLimit } from '../ledger/requests.ts';
import { accountParts, labelFrom, type Names } from './accounts.ts';
import { ruleParts } from './describe-policy.ts';
import { credits, extraCredits, list, number } from './figures.ts';
import { hasLimit, type LimitSaid } from './limits.ts';
import { because, listed, member, type Part, strong, until, written } from './parts.ts';

const QUALITIES_UNITS_MAX = 100;

/** What a line changed of limits, of credits on top of them, and of rules. */
export function describeLimits(facts: LimitsChange, names: Names, raised: readonly RaisedLimit[]): Part[] {
  const of = (account: AccountId, at?: 'Start') => accountParts(labelFrom(account, names), at ?? 'Inside');
  switch (facts.kind) {
    case 'limit_set':
      return limitChanged(of(facts.account, 'Start'), facts);
    case 'budget_moved': {
      const { amountCredits, from, to } = facts;
      return [strong(credits(amountCredits)), ' moved from ', ...of(from), ' to ', ...of(to)];
    }
    case 'granted': {
      const { amountCredits, account, expiresAt, reason } = facts;
      return [strong(extraCredits(amountCredits)), ' for ', ...of(account), ...until(expiresAt), ...because(reason)];
    }
    case 'approved':
      return [...approvedParts(facts, of, raised), ...standingIn(facts.inPlaceOf)];
    case 'alerts_muted':
      return facts.untilAt === null
        ? ['Alerts about ', ...of(facts.account), ' are told again']
        : ['Alerts about ', ...of(facts.account), ' are muted', ...until(facts.untilAt)];
    case 'use_expected': {
      const { account, hourMaxCredits, untilAt } = facts;
      return [strong(credits(hourMaxCredits)), ' an hour are expected of ', ...of(account), ...until(untilAt)];
    }
    case 'quality_capped': {
      const whose = of(clientAccount(facts.clientId));
      if (facts.cap === null) return ['All qualities that rules allow are open again for ', ...whose];
      const { qualities, untilAt } = facts.cap;
      const only = written(`Only ${list(qualities)} quality`, QUALITIES_UNITS_MAX);
      return [only, ' for ', ...whose, ...until(untilAt)];
    }
    case 'rule_set':
      return ruleParts(facts, (account) => of(account));
  }
}

const standingIn = (awayId: string | undefined): Part[] =>
  awayId === undefined ? [] : [', in place of ', member(awayId)];

type LimitNow = LimitSaid & { before?: { limitCredits: number } | null };

/** `Northwind Coffee has 500 credits a month, previously 300`. */
export function limitChanged(whose: readonly Part[], { before, ...limit }: LimitNow): Part[] {
  const isOther = before && before.limitCredits !== limit.limitCredits;
  return [...whose, ...hasLimit({ ...limit, from: isOther ? `previously ${number(before.limitCredits)}` : null })];
}

/** What an approval changed: limits raised for good, or extra credits. `raised`: what is still known of the limits before. */
function approvedParts(
  { how, grants, memberId }: Approved,
  of: (account: AccountId, at?: 'Start') => Part[],
  raised: readonly RaisedLimit[],
): Part[] {
  const extra = listed(
    grants.map(({ account, amountCredits }) => [strong(extraCredits(amountCredits)), ' for ', ...of(account)]),
  );
  if (how.kind !== 'raise') return [...extra, ...forRequest(how.kind === 'until' ? how.expiresAt : null, memberId)];
  const limits = how.limits.map(({ account, window, limitCredits }, at): Part[] => {
    const before = raised.find((each) => each.account === account && each.window === window);
    const from = raisedFrom(before?.fromCredits ?? null);
    return [...of(account, at === 0 ? 'Start' : undefined), ...hasLimit({ window, limitCredits, from })];
  });
  return [...listed(limits), ...toApprove(memberId)];
}

/** `raised from 300`. */
export const raisedFrom = (credits: number | null) => (credits === null ? null : `raised from ${number(credits)}`);

/** What credits on top are for; `expiresAt` null: for one request alone. */
export const forRequest = (expiresAt: number | null, memberId: string): Part[] =>
  expiresAt === null ? [' for one request by ', member(memberId)] : [...until(expiresAt), ...toApprove(memberId)];

/** ` to approve a request by Ana`. */
export const toApprove = (memberId: string): Part[] => [' to approve a request by ', member(memberId)];
