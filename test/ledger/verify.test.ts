import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Line } from '../../src/ledger/lines.ts';
import { type Verification, Verifier } from '../../src/ledger/verify/verifier.ts';
import { contentHash } from '../../src/ports/content-hash.ts';
import { agency, capture, grant, hold, limit, slip, voided, WORKSPACE } from '../support/fixtures.ts';
import { historyOf } from '../support/history.ts';
import { approve, deny } from '../support/wishes.ts';
import { histories } from './histories.ts';

const { lines } = historyOf([
  ...agency(),
  limit('client:acme', 'month', 20),
  grant('client:acme', 10),
  { ...hold(8, { imagesCount: 3 }), commandId: 'h' },
  capture('h/1', 7, 500),
  voided('h/2'),
  slip('h/3'),
]);
const seqOf = (kind: Line['kind']) => lines.find((line) => line.kind === kind)?.seq ?? 0;

function verify(changed: readonly Line[]): Verification {
  const verifier = new Verifier(WORKSPACE, contentHash);
  for (const line of changed) verifier.add(line);
  return verifier.result();
}

/** The journal with some fields of one line changed, as somebody with an editor would. */
const withChange = (kind: Line['kind'], change: object) =>
  lines.map((line) => (line.kind === kind ? ({ ...line, ...change } as Line) : line));

describe('the verifier', () => {
  test('accepts what was written', () => {
    expect(verify(lines)).toMatchObject({ ok: true, linesCount: lines.length, state: { seq: lines.length } });
  });

  test.each<[Line['kind'], object]>([
    ['workspace_opened', { timeZone: 'UTC' }],
    ['workspace_opened', { creditValueMicroUsd: 9_999 }],
    ['member_added', { role: 'owner' }],
    ['client_created', { name: 'Acme Inc' }],
    ['channel_bound', { channelId: 'C2' }],
    ['limit_set', { limitCredits: 200 }],
    ['granted', { amountCredits: 100 }],
    ['granted', { reason: 'Because' }],
    ['granted', { expiresAt: 1 }],
    ['granted', { by: 'UOWNER' }],
    ['held', { memberId: 'UMANAGER' }],
    ['held', { commandId: 'g' }],
    ['held', { holds: [{ holdId: 'h/1', amountCredits: 8, draws: [] }] }],
    ['captured', { capturedCredits: 6 }],
    ['captured', { costMicroUsd: 499 }],
    ['captured', { heldCredits: 9 }],
    ['captured', { clientId: 'nova' }],
    ['captured', { holdId: 'h/2' }],
    ['captured', { capturedCredits: 9 }],
    ['voided', { holdId: 'h/1' }],
    ['voided', { reason: 'withdrawn' }],
    ['slipped', { heldCredits: 7 }],
    ['slipped', { memberId: 'UMANAGER' }],
    ['held', { at: 1 }],
    ['granted', { workspace: 'T2' }],
  ])('finds a %s line with %j', (kind, change) => {
    expect(verify(withChange(kind, change))).toMatchObject({
      ok: false,
      seq: seqOf(kind),
      problem: expect.any(String),
    });
  });

  test.each<[Line['kind'], object]>([
    ['asked', { exceeded: [] }],
    ['asked', { requestId: 'other' }],
    ['asked', { eachCredits: 1 }],
    ['approved', { requestId: 'other' }],
    ['approved', { by: 'UCREATOR' }],
    ['approved', { grants: [] }],
    ['approved', { holds: [] }],
    ['denied', { reason: 'Because' }],
    ['captured', { chargedTo: 'agency' }],
  ])('finds a %s line with %j in what was asked for', (kind, change) => {
    const { lines: asking } = historyOf([
      ...agency(),
      limit('client:acme', 'month', 20, { over: 'ask' }),
      { ...hold(30), commandId: 'r' },
      { ...hold(40), commandId: 'no' },
      approve('r', ['client:acme month']),
      deny('no', { reason: 'No' }),
      capture('r/1', 7, 500),
    ]);
    const first = asking.findIndex((line) => line.kind === kind);
    const changed = asking.map((line, index) => (index === first ? ({ ...line, ...change } as Line) : line));
    expect(verify(asking)).toMatchObject({ ok: true });
    expect(verify(changed)).toMatchObject({ ok: false, seq: first + 1 });
  });

  test('finds out at the approval that a request was for something else', () => {
    const { lines: asking } = historyOf([
      ...agency(),
      limit('client:acme', 'month', 20, { over: 'ask' }),
      { ...hold(30), commandId: 'r' },
      approve('r', ['client:acme month']),
    ]);
    const changed = asking.map((line) => {
      return line.kind === 'asked' ? { ...line, eachCredits: 300, requestedCredits: 300 } : line;
    });
    expect(verify(changed)).toMatchObject({ ok: false, seq: asking.length, problem: expect.stringContaining('r') });
  });

  test('finds draws on a grant that is not there, or that has less', () => {
    const hold = lines.find((line) => line.kind === 'held');
    const last = hold?.holds[2];
    expect(last?.draws).toEqual([{ account: 'client:acme', grantId: 'G1', credits: 4 }]);
    const drawing = (draws: object[]) =>
      withChange('held', { holds: [...(hold?.holds.slice(0, 2) ?? []), { ...last, draws }] });
    const seq = seqOf('held');
    expect(verify(drawing([{ account: 'client:acme', grantId: 'G2', credits: 4 }]))).toMatchObject({ ok: false, seq });
    expect(verify(drawing([{ account: 'client:acme', grantId: 'G1', credits: 11 }]))).toMatchObject({ ok: false, seq });
    expect(verify(drawing([]))).toMatchObject({ ok: false, seq });
  });

  test('names the line after a missing one, and says which is missing', () => {
    const missing = lines.filter(({ seq }) => seq !== 5);
    expect(verify(missing)).toEqual({ ok: false, seq: 6, kind: 'gap', problem: 'line 5 is missing' });
    expect(verify(lines.slice(1))).toEqual({ ok: false, seq: 2, kind: 'gap', problem: 'line 1 is missing' });
  });

  test('stops at the first problem', () => {
    const twice = withChange('limit_set', { limitCredits: 1 }).map((line) =>
      line.kind === 'slipped' ? { ...line, heldCredits: 1 } : line,
    );
    expect(verify(twice)).toMatchObject({ ok: false, seq: seqOf('limit_set') });
    const verifier = new Verifier(WORKSPACE);
    expect(twice.map((line) => verifier.add(line))).toEqual(lines.map(({ seq }) => seq < seqOf('limit_set')));
  });

  test('states both sides of what does not add up', () => {
    const changed = withChange('limit_set', { limitCredits: 200 });
    expect(verify(changed)).toMatchObject({
      problem:
        'it states client:acme month:2026-11 used 0 held 0 available 20, ' +
        'the lines add up to client:acme month:2026-11 used 0 held 0 available 200',
    });
  });
});

