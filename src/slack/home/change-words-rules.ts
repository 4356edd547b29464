import type { AccountId } from '../../ledger/accounts.ts';
import type { PolicyChange } from '../../ledger/commands/commands.ts';
import type { Facts } from '../../ledger/lines.ts';
import { credits, number } from '../../words/figures.ts';
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
  if (rule === null) return ['No rule for requests of ', ...whose];
  const { imagesMax, priceMaxCredits, models, qualities } = rule;
  const parts = [
    ...(imagesMax === null ? [] : [`at most ${number(imagesMax)} images`]),
    ...(priceMaxCredits === null ? [] : [`at most ${credits(priceMaxCredits)}`]),
    ...(models === null ? [] : [`models ${models.length > 0 ? list(models) : 'none'}`]),
    ...(qualities === null ? [] : [`qualities ${qualities.length > 0 ? list(qualities) : 'none'}`]),
  ];
  return ['A request of ', ...whose, `: ${parts.length > 0 ? cutTo(parts.join(', '), NAMES_UNITS_MAX) : 'anything'}`];
}

export function policyWords(policy: PolicyChange): Inline[] {
  switch (policy.name) {
    case 'defaultRole':
      return ['Full members begin as ', bold(policy.value)];
    case 'burst':
      return policy.value === null
        ? ['Anybody may ask as often as they like']
        : [
            `Nobody asks more than ${number(policy.value.requestsMax)} times within ${durationWords(policy.value.withinMs)}`,
          ];
    case 'escalateAfterMs':
      return [`Requests that nobody answered go to owners after ${durationWords(policy.value)}`];
    case 'lapseAfterMs':
      return [`Requests that nobody answered lapse after ${durationWords(policy.value)}`];
    case 'ownerAboveCredits':
      return policy.value === null
        ? ['Managers approve requests of any price']
        : [`Requests above ${credits(policy.value)} need an owner`];
    case 'repeats':
      return [
        `Cards say so after ${number(policy.value.approvalsCount)} approvals within ${durationWords(policy.value.withinMs)}`,
      ];
    case 'timeZone':
      return ['Days, weeks and months begin by the clocks of ', bold(policy.value)];
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
