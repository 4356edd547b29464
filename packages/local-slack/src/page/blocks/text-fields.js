// Text, number, e-mail and address inputs.
import { h } from '../dom.js';
import { hooks } from './buttons.js';
import { commit, report } from './commit.js';
import { withFeedbackSlot } from './feedback.js';
import { heldIn, stateOf } from './values.js';

const REPORT_AFTER_MS = 500;
/** Below this many characters left the counter shows. */
const COUNTER_FROM = 0.5;

const TYPES = { email_text_input: 'email', url_text_input: 'url', number_input: 'text', plain_text_input: 'text' };

export function drawTextField(element, context) {
  const { surface, blockId } = context;
  const many = element.type === 'plain_text_input' && element.multiline;
  const field = h(many ? 'textarea' : 'input', {
    ...(many ? { rows: 3 } : { type: TYPES[element.type] }),
    class: 'field',
    id: context.controlId,
    dir: 'auto',
    'data-testid': 'field',
    'data-focus-first': element.focus_on_load,
    inputmode: element.type === 'number_input' ? (element.is_decimal_allowed ? 'decimal' : 'numeric') : null,
    placeholder: element.placeholder?.text,
    maxlength: element.max_length,
    autocomplete: 'off',
    spellcheck: element.type === 'plain_text_input' ? null : 'false',
    'aria-describedby': context.describedBy,
    'aria-label': context.controlId ? null : (element.placeholder?.text ?? element.action_id),
    ...hooks(context, element),
  });
  field.value = heldIn(surface.state(blockId, element)) ?? '';
  const count = element.max_length > 0 ? h('span', { class: 'field-count', 'aria-hidden': 'true' }) : null;
  const showCount = () => drawCount(count, element.max_length, field.value);
  const triggers = context.dispatches
    ? (element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'])
    : [];
  const current = () => stateOf(element, cleaned(element, field.value));
  const reportSoon = later(() => report(field, element, context, current()), REPORT_AFTER_MS);
  field.addEventListener('input', () => {
    commit(field, element, { ...context, dispatches: false }, current());
    showCount();
    if (many) grow(field);
    if (triggers.includes('on_character_entered')) reportSoon();
  });
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing || (many && !event.metaKey && !event.ctrlKey)) return;
    event.preventDefault();
    if (triggers.includes('on_enter_pressed')) report(field, element, context, current());
    else surface.requestSubmit?.();
  });
  showCount();
  if (many) requestAnimationFrame(() => grow(field));
  return withFeedbackSlot(count ? h('span', { class: 'field-box' }, field, count) : field, {
    class: 'element element-wide',
  });
}

/** A number's spaces around it mean nothing; of a text they are the person's own. */
function cleaned(element, value) {
  return element.type === 'plain_text_input' ? value : value.trim();
}

function drawCount(count, max, value) {
  if (count === null) return;
  const left = max - value.length;
  count.textContent = value.length >= max * COUNTER_FROM ? String(left) : '';
  count.classList.toggle('field-count-low', left <= 20);
}

function grow(field) {
  field.style.height = 'auto';
  field.style.height = `${Math.min(field.scrollHeight + 2, 260)}px`;
}

function later(run, waitMs) {
  let timer = null;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(run, waitMs);
  };
}
