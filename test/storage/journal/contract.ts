import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Line } from '../../../src/ledger/lines.ts';
import { type Journal, JournalFault } from '../../../src/storage/journal/journal.ts';
import { MONDAY } from '../../support/clock.ts';
import { agency, bind, capture, client, hold, limit, WORKSPACE } from '../../support/fixtures.ts';
import { answerTo, historyOf } from '../../support/history.ts';
import { testLong } from '../../support/is-long.ts';

/** What every journal promises, whatever it is made of. `open` gives an empty one. */
export function journalContract(name: string, open: () => Promise<Journal>) {
  describe(`journal: ${name}`, () => {
    let journal: Journal;
    beforeEach(async () => {
      journal = await open();
    });
    afterEach(() => journal.close());
    const readAll = (workspace = WORKSPACE) => journal.read({ workspace, afterSeq: 0, linesMax: 1_000 });
    const opening = lines.slice(0, 6);
    const [seventh, eighth] = lines.slice(6) as [Line, Line];

    describe('append and read', () => {
      test('an empty journal has nothing', async () => {
        expect(await readAll()).toEqual([]);
        expect(await journal.lastSeq(WORKSPACE)).toBe(0);
        expect(await journal.findCommands({ workspace: WORKSPACE, commandIds: ['c1'] })).toEqual([]);
        expect(await journal.workspaces()).toEqual([]);
        expect(await journal.history({ ...everything, linesMax: 10 })).toEqual([]);
      });

      test('lines come back as they were, in order', async () => {
        expect(await journal.append(lines)).toBe('appended');
        expect(await readAll()).toEqual(lines);
        expect(await journal.lastSeq(WORKSPACE)).toBe(lines.length);
      });

      test('lines come back with whatever text people wrote', async () => {
        const name = 'Zoë “Ω” 𝔸 \\ \' " \u2028 <!channel> 🫶🏽';
        const line = { ...(lines[4] as Line & { kind: 'client_created' }), name };
        await journal.append([...lines.slice(0, 4), line]);
        expect((await readAll()).at(-1)).toEqual(line);
      });

      test('they are read in pages', async () => {
        await journal.append(lines);
        const page = (afterSeq: number, linesMax: number) => journal.read({ workspace: WORKSPACE, afterSeq, linesMax });
        expect(await page(0, 3)).toEqual(lines.slice(0, 3));
        expect(await page(3, 3)).toEqual(lines.slice(3, 6));
        expect(await page(lines.length - 1, 3)).toEqual(lines.slice(-1));
        expect(await page(lines.length, 3)).toEqual([]);
        expect(await page(lines.length + 5, 3)).toEqual([]);
      });

      test('what was appended or read is not changed by changing the object', async () => {
        const line = structuredClone(lines[0] as Line);
        await journal.append([line]);
        line.at = 1;
        const [read] = await readAll();
        Reflect.set(read as Line, 'at', 2);
        expect(await readAll()).toEqual([lines[0]]);
      });

      test('nothing to append is appended', async () => {
        expect(await journal.append([])).toBe('appended');
        expect(await readAll()).toEqual([]);
      });

      test('workspaces are apart', async () => {
        const other = lines.map((line): Line => ({ ...line, workspace: 'T0' }));
        await journal.append(opening);
        await journal.append(other);
        expect(await journal.append([seventh])).toBe('appended');
        expect(await readAll()).toEqual([...opening, seventh]);
        expect(await readAll('T0')).toEqual(other);
        expect(await readAll('T')).toEqual([]);
        expect(await journal.lastSeq('T0')).toBe(lines.length);
        expect(await journal.workspaces()).toEqual(['T0', WORKSPACE]);
      });
    });

    describe('a race', () => {
      test('for a seq is lost by the second, and its lines are not there', async () => {
        await journal.append(opening);
        expect(await journal.append([seventh])).toBe('appended');
        expect(await journal.append([{ ...seventh, commandId: 'other' }])).toBe('taken');
        expect(await readAll()).toEqual([...opening, seventh]);
      });

      test('for a command id is lost by the second', async () => {
        await journal.append(opening);
        expect(await journal.append([{ ...seventh, commandId: 'c1' }])).toBe('taken');
        expect(await readAll()).toEqual(opening);
      });

      test('lost in the middle of several lines leaves no gap', async () => {
        await journal.append(opening);
        expect(await journal.append([seventh, { ...eighth, commandId: 'c2' }, ...later(3, 9)])).toBe('taken');
        const left = await readAll();
        expect(left.map(({ seq }) => seq)).toEqual(left.map((_, index) => index + 1));
        expect([6, 7]).toContain(left.length);
      });

      test('lost early among hundreds of lines leaves no gap either', async () => {
        await journal.append(opening);
        const many = later(350, 7).map((line, n) => (n === 30 ? { ...line, commandId: 'c2' } : line));
        expect(await journal.append(many)).toBe('taken');
        const left = await readAll();
        expect(left.map(({ seq }) => seq)).toEqual(left.map((_, index) => index + 1));
        expect([6, 36]).toContain(left.length);
      });

      test('of many for the same seq has one winner', async () => {
        await journal.append(opening);
        const racers = Array.from({ length: 50 }, (_, n) => ({ ...seventh, commandId: `racer-${n}` }));
        const results = await Promise.all(racers.map((line) => journal.append([line])));
        expect(results.filter((result) => result === 'appended')).toHaveLength(1);
        const winner = racers[results.indexOf('appended')];
        expect(await readAll()).toEqual([...opening, winner]);
      });

      test('with lines that would leave a gap writes nothing', async () => {
        await journal.append(opening);
        await expect(journal.append([eighth])).rejects.toThrow(JournalFault);
        await expect(journal.append([eighth])).rejects.toMatchObject({ code: 'corrupt' });
        await expect(journal.append([seventh, { ...eighth, seq: 9 }])).rejects.toThrow('out of order');
        await expect(journal.append([seventh, { ...eighth, workspace: 'T2' }])).rejects.toThrow('out of order');
        expect(await readAll()).toEqual(opening);
        expect(await journal.append([seventh, eighth])).toBe('appended');
      });
    });

    describe('finding', () => {
      test('the lines of commands, and nothing for those that were never answered', async () => {
        await journal.append(lines);
        const found = await journal.findCommands({ workspace: WORKSPACE, commandIds: ['h', 'never', 'c2'] });
        expect(found.map(({ commandId }) => commandId).sort()).toEqual(['c2', 'h']);
        expect(found.find(({ commandId }) => commandId === 'h')).toEqual(lines.find((line) => line.commandId === 'h'));
        expect(await journal.findCommands({ workspace: 'T2', commandIds: ['h'] })).toEqual([]);
        expect(await journal.findCommands({ workspace: WORKSPACE, commandIds: [] })).toEqual([]);
      });

      test('a thousand commands at once', async () => {
        await journal.append(opening);
        await journal.append(later(1_200, 7));
        const commandIds = Array.from({ length: 1_100 }, (_, n) => `later-${n + 50}`);
        expect(await journal.findCommands({ workspace: WORKSPACE, commandIds })).toHaveLength(1_100);
      });
    });

    describe('the history of an account', () => {
      const seqs = async (query: Partial<Parameters<Journal['history']>[0]>) =>
        (await journal.history({ ...everything, linesMax: 1_000, ...query })).map(({ seq }) => seq);
      const touching = (account: string) =>
        lines
          .filter((line) => line.balances.some((each) => each.account === account))
          .map(({ seq }) => seq)
          .reverse();

      test('is what touched it, newest first', async () => {
        await journal.append(lines);
        for (const account of ['agency', 'client:acme', 'client:acme-2', 'member:UCREATOR'] as const) {
          expect(await seqs({ account })).toEqual(touching(account));
        }
        expect(await seqs({ account: 'client:acme-3' })).toEqual([]);
        expect(touching('client:acme-2')).toEqual([9, 8]);
      });

      test('has the refusals, too', async () => {
        await journal.append(lines);
        const [newest] = await journal.history({ ...everything, linesMax: 1 });
        expect(newest).toMatchObject({ kind: 'refused', refusal: { reason: 'limit_exceeded' } });
      });

      test('begins with a time, and ends before one', async () => {
        await journal.append(lines);
        const times = lines.map(({ at }) => at);
        const fromAt = times[12] as number;
        const toAt = times.at(-2) as number;
        const expected = lines
          .filter(({ at, seq }) => at >= fromAt && at < toAt && touching('client:acme').includes(seq))
          .map(({ seq }) => seq)
          .reverse();
        expect(await seqs({ fromAt, toAt })).toEqual(expected);
        expect(expected.length).toBeGreaterThan(2);
        expect(await seqs({ fromAt: toAt, toAt: fromAt })).toEqual([]);
        expect(await seqs({ toAt: MONDAY })).toEqual([]);
      });

      test('is paged by seq', async () => {
        await journal.append(lines);
        const all = touching('client:acme');
        const first = await seqs({ linesMax: 2 });
        expect(first).toEqual(all.slice(0, 2));
        expect(await seqs({ linesMax: 100, beforeSeq: first.at(-1) as number })).toEqual(all.slice(2));
        expect(await seqs({ beforeSeq: all.at(-1) as number })).toEqual([]);
      });

      test('of one stretch of lines is not led astray by the time of the others', async () => {
        // The last line goes back to before all of them.
        const back = { ...(later(1, lines.length + 1)[0] as Line), at: MONDAY - 3_600_000 };
        await journal.append([...lines, back]);
        const sinceSeq = 8;
        const expected = touching('client:acme').filter((seq) => seq >= sinceSeq);
        expect(await seqs({ sinceSeq, beforeSeq: back.seq })).toEqual(expected);
        expect(await seqs({ sinceSeq, beforeSeq: back.seq, fromAt: MONDAY })).toEqual(expected);
        expect(await seqs({ sinceSeq, beforeSeq: back.seq, toAt: MONDAY })).toEqual([]);
        expect(await seqs({ sinceSeq: back.seq })).toEqual([]);
      });

      testLong('is found behind thousands of lines of others', async () => {
        await journal.append(lines);
        await journal.append(later(4_500, lines.length + 1));
        expect(await seqs({})).toEqual(touching('client:acme'));
        expect(await seqs({ toAt: lines.at(-1)?.at as number })).toEqual(touching('client:acme').slice(1));
      });
    });
  });
}

