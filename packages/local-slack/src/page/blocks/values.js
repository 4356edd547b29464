// What a person has put into a surface's elements, in the shape of Slack's `view.state.values`. Pure.

/** Element type → the field that carries its value, and the element's own field for where it starts. */
const FIELDS = {
  plain_text_input: ['value', 'initial_value'],
  email_text_input: ['value', 'initial_value'],
  url_text_input: ['value', 'initial_value'],
  number_input: ['value', 'initial_value'],
  static_select: ['selected_option', 'initial_option'],
  external_select: ['selected_option', 'initial_option'],
  multi_static_select: ['selected_options', 'initial_options'],
  users_select: ['selected_user', 'initial_user'],
  multi_users_select: ['selected_users', 'initial_users'],
  conversations_select: ['selected_conversation', 'initial_conversation'],
  multi_conversations_select: ['selected_conversations', 'initial_conversations'],
  channels_select: ['selected_channel', 'initial_channel'],
  multi_channels_select: ['selected_channels', 'initial_channels'],
  radio_buttons: ['selected_option', 'initial_option'],
  checkboxes: ['selected_options', 'initial_options'],
  datepicker: ['selected_date', 'initial_date'],
  timepicker: ['selected_time', 'initial_time'],
  datetimepicker: ['selected_date_time', 'initial_date_time'],
};

/** The field of Slack's state value that an element of this type fills; null for buttons, menus and pictures. */
export function valueField(type) {
  return FIELDS[type]?.[0] ?? null;
}

/** The state value of an untouched element. */
export function initialState(element) {
  const [field, initial] = FIELDS[element.type];
  const empty = field.endsWith('s') ? [] : null;
  return stateOf(element, element[initial] ?? empty);
}

/** A state value as Slack sends it: an emptied text is null. */
export function stateOf(element, value) {
  return { type: element.type, [valueField(element.type)]: value === '' ? null : value };
}

/** What an element holds now: a string, an option, a list or null. */
export function heldIn(state) {
  return state[valueField(state.type)];
}

export function isEmpty(state) {
  const value = heldIn(state);
  return (
    value === null || value === undefined || (Array.isArray(value) && value.length === 0) || String(value).trim() === ''
  );
}

/** Every element of a surface that carries a value: `{ blockId, block, element }`, in order. */
export function statefulElements(blocks) {
  return blocks.flatMap((block, index) =>
    elementsOf(block)
      .filter((element) => valueField(element.type) !== null && element.action_id !== undefined)
      .map((element) => ({ blockId: blockIdOf(block, index), block, element })),
  );
}

function elementsOf(block) {
  if (block.type === 'input') return [block.element];
  if (block.type === 'actions') return block.elements ?? [];
  if (block.type === 'section' && block.accessory) return [block.accessory];
  return [];
}

/** Slack names the blocks that an app left nameless; should one come without, its place stands in. */
export function blockIdOf(block, index) {
  return block.block_id ?? `block-${index}`;
}

export function formKey(blockId, actionId) {
  return `${blockId}\n${actionId}`;
}

/** `values` as Slack would send them: what was typed or chosen (`form`), else what the elements start with. */
export function collectValues(blocks, form) {
  const values = {};
  for (const { blockId, element } of statefulElements(blocks)) {
    values[blockId] ??= {};
    values[blockId][element.action_id] = form.get(formKey(blockId, element.action_id)) ?? initialState(element);
  }
  return values;
}

/** The `action` of a `block` act. `extra` is what a button or a menu carries instead of a state value. */
export function actionOf({ blockId, element, state = null, extra = {} }) {
  const action = { type: element.type, action_id: element.action_id, block_id: blockId, ...extra };
  if (state !== null) action[valueField(element.type)] = heldIn(state);
  return action;
}

/** `default_to_current_conversation`: a form that is opened in a channel begins with that channel, as in Slack. */
export function startInChannel(blocks, form, channelId) {
  for (const { blockId, element } of statefulElements(blocks)) {
    const key = formKey(blockId, element.action_id);
    if (element.default_to_current_conversation !== true || form.has(key)) continue;
    if (isEmpty(initialState(element)))
      form.set(key, stateOf(element, element.type.startsWith('multi_') ? [channelId] : channelId));
  }
  return form;
}

/**
 * Drops what belongs to elements that are no longer there, as Slack does: an input that comes back under another
 * block or action id starts from its initial value.
 */
export function pruneForm(blocks, form) {
  const present = new Map(
    statefulElements(blocks).map(({ blockId, element }) => [formKey(blockId, element.action_id), element.type]),
  );
  for (const [key, state] of form) if (present.get(key) !== state.type) form.delete(key);
  return form;
}
