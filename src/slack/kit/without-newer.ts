import type { KnownBlock } from '@slack/types';
import { chartAsText } from './chart-text.ts';
import { cardsAsText } from './contact-sheet.ts';
import { CHARTS_IN_MESSAGE_MAX, type MessageBlock, type NewerBlock, type NewerType } from './newer-blocks.ts';

/** The same blocks with text in place of those of the given types. Without types: of every newer one. */
export function withoutNewer(blocks: readonly MessageBlock[], types: ReadonlySet<string> = ALL): MessageBlock[] {
  return blocks.map((block) => (isNewer(block) && types.has(block.type) ? asText(block) : block));
}

/** A message with no more charts than Slack takes: the others are text. */
export function withinChartLimit(blocks: readonly MessageBlock[]): MessageBlock[] {
  let charts = 0;
  return blocks.map((block) => {
    if (block.type !== 'data_visualization') return block;
    charts += 1;
    return charts > CHARTS_IN_MESSAGE_MAX ? chartAsText(block) : block;
  });
}

/** The types of newer blocks that stand in a message. */
export const newerTypesIn = (blocks: readonly MessageBlock[]): NewerType[] => [
  ...new Set(blocks.filter(isNewer).map(({ type }) => type)),
];

const ALL: ReadonlySet<string> = new Set<NewerType>(['data_visualization', 'card', 'carousel']);

function isNewer(block: MessageBlock): block is NewerBlock {
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
