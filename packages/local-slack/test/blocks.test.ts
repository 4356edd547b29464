import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ATLAS, button, plain, problemsOf, type Started, section, startSlack } from './support.ts';

let started: Started;
beforeAll(async () => {
  started = await startSlack({ rateLimits: 'off' });
});
afterAll(() => started.stop());

const long = (count: number) => 'x'.repeat(count);
const many = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index));
const actions = (...elements: object[]) => [{ type: 'actions', elements }];
const context = (...elements: object[]) => [{ type: 'context', elements }];
const option = (value: string, text = 'One') => ({ text: plain(text), value });
const select = (more: object) => actions({ type: 'static_select', action_id: 's', options: [option('1')], ...more });
const header = (text: object) => [{ type: 'header', text }];
const image = (more: object) => [{ type: 'image', image_url: 'https://example.com/a.png', alt_text: 'x', ...more }];
const input = (element: object) => [{ type: 'input', label: plain('L'), element }];
const typed = { type: 'plain_text_input', action_id: 't' };
const rich = (...elements: object[]) => [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }];
const divider = (more: object = {}) => ({ type: 'divider', ...more });

const post = (blocks: object[]) =>
  problemsOf(started.client.apiCall('chat.postMessage', { channel: ATLAS, text: 'x', blocks }));

describe('Block Kit takes', () => {
  const TAKEN: [name: string, blocks: object[]][] = [
    ['50 blocks', many(50, () => divider())],
    ['3,000 characters in a section', [section(long(3000))]],
    ['150 in a header', header(plain(long(150)))],
    ['10 elements in a context', context(...many(10, () => plain('x')))],
    ['25 buttons', actions(...many(25, (index) => button(`b${index}`, 'x')))],
    ['100 options', select({ options: many(100, (index) => option(String(index))) })],
    ['one action id in two blocks', [...actions(button('a', 'x')), ...actions(button('a', 'x'))]],
    ['an input', [{ type: 'input', label: plain('L'), element: { ...typed, placeholder: plain(long(150)) } }]],
    [
      'markup in an option of radio buttons',
      input({ type: 'radio_buttons', options: [{ text: { type: 'mrkdwn', text: '*x*' }, value: '1' }] }),
    ],
    [
      'an address in an option of a menu',
      actions({ type: 'overflow', options: [{ ...option('1'), url: 'https://example.com' }] }),
    ],
    ['a choice to begin with', select({ initial_option: { value: '1', text: plain('One') } })],
    ['rich text', rich({ type: 'text', text: 'A & <b>', style: { bold: true } }, { type: 'user', user_id: 'U0ANA' })],
    ['a table', [{ type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] }]],
  ];
  test.each(TAKEN)('%s', async (_, blocks) => {
    expect(await post(blocks)).toEqual([]);
  });
});

