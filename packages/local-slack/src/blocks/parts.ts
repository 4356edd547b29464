import type { KnownBlock } from '@slack/types';
import type { Json } from '../workspace.ts';

/** A block itself, or an element in it, with the JSON pointer that leads there from the block. */
export type Part = { part: Json; path: string };

/** An element with an action id, and the block it stands in. */
export type Working = { blockId: string; actionId: string; block: Json; element: Json };

const CHILDREN = ['accessory', 'element', 'hero_image', 'icon'] as const;
const LISTS = ['elements', 'actions'] as const;

export function partsOf(block: Json): Part[] {
  if (block.type === 'rich_text') return [{ part: block, path: '' }];
  const children = CHILDREN.filter((name) => block[name]).map((name) => ({
    part: block[name] as Json,
    path: `/${name}`,
  }));
  const listed = LISTS.flatMap((name) =>
    listIn(block, name).map((part, index) => ({ part, path: `/${name}/${index}` })),
  );
  return [{ part: block, path: '' }, ...children, ...listed];
}

const listIn = (block: Json, name: string): Json[] => (Array.isArray(block[name]) ? (block[name] as Json[]) : []);

/** Blocks with those that stand in them, such as a carousel's cards, and where each stands. */
export function nestedBlocks(blocks: readonly Json[]): { block: Json; path: string }[] {
  return blocks.flatMap((block, index) => [
    { block, path: `/${index}` },
    ...cardsOf(block).map((card, at) => ({ block: card, path: `/${index}/elements/${at}` })),
  ]);
}

const cardsOf = (block: Json): Json[] => (block.type === 'carousel' ? listIn(block, 'elements') : []);

/** Everything in these blocks that a person can work. */
export function workingParts(blocks: readonly KnownBlock[]): Working[] {
  return nestedBlocks(blocks as unknown as Json[]).flatMap(({ block }) =>
    partsOf(block).flatMap(({ part }) =>
      typeof part.action_id === 'string'
        ? [{ blockId: String(block.block_id), actionId: part.action_id, block, element: part }]
        : [],
    ),
  );
}

const NOT_WORKED = new Set(['image', 'plain_text', 'mrkdwn']);

/** Gives ids to what the app left without, as Slack does when it takes blocks in. */
export function withIds(blocks: readonly KnownBlock[], newId: () => string): KnownBlock[] {
  return (blocks as unknown as Json[]).map((block) => identifiedBlock(block, newId)) as unknown as KnownBlock[];
}

function identifiedBlock(block: Json, newId: () => string): Json {
  const named: Json = { ...block, block_id: block.block_id ?? newId() };
  const identified = (part: Json): Json =>
    NOT_WORKED.has(String(part.type)) ? part : { ...part, action_id: part.action_id ?? newId() };
  if (named.accessory) named.accessory = identified(named.accessory as Json);
  if (named.element) named.element = identified(named.element as Json);
  if (block.type === 'actions') named.elements = listIn(block, 'elements').map(identified);
  if (block.type === 'card' && block.actions) named.actions = listIn(block, 'actions').map(identified);
  if (block.type === 'carousel') named.elements = cardsOf(block).map((card) => identifiedBlock(card, newId));
  return named;
}
