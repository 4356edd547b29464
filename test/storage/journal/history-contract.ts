import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { historyInTime } from '../../../src/book/corrected-lines.ts';
import { clientAccount, memberAccount } from '../../../src/ledger/accounts.ts';
import { INKWELL } from '../../../src/ledger/commands/commands.ts';
import type { Line } from '../../../src/ledger/lines.ts';
import type { HistoryQuery, Journal } from '../../../src/storage/journal/journal.ts';
import { MONDAY } from '../../support/clock.ts';
import { someOf } from '../../support/is-long.ts';

const WORKSPACE = 'T1';
const LINES_COUNT = 50_000;
const WRITE_LINES = 2_500;
const MINUTE_MS = 60_000;
const AHEAD_MS = 30 * 86_400_000;

/**
 * Lines that touch one client each: one client once, one by every tenth line, one sixteen times, and one by all others. Three
 * fifths of them were dated a month ahead, then the clock was corrected.
 */
function longHistory(linesCount: number) {
  const seldom = Math.floor(linesCount / 16.5);
  const correctedSeq = linesCount * 0.6 + 1;
  const clientOf = (seq: number) => {
    if (seq === 1) return 'once';
    if (seq % seldom === 0) return 'seldom';
    return seq % 10 === 0 ? 'often' : 'busy';
  };
  const atOf = (seq: number) => MONDAY + seq * MINUTE_MS + (seq < correctedSeq ? AHEAD_MS : 0);
  /** Nothing of it has to add up: a journal keeps lines, whatever they say. */
  const lineAt = (seq: number): Line => ({
    workspace: WORKSPACE,
    seq,
    at: atOf(seq),
    by: INKWELL,
    commandId: `c${(seq * 7_919) % 1_000_003}`,
    commandHash: 'hash',
    kind: 'client_renamed',
    clientId: clientOf(seq),
    name: `Name ${seq}`,
    balances: [],
  });
  const seqsOf = (clientId: string, isMeant: (seq: number) => boolean = () => true) =>
    Array.from({ length: linesCount }, (_, n) => linesCount - n).filter(
      (seq) => clientOf(seq) === clientId && isMeant(seq),
    );
  return { correctedSeq, atOf, lineAt, seqsOf };
}

export async function writeManyLines(journal: Pick<Journal, 'append'>, linesCount = LINES_COUNT): Promise<void> {
  const { lineAt } = longHistory(linesCount);
  for (let from = 1; from <= linesCount; from += WRITE_LINES) {
    const count = Math.min(WRITE_LINES, linesCount - from + 1);
    const became = await journal.append(Array.from({ length: count }, (_, n) => lineAt(from + n)));
    if (became !== 'appended') throw new Error(`lines from ${from} on: ${became}`);
  }
}

