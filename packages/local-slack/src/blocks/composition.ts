import { z } from 'zod';

/** Parts that blocks and elements are composed of. Objects are strict: Slack refuses fields it does not know. */

export const id = z.string().max(255);
export const webAddress = z
  .string()
  .max(3000)
  .regex(/^(https?|slack|mailto):/, 'invalid url');

export const plainText = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: z.string().min(1).max(max), emoji: z.boolean().optional() });

export const markedText = (max: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: z.string().min(1).max(max), verbatim: z.boolean().optional() });

export const anyText = (max: number) => z.discriminatedUnion('type', [plainText(max), markedText(max)]);

const value = { value: z.string().max(150) };

/** Radio buttons and checkboxes read markup; lists and menus do not. */
export const markedOption = z.strictObject({ text: anyText(75), ...value, description: anyText(75).optional() });
export const option = z.strictObject({ text: plainText(75), ...value, description: plainText(75).optional() });
/** Only a menu's option may lead somewhere. */
export const menuOption = option.extend({ url: webAddress.optional() });

export const optionGroup = z.strictObject({ label: plainText(75), options: z.array(option).min(1).max(100) });

export const confirm = z.strictObject({
  title: plainText(100),
  text: anyText(300),
  confirm: plainText(30),
  deny: plainText(30),
  style: z.enum(['primary', 'danger']).optional(),
});

/** By id or by address, never both. */
export const slackFile = z.union([z.strictObject({ id: z.string() }), z.strictObject({ url: z.string() })]);

export const dispatchConfig = z.strictObject({
  trigger_actions_on: z
    .array(z.enum(['on_enter_pressed', 'on_character_entered']))
    .min(1)
    .max(2),
});

export const filter = z.strictObject({
  include: z
    .array(z.enum(['im', 'mpim', 'private', 'public']))
    .min(1)
    .optional(),
  exclude_external_shared_channels: z.boolean().optional(),
  exclude_bot_users: z.boolean().optional(),
});

/** Exactly one of two fields; Slack draws neither or both. */
export const oneOf = (first: string, second: string) => (value: Record<string, unknown>) =>
  (value[first] === undefined) !== (value[second] === undefined);
