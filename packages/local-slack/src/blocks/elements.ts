import { z } from 'zod';
import {
  confirm,
  filter,
  id,
  markedOption,
  markedText,
  menuOption,
  oneOf,
  option,
  optionGroup,
  plainText,
  slackFile,
  webAddress,
} from './composition.ts';
import { NOT_AMONG_OPTIONS, startsAmongOptions } from './initial-options.ts';
import { emailInput, numberInput, textInput, urlInput } from './text-inputs.ts';

/** Elements a person can work, and pictures. https://docs.slack.dev/reference/block-kit/block-elements */

const actionId = { action_id: id.optional() };
const asked = { ...actionId, confirm: confirm.optional(), focus_on_load: z.boolean().optional() };
const placeholder = { placeholder: plainText(150).optional() };
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'invalid date');
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'invalid time');
const listed = {
  options: z.array(option).min(1).max(100).optional(),
  option_groups: z.array(optionGroup).min(1).max(100).optional(),
};
const choices = oneOf('options', 'option_groups');
const several = { max_selected_items: z.number().int().min(1).optional() };
const ids = z.array(z.string());

export const image = z
  .strictObject({
    type: z.literal('image'),
    alt_text: z.string().min(1).max(2000),
    image_url: webAddress.optional(),
    slack_file: slackFile.optional(),
  })
  .refine(oneOf('image_url', 'slack_file'), 'must provide either image_url or slack_file');

export const button = z.strictObject({
  type: z.literal('button'),
  text: plainText(75),
  ...actionId,
  value: z.string().max(2000).optional(),
  url: webAddress.optional(),
  style: z.enum(['primary', 'danger']).optional(),
  confirm: confirm.optional(),
  accessibility_label: z.string().max(75).optional(),
});

const overflow = z.strictObject({
  type: z.literal('overflow'),
  ...actionId,
  options: z.array(menuOption).min(1).max(5),
  confirm: confirm.optional(),
});

const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    ...asked,
    ...placeholder,
    ...listed,
    initial_option: option.optional(),
  })
  .refine(choices, 'must provide either options or option_groups')
  .refine(startsAmongOptions, NOT_AMONG_OPTIONS);

const multiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    ...asked,
    ...placeholder,
    ...listed,
    ...several,
    initial_options: z.array(option).min(1).optional(),
  })
  .refine(choices, 'must provide either options or option_groups')
  .refine(startsAmongOptions, NOT_AMONG_OPTIONS);

/** A list whose options Slack itself knows. */
const selectFrom = <Type extends string, More extends z.core.$ZodLooseShape>(type: Type, more: More) =>
  z.strictObject({ type: z.literal(type), ...asked, ...placeholder, ...more });

const usersSelect = selectFrom('users_select', {
  initial_user: z.string().optional(),
});
const multiUsersSelect = selectFrom('multi_users_select', {
  ...several,
  initial_users: ids.optional(),
});
const channelsSelect = selectFrom('channels_select', {
  initial_channel: z.string().optional(),
  response_url_enabled: z.literal(false).optional(),
});
const multiChannelsSelect = selectFrom('multi_channels_select', {
  ...several,
  initial_channels: ids.optional(),
});
const conversationsSelect = selectFrom('conversations_select', {
  initial_conversation: z.string().optional(),
  default_to_current_conversation: z.boolean().optional(),
  response_url_enabled: z.literal(false).optional(),
  filter: filter.optional(),
});
const multiConversationsSelect = selectFrom('multi_conversations_select', {
  ...several,
  initial_conversations: ids.optional(),
  default_to_current_conversation: z.boolean().optional(),
  filter: filter.optional(),
});
const radioButtons = z
  .strictObject({
    type: z.literal('radio_buttons'),
    ...asked,
    options: z.array(markedOption).min(1).max(10),
    initial_option: markedOption.optional(),
  })
  .refine(startsAmongOptions, NOT_AMONG_OPTIONS);
const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    ...asked,
    options: z.array(markedOption).min(1).max(10),
    initial_options: z.array(markedOption).min(1).max(10).optional(),
  })
  .refine(startsAmongOptions, NOT_AMONG_OPTIONS);
const datepicker = z.strictObject({
  type: z.literal('datepicker'),
  ...asked,
  ...placeholder,
  initial_date: day.optional(),
});
const timepicker = z.strictObject({
  type: z.literal('timepicker'),
  ...asked,
  ...placeholder,
  initial_time: time.optional(),
  timezone: z.string().optional(),
});

const selects = [staticSelect, usersSelect, channelsSelect, conversationsSelect] as const;
const pickers = [...selects, radioButtons, checkboxes, datepicker, timepicker] as const;
const multiSelects = [multiStaticSelect, multiUsersSelect, multiChannelsSelect, multiConversationsSelect] as const;

/** Which element stands in which block, as Slack's reference lists it. */
export const inSection = z.discriminatedUnion('type', [button, overflow, image, ...pickers, ...multiSelects]);
export const inActions = z.discriminatedUnion('type', [button, overflow, ...pickers]);
export const inInput = z.discriminatedUnion('type', [
  textInput,
  numberInput,
  emailInput,
  urlInput,
  ...pickers,
  ...multiSelects,
]);
export const inContext = z.discriminatedUnion('type', [image, plainText(3000), markedText(3000)]);
