import { describe, expect, test } from 'vitest';
import { dayName, formatDate, timeOf } from '../../src/page/text/dates.js';
import { EMOJI, emojiNodes } from '../../src/page/text/emoji.js';
import { EMOJI_ART } from '../../src/page/text/emoji-art.js';
import { parseMarkdown } from '../../src/page/text/markdown.js';

const text = (value: string) => ({ type: 'text', text: value });

describe('emoji', () => {
  test('come from shortcodes and from characters', () => {
    expect(emojiNodes('a :art: b ⚠️!')).toEqual([
      text('a '),
      { type: 'emoji', name: 'art' },
      text(' b '),
      { type: 'emoji', name: 'warning' },
      text('!'),
    ]);
  });

  test('that nobody knows stay text, as do times', () => {
    expect(emojiNodes('10:30:15 :nope: :constructor:')).toEqual([text('10:30:15 :nope: :constructor:')]);
  });

  test('are not cut out of longer ones', () => {
    expect(emojiNodes('👩‍🎨')).toEqual([text('👩‍🎨')]);
  });

  test.each(['▓▓▒░', '█████░░░░░', '░░░░░░░░░░', '▁▃▅▇', '●●○'])('share a line with %s, which stays letters', (bar) => {
    expect(emojiNodes(`${bar} 12 left :art:`)).toEqual([text(`${bar} 12 left `), { type: 'emoji', name: 'art' }]);
  });

  test('have a character for every drawing', () => {
    expect(Object.keys(EMOJI_ART).filter((name) => !(name in EMOJI))).toEqual([]);
  });
});

describe('dates', () => {
  const at = new Date(2026, 10, 23, 14, 5).getTime();
  const now = new Date(2026, 10, 24, 9, 0).getTime();

  test.each([
    ['{date_num} {time}', '2026-11-23 2:05 PM'],
    ['{date}', 'November 23rd, 2026'],
    ['{date_short}', 'Nov 23, 2026'],
    ['{date_long}', 'Monday, November 23rd, 2026'],
    ['{date_short_pretty} at {time}', 'Yesterday at 2:05 PM'],
    ['Asked {date_short_pretty} at {time}', 'Asked yesterday at 2:05 PM'],
    ['{ago}', '19 hours ago'],
    ['{nothing}', '{nothing}'],
  ])('%s', (format, shown) => {
    expect(formatDate(at, format, now).replaceAll('\u202f', ' ')).toBe(shown);
  });

  test('of days are near or named', () => {
    expect(dayName(now, now)).toBe('Today');
    expect(dayName(new Date(2026, 10, 11).getTime(), now)).toBe('Wednesday, November 11th');
  });

  test('of messages come from their ts', () => {
    expect(timeOf('1700000000.000100')).toBe(1_700_000_000_000);
  });
});

describe('markdown', () => {
  test('has titles, lists and quotes', () => {
    expect(parseMarkdown('# A\n\n- b\n- **c**\n\n> d')).toEqual([
      { type: 'title', level: 1, children: [text('A')] },
      {
        type: 'bullets',
        start: 1,
        children: [
          { type: 'item', children: [text('b')] },
          { type: 'item', children: [{ type: 'bold', children: [text('c')] }] },
        ],
      },
      { type: 'quote', children: [{ type: 'paragraph', children: [text('d')] }] },
    ]);
  });

  test('has tables', () => {
    expect(parseMarkdown('| a | b |\n|---|---|\n| 1 | 2 |')).toEqual([
      { type: 'table', head: [[text('a')], [text('b')]], rows: [[[text('1')], [text('2')]]] },
    ]);
  });

  test('keeps unsafe links as text', () => {
    expect(JSON.stringify(parseMarkdown('[x](javascript:alert(1))'))).not.toContain('link');
  });
});
