import { isAccount, type Spend } from '../accounts.ts';
import type { ApproveHow, PolicyChange, VoidReason } from '../commands/commands.ts';
import type { HeldPart } from '../commands/holds.ts';
import type { Approved } from '../lines.ts';
import { DIGEST_READERS, type Policy } from '../policy.ts';
import { OWNER_APPOINTED_HOW, ROLES } from '../roles.ts';
import type { Rule } from '../rules.ts';
import type { ExceededLimit, LimitFigures } from '../state.ts';
import { type Draw, ON_EXCEEDED } from '../state.ts';
import { WINDOWS } from '../usage/windows.ts';
import { STAGES, type Work } from '../work.ts';
import { type Check, count, listOf, nameIn, object, oneOf, orAbsent, orNull, text, whole, yesOrNo } from './check.ts';

/** The parts that lines are made of, each with what it has to look like. */

export const account: Check = (value) => (isAccount(value) ? null : 'is not an account');
export const role = oneOf(ROLES);
export const window = oneOf(WINDOWS);
export const over = oneOf(ON_EXCEEDED);
export const stage = oneOf(STAGES);
export const appointedHow = oneOf(OWNER_APPOINTED_HOW);
export const chargedTo = oneOf(['all', 'agency']);

export const spend: Readonly<Record<keyof Spend, Check>> = {
  memberId: text,
  teamIds: listOf(text),
  clientId: text,
  projectId: orNull(text),
};

export const holds = listOf(
  object<HeldPart>({
    holdId: text,
    amountCredits: count,
    draws: listOf(object<Draw>({ account, grantId: text, credits: count })),
  }),
);

const isTrue: Check = (value) => (value === true ? null : 'is not true');

export const work = object<Work>({
  model: text,
  size: text,
  quality: text,
  stage,
  isStageGuessed: orAbsent(isTrue),
  rateCardId: text,
  boundMicroUsd: count,
});

/** Of every line that sets credits aside. */
export const holding = { ...spend, channelId: text, holds, work, deadlineAt: whole };

export const exceeded = object<ExceededLimit>({
  account,
  window,
  over,
  limitCredits: whole,
  movedCredits: orAbsent(whole),
  rolledCredits: count,
  grantsCredits: count,
  usedCredits: whole,
  heldCredits: whole,
  availableCredits: whole,
  resetsAt: orNull(whole),
});

export const grants = listOf(
  object<Approved['grants'][number]>({
    grantId: text,
    account,
    amountCredits: count,
    expiresAt: whole,
    reason: text,
  }),
);

const SCOPE = /^(?:role:[a-z]+|(?:client|member):[^\s:@]+)$/;
export const scope: Check = (value) => (typeof value === 'string' && SCOPE.test(value) ? null : 'is not a scope');

export const rule = object<Rule>({
  imagesMax: orNull(count),
  priceMaxCredits: orNull(count),
  models: orNull(listOf(text)),
  qualities: orNull(listOf(text)),
});

const HOWS: Readonly<Record<ApproveHow['kind'], Check>> = {
  once: object<ApproveHow & { kind: 'once' }>({ kind: text }),
  until: object<ApproveHow & { kind: 'until' }>({ kind: text, amountCredits: count, expiresAt: whole }),
  raise: object<ApproveHow & { kind: 'raise' }>({
    kind: text,
    limits: listOf(
      object<(ApproveHow & { kind: 'raise' })['limits'][number]>({ account, window, limitCredits: count }),
    ),
  }),
};

export const figures = object<LimitFigures>({ limitCredits: count, over, rollOverMaxCredits: orNull(count) });

export const how = named('kind', HOWS);

const POLICIES: Readonly<Record<PolicyChange['name'], Check>> = ofValues({
  defaultRole: role,
  burst: orNull(object<NonNullable<Policy['burst']>>({ requestsMax: count, withinMs: count })),
  escalateAfterMs: count,
  lapseAfterMs: count,
  ownerAboveCredits: orNull(count),
  repeats: object<Policy['repeats']>({ approvalsCount: count, withinMs: count }),
  alerts: object<Policy['alerts']>({
    percents: listOf(count),
    quiet: orNull(object<NonNullable<Policy['alerts']['quiet']>>({ from: text, to: text })),
  }),
  coachingText: text,
  digest: object<Policy['digest']>({ weekday: count, minuteOfDay: count, readers: oneOf(DIGEST_READERS) }),
  reactions: orNull(object<NonNullable<Policy['reactions']>>({ keep: text, final: text, discard: text })),
  peerCheck: yesOrNo,
  timeZone: text,
  weekStartsOn: count,
  creditValueMicroUsd: count,
  markupBasisPoints: count,
});

export const policy = named('name', POLICIES);

function ofValues<Name extends string>(values: Readonly<Record<Name, Check>>): Record<Name, Check> {
  const shapes = Object.entries<Check>(values).map(([name, value]) => [
    name,
    object<PolicyChange>({ name: text, value }),
  ]);
  return Object.fromEntries(shapes) as Record<Name, Check>;
}

/** A value whose field says which of several shapes it has. */
function named(field: string, shapes: Readonly<Record<string, Check>>): Check {
  return (value, isNew) => {
    const name = (value as Record<string, unknown> | null)?.[field];
    const check = typeof name === 'string' && Object.hasOwn(shapes, name) ? shapes[name] : null;
    return check ? check(value, isNew) : `${field} is of no known kind`;
  };
}

export const voidReason = nameIn<VoidReason>({
  refused: true,
  rejected: true,
  transient: true,
  account_stop: true,
  not_started: true,
  unreachable: true,
  withdrawn: true,
});
