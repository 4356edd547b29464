import type { KnownBlock } from '@slack/types';
import { typedByName } from '../slack-text.ts';
import type { Values } from '../view.ts';
import type { Json } from '../workspace.ts';
import { type Working, workingParts } from './parts.ts';

/** What each kind of element holds: the field of its value in the state, and where its first value stands. */
const HOLDS: Record<string, { field: string; initial: string; none: null | [] }> = {
  plain_text_input: { field: 'value', initial: 'initial_value', none: null },
  number_input: { field: 'value', initial: 'initial_value', none: null },
  email_text_input: { field: 'value', initial: 'initial_value', none: null },
  url_text_input: { field: 'value', initial: 'initial_value', none: null },
  static_select: { field: 'selected_option', initial: 'initial_option', none: null },
  radio_buttons: { field: 'selected_option', initial: 'initial_option', none: null },
  checkboxes: { field: 'selected_options', initial: 'initial_options', none: [] },
  multi_static_select: { field: 'selected_options', initial: 'initial_options', none: [] },
  users_select: { field: 'selected_user', initial: 'initial_user', none: null },
  multi_users_select: { field: 'selected_users', initial: 'initial_users', none: [] },
  channels_select: { field: 'selected_channel', initial: 'initial_channel', none: null },
  multi_channels_select: { field: 'selected_channels', initial: 'initial_channels', none: [] },
  conversations_select: { field: 'selected_conversation', initial: 'initial_conversation', none: null },
  multi_conversations_select: { field: 'selected_conversations', initial: 'initial_conversations', none: [] },
  datepicker: { field: 'selected_date', initial: 'initial_date', none: null },
  timepicker: { field: 'selected_time', initial: 'initial_time', none: null },
};

/** `state.values` as Slack sends it: every element that holds something, with what was given or its first value. */
export function stateValues(blocks: readonly KnownBlock[], given: Values): Values {
  const values: Values = {};
  for (const { blockId, actionId, element } of workingParts(blocks)) {
    const holds = HOLDS[String(element.type)];
    if (!holds) continue;
    const set = given[blockId]?.[actionId];
    const first = element[holds.initial] ?? holds.none;
    const value = set && holds.field in set ? emptyIsNull(set[holds.field]) : first;
    const block = values[blockId] ?? {};
    block[actionId] = { type: element.type, [holds.field]: choose(element, value) };
    values[blockId] = block;
  }
  return values;
}

/** The field in which an element of this type carries its value; null for buttons and pictures. */
export function valueField(type: unknown): string | null {
  return HOLDS[String(type)]?.field ?? null;
}

/** Options count by their value; what comes back are the app's own, so that a page cannot invent one. */
function choose(element: Json, value: unknown): unknown {
  const options = optionsOf(element);
  if (options === null && typeof value === 'string') return typedByName(value);
  if (options === null || value === null) return value;
  const own = (one: unknown) => options.find((option) => option.value === (one as Json | null)?.value);
  return Array.isArray(value) ? value.flatMap((one) => own(one) ?? []) : (own(value) ?? null);
}

export function optionsOf(element: Json): Json[] | null {
  if (Array.isArray(element.options)) return element.options as Json[];
  if (Array.isArray(element.option_groups)) {
    return (element.option_groups as Json[]).flatMap((group) => group.options as Json[]);
  }
  return null;
}

function emptyIsNull(value: unknown): unknown {
  return value === '' || value === undefined ? null : value;
}

/** What Slack's own client asks for before it sends a form: sentences by block id. */
export function formErrors(blocks: readonly KnownBlock[], values: Values): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const working of workingParts(blocks)) {
    if (working.block.type !== 'input') continue;
    const held = values[working.blockId]?.[working.actionId];
    const error = held ? errorOf(working, held) : null;
    if (error) errors[working.blockId] = error;
  }
  return errors;
}

function errorOf({ block, element }: Working, held: Json): string | null {
  const value = held[valueField(element.type) ?? ''];
  const isEmpty = value === null || (Array.isArray(value) && value.length === 0);
  if (isEmpty) return block.optional === true ? null : 'Please complete this required field.';
  const { max_selected_items: most } = element;
  if (Array.isArray(value) && typeof most === 'number' && value.length > most) {
    return `Please select no more than ${most} items.`;
  }
  if (element.type === 'plain_text_input') return lengthError(element, String(value));
  return element.type === 'number_input' ? figureError(element, String(value)) : null;
}

function lengthError({ min_length: least, max_length: most }: Json, value: string): string | null {
  if (typeof least === 'number' && value.length < least) return `Please enter at least ${least} characters.`;
  if (value.length > Number(most ?? 3000)) return `Please enter no more than ${Number(most ?? 3000)} characters.`;
  return null;
}

function figureError(element: Json, value: string): string | null {
  const { min_value: least, max_value: most, is_decimal_allowed: isDecimal } = element;
  if (!/^-?\d+(\.\d+)?$/.test(value)) return 'Please enter a number.';
  if (isDecimal !== true && value.includes('.')) return 'Please enter a whole number.';
  if (least !== undefined && Number(value) < Number(least)) return `Please enter ${String(least)} or more.`;
  if (most !== undefined && Number(value) > Number(most)) return `Please enter ${String(most)} or less.`;
  return null;
}