const everything = { workspace: WORKSPACE, account: 'client:acme' as const, fromAt: 0, toAt: Number.MAX_SAFE_INTEGER };

/** A bit of everything, a minute apart. */
const { lines: accepted, state } = historyOf(
  [
    ...agency(),
    client('acme-2', 'Acme Two'),
    limit('client:acme-2', 'month', 5),
    bind('C9', null),
    limit('client:acme', 'month', 20),
    ...[1, 2, 3, 4].flatMap((n) => [
      { ...hold(2), commandId: n === 1 ? 'h' : `h${n}` },
      capture(`${n === 1 ? 'h' : `h${n}`}/1`, 1),
    ]),
  ].map((asked, n) => ({ ...asked, at: MONDAY + n * 60_000 })),
);
const lines: readonly Line[] = [...accepted, refusedAfter()];

function refusedAfter(): Line {
  const { line } = answerTo(state, hold(100, { at: MONDAY + 3_600_000 }));
  return line;
}

/** More lines, which touch no client. */
function later(count: number, fromSeq: number): Line[] {
  const opened = lines[0] as Line;
  return Array.from({ length: count }, (_, n) => ({
    ...opened,
    kind: 'member_added',
    memberId: `U${n}`,
    role: 'viewer',
    seq: fromSeq + n,
    at: (lines.at(-1) as Line).at + n,
    commandId: `later-${n}`,
    balances: [],
  }));
}
