// Which drawing belongs to which element type.
import { h } from '../dom.js';
import { drawButton, drawOverflow } from './buttons.js';
import { drawOptions, drawPicker } from './choice-fields.js';
import { drawImageElement } from './images.js';
import { drawSelect } from './select.js';
import { drawTextField } from './text-fields.js';

const DRAWERS = {
  button: drawButton,
  overflow: drawOverflow,
  image: drawImageElement,
  static_select: drawSelect,
  multi_static_select: drawSelect,
  users_select: drawSelect,
  multi_users_select: drawSelect,
  conversations_select: drawSelect,
  multi_conversations_select: drawSelect,
  channels_select: drawSelect,
  multi_channels_select: drawSelect,
  radio_buttons: drawOptions,
  checkboxes: drawOptions,
  datepicker: drawPicker,
  timepicker: drawPicker,
  datetimepicker: drawPicker,
  plain_text_input: drawTextField,
  number_input: drawTextField,
  email_text_input: drawTextField,
  url_text_input: drawTextField,
};

/** `context`: `{ surface, blockId, dispatches }`, and for inputs `{ labelId, controlId, describedBy }`. */
export function drawElement(element, context) {
  const draw = DRAWERS[element.type];
  return draw
    ? draw(element, context)
    : h('span', { class: 'unsupported', 'data-testid': 'unsupported' }, `unsupported element: ${element.type}`);
}
