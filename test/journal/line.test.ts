import { describe, expect, test } from '@jest/globals';
import { assertLine, parseLine } from '../../src/journal/line.ts';
import type { Line } from '../../src/ledger/lines.ts';
import { agency, bind, capture, grant, hold, limit, role, slip, voided } from '../support/fixtures.ts';
import { answerTo, historyOf } from '../support/given.ts';

const { lines: accepted, state } = historyOf([
  ...agency(),
  { kind: 'rename_client', clientId: 'acme', name: 'Acme Group' },
  role('UCREATOR', 'manager'),
  bind('C2', null),
  limit('client:acme', 'month', 2),
  limit('agency', 'day', null),
  grant('client:acme', 10, { expiresAt: Number.MAX_SAFE_INTEGER }),
  { ...hold(3, { imagesCount: 3 }), commandId: 'h' },
  capture('h/1', 1),
  voided('h/2'),
  slip('h/3'),
]);
const lines: Line[] = [...accepted, answerTo(state, hold(1, { channelId: 'C9' })).line];

/** Every field of a line, at any depth, by the way to it. */
function waysInto(value: unknown, way: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [[...way, name], ...waysInto(inner, [...way, name])]);
}

const at = (value: unknown, way: readonly string[]): unknown =>
  way.reduce<unknown>((inner, name) => (inner as Record<string, unknown>)[name], value);

describe('a stored line', () => {
  test('of every kind is read back as it was', () => {
    expect(new Set(lines.map(({ kind }) => kind)).size).toBe(14);
    for (const line of lines) {
      assertLine(line);
      expect(parseLine(JSON.stringify(line), 1)).toEqual(line);
    }
  });

  test.each(lines.map((line) => [line.kind, line] as const))('%s: without any of its fields it is none', (_, line) => {
    for (const name of Object.keys(line)) {
      const { [name as 'at']: __, ...rest } = line;
      expect(() => parseLine(JSON.stringify(rest), 7)).toThrow(/^line 7 is not a line/);
    }
  });

  test.each(lines.map((line) => [line.kind, line] as const))(
    '%s: with a wrong value anywhere it is none',
    (_, line) => {
      for (const way of waysInto(line)) {
        if (way[0] === 'refusal' && way.length > 1) continue;
        for (const wrong of [{ odd: true }, 1.5, true]) {
          const changed = structuredClone(line);
          (at(changed, way.slice(0, -1)) as Record<string, unknown>)[way.at(-1) as string] = wrong;
          expect({ way, wrong, read: reads(changed) }).toEqual({ way, wrong, read: false });
        }
      }
    },
  );

  test.each(['', '{', 'null', '[]', '"line"', '{}', '{"kind":"toString"}', '{"kind":"held"}', '{"kind":["held"]}'])(
    '%j is none',
    (json) => {
      expect(() => parseLine(json, 3)).toThrow(expect.objectContaining({ name: 'JournalFault', code: 'corrupt' }));
    },
  );

  test('names where it stood and what is wrong', () => {
    const changed = { ...lines[0], balances: [{ account: 'agency', window: 'total', usedCredits: '1' }] };
    expect(() => parseLine(JSON.stringify(changed), 1)).toThrow(
      'line 1 is not a line: balances 0 usedCredits is not a whole number',
    );
  });

  test.each([
    ['commandId', 'two words'],
    ['commandId', ''],
    ['commandId', 'nul\u0000'],
    ['commandId', 'x'.repeat(201)],
    ['by', 'ü'],
    ['workspace', ''],
    ['at', 1.5],
    ['at', Number.NaN],
    ['commandHash', undefined],
  ])('is not written with the %s %j, because it could not be told from another or read back', (field, value) => {
    expect(() => assertLine({ ...(lines[0] as Line), [field]: value } as Line)).toThrow('must not be written');
  });
});

function reads(value: unknown): boolean {
  try {
    parseLine(JSON.stringify(value), 1);
    return true;
  } catch {
    return false;
  }
}
