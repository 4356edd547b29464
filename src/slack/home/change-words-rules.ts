import type { AccountId } from '../../ledger/accounts.ts';
import type { PolicyChange } from '../../ledger/commands/commands.ts';
import type { Facts } from '../../ledger/lines.ts';
import { credits, number } from '../../words/figures.ts';
import { PERIODS } from '../../words/windows.ts';
import { bold, cutTo, type Inline } from '../kit/parts.ts';
import { durationWords, list } from '../kit/text.ts';
import { dollars, markupWords, weekdayWords } from '../limits/setting-words.ts';

const NAMES_UNITS_MAX = 200;

/** Rules about single requests, and how the agency is run, as they stand among the last changes. */
export function ruleWords(
  { scope, rule }: Facts & { kind: 'rule_set' },
  nameOf: (account: AccountId) => Inline[],
): Inline[] {
  const [, role] = /^role:(.+)$/.exec(scope) ?? [];
  const whose: Inline[] = role ? [bold(`${role}s`)] : nameOf(scope as AccountId);
  if (rule === null) return ['No rules for requests by ', ...whose];
  const { imagesMax, priceMaxCredits, models, qualities } = rule;
  const parts = [
    ...(imagesMax === null ? [] : [`at most ${number(imagesMax)} images`]),
    ...(priceMaxCredits === null ? [] : [`at most ${credits(priceMaxCredits)}`]),
    ...(models === null ? [] : [`models ${models.length > 0 ? list(models) : 'none'}`]),
    ...(qualities === null ? [] : [`qualities ${qualities.length > 0 ? list(qualities) : 'none'}`]),
  ];
  return ['A request by ', ...whose, `: ${parts.length > 0 ? cutTo(parts.join(', '), NAMES_UNITS_MAX) : 'anything'}`];
}

export function policyWords(policy: PolicyChange): Inline[] {
  switch (policy.name) {
    case 'defaultRole':
      return ['New full members start as ', bold(policy.value)];
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
    case 'timeZone':
      return [`${PERIODS} follow `, bold(policy.value), ' time'];
    case 'weekStartsOn':
      return ['Weeks start on ', bold(weekdayWords(policy.value))];
    case 'creditValueMicroUsd':
      return ['One credit is worth ', bold(`$${dollars(policy.value)}`)];
    case 'markupBasisPoints':
      return ['Images cost ', bold(markupWords(policy.value))];
    case 'coachingText':
      return ['The coaching tips were rewritten'];
  }
}
