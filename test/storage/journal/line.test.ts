import { describe, expect, test } from 'vitest';
import type { Line } from '../../../src/ledger/lines.ts';
import { assertLine, parseLine } from '../../../src/storage/journal/line.ts';
import { EVERY_LINE as lines } from '../../support/every-line.ts';

/** Every kind of line: one that is new does not compile until it is here, and then has to be among the lines. */
const KINDS: Record<Line['kind'], true> = {
  workspace_opened: true,
  policy_set: true,
  member_added: true,
  role_set: true,
  manages_set: true,
  teams_set: true,
  member_suspended: true,
  member_resumed: true,
  member_removed: true,
  member_brought_back: true,
  owner_appointed: true,
  delegate_set: true,
  team_created: true,
  team_deleted: true,
  team_renamed: true,
  team_restored: true,
  client_created: true,
  client_renamed: true,
  client_closed: true,
  client_reopened: true,
  approvals_channel_set: true,
  client_digest_set: true,
  channel_bound: true,
  channel_id_changed: true,
  project_created: true,
  project_changed: true,
  project_closed: true,
  project_reopened: true,
  project_bound: true,
  limit_set: true,
  rule_set: true,
  quality_capped: true,
  budget_moved: true,
  granted: true,
  spending_stopped: true,
  spending_resumed: true,
  clock_corrected: true,
  held: true,
  captured: true,
  voided: true,
  slipped: true,
  image_marked: true,
  stage_set: true,
  alerts_muted: true,
  use_expected: true,
  asked: true,
  approved: true,
  denied: true,
  withdrawn: true,
  escalated: true,
  lapsed: true,
  refused: true,
};

/** Every field of a line, at any depth, by the way to it. */
function waysInto(value: unknown, way: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [[...way, name], ...waysInto(inner, [...way, name])]);
}

const at = (value: unknown, way: readonly string[]): unknown =>
  way.reduce<unknown>((inner, name) => (inner as Record<string, unknown>)[name], value);

describe('a stored line', () => {
  test('of every kind is read back as it was', () => {
    expect([...new Set(lines.map(({ kind }) => kind))].sort()).toEqual(Object.keys(KINDS).sort());
    for (const line of lines) {
      assertLine(line);
      expect(parseLine(JSON.stringify(line), 1)).toEqual(line);
    }
  });

  test.each(lines.map((line) => [line.kind, line] as const))('%s: without any of its fields it is none', (_, line) => {
    for (const name of Object.keys(line)) {
      // Lines of earlier versions do not say what stood before.
      if (name === 'before') continue;
      const { [name as 'at']: __, ...rest } = line;
      expect(() => parseLine(JSON.stringify(rest), 7)).toThrow(/^line 7 is not a line/);
    }
  });

  test.each(lines.map((line) => [line.kind, line] as const))(
    '%s: with a wrong value anywhere it is none',
    (_, line) => {
      for (const way of waysInto(line)) {
        if (way[0] === 'refusal' && way.length > 1) continue;
        const isYesOrNo = typeof at(line, way) === 'boolean';
        for (const wrong of [{ odd: true }, 1.5, isYesOrNo ? 'true' : true]) {
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
