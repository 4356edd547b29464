import { type AccountId, parseAccount } from '../accounts.ts';
import type { Of } from '../commands/commands.ts';
import type { Facts } from '../lines.ts';
import { DIGEST_READERS, type Policy } from '../policy.ts';
import { accept, type Decision, invalid, type Refused, refuse } from '../refusals.ts';
import { isBound, loosensRule, ownersOnly } from '../rights/ceilings.ts';
import { ROLES } from '../roles.ts';
import type { Rule } from '../rules.ts';
import type { State } from '../state.ts';
import { isTimeZone } from '../usage/civil-dates.ts';
import { CREDITS_MAX, checkCount, checkWords } from './checks.ts';
import { IMAGES_MAX } from './hold.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const NAMES_MAX = 50;
const PERCENTS_MAX = 5;
const TIME_OF_DAY = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const NAME_CHARACTERS_MAX = 80;

export const WEEK_STARTS_ON = { min: 0, max: 6 };
export const CREDIT_VALUE_MICRO_USD = { min: 1, max: 1_000_000_000 };
export const MARKUP_BASIS_POINTS = { min: 1, max: 10_000_000 };

/** What forms say before the ledger is asked. */
export const POLICY_BOUNDS = {
  requestsMax: { min: 1, max: 1_000 },
  burstMs: { min: 1_000, max: DAY_MS },
  escalateAfterMs: { min: MINUTE_MS, max: 14 * DAY_MS },
  lapseAfterMs: { min: MINUTE_MS, max: 30 * DAY_MS },
  approvalsCount: { min: 1, max: 100 },
  repeatsMs: { min: DAY_MS, max: 90 * DAY_MS },
  coachingCharacters: { min: 0, max: 2_000 },
} as const;

export const checkTimeZone = (timeZone: string): Refused | null =>
  isTimeZone(timeZone) ? null : invalid('timeZone', 'is not a time zone this machine knows');

/** Each part on its own, so that two owners who change different parts do not undo each other. */
export function setPolicy(_: State, { policy }: Of<'set_policy'>): Decision<Facts> {
  return checkPolicy(policy) ?? accept({ kind: 'policy_set', policy });
}

export function checkPolicy(policy: Of<'set_policy'>['policy']): Refused | null {
  switch (policy.name) {
    case 'defaultRole':
      return policy.value === 'creator' || policy.value === 'viewer'
        ? null
        : invalid('defaultRole', 'must be creator or viewer');
    case 'burst':
      return (
        policy.value &&
        (checkCount('requestsMax', policy.value.requestsMax, POLICY_BOUNDS.requestsMax) ??
          checkCount('withinMs', policy.value.withinMs, POLICY_BOUNDS.burstMs))
      );
    case 'escalateAfterMs':
      return checkCount('escalateAfterMs', policy.value, POLICY_BOUNDS.escalateAfterMs);
    case 'lapseAfterMs':
      return checkCount('lapseAfterMs', policy.value, POLICY_BOUNDS.lapseAfterMs);
    case 'ownerAboveCredits':
      return policy.value === null ? null : checkCount('ownerAboveCredits', policy.value, { min: 0, max: CREDITS_MAX });
    case 'repeats':
      return (
        checkCount('approvalsCount', policy.value.approvalsCount, POLICY_BOUNDS.approvalsCount) ??
        checkCount('withinMs', policy.value.withinMs, POLICY_BOUNDS.repeatsMs)
      );
    case 'alerts':
      return checkAlerts(policy.value);
    case 'timeZone':
      return checkTimeZone(policy.value);
    case 'weekStartsOn':
      return checkCount('weekStartsOn', policy.value, WEEK_STARTS_ON);
    case 'creditValueMicroUsd':
      return checkCount('creditValueMicroUsd', policy.value, CREDIT_VALUE_MICRO_USD);
    case 'markupBasisPoints':
      return checkCount('markupBasisPoints', policy.value, MARKUP_BASIS_POINTS);
    case 'digest':
      return (
        checkCount('weekday', policy.value.weekday, WEEK_STARTS_ON) ??
        checkCount('minuteOfDay', policy.value.minuteOfDay, { min: 0, max: 24 * 60 - 1 }) ??
        (DIGEST_READERS.includes(policy.value.readers) ? null : invalid('readers', 'is not a choice'))
      );
    case 'coachingText':
      return checkWords('coachingText', policy.value, POLICY_BOUNDS.coachingCharacters.max);
    case 'reactions':
      return policy.value && checkReactions(Object.values(policy.value));
    case 'peerCheck':
      return typeof policy.value === 'boolean' ? null : invalid('peerCheck', 'must be on or off');
  }
}

