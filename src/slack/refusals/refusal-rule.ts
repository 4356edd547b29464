import type { RuleBroken } from '../../ledger/refusals.ts';
import type { RuleScope } from '../../ledger/rules.ts';
import { credits, list, number } from '../../words/figures.ts';
import { code, dateToken, type Inline } from '../kit/parts.ts';
import { NOTHING_MADE, shorten } from '../kit/text.ts';
import { help, type RefusalContext } from './refusal-limit.ts';

const POSSIBLE_MAX = 8;
const NAME_CHARACTERS_MAX = 60;

/** A rule about single requests: what was asked for, what is allowed, whose rule it is, and who can change it. */
export const ruleParagraphs = (refusal: RuleBroken, to: RefusalContext): Inline[][] => [
  broken(refusal, forWhom(refusal.scope)),
  ...(refusal.also ?? []).map((each): Inline[] => ['Also: ', ...broken(each, forWhom(each.scope))]),
  [NOTHING_MADE],
  help(to, 'change this'),
];

function broken(refusal: RuleBroken, whose: string): Inline[] {
  switch (refusal.reason) {
    case 'model_not_allowed':
      return ['The model ', short(refusal.model), ` isn’t allowed ${whose}. ${use(refusal.models)}`];
    case 'quality_not_allowed':
      return [
        'The quality ',
        short(refusal.quality),
        ` isn’t allowed ${whose}`,
        ...(refusal.untilAt === undefined ? [] : [' until ', dateToken(refusal.untilAt)]),
        `. ${use(refusal.qualities)}`,
      ];
    case 'too_many_images': {
      const most = `At most ${number(refusal.imagesMax)} at once ${areAllowed(refusal.imagesMax)} ${whose}.`;
      return [`You asked for ${number(refusal.imagesCount)} images. ${most}`];
    }
    case 'price_too_high': {
      const most = `At most ${number(refusal.priceMaxCredits)} per request ${areAllowed(refusal.priceMaxCredits)} ${whose}.`;
      return [
        `This costs ${credits(refusal.requestedCredits)}. ${most} Try fewer images, a smaller size or a lower quality.`,
      ];
    }
  }
}

const areAllowed = (count: number) => (count === 1 ? 'is allowed' : 'are allowed');

function forWhom(scope: RuleScope): string {
  if (scope.startsWith('client:')) return 'for this client';
  return scope.startsWith('member:') ? 'for you' : `for ${scope.slice('role:'.length)}s`;
}

const short = (name: string): Inline => code(shorten(name, NAME_CHARACTERS_MAX));

const use = (names: readonly string[]) => (names.length === 0 ? 'None is allowed.' : `Use ${possible(names)}.`);

const possible = (names: readonly string[]) =>
  list(
    [
      ...names.slice(0, POSSIBLE_MAX).map((each) => shorten(each, NAME_CHARACTERS_MAX)),
      ...(names.length > POSSIBLE_MAX ? [`${names.length - POSSIBLE_MAX} more`] : []),
    ],
    'or',
  );