/** Each says what Slack says, and where. */
describe('Block Kit refuses', () => {
  const REFUSED: [name: string, blocks: object[], problem: string, at: string][] = [
    ['51 blocks', many(51, () => divider()), 'no more than 50 items allowed', ''],
    ['a long section', [section(long(3001))], 'must be less than 3001 characters', '/0/text/text'],
    ['an empty section', [section('')], 'must be more than 0 characters', '/0/text/text'],
    ['a section of nothing', [{ type: 'section' }], 'must provide either text or fields', '/0'],
    [
      'a long field',
      [{ type: 'section', fields: [plain(long(2001))] }],
      'must be less than 2001 characters',
      '/0/fields/0/text',
    ],
    ['a long header', header(plain(long(151))), 'must be less than 151 characters', '/0/text/text'],
    ['a header in mrkdwn', header({ type: 'mrkdwn', text: 'x' }), 'must be a valid enum value', '/0/text/type'],
    [
      '11 elements in a context',
      context(...many(11, () => plain('x'))),
      'no more than 10 items allowed',
      '/0/elements',
    ],
    ['a button in a context', context(button('a', 'x')), 'unsupported type: button', '/0/elements/0/type'],
    [
      '26 buttons',
      actions(...many(26, (index) => button(`b${index}`, 'x'))),
      'no more than 25 items allowed',
      '/0/elements',
    ],
    ['a long button', actions(button('a', long(76))), 'must be less than 76 characters', '/0/elements/0/text/text'],
    [
      'a long button value',
      actions(button('a', 'x', long(2001))),
      'must be less than 2001 characters',
      '/0/elements/0/value',
    ],
    [
      'a long action id',
      actions(button(long(256), 'x')),
      'must be less than 256 characters',
      '/0/elements/0/action_id',
    ],
    [
      'an action id twice in a block',
      actions(button('a', 'x'), button('a', 'y')),
      '`action_id` "a" already exists',
      '/0/elements/1/action_id',
    ],
    ['a long block id', [divider({ block_id: long(256) })], 'must be less than 256 characters', '/0/block_id'],
    [
      'a block id twice',
      [divider({ block_id: 'a' }), divider({ block_id: 'a' })],
      '`block_id` "a" already exists',
      '/1/block_id',
    ],
    [
      '101 options',
      select({ options: many(101, (index) => option(String(index))) }),
      'no more than 100 items allowed',
      '/0/elements/0/options',
    ],
    [
      'a long option',
      select({ options: [option('1', long(76))] }),
      'must be less than 76 characters',
      '/0/elements/0/options/0/text/text',
    ],
    [
      'a long option value',
      select({ options: [option(long(151))] }),
      'must be less than 151 characters',
      '/0/elements/0/options/0/value',
    ],
    [
      'a long placeholder',
      select({ placeholder: plain(long(151)) }),
      'must be less than 151 characters',
      '/0/elements/0/placeholder/text',
    ],
    [
      'markup in an option of a list',
      select({ options: [{ text: { type: 'mrkdwn', text: '*x*' }, value: '1' }] }),
      'must be a valid enum value',
      '/0/elements/0/options/0/text/type',
    ],
    [
      'an address in an option of a list',
      select({ options: [{ ...option('1'), url: 'https://example.com' }] }),
      'invalid additional property: url',
      '/0/elements/0/options/0',
    ],
    [
      'a choice to begin with that is not offered',
      select({ initial_option: option('2') }),
      'initial options must be among the options',
      '/0/elements/0',
    ],
    [
      'a choice to begin with in other words',
      select({ initial_option: option('1', 'Uno') }),
      'initial options must be among the options',
      '/0/elements/0',
    ],
    [
      'six options of a menu',
      actions({ type: 'overflow', action_id: 'o', options: many(6, (index) => option(String(index))) }),
      'no more than 5 items allowed',
      '/0/elements/0/options',
    ],
    [
      'a confirmation without a way back',
      actions({ ...button('a', 'x'), confirm: { title: plain('T'), text: plain('x'), confirm: plain('Yes') } }),
      'missing required field: deny',
      '/0/elements/0/confirm',
    ],
    [
      'a figure that cannot be right',
      input({ type: 'number_input', is_decimal_allowed: false, min_value: '10', max_value: '1' }),
      'min_value must be less than max_value',
      '/0/element',
    ],
    [
      'a figure without a word on fractions',
      input({ type: 'number_input' }),
      'missing required field: is_decimal_allowed',
      '/0/element',
    ],
    [
      'a day that is none',
      input({ type: 'datepicker', initial_date: '1 Dec' }),
      'invalid date',
      '/0/element/initial_date',
    ],
    [
      'several lists in actions',
      actions({ type: 'multi_users_select', action_id: 'm' }),
      'unsupported type: multi_users_select',
      '/0/elements/0/type',
    ],
    [
      'an answer to a key that does not exist',
      input({ ...typed, dispatch_action_config: { trigger_actions_on: ['on_blur'] } }),
      'must be a valid enum value',
      '/0/element/dispatch_action_config/trigger_actions_on/0',
    ],
    ['a text input among actions', actions(typed), 'unsupported type: plain_text_input', '/0/elements/0/type'],
    ['an image without alt text', image({ alt_text: undefined }), 'missing required field: alt_text', '/0'],
    ['a long alt text', image({ alt_text: long(2001) }), 'must be less than 2001 characters', '/0/alt_text'],
    [
      'a long image address',
      image({ image_url: `https://${long(3000)}` }),
      'must be less than 3001 characters',
      '/0/image_url',
    ],
    ['an image from nowhere', image({ image_url: undefined }), 'must provide either image_url or slack_file', '/0'],
    [
      'rich text with nothing in it',
      rich({ type: 'text', text: '' }),
      'must be more than 0 characters',
      '/0/elements/0/elements/0/text',
    ],
    [
      'rich text of mrkdwn',
      rich({ type: 'mrkdwn', text: 'x' }),
      'unsupported type: mrkdwn',
      '/0/elements/0/elements/0/type',
    ],
    ['a field that Slack does not know', [divider({ colour: 'red' })], 'invalid additional property: colour', '/0'],
    ['a block that does not exist', [{ type: 'sektion' }], 'unsupported type: sektion', '/0/type'],
  ];
  test.each(REFUSED)('%s', async (_, blocks, problem, at) => {
    const words = `${problem} [json-pointer:/blocks${at}]`;
    expect(await post(blocks)).toEqual([`[ERROR] ${words}`]);
    expect(started.slack.violations.at(-1)?.text).toBe(`chat.postMessage → invalid_blocks · [ERROR] ${words}`);
  });
});
