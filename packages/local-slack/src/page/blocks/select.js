// Every kind of select: a button that shows what is chosen, and a list with a search box under it.
import { append, freshId, h } from '../dom.js';
import { icon } from '../icons.js';
import { drawTextObject } from '../text/draw-text.js';
import { hooks } from './buttons.js';
import { commit } from './commit.js';
import { withFeedbackSlot } from './feedback.js';
import { drawListbox } from './listbox.js';
import { openPopup } from './popup.js';
import { choiceGroups, chosen, isMulti, stateOfChoices } from './select-choices.js';

const MIN_WIDTH = 240;

export function drawSelect(element, context) {
  const { surface, blockId } = context;
  const groups = () => choiceGroups(element, surface.directory);
  const now = () => chosen(surface.state(blockId, element), groups());
  let popup = null;
  const trigger = h('button', {
    type: 'button',
    class: `select ${isMulti(element) ? 'select-multi' : ''}`,
    'data-testid': 'select',
    'aria-haspopup': 'listbox',
    'aria-expanded': 'false',
    'aria-describedby': context.describedBy,
    ...hooks(context, element),
  });
  const labelId = freshId('select');
  trigger.id = labelId;
  trigger.setAttribute('aria-labelledby', [context.labelId, labelId].filter(Boolean).join(' '));
  const showChosen = () => drawChosen(trigger, now(), element, surface.directory);
  const change = async (choices) => {
    if (await commit(trigger, element, context, stateOfChoices(element, choices))) showChosen();
  };
  const open = () => {
    popup = openList(trigger, element, {
      groups: groups(),
      now,
      change,
      onClose: () => {
        popup = null;
      },
    });
  };
  trigger.addEventListener('click', () => (popup === null ? open() : popup.close()));
  trigger.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    if (popup === null) open();
  });
  showChosen();
  return withFeedbackSlot(trigger, { class: `element ${context.wide ? 'element-wide' : ''}` });
}

function drawChosen(trigger, choices, element, directory) {
  trigger.replaceChildren();
  const placeholder = element.placeholder ?? {
    type: 'plain_text',
    text: isMulti(element) ? 'Select options' : 'Select an item',
  };
  const shown =
    choices.length === 0
      ? h('span', { class: 'select-placeholder' }, drawTextObject(placeholder, directory))
      : choices.map((choice) =>
          h('span', { class: isMulti(element) ? 'select-chip' : 'select-value' }, choice.drawShort()),
        );
  append(trigger, [h('span', { class: 'select-shown' }, shown), icon('down', 16)]);
}

function openList(trigger, element, { groups, now, change, onClose }) {
  const multi = isMulti(element);
  const done = () => {
    popup.close();
    trigger.focus({ preventScroll: true });
  };
  const list = drawListbox({
    groups,
    multi,
    chosenValues: () => new Set(now().map(({ value }) => value)),
    pick: (choice) => {
      if (!multi) {
        done();
        change([choice]);
        return;
      }
      const rest = now().filter(({ value }) => value !== choice.value);
      if (rest.length === now().length && rest.length >= (element.max_selected_items ?? Number.POSITIVE_INFINITY))
        return;
      change(rest.length === now().length ? [...rest, choice] : rest);
    },
    leave: done,
    resized: () => popup?.place(),
  });
  const popup = openPopup(trigger, list.panel, {
    minWidth: MIN_WIDTH,
    onClose: () => {
      trigger.setAttribute('aria-expanded', 'false');
      onClose();
    },
  });
  trigger.setAttribute('aria-expanded', 'true');
  list.start();
  return popup;
}
