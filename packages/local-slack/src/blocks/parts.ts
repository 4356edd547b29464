import type { KnownBlock } from '@slack/types';
import type { Json } from '../workspace.ts';

/** A block itself, or an element in it, with the JSON pointer that leads there from the block. */
export type Part = { part: Json; path: string };

/** An element with an action id, and the block it stands in. */
export type Working = { blockId: string; actionId: string; block: Json; element: Json };

export function partsOf(block: Json): Part[] {
  const elements = block.type !== 'rich_text' && Array.isArray(block.elements) ? (block.elements as Json[]) : [];
  return [
    { part: block, path: '' },
    ...['accessory', 'element'].flatMap((name) =>
      block[name] ? [{ part: block[name] as Json, path: `/${name}` }] : [],
    ),
    ...elements.map((part, index) => ({ part, path: `/elements/${index}` })),
  ];
}

/** Everything in these blocks that a person can work. */
export function workingParts(blocks: readonly KnownBlock[]): Working[] {
  return (blocks as unknown as Json[]).flatMap((block) =>
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
  return (blocks as unknown as Json[]).map((block) => {
    const named: Json = { ...block, block_id: block.block_id ?? newId() };
    const identified = (part: Json): Json =>
      NOT_WORKED.has(String(part.type)) ? part : { ...part, action_id: part.action_id ?? newId() };
    if (named.accessory) named.accessory = identified(named.accessory as Json);
    if (named.element) named.element = identified(named.element as Json);
    if (block.type === 'actions') named.elements = (named.elements as Json[]).map(identified);
    return named;
  }) as unknown as KnownBlock[];
}
