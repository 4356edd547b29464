import type { OfferRefusal } from '../../images/rate-card.ts';
import { listed, listedUpTo } from '../../words/parts.ts';
import { code, type Inline } from '../kit/parts.ts';
import { shorten } from '../kit/text.ts';

/** Longer lists are not read. */
const POSSIBLE_MAX = 12;
const ASKED_CHARACTERS_MAX = 60;

/** A model, size or quality that is not offered, and those that are. */
export function offerParagraphs(refusal: OfferRefusal): Inline[][] {
  switch (refusal.reason) {
    case 'no_models':
      return [['No image service is set up, so images can’t be made. An owner can help.']];
    case 'unknown_model':
      return [
        ['There’s no model ', asked(refusal.asked), '. ', ...possible(refusal.possible), ' Nothing was charged.'],
      ];
    case 'unknown_size':
      return [
        [
          asked(refusal.asked),
          ` isn’t a size of ${refusal.model}. `,
          ...possible(refusal.possible),
          ' Nothing was charged.',
        ],
      ];
    case 'unknown_quality':
      return [
        [
          asked(refusal.asked),
          ` isn’t a quality of ${refusal.model}. `,
          ...possible(refusal.possible),
          ' Nothing was charged.',
        ],
      ];
  }
}

const asked = (words: string) => code(shorten(words, ASKED_CHARACTERS_MAX) || '(nothing)');

function possible(names: readonly string[]): Inline[] {
  if (names.length > POSSIBLE_MAX) return ['Choose one of ', ...listedUpTo(names.map(code), POSSIBLE_MAX), '.'];
  const choices = names.map((each) => [code(each)]);
  return ['Choose ', ...listed(choices, 'or'), '.'];
}
