import type { AccountId } from '../ledger/accounts.ts';
import type { PolicyChange } from '../ledger/commands/commands.ts';
import type { FactsOf } from '../ledger/lines.ts';
import type { DigestPolicy, Policy } from '../ledger/policy.ts';
import { MARKS } from '../ledger/work.ts';
import { credits, durationWords, list, number } from './figures.ts';
import { type Part, strong, written } from './parts.ts';
import { dollars, markupWords, timeWords, weekdayWords } from './settings.ts';
import { PERIODS } from './windows.ts';

const NAMES_UNITS_MAX = 200;

/** What a rule about single requests says. */
export function ruleParts(
  { scope, rule }: Pick<FactsOf<'rule_set'>, 'scope' | 'rule'>,
  of: (account: AccountId) => Part[],
): Part[] {
  const [, role] = /^role:(.+)$/.exec(scope) ?? [];
  const whose = role ? [strong(`${role}s`)] : of(scope as AccountId);
  if (rule === null) return ['No rules for requests by ', ...whose];
  const { imagesMax, priceMaxCredits, models, qualities } = rule;
  const parts = [
    ...(imagesMax === null ? [] : [`at most ${number(imagesMax)} images`]),
    ...(priceMaxCredits === null ? [] : [`at most ${credits(priceMaxCredits)}`]),
    ...(models === null ? [] : [`models ${models.length > 0 ? list(models) : 'none'}`]),
    ...(qualities === null ? [] : [`qualities ${qualities.length > 0 ? list(qualities) : 'none'}`]),
  ];
  const allowed = parts.length > 0 ? written(parts.join(', '), NAMES_UNITS_MAX) : 'anything';
  return ['A request by ', ...whose, ': ', allowed];
}

/** What a change of how the agency is run means. */
export function policyParts(policy: PolicyChange): Part[] {
  switch (policy.name) {
    case 'defaultRole':
      return ['New full members start as ', strong(policy.value)];
    case 'burst':
      return policy.value === null
        ? ['People can ask as often as they like']
        : [`Each person can ask ${number(policy.value.requestsMax)} times in ${durationWords(policy.value.withinMs)}`];
    case 'escalateAfterMs':
      return [`Unanswered requests also go to owners after ${durationWords(policy.value)}`];
    case 'lapseAfterMs':
      return [`Unanswered requests expire after ${durationWords(policy.value)}`];
    case 'ownerAboveCredits':
      return policy.value === null
        ? ['Managers approve requests of any price']
        : [`Requests above ${credits(policy.value)} need an owner`];
    case 'repeats':
      return [
        `Cards point it out after ${number(policy.value.approvalsCount)} approvals in ${durationWords(policy.value.withinMs)}`,
      ];
    case 'alerts':
      return alertsParts(policy.value);
    case 'timeZone':
      return [`${PERIODS} follow `, strong(policy.value), ' time'];
    case 'weekStartsOn':
      return ['Weeks start on ', strong(weekdayWords(policy.value))];
    case 'creditValueMicroUsd':
      return ['One credit is worth ', strong(`$${dollars(policy.value)}`)];
    case 'markupBasisPoints':
      return ['Images cost ', strong(markupWords(policy.value))];
    case 'digest':
      return digestPolicyParts(policy.value);
    case 'coachingText':
      return ['The coaching tips were rewritten'];
    case 'reactions':
      return policy.value === null
        ? ['Reactions mark no images']
        : [`Reactions mark images: ${list(MARKS.map((mark) => `${policy.value?.[mark]} for ${mark}`))}`];
    case 'peerCheck':
      return ['The peer check is ', strong(policy.value ? 'on' : 'off')];
  }
}

function alertsParts({ percents, quiet }: Policy['alerts']): Part[] {
  const when =
    percents.length > 0 ? `at ${list(percents.map((percent) => `${percent}%`))} used` : 'at no share of a limit';
  return [`Alerts come ${when}${quiet ? `, not from ${quiet.from} to ${quiet.to}` : ''}`];
}

export const READERS_WORDS: Readonly<Record<DigestPolicy['readers'], string>> = {
  owners_and_managers: 'owners and managers',
  owners: 'owners',
  no_one: 'no one',
};

function digestPolicyParts({ weekday, minuteOfDay, readers }: DigestPolicy): Part[] {
  if (readers === 'no_one') return ['The weekly digest goes to ', strong('no one')];
  const when = `${weekdayWords(weekday)} at ${timeWords(minuteOfDay)}`;
  return ['The weekly digest goes to ', strong(READERS_WORDS[readers]), ' on ', strong(when)];
}
