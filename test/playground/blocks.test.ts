import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
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
    expect(started.slack.complaints.at(-1)?.text).toBe(`chat.postMessage → invalid_blocks · [ERROR] ${words}`);
  });
});
