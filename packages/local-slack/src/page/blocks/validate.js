// What Slack's client checks before it submits a modal: sentences by block id. Pure.
import { collectValues, heldIn, isEmpty, statefulElements } from './values.js';

const REQUIRED = 'Please complete this required field.';

/** An empty object if the modal may be sent. */
export function validate(blocks, form) {
  const values = collectValues(blocks, form);
  const errors = {};
  for (const { blockId, block, element } of statefulElements(blocks)) {
    if (block.type !== 'input' || errors[blockId] !== undefined) continue;
    const sentence = problem(block, element, values[blockId][element.action_id]);
    if (sentence !== null) errors[blockId] = sentence;
  }
  return errors;
}

function problem(block, element, state) {
  if (isEmpty(state)) return block.optional ? null : REQUIRED;
  const value = heldIn(state);
  switch (element.type) {
    case 'plain_text_input':
      return lengthProblem(element, value);
    case 'number_input':
      return numberProblem(element, value);
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? null : 'Please enter a valid email address.';
    case 'url_text_input':
      return /^https?:\/\/\S+\.\S+/i.test(value) ? null : 'Please enter a valid URL.';
    default:
      return null;
  }
}

function lengthProblem({ min_length: min = 0, max_length: max = Number.POSITIVE_INFINITY }, value) {
  const length = [...value].length;
  if (length < min) return `Please use at least ${min} characters.`;
  return length > max ? `Please use at most ${max} characters.` : null;
}

function numberProblem(element, value) {
  const whole = !element.is_decimal_allowed;
  if (!/^-?\d+(\.\d+)?$/.test(value)) return 'Please enter a number.';
  if (whole && value.includes('.')) return 'Please enter a whole number.';
  if (element.min_value !== undefined && Number(value) < Number(element.min_value)) {
    return `Please enter a number of at least ${element.min_value}.`;
  }
  if (element.max_value !== undefined && Number(value) > Number(element.max_value)) {
    return `Please enter a number of at most ${element.max_value}.`;
  }
  return null;
}
