import { z } from 'zod';
import { anyText, id } from './composition.ts';
import { button, image } from './elements.ts';

/** https://docs.slack.dev/reference/block-kit/blocks/card-block and carousel-block. Slack's own icons are not here. */

const blockId = { block_id: id.min(1).optional() };

export const card = z
  .strictObject({
    type: z.literal('card'),
    ...blockId,
    hero_image: image.optional(),
    icon: image.optional(),
    title: anyText(150).optional(),
    subtitle: anyText(150).optional(),
    body: anyText(200).optional(),
    subtext: anyText(200).optional(),
    actions: z.array(button).min(1).max(3).optional(),
  })
  .refine(
    ({ hero_image: hero, title, actions, body }) => [hero, title, actions, body].some((each) => each !== undefined),
    'must provide at least one of hero_image, title, actions or body',
  );

export const carousel = z.strictObject({
  type: z.literal('carousel'),
  ...blockId,
  elements: z.array(card).min(1).max(10),
});
