import type { OfferRefusal } from '../../images/rate-card.ts';
import { code, type Inline } from '../kit/parts.ts';
import { shorten } from '../kit/text.ts';

/** More than this is a list nobody reads. */
const POSSIBLE_MAX = 12;
const ASKED_CHARACTERS_MAX = 60;

/** A model, size or quality that is not offered, and those that are. */
export function offerParagraphs(refusal: OfferRefusal): Inline[][] {
  switch (refusal.reason) {
    case 'no_models':
      return [['No image service is set up, so there is nothing to make images with. An owner of Inkwell can help.']];
    case 'unknown_model':
      return [
        ['There is no model ', asked(refusal.asked), '. ', ...possible(refusal.possible), ' Nothing was charged.'],
      ];
    case 'unknown_size':
      return [
        [
          asked(refusal.asked),
          ` is not a size of ${refusal.model}. `,
          ...possible(refusal.possible),
          ' Nothing was charged.',
        ],
      ];
    case 'unknown_quality':
      return [
        [
          asked(refusal.asked),
          ` is not a quality of ${refusal.model}. `,
          ...possible(refusal.possible),
          ' Nothing was charged.',
        ],
      ];
  }
}

const asked = (words: string) => code(shorten(words, ASKED_CHARACTERS_MAX) || '(nothing)');

function possible(names: readonly string[]): Inline[] {
  const shown = names.slice(0, POSSIBLE_MAX);
  const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : '';
  return [
    'You can choose ',
    ...shown.flatMap((each, index): Inline[] => (index === 0 ? [code(each)] : [', ', code(each)])),
    `${more}.`,
  ];
}
