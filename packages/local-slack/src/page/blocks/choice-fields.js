// Radio buttons, checkboxes, dates and times.
import { freshId, h } from '../dom.js';
import { drawTextObject } from '../text/draw-text.js';
import { hooks } from './buttons.js';
import { commit } from './commit.js';
import { withFeedbackSlot } from './feedback.js';
import { heldIn, stateOf } from './values.js';

export function drawOptions(element, context) {
  const radio = element.type === 'radio_buttons';
  const state = context.surface.state(context.blockId, element);
  const chosen = new Set([heldIn(state) ?? []].flat().map(({ value }) => value));
  const name = freshId('options');
  const box = h('span', {
    class: 'options',
    role: radio ? 'radiogroup' : 'group',
    'aria-labelledby': context.labelId,
    'aria-describedby': context.describedBy,
    'data-testid': element.type,
  });
  const inputs = element.options.map((option) =>
    h('input', {
      type: radio ? 'radio' : 'checkbox',
      name,
      value: option.value,
      checked: chosen.has(option.value),
      ...hooks(context, element, option.value),
    }),
  );
  box.append(...inputs.map((input, index) => optionLabel(input, element.options[index], context)));
  box.addEventListener('change', async () => {
    const picked = element.options.filter((_, index) => inputs[index].checked);
    const kept = await commit(box, element, context, stateOf(element, radio ? (picked[0] ?? null) : picked));
    if (!kept) for (const input of inputs) input.checked = chosen.has(input.value);
  });
  return withFeedbackSlot(box);
}

function optionLabel(input, option, { surface }) {
  return h(
    'label',
    { class: 'option' },
    input,
    h(
      'span',
      { class: 'option-text', dir: 'auto' },
      drawTextObject(option.text, surface.directory),
      option.description ? h('small', {}, drawTextObject(option.description, surface.directory)) : null,
    ),
  );
}

const PICKERS = { datepicker: 'date', timepicker: 'time', datetimepicker: 'datetime-local' };
/** Typing a year passes through 0002, 0020 and 0202; an act waits until the person has settled. */
const SETTLED_MS = 700;

export function drawPicker(element, context) {
  const { surface, blockId } = context;
  const field = h('input', {
    type: PICKERS[element.type],
    class: 'field field-picker',
    id: context.controlId,
    'data-testid': element.type,
    'aria-label': context.controlId ? null : (element.placeholder?.text ?? element.action_id),
    'aria-describedby': context.describedBy,
    ...hooks(context, element),
  });
  field.value = toField(element, heldIn(surface.state(blockId, element)));
  let timer = null;
  const take = () => {
    clearTimeout(timer);
    const state = stateOf(element, fromField(element, field.value));
    if (heldIn(state) === heldIn(surface.state(blockId, element)) || yearUnderWay(element, state)) return;
    commit(field, element, context, state);
  };
  field.addEventListener('change', () => {
    if (!context.dispatches) return take();
    clearTimeout(timer);
    timer = setTimeout(take, SETTLED_MS);
  });
  field.addEventListener('blur', take);
  return withFeedbackSlot(field);
}

function toField(element, value) {
  if (value === null || value === undefined) return '';
  if (element.type !== 'datetimepicker') return value;
  const date = new Date(value * 1000);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function fromField(element, text) {
  if (text === '') return null;
  return element.type === 'datetimepicker' ? Math.floor(new Date(text).getTime() / 1000) : text;
}

function yearUnderWay(element, state) {
  return element.type === 'datepicker' && heldIn(state)?.startsWith('0') === true;
}