/** What every journal finds among many lines. `open` gives one that has them already, or an empty one. */
export function historyContract(name: string, open: () => Promise<Journal>, linesCount = LINES_COUNT) {
  const { correctedSeq, atOf, lineAt, seqsOf } = longHistory(linesCount);
  describe(`histories in a long journal: ${name}`, () => {
    let journal: Journal;
    beforeAll(async () => {
      journal = await open();
      if ((await journal.lastSeq(WORKSPACE)) === 0) await writeManyLines(journal, linesCount);
    }, 120_000);
    afterAll(() => journal.close());

    const always = { workspace: WORKSPACE, fromAt: 0, toAt: Number.MAX_SAFE_INTEGER, linesMax: 1_000 };
    const query = (clientId: string, more: Partial<HistoryQuery> = {}) => ({
      ...always,
      account: clientAccount(clientId),
      ...more,
    });
    const seqs = async (clientId: string, more: Partial<HistoryQuery> = {}) =>
      (await journal.history(query(clientId, more))).map(({ seq }) => seq);

    test('an account that was touched once, by the first line, and one that never was', async () => {
      expect(await journal.history(query('once'))).toEqual([lineAt(1)]);
      expect(await seqs('once', { beforeSeq: 1 })).toEqual([]);
      expect(await seqs('once', { beforeSeq: 2 })).toEqual([1]);
      expect(await seqs('once', { sinceSeq: 2 })).toEqual([]);
      expect(await seqs('never')).toEqual([]);
      expect(await seqs('onc')).toEqual([]);
      expect(await journal.history({ ...always, account: memberAccount('once') })).toEqual([]);
      expect(await journal.history({ ...query('once'), workspace: 'T' })).toEqual([]);
    });

    test('an account that is touched now and then: all of it, and page after page', async () => {
      const expected = seqsOf('seldom');
      expect(expected).toHaveLength(16);
      expect(await seqs('seldom')).toEqual(expected);
      const paged: number[] = [];
      for (;;) {
        const page = await seqs('seldom', { linesMax: 3, beforeSeq: paged.at(-1) ?? linesCount + 1 });
        paged.push(...page);
        if (page.length < 3) break;
      }
      expect(paged).toEqual(expected);
    });

    test.each(someOf([1_024, 1, 1_023, 1_025, 1_026, linesCount, 2_048, 2_049, linesCount + 1], 5))(
      'what was before line %i, and since then',
      async (seq) => {
        const before = seqsOf('often', (each) => each < seq).slice(0, 120);
        expect(await seqs('often', { beforeSeq: seq, linesMax: 120 })).toEqual(before);
        const since = seqsOf('seldom', (each) => each >= seq);
        expect(await seqs('seldom', { sinceSeq: seq })).toEqual(since);
      },
    );

    test('a while of an account, on either side of a corrected clock', async () => {
      const from = Math.floor(correctedSeq / 2);
      const early = { fromAt: atOf(from), toAt: atOf(from + 200), beforeSeq: correctedSeq };
      expect(await seqs('often', early)).toEqual(seqsOf('often', (seq) => seq >= from && seq < from + 200));
      const late = { fromAt: atOf(correctedSeq + 405), toAt: atOf(correctedSeq + 500), sinceSeq: correctedSeq };
      expect(await seqs('often', late)).toEqual(
        seqsOf('often', (seq) => seq >= correctedSeq + 405 && seq < correctedSeq + 500),
      );
      expect(await seqs('once', { fromAt: atOf(2), beforeSeq: correctedSeq })).toEqual([]);
      expect(await seqs('once', { toAt: atOf(1) + 1, beforeSeq: correctedSeq })).toEqual([1]);
    });

    test('as people read it: what was dated ahead happened before the clock was corrected', async () => {
      const at = atOf(correctedSeq);
      const corrections = [{ seq: correctedSeq, at, by: 'U1', wrongAt: at + AHEAD_MS }];
      const found = await historyInTime(journal, corrections, query('seldom'));
      expect(found.map(({ seq }) => seq)).toEqual(seqsOf('seldom'));
      const ahead = found.filter(({ seq }) => seq < correctedSeq);
      expect(new Set(ahead.map((line) => line.at))).toEqual(new Set([at]));
      const first = await historyInTime(journal, corrections, query('once', { toAt: at + 1 }));
      expect(first.map(({ seq }) => seq)).toEqual([1]);
      const recent = await historyInTime(journal, corrections, query('often', { fromAt: at + 1 }));
      expect(recent.map(({ seq }) => seq)).toEqual(seqsOf('often', (seq) => seq > correctedSeq).slice(0, 1_000));
    });

    test('it goes on with the lines that are written next', async () => {
      const next = { ...lineAt(linesCount + 1), kind: 'client_renamed', clientId: 'once', name: 'Again' } as Line;
      await journal.append([next]);
      expect(await seqs('once')).toEqual([linesCount + 1, 1]);
      expect(await seqs('once', { linesMax: 1 })).toEqual([linesCount + 1]);
    });
  });
}
