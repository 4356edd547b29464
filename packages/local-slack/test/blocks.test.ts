import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actions, context, divider, header, input, long, many, option, rich, select, typed } from './block-builders.ts';
import { REFUSED } from './refused-blocks.ts';
import { ATLAS, button, plain, problemsOf, type Started, section, startSlack } from './support.ts';

let started: Started;
beforeAll(async () => {
  started = await startSlack({ rateLimits: 'off' });
});
afterAll(() => started.stop());

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
  test.each(REFUSED)('%s', async (_, blocks, problem, at) => {
    const words = `${problem} [json-pointer:/blocks${at}]`;
    expect(await post(blocks)).toEqual([`[ERROR] ${words}`]);
    expect(started.slack.violations.at(-1)?.text).toBe(`chat.postMessage → invalid_blocks · [ERROR] ${words}`);
  });
});
