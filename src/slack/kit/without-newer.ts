import type { Block, KnownBlock } from '@slack/types';
import { chartAsText } from './chart-text.ts';
import { cardsAsText } from './contact-sheet.ts';
import { CHARTS_IN_MESSAGE_MAX, type NewerBlock, type NewerType } from './newer-blocks.ts';

const ALL: ReadonlySet<string> = new Set<NewerType>(['data_visualization', 'card', 'carousel']);

/** Puts text in place of the blocks of the given types. Without types: of every newer one. */
export function withoutNewer(blocks: readonly Block[], types: ReadonlySet<string> = ALL): Block[] {
  return blocks.map((block) => (isNewer(block) && types.has(block.type) ? asText(block) : block));
}

/** Leaves as many charts as Slack takes: the others become text. */
export function withinChartLimit(blocks: readonly Block[]): Block[] {
  let charts = 0;
  return blocks.map((block) => {
    if (!isNewer(block) || block.type !== 'data_visualization') return block;
    charts += 1;
    return charts > CHARTS_IN_MESSAGE_MAX ? chartAsText(block) : block;
  });
}

/** Names the types of newer blocks that stand in a message. */
export const newerTypesIn = (blocks: readonly Block[]): NewerType[] => [
  ...new Set(blocks.filter(isNewer).map(({ type }) => type)),
];

export function isNewer(block: Block): block is NewerBlock {
  return ALL.has(block.type);
}

function asText(block: NewerBlock): KnownBlock {
  switch (block.type) {
    case 'data_visualization':
      return chartAsText(block);
    case 'card':
      return cardsAsText([block]);
    case 'carousel':
      return cardsAsText(block.elements);
  }
}
