import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digestMessage } from '../../../src/slack/digest/digest-card.ts';
import { budget, clientWeek, digestCard, FINDINGS, quietCard } from '../digest-views.ts';
import { expectSafe, NASTY, seen } from './promises.ts';

const BLOCKS_MAX = 25;
const FINDINGS_MAX = 3;
const { runsOut, leftOver, spike, blocked, fewKept } = FINDINGS;
const all = [runsOut, leftOver, spike, blocked, fewKept];

describe('a digest in Slack', () => {
  test.each(NASTY)('holds the promises whatever clients are called: %#', (name) => {
    const clients = [0, 1, 2].map((index) => clientWeek(index, { name }));
    for (const finding of all) expectSafe(digestMessage(digestCard({ clients, findings: [finding] })));
  });

  test.each([
    [
      runsOut,
      'Northwind’s monthly budget runs out Thursday, November 26, 5 days before it resets: about 120 credits more are needed at this pace.',
    ],
    [leftOver, 'About 210 credits of Atlas’s monthly budget will be left when it resets.'],
    [spike, 'Northwind used 340 credits where 70 are usual, most of it for the project Winter launch.'],
    [blocked, 'Atlas’s daily budget stopped 9 of 41 requests. Is it too low?'],
    [fewKept, 'Of 64 images for Mira, 3 were kept.'],
  ])('says a finding in one sentence: %#', (finding, sentence) => {
    const clients = ['Northwind', 'Atlas', 'Mira'].map((name, index) => clientWeek(index, { name }));
    expect(seen(digestMessage(digestCard({ clients, findings: [finding] })))).toContain(sentence);
  });

  test.each([
    [clientWeek(0, { name: 'A' }), 'A  90 credits · 320 of 500 used this month · 11% behind plan · up 29%'],
    [clientWeek(0, { name: 'A', usualCredits: 90, budget: null }), 'A  90 credits · as usual'],
    [clientWeek(0, { name: 'A', usualCredits: 30, budget: null }), 'A  90 credits · 3 times the usual'],
    [clientWeek(0, { name: 'A', usualCredits: 0, budget: null }), 'A  90 credits · none in the 4 weeks before'],
    [
      clientWeek(0, { name: 'A', usualCredits: 180, budget: budget({ usedCredits: 450 }) }),
      'A  90 credits · 450 of 500 used this month · 15% ahead of plan · down 50%',
    ],
  ])('has one line for a client: %#', (client, line) => {
    expect(seen(digestMessage(digestCard({ clients: [client] })))).toContain(line);
  });

  test('of a quiet week is one line', () => {
    const message = digestMessage(quietCard());
    expect(message.blocks).toHaveLength(1);
    expect(seen(message)).toBe('The week of November 16–22 was quiet: nothing was made, and nothing is due.');
  });

  test('of many clients says how many more there are, and where', () => {
    const clients = Array.from({ length: 30 }, (_, index) => clientWeek(index));
    expect(seen(digestMessage(digestCard({ clients })))).toContain(
      'And 20 more. All clients are in Home, under Clients.',
    );
  });

  test('stays small: its findings come before charts, each with one button', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.subarray(all, { maxLength: FINDINGS_MAX }),
        fc.integer({ min: 0, max: 999_999_999 }),
        (count, findings, credits) => {
          const client = clientWeek(0);
          const clients = Array.from({ length: count }, (_, index) =>
            clientWeek(index, { name: `Client ${index}`, week: { ...client.week, credits } }),
          );
          const message = digestMessage(digestCard({ clients, findings }));
          expectSafe(message);
          expect(message.blocks.length).toBeLessThanOrEqual(BLOCKS_MAX);
          const types = message.blocks.map(({ type }) => type);
          const charts = types.filter((type) => type === 'data_visualization');
          expect(charts.length).toBeLessThanOrEqual(2);
          expect(types.slice(1, 1 + 2 * findings.length)).toEqual(findings.flatMap(() => ['rich_text', 'actions']));
        },
      ),
      { numRuns: 30 },
    );
  });
});
