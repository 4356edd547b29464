import { isReadOnTheWay, MUST_BE_HTTPS } from '../plain-address.ts';
import { upperBoundMicroUsd } from '../price.ts';
import type { CardInFile, ModelInFile, RatesFile } from './file.ts';
import { toCard } from './to-card.ts';

/** `path`: keys and positions from the file's beginning. */
export type Finding = { path: readonly (string | number)[]; what: string };

type Nearest = (word: string, known: readonly string[]) => string | null;

/** Made by parts of the product itself, or names that mean something else where troubles are told. */
const OWN = ['openai', 'sketch'] as const;
const TAKEN = new Set<string>([...OWN, 'slack']);
/** What the sample drawer draws. */
const SKETCH_QUALITIES = ['draft', 'standard', 'fine'];

/** What one field of a file says against another; nothing where they agree. */
export function findContradictions({ endpoints = {}, cards }: RatesFile, nearest: Nearest): readonly Finding[] {
  const names = Object.keys(endpoints);
  const makers = [...OWN, ...names];
  return [
    ...names
      .filter((name) => TAKEN.has(name))
      .map((name) => ({ path: ['endpoints', name], what: `${name} means something else. Choose another name.` })),
    ...Object.entries(endpoints)
      .filter(([, { base_url, key_variable }]) => key_variable !== undefined && isReadOnTheWay(base_url))
      .map(([name]) => ({ path: ['endpoints', name, 'base_url'], what: `base_url ${MUST_BE_HTTPS}` })),
    ...twice(cards, ({ id }) => id).map(at('id', ['cards'], 'is the id of another card. Choose another one.')),
    ...twice(cards, (each) => each.valid_from).map(
      at('valid_from', ['cards'], 'is also when another card begins. Choose another time.'),
    ),
    ...cards.flatMap((card, index) =>
      inCard(card, makers, nearest).map(({ path, what }) => ({ path: ['cards', index, ...path], what })),
    ),
  ];
}

function inCard({ models }: CardInFile, makers: readonly string[], nearest: Nearest): Finding[] {
  return [
    ...twice(models, ({ id }) => id).map(at('id', ['models'], 'is the id of another model. Choose another one.')),
    ...models.flatMap((model, index) =>
      inModel(model, makers, nearest).map(({ path, what }) => ({ path: ['models', index, ...path], what })),
    ),
  ];
}

function inModel(model: ModelInFile, makers: readonly string[], nearest: Nearest): Finding[] {
  const { tokens, usd_per_image: prices, sizes, takes } = model;
  const choose: Choose = (field, word, known) => {
    if (word === undefined || known.includes(word)) return [];
    const near = nearest(word, known);
    return [
      { path: [field], what: `${field} must be one of ${known.join(', ')}.${near ? ` Did you mean ${near}?` : ''}` },
    ];
  };
  const say = (isWrong: boolean, field: string, what: string): Finding[] =>
    isWrong ? [{ path: field ? [field] : [], what }] : [];
  const isSketch = model.made_by === 'sketch';
  const found = [
    ...choose('made_by', model.made_by, makers),
    ...choose('default_size', model.default_size, sizes),
    ...twice(sizes, (each) => each).map((index) => ({
      path: ['sizes', index],
      what: 'sizes names a size twice. Remove one of them.',
    })),
    ...say(!takes.includes('size') && sizes.length > 1, 'sizes', 'sizes must be one size: takes has no size.'),
    ...say(
      model.usually_takes_seconds > model.gives_up_after_seconds,
      'usually_takes_seconds',
      'usually_takes_seconds is more than gives_up_after_seconds. Make it less.',
    ),
    ...say(!tokens && prices === undefined, '', 'A model needs a price. Give it tokens or usd_per_image.'),
    ...say(
      !!tokens && prices !== undefined,
      'tokens',
      'A model has either tokens or usd_per_image. Remove one of them.',
    ),
    ...say(isSketch && !!tokens, 'tokens', 'tokens can’t be for sketch. Give it usd_per_image.'),
    ...sizesIn(prices, sizes),
  ];
  return found.length > 0 ? found : inQualities(model, choose);
}

type Choose = (field: string, word: string | undefined, known: readonly string[]) => Finding[];

/** Where prices are by size, each size has one, and nothing else has. */
function sizesIn(prices: ModelInFile['usd_per_image'], sizes: readonly string[]): Finding[] {
  const byQuality = Object.entries(typeof prices === 'object' ? prices : {});
  return byQuality.flatMap(([quality, price]): Finding[] => {
    if (typeof price === 'number') return [];
    const path = ['usd_per_image', quality];
    const missing = sizes.filter((size) => price[size] === undefined);
    const surplus = Object.keys(price).filter((size) => !sizes.includes(size));
    return [
      ...surplus.map((size) => ({
        path: [...path, size],
        what: `${size} isn’t in sizes. Add it there, or remove it.`,
      })),
      ...(missing.length > 0 ? [{ path, what: `${quality} has no price for ${missing.join(', ')}. Add it.` }] : []),
    ];
  });
}

/** The cheapest first, as people are offered them, and as rules look for the nearest. */
function inQualities(model: ModelInFile, choose: Choose): Finding[] {
  const card = toCard({ id: 'one', valid_from: 0, models: [model] });
  const [rate] = card.models;
  if (!rate) return [];
  const { qualities, defaultSize } = rate;
  const path = model.tokens ? ['tokens', 'qualities'] : ['usd_per_image'];
  const bounds = qualities.map((quality) =>
    upperBoundMicroUsd(card, { model: model.id, size: defaultSize, quality, promptBytes: 0 }),
  );
  return [
    ...choose('default_quality', model.default_quality, qualities),
    ...(model.made_by === 'sketch' ? qualities : [])
      .filter((quality) => !SKETCH_QUALITIES.includes(quality))
      .map((quality) => ({ path: [...path, quality], what: `sketch draws ${SKETCH_QUALITIES.join(', ')} alone.` })),
    ...(qualities.length > 1 && !model.takes.includes('quality')
      ? [{ path, what: 'There must be one quality: takes has no quality.' }]
      : []),
    ...qualities.flatMap((quality, index) =>
      (bounds[index] ?? 0) < (bounds[index - 1] ?? 0)
        ? [
            {
              path: [...path, quality],
              what: `${quality} is cheaper than ${qualities[index - 1]}. List the cheapest first.`,
            },
          ]
        : [],
    ),
  ];
}

/** Positions of what an earlier one says too. */
function twice<Each>(all: readonly Each[], keyOf: (each: Each) => unknown): number[] {
  const keys = all.map(keyOf);
  return keys.flatMap((key, index) => (keys.indexOf(key) < index ? [index] : []));
}

const at =
  (field: string, path: readonly string[], what: string) =>
  (index: number): Finding => ({ path: [...path, index, field], what: `${field} ${what}` });