function checkAlerts({ percents, quiet }: Policy['alerts']): Refused | null {
  const isRising = percents.every((percent, index) => percent > (percents[index - 1] ?? 0));
  if (!isRising || percents.length > PERCENTS_MAX)
    return invalid('percents', `must be at most ${PERCENTS_MAX}, and rise`);
  const wrong = percents.map((percent) => checkCount('percents', percent, { min: 1, max: 100 })).find((each) => each);
  if (wrong) return wrong;
  if (quiet === null) return null;
  const areTimes = TIME_OF_DAY.test(quiet.from) && TIME_OF_DAY.test(quiet.to) && quiet.from !== quiet.to;
  return areTimes ? null : invalid('quiet', 'must be two times of a day');
}

export const EMOJI_NAME = /^[\p{Ll}\p{Lo}\p{N}_+'-]{1,100}$/u;

function checkReactions(names: readonly string[]): Refused | null {
  if (!names.every((name) => EMOJI_NAME.test(name))) return invalid('reactions', 'must be names of emoji');
  return new Set(names).size === names.length ? null : invalid('reactions', 'must be of three different emoji');
}

export function setRule(state: State, { by, scope, rule }: Of<'set_rule'>): Decision<Facts> {
  return (
    checkScope(state, scope) ??
    (rule && checkRule(rule)) ??
    checkClientRule(state, { by, scope, rule }) ??
    accept({ kind: 'rule_set', scope, rule })
  );
}

/** A client's rules bind its managers too: they make them stricter, and only owners loosen them. */
export function checkClientRule(
  state: State,
  { by, scope, rule }: Pick<Of<'set_rule'>, 'by' | 'scope' | 'rule'>,
): Refused | null {
  const isLoosened = scope.startsWith('client:') && loosensRule(state.rules.get(scope) ?? null, rule);
  return isLoosened && isBound(state, by) ? ownersOnly('client_rule', scope as AccountId) : null;
}

function checkScope(state: State, scope: string): Refused | null {
  if (scope.startsWith('role:')) {
    return ROLES.some((role) => scope === `role:${role}`) ? null : invalid('scope', 'is not a role');
  }
  const account = parseAccount(scope);
  switch (account?.kind) {
    case 'client':
      return state.clients.has(account.clientId)
        ? null
        : refuse({ reason: 'client_unknown', clientId: account.clientId });
    case 'member':
      return state.members.has(account.memberId)
        ? null
        : refuse({ reason: 'not_a_member', memberId: account.memberId });
    case 'agency':
    case 'team':
    case 'project':
    case 'member_in_client':
    case undefined:
      return invalid('scope', 'is not a role, a client or a member');
  }
}

function checkRule({ imagesMax, priceMaxCredits, models, qualities }: Rule): Refused | null {
  return (
    (imagesMax === null ? null : checkCount('imagesMax', imagesMax, { min: 1, max: IMAGES_MAX })) ??
    (priceMaxCredits === null ? null : checkCount('priceMaxCredits', priceMaxCredits, { min: 1, max: CREDITS_MAX })) ??
    checkNames('models', models) ??
    checkNames('qualities', qualities)
  );
}

/** An empty list would allow nothing at all: a limit of 0 says that more clearly. */
export function checkNames(field: string, names: readonly string[] | null): Refused | null {
  if (names === null) return null;
  if (names.length === 0) return invalid(field, 'must name at least one');
  const right = names.length <= NAMES_MAX && names.every((each) => each !== '' && each.length <= NAME_CHARACTERS_MAX);
  return right ? null : invalid(field, `must be at most ${NAMES_MAX} short names`);
}

/** The order of names in a rule makes no difference. */
export const inOrder = (rule: Rule | null) =>
  rule && [rule.imagesMax, rule.priceMaxCredits, rule.models?.toSorted(), rule.qualities?.toSorted()];