/** One small change to a journal, and where it begins to be wrong. */
type Corruption = { name: string; lines: Line[]; seq: number };

function corrupt(journal: readonly Line[], how: number, where: number, by: number): Corruption | null {
  const index = where % journal.length;
  const line = journal[index] as Line;
  const replaced = (change: object) => journal.map((each) => (each === line ? ({ ...each, ...change } as Line) : each));
  const next = journal[index + 1];
  switch (how % 4) {
    case 0: {
      const [balance, ...others] = line.balances;
      if (!balance) return null;
      const field = by % 2 === 0 ? 'usedCredits' : 'heldCredits';
      const balances = [{ ...balance, [field]: balance[field] + by }, ...others];
      return { name: `balance of ${line.kind}`, lines: replaced({ balances }), seq: line.seq };
    }
    case 1: {
      const field = Object.keys(line).find((name) => name.endsWith('Credits') || name.endsWith('MicroUsd'));
      const amount = field ? line[field as keyof Line] : null;
      if (!field || typeof amount !== 'number') return null;
      return { name: `${field} of ${line.kind}`, lines: replaced({ [field]: amount + by }), seq: line.seq };
    }
    case 2:
      if (!next) return null;
      return { name: `without a ${line.kind}`, lines: journal.filter((each) => each !== line), seq: next.seq };
    default: {
      if (!next) return null;
      const swapped = [...journal.slice(0, index), next, line, ...journal.slice(index + 2)];
      return { name: `${line.kind} after ${next.kind}`, lines: swapped, seq: next.seq };
    }
  }
}

test.each([21, 22, 23])('finds each of many planted corruptions at the first wrong line, seed %i', (seed) => {
  const planted = fc.record({
    history: histories(30),
    at: fc.array(fc.record({ how: fc.nat(3), where: fc.nat(1_000), by: fc.integer({ min: 1, max: 5 }) }), {
      minLength: 10,
      maxLength: 10,
    }),
  });
  let found = 0;
  fc.assert(
    fc.property(planted, ({ history, at }) => {
      for (const { how, where, by } of at) {
        const corruption = corrupt(history.lines, how, where, by);
        if (!corruption) continue;
        const result = verify(corruption.lines);
        expect({ ...corruption, lines: [], seq: result.ok ? 'accepted' : result.seq }).toEqual({
          ...corruption,
          lines: [],
        });
        found += 1;
      }
    }),
    { seed, numRuns: 25, endOnFailure: true },
  );
  expect(found).toBeGreaterThan(100);
});
