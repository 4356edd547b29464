import november2026 from './2026-11.yaml';
import type { RateCard } from './card.ts';
import { readRates } from './read-rates.ts';

/** The product's own cards, read as an agency's are. */
export const SHIPPED: readonly RateCard[] = [november2026].flatMap(cardsOf);

function cardsOf(text: string): readonly RateCard[] {
  const read = readRates(text);
  if (!read.ok) throw new Error(`A shipped rate card is damaged: ${JSON.stringify(read.problems)}`);
  return read.rates.cards;
}
