import { z } from 'zod';
import { date, fields, label, list, name, numberOr, oneOf, quality, size, table, text, usd, whole } from './fields.ts';

/** A file of rates as it is written: docs/rate-cards.md explains it. What one field says of another is checked in `check.ts`. */

const MODELS_MAX = 50;
const SIZES_MAX = 50;
const CARDS_MAX = 100;

const endpoint = fields(
  {
    base_url: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }),
    key_variable: text('the name of a variable, such as TOGETHER_API_KEY', /^[A-Z][A-Z0-9_]{2,}$/).optional(),
  },
  'an endpoint with base_url and key_variable',
);

const perMillion = usd(10_000);
const perImage = usd(1_000);

const tokens = fields(
  {
    usd_per_million: fields(
      { text_in: perMillion, cached_text_in: perMillion.optional(), image_in: perMillion, image_out: perMillion },
      'prices for text_in, image_in and image_out',
    ),
    qualities: table(
      quality,
      fields(
        { factor: whole(1, 1_000), margin_percent: whole(0, 1_000).default(0) },
        'a factor, such as { factor: 16 }',
      ),
      'qualities, each with a factor',
    ),
    prompt_overhead_tokens: whole(0, 100_000).default(64),
  },
  'prices by the token',
);

const PRICES = 'a price in US dollars such as 0.03, or prices by quality, or by quality and size';
const byQuality = table(quality, numberOr(perImage, table(size, perImage, PRICES)), PRICES);

const model = fields(
  {
    id: name,
    label,
    made_by: name,
    sent_as: text('the name that the endpoint knows it by', /^[^\s\p{Cc}]{1,200}$/u).optional(),
    sizes: list(size, SIZES_MAX),
    default_size: size.optional(),
    default_quality: quality.optional(),
    tokens: tokens.optional(),
    usd_per_image: numberOr(perImage, byQuality).optional(),
    takes: z.array(oneOf(['size', 'quality', 'safety_id']), { error: 'must be a list of size, quality, safety_id' }),
    prompt_max_characters: whole(1, 1_000_000).default(32_000),
    usually_takes_seconds: whole(1, 3_600),
    gives_up_after_seconds: whole(1, 3_600),
    shut_down_on: date.optional(),
  },
  'a model',
);

const card = fields({ id: name, valid_from: date, models: list(model, MODELS_MAX) }, 'a card');

export const ratesFile = fields(
  { endpoints: table(name, endpoint, 'endpoints by their names').optional(), cards: list(card, CARDS_MAX) },
  'a list under cards, and what it names under endpoints',
);

export type RatesFile = z.infer<typeof ratesFile>;
export type CardInFile = RatesFile['cards'][number];
export type ModelInFile = CardInFile['models'][number];
