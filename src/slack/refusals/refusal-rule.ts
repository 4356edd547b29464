import type { RuleBroken } from '../../ledger/refusals.ts';
import type { RuleScope } from '../../ledger/state.ts';
import { credits, number } from '../../words/figures.ts';
import { code, type Inline } from '../kit/parts.ts';
import { list, shorten } from '../kit/text.ts';
import { help, type RefusalContext } from './refusal-limit.ts';

const POSSIBLE_MAX = 8;
const NAME_CHARACTERS_MAX = 60;

/** A rule about single requests: what was asked for, what is allowed, whose rule it is, and who can change it. */
export function ruleParagraphs(refusal: RuleBroken, to: RefusalContext): Inline[][] {
  const whose = ` ${forWhom(refusal.scope)}`;
  const nothing = 'Nothing was made, and nothing was charged.';
  switch (refusal.reason) {
    case 'model_not_allowed':
      return [
        ['The model ', short(refusal.model), ` is not allowed${whose}. Allowed: ${possible(refusal.models)}.`],
        [nothing],
        help(to, 'change that'),
      ];
    case 'quality_not_allowed':
      return [
        ['The quality ', short(refusal.quality), ` is not allowed${whose}. Allowed: ${possible(refusal.qualities)}.`],
        [nothing],
        help(to, 'change that'),
      ];
    case 'too_many_images':
      return [
        [
          `${number(refusal.imagesCount)} images at once are more than the ${number(refusal.imagesMax)} allowed${whose}. Ask for fewer.`,
        ],
        [nothing],
        help(to, 'change that'),
      ];
    case 'price_too_high':
      return [
        [
          `This takes ${credits(refusal.requestedCredits)}, more than the ${number(refusal.priceMaxCredits)} allowed for one request${whose}. Fewer images, a smaller size or a lower quality take less.`,
        ],
        [nothing],
        help(to, 'change that'),
      ];
  }
}

function forWhom(scope: RuleScope): string {
  if (scope.startsWith('client:')) return 'for this client';
  return scope.startsWith('member:') ? 'for you' : `for ${scope.slice('role:'.length)}s`;
}

const short = (name: string): Inline => code(shorten(name, NAME_CHARACTERS_MAX));

const possible = (names: readonly string[]) =>
  list([
    ...names.slice(0, POSSIBLE_MAX).map((each) => shorten(each, NAME_CHARACTERS_MAX)),
    ...(names.length > POSSIBLE_MAX ? [`${names.length - POSSIBLE_MAX} more`] : []),
  ]);
