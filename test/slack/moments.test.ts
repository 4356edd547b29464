import type { RichTextElement } from '@slack/types';
import { describe, expect, test } from 'vitest';
import { formatDate } from '../../packages/local-slack/src/page/text/dates.js';
import { bold, dateToken, type Inline, richLines } from '../../src/slack/kit/parts.ts';
import { moment } from '../../src/slack/kit/text.ts';

const at = new Date(2026, 10, 24, 14, 5).getTime();
const now = new Date(2026, 10, 24, 16, 0).getTime();

/** As Slack draws a line today. */
const drawn = (line: Inline[]) =>
  richLines(line)
    .elements.flatMap(({ elements }) => elements as RichTextElement[])
    .map((piece) => (piece.type === 'date' ? formatDate(at, piece.format, now) : 'text' in piece ? piece.text : '?'))
    .join('')
    .replaceAll('\u202f', ' ');

describe('moments in sentences', () => {
  test.each<[string, Inline[]]>([
    ['Resets today at 2:05 PM.', ['Resets ', dateToken(at), '.']],
    ['until today at 2:05 PM', [' until '.trimStart(), dateToken(at)]],
    ['5 credits, today at 2:05 PM', [bold('5 credits'), ', ', dateToken(at)]],
    ['Approved. Today at 2:05 PM', ['Approved. ', dateToken(at)]],
    ['Today at 2:05 PM', [dateToken(at)]],
    ['Kept · Today at 2:05 PM', ['Kept · ', dateToken(at)]],
    ['from today at 2:05 PM to today at 2:05 PM', ['from ', dateToken(at), ' to ', dateToken(at)]],
    ['Käse_é {x} Today at 2:05 PM', ['Käse_é {x} ', dateToken(at)]],
  ])('%s', (shown, line) => {
    expect(drawn(line)).toBe(shown);
  });

  test('in Slack’s markup take the word before them along, for readers without dates too', () => {
    expect(moment(Date.UTC(2026, 10, 24, 14, 5), 'since ')).toBe(
      '<!date^1795529100^since {date_short_pretty} at {time}|since 2026-11-24 14:05 UTC>',
    );
  });
});
