import { describe, expect, test } from 'vitest';
import { validate } from '../../src/page/blocks/validate.js';
import { actionOf, collectValues, formKey, pruneForm, startInChannel, stateOf } from '../../src/page/blocks/values.js';

const option = (value: string) => ({ text: { type: 'plain_text', text: value }, value });
const input = (blockId: string, element: object, more: object = {}) => ({
  type: 'input',
  block_id: blockId,
  element: { action_id: 'a', ...element },
  ...more,
});
const prompt = { type: 'plain_text_input', action_id: 'a' };
const form = (blockId: string, element: Record<string, unknown>, value: unknown) =>
  new Map([[formKey(blockId, 'a'), stateOf(element, value)]]);

describe('state values', () => {
  test('hold what elements begin with', () => {
    const blocks = [
      input('text', { type: 'plain_text_input', initial_value: 'fox' }),
      input('model', { type: 'static_select', initial_option: option('sketch') }),
      input('who', { type: 'users_select' }),
      input('tags', { type: 'multi_static_select' }),
      {
        type: 'section',
        block_id: 'due',
        accessory: { type: 'datepicker', action_id: 'a', initial_date: '2026-12-01' },
      },
    ];
    expect(collectValues(blocks, new Map())).toEqual({
      text: { a: { type: 'plain_text_input', value: 'fox' } },
      model: { a: { type: 'static_select', selected_option: option('sketch') } },
      who: { a: { type: 'users_select', selected_user: null } },
      tags: { a: { type: 'multi_static_select', selected_options: [] } },
      due: { a: { type: 'datepicker', selected_date: '2026-12-01' } },
    });
  });

  test('hold what was typed; an emptied text is null', () => {
    const blocks = [input('text', { type: 'plain_text_input', initial_value: 'fox' })];
    expect(collectValues(blocks, form('text', prompt, 'owl')).text?.a).toMatchObject({ value: 'owl' });
    expect(collectValues(blocks, form('text', prompt, '')).text?.a).toMatchObject({ value: null });
  });

  test('begin with the channel one is in where the app asks for it and nothing was chosen', () => {
    const here = { type: 'conversations_select', action_id: 'a', default_to_current_conversation: true };
    const started = (element: object, form = new Map()) =>
      collectValues([input('b', element)], startInChannel([input('b', element)], form, 'C0HERE')).b?.a;
    expect(started(here)).toMatchObject({ selected_conversation: 'C0HERE' });
    expect(started({ ...here, initial_conversation: 'C0X' })).toMatchObject({ selected_conversation: 'C0X' });
    expect(started(here, form('b', here, 'C0Y'))).toMatchObject({ selected_conversation: 'C0Y' });
    expect(started({ type: 'conversations_select' })).toMatchObject({ selected_conversation: null });
  });

  test('leave out buttons, menus and pictures', () => {
    const elements = ['button', 'overflow', 'image'].map((type) => ({ type, action_id: type }));
    expect(collectValues([{ type: 'actions', block_id: 'b', elements }], new Map())).toEqual({});
  });

  test('go on when a view is updated, and start anew under another id or as another kind', () => {
    const typed = form('text', prompt, 'owl');
    expect(pruneForm([input('text', { type: 'plain_text_input' })], new Map(typed)).size).toBe(1);
    expect(pruneForm([input('other', { type: 'plain_text_input' })], new Map(typed)).size).toBe(0);
    expect(pruneForm([input('text', { type: 'number_input' })], new Map(typed)).size).toBe(0);
  });
});

describe('an action', () => {
  test('carries the value of its element', () => {
    const element = { type: 'users_select', action_id: 'who' };
    expect(actionOf({ blockId: 'b', element, state: stateOf(element, 'U0BEN') })).toEqual({
      type: 'users_select',
      action_id: 'who',
      block_id: 'b',
      selected_user: 'U0BEN',
    });
  });

  test('of a button carries its text and value', () => {
    const element = { type: 'button', action_id: 'again' };
    expect(actionOf({ blockId: 'b', element, extra: { value: '7' } })).toMatchObject({ type: 'button', value: '7' });
  });
});

describe('a modal is not sent', () => {
  const number = { type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '10' };

  test.each([
    ['with an empty field that is required', prompt, '', /complete this required field/],
    ['with only spaces', prompt, '   ', /complete this required field/],
    ['with too long a text', { ...prompt, max_length: 3 }, 'four', /at most 3/],
    ['with too short a text', { ...prompt, min_length: 5 }, 'four', /at least 5/],
    ['with a word for a number', number, 'two', /enter a number/],
    ['with a fraction where whole numbers are asked for', number, '1.5', /whole number/],
    ['with too small a number', number, '0', /at least 1/],
    ['with too large a number', number, '11', /at most 10/],
    ['with half an address', { type: 'email_text_input' }, 'a@b', /valid email/],
    ['with no list of choices', { type: 'multi_static_select' }, [], /complete this required field/],
  ])('%s', (_, element, value, sentence) => {
    expect(validate([input('b', element)], form('b', element, value)).b).toMatch(sentence);
  });

  test('unless the empty field is optional', () => {
    expect(validate([input('b', prompt, { optional: true })], new Map())).toEqual({});
  });
});
