import { z } from 'zod';
import { card, carousel } from './cards.ts';
import { dataVisualization } from './charts.ts';
import { anyText, id, oneOf, plainText, slackFile, webAddress } from './composition.ts';
import { inActions, inContext, inInput, inSection } from './elements.ts';
import { richText } from './rich-text.ts';
import { dataTable, table } from './tables.ts';

/** Layout blocks. https://docs.slack.dev/reference/block-kit/blocks */

const blockId = { block_id: id.min(1).optional() };

const section = z
  .strictObject({
    type: z.literal('section'),
    ...blockId,
    text: anyText(3000).optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
    accessory: inSection.optional(),
    expand: z.boolean().optional(),
  })
  .refine(({ text, fields }) => text !== undefined || fields !== undefined, 'must provide either text or fields');

const header = z.strictObject({ type: z.literal('header'), ...blockId, text: plainText(150) });
const divider = z.strictObject({ type: z.literal('divider'), ...blockId });
const context = z.strictObject({ type: z.literal('context'), ...blockId, elements: z.array(inContext).min(1).max(10) });
const actions = z.strictObject({ type: z.literal('actions'), ...blockId, elements: z.array(inActions).min(1).max(25) });

const image = z
  .strictObject({
    type: z.literal('image'),
    ...blockId,
    alt_text: z.string().min(1).max(2000),
    title: plainText(2000).optional(),
    image_url: webAddress.optional(),
    slack_file: slackFile.optional(),
  })
  .refine(oneOf('image_url', 'slack_file'), 'must provide either image_url or slack_file');

const input = z.strictObject({
  type: z.literal('input'),
  ...blockId,
  label: plainText(2000),
  element: inInput,
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
});

const markdown = z.strictObject({ type: z.literal('markdown'), ...blockId, text: z.string().min(1).max(12_000) });

/** As https://docs.slack.dev/blocks.json lists them. It lists cards for modals, too, where Slack does not draw them. */
const everywhere = [section, header, divider, context, actions, image, input, richText] as const;
const inMessage = [...everywhere, markdown, table, dataTable, dataVisualization, card, carousel] as const;
const inHome = [...everywhere, dataVisualization, card, carousel] as const;

export const messageBlocks = z.array(z.discriminatedUnion('type', inMessage)).max(50);

const anyView = {
  private_metadata: z.string().max(3000).optional(),
  callback_id: id.optional(),
  external_id: id.optional(),
};

export const modalView = z
  .strictObject({
    type: z.literal('modal'),
    ...anyView,
    blocks: z.array(z.discriminatedUnion('type', everywhere)).max(100),
    title: plainText(24),
    submit: plainText(24).optional(),
    close: plainText(24).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
  })
  .refine(
    ({ blocks, submit }) => submit !== undefined || blocks.every((block) => block.type !== 'input'),
    'submit is required when an input block is within the blocks array',
  );

export const homeView = z.strictObject({
  type: z.literal('home'),
  ...anyView,
  blocks: z.array(z.discriminatedUnion('type', inHome)).max(100),
});
