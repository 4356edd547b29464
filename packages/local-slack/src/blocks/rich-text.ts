import { z } from 'zod';
import { id, webAddress } from './composition.ts';

/** Rich text, in which nothing is escaped and every mention is a part of its own. */

const style = {
  style: z
    .strictObject({
      bold: z.boolean().optional(),
      italic: z.boolean().optional(),
      strike: z.boolean().optional(),
      underline: z.boolean().optional(),
      code: z.boolean().optional(),
    })
    .optional(),
};

const text = z.strictObject({ type: z.literal('text'), text: z.string().min(1), ...style });
const link = z.strictObject({
  type: z.literal('link'),
  url: webAddress,
  text: z.string().min(1).optional(),
  unsafe: z.boolean().optional(),
  ...style,
});
const date = z.strictObject({
  type: z.literal('date'),
  timestamp: z.number().int(),
  format: z.string().min(1),
  url: webAddress.optional(),
  fallback: z.string().optional(),
  ...style,
});
const emoji = z.strictObject({
  type: z.literal('emoji'),
  name: z.string().min(1),
  unicode: z.string().optional(),
  url: webAddress.optional(),
  ...style,
});
const user = z.strictObject({ type: z.literal('user'), user_id: z.string().min(1), ...style });
const usergroup = z.strictObject({ type: z.literal('usergroup'), usergroup_id: z.string().min(1), ...style });
const team = z.strictObject({ type: z.literal('team'), team_id: z.string().min(1), ...style });
const channel = z.strictObject({ type: z.literal('channel'), channel_id: z.string().min(1), ...style });
const broadcast = z.strictObject({
  type: z.literal('broadcast'),
  range: z.enum(['here', 'channel', 'everyone']),
  ...style,
});
const color = z.strictObject({ type: z.literal('color'), value: z.string().min(1), ...style });

const inline = z.discriminatedUnion('type', [
  text,
  link,
  date,
  emoji,
  user,
  usergroup,
  team,
  channel,
  broadcast,
  color,
]);
/** An empty list is not "no text": Slack refuses the whole message for it. */
const filled = <T extends z.ZodType>(part: T) => z.array(part).refine((parts) => parts.length > 0, 'missing element');
const border = { border: z.union([z.literal(0), z.literal(1)]).optional() };

const section = z.strictObject({ type: z.literal('rich_text_section'), elements: filled(inline) });
const quote = z.strictObject({ type: z.literal('rich_text_quote'), elements: filled(inline), ...border });
const preformatted = z.strictObject({
  type: z.literal('rich_text_preformatted'),
  elements: filled(z.discriminatedUnion('type', [text, link])),
  language: z.string().optional(),
  ...border,
});
const list = z.strictObject({
  type: z.literal('rich_text_list'),
  style: z.enum(['bullet', 'ordered']),
  elements: filled(section),
  indent: z.number().int().min(0).max(8).optional(),
  offset: z.number().int().min(0).optional(),
  ...border,
});

export const richText = z.strictObject({
  type: z.literal('rich_text'),
  block_id: id.min(1).optional(),
  elements: filled(z.discriminatedUnion('type', [section, list, quote, preformatted])),
});
