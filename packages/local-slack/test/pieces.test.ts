import type { KnownBlock } from '@slack/types';
import { describe, expect, test } from 'vitest';
import { formErrors, stateValues } from '../src/blocks/values.ts';
import { kindOf } from '../src/file-kind.ts';
import { parseManifest, readManifest } from '../src/manifest.ts';
import { storedText } from '../src/slack-text.ts';
import { plain } from './support.ts';

describe('stored text', () => {
  test.each([
    ['AT&T', 'AT&amp;T'],
    ['&amp; &lt; stay', '&amp; &lt; stay'],
    ['> a quote', '&gt; a quote'],
    ['<https://example.com?a=1&b=2|a & b>', '<https://example.com?a=1&b=2|a & b>'],
    ['<!date^1392734382^{date}|then> <!subteam^S0TEAM>', '<!date^1392734382^{date}|then> <!subteam^S0TEAM>'],
    ['<javascript:alert(1)>', '&lt;javascript:alert(1)&gt;'],
    ['<@ana>', '&lt;@ana&gt;'],
    ['<<@U0ANA>>', '&lt;<@U0ANA>&gt;'],
  ])('of %s is %s, and stays so', (given, stored) => {
    expect(storedText(given)).toBe(stored);
    expect(storedText(stored)).toBe(stored);
  });
});

describe('a picture is known by its bytes', () => {
  test.each([
    ['gif', Buffer.from('GIF89a\x03\x00\x02\x00', 'latin1'), { width: 3, height: 2 }],
    ['jpg', Buffer.from('ffd8ffe000040000ffc0000b0800020003010100ffd9', 'hex'), { width: 3, height: 2 }],
  ])('%s', (filetype, bytes, picture) => {
    expect(kindOf('a.txt', bytes)).toMatchObject({ filetype, picture });
  });

  test('and nothing else is one', () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from('ffd8ff', 'hex'), Buffer.from('\x89PNG', 'latin1')]) {
      expect(kindOf('a.png', bytes)).toMatchObject({ filetype: 'binary', picture: null });
    }
  });
});

describe('the manifest', () => {
  test('of Inkwell is read', () => {
    expect(readManifest('manifest.yml')).toMatchObject({
      botName: 'Inkwell',
      scopes: expect.arrayContaining(['commands', 'chat:write', 'files:write']),
      commands: [{ command: '/imagine', shouldEscape: true }, { command: '/credits' }],
      events: expect.arrayContaining(['app_home_opened', 'user_change']),
      isInteractive: true,
      hasHome: true,
      isMessagesTabReadOnly: true,
    });
  });

  test('is refused when it is broken', () => {
    expect(() => parseManifest('features: {}')).toThrow();
  });
});

describe('a form', () => {
  const input = (type: string, more: object, optional = false) =>
    ({
      type: 'input',
      block_id: 'b',
      label: plain('L'),
      optional,
      element: { type, action_id: 'a', ...more },
    }) as KnownBlock;
  const errorFor = (block: KnownBlock, value: unknown, field = 'value') => {
    const given = value === undefined ? {} : { b: { a: { [field]: value } } };
    return formErrors([block], stateValues([block], given)).b ?? null;
  };
  const options = [{ text: plain('One'), value: '1' }];

  test.each([
    ['a required text', input('plain_text_input', {}), '', 'Please complete this required field.'],
    ['an optional text', input('plain_text_input', {}, true), '', null],
    ['a text with a first value', input('plain_text_input', { initial_value: 'x' }), undefined, null],
    ['a short text', input('plain_text_input', { min_length: 3 }), 'ab', 'Please enter at least 3 characters.'],
    ['a long text', input('plain_text_input', { max_length: 3 }), 'abcd', 'Please enter no more than 3 characters.'],
    ['a word', input('number_input', { is_decimal_allowed: false }), 'ten', 'Please enter a number.'],
    ['a fraction', input('number_input', { is_decimal_allowed: false }), '1.5', 'Please enter a whole number.'],
    [
      'too little',
      input('number_input', { is_decimal_allowed: false, min_value: '10' }),
      '9',
      'Please enter 10 or more.',
    ],
    [
      'too much',
      input('number_input', { is_decimal_allowed: false, max_value: '10' }),
      '11',
      'Please enter 10 or less.',
    ],
    ['enough', input('number_input', { is_decimal_allowed: true, min_value: '1' }), '1.5', null],
  ])('with %s says so', (_, block, value, error) => {
    expect(errorFor(block, value)).toBe(error);
  });

  test('takes only options that it offers', () => {
    const block = input('static_select', { options });
    expect(errorFor(block, { value: '1' }, 'selected_option')).toBeNull();
    expect(errorFor(block, { value: '2' }, 'selected_option')).toBe('Please complete this required field.');
    const boxes = input('checkboxes', { options }, true);
    const values = stateValues([boxes], {
      b: { a: { selected_options: [{ value: '1', text: 'forged' }, { value: '2' }] } },
    });
    expect(values.b?.a?.selected_options).toEqual(options);
  });
});
