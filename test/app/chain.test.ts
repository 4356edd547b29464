import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { acceptWorkspace } from '../../scripts/ledger/verify.ts';
import { keepHead, keptHead } from '../../src/app/self-check/kept-head.ts';
import { type Books, verifyBooks } from '../../src/app/self-check/verify-books.ts';
import type { Line } from '../../src/ledger/lines.ts';
import type { KeptHead } from '../../src/ledger/verify/verifier.ts';
import { closeStores, openStores } from '../../src/start/open-stores.ts';
import { parseLine } from '../../src/storage/journal/line.ts';
import { lineHash } from '../../src/storage/journal/line-text.ts';
import { createMemoryJournal } from '../../src/storage/journal/memory.ts';
import { openSqliteJournal } from '../../src/storage/journal/sqlite.ts';
import { createMemoryRecords } from '../../src/storage/records/memory.ts';
import { openSqliteRecords } from '../../src/storage/records/sqlite.ts';
import { closeSqlite, openSqlite } from '../../src/storage/sqlite/open.ts';
import { temporaryFiles } from '../storage/sqlite/files.ts';
import { chained } from '../support/chained.ts';
import { createClock } from '../support/clock.ts';
import { EVERY_LINE } from '../support/every-line.ts';
import { OWNER, WORKSPACE } from '../support/fixtures.ts';
import { isLong } from '../support/is-long.ts';

const files = temporaryFiles();
afterAll(() => files.remove());

const LINES = chained(EVERY_LINE);
const headOf = (lines: readonly Line[]): KeptHead => {
  const last = lines.at(-1) as Line;
  return { seq: last.seq, hash: lineHash(last), acceptedSeq: 0 };
};

type Path = readonly (string | number)[];

/** Every value in a line, however deep. */
const pathsIn = (value: unknown): Path[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, each]) => pathsIn(each).map((path) => [name, ...path]))
    : [[]];

const otherThan = (value: unknown): unknown => {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  return typeof value === 'string' ? `${value}x` : 'x';
};

function changedAt(value: unknown, [name, ...path]: Path): unknown {
  if (name === undefined) return otherThan(value);
  const copy: Record<string | number, unknown> = Array.isArray(value)
    ? ([...value] as never)
    : { ...(value as object) };
  copy[name] = changedAt(copy[name], path);
  return copy;
}

/** The journal as somebody with an editor left it, read as from a disk. */
async function booksOf(lines: readonly Line[]): Promise<Books> {
  const journal = createMemoryJournal();
  await journal.append(LINES);
  const read: Books['read'] = async ({ afterSeq, linesMax }) =>
    lines.slice(afterSeq, afterSeq + linesMax).map((line, n) => parseLine(JSON.stringify(line), afterSeq + 1 + n));
  return { read, findCommands: journal.findCommands };
}

const verify = async (lines: readonly Line[], kept: KeptHead | null = headOf(LINES)) =>
  await verifyBooks(await booksOf(lines), WORKSPACE, { kept });

/** A line whose number was changed is missed under its own. */
const names = (verified: Awaited<ReturnType<typeof verify>>, seq: number) =>
  !verified.ok && (verified.seq === seq || verified.problem === `line ${seq} is missing`);

describe('a chained journal', () => {
  test('is right as it was written, also where its first lines are of an earlier version', async () => {
    expect(await verify(LINES)).toMatchObject({ ok: true, linesCount: LINES.length });
    const later = chained(EVERY_LINE, { fromSeq: 20 });
    expect(await verify(later, headOf(later))).toMatchObject({ ok: true });
  });

  test.each(LINES.map((line) => [line.seq, line.kind, line] as const))(
    'line %i, %s: whichever field is changed, the check names the line',
    async (seq, _, line) => {
      const missed: string[] = [];
      // Each field of each kind is tried in the long run, one in five in the quick one.
      for (const path of pathsIn(line).filter((_, n) => isLong || (n + seq) % 10 === 0)) {
        const changed = LINES.with(seq - 1, changedAt(line, path) as Line);
        if (!names(await verify(changed), seq)) missed.push(path.join('.'));
      }
      expect(missed).toEqual([]);
    },
  );

  test('on SQLite the same, changed with SQL', async () => {
    const file = files.next();
    const journal = openSqliteJournal(file);
    await journal.append(LINES);
    const database = openSqlite(file, { schema: ['there already'] });
    const set = database.prepare('UPDATE lines SET line = ? WHERE seq = ?');
    const any = fc
      .constantFrom(...LINES)
      .chain((line) => fc.tuple(fc.constant(line), fc.constantFrom(...pathsIn(line))));
    const check = fc.asyncProperty(any, async ([line, path]) => {
      set.run(JSON.stringify(changedAt(line, path)), line.seq);
      const verified = await verifyBooks(journal, WORKSPACE, { kept: headOf(LINES) });
      set.run(JSON.stringify(line), line.seq);
      expect(names(verified, line.seq), `${line.kind} ${path.join('.')}`).toBe(true);
    });
    await fc.assert(check, { numRuns: 60 });
    expect(await verifyBooks(journal, WORKSPACE, { kept: headOf(LINES) })).toMatchObject({ ok: true });
    closeSqlite(database);
    await journal.close();
  });

  test('a removed line is missed, also where the numbers were closed up behind it', async () => {
    const renumbered = LINES.filter(({ seq }) => seq !== 30).map((line) =>
      line.seq > 30 ? ({ ...line, seq: line.seq - 1 } as Line) : line,
    );
    const verified = await verifyBooks(
      { ...(await booksOf(renumbered)), findCommands: foundIn(renumbered) },
      WORKSPACE,
    );
    expect(verified).toMatchObject({ ok: false, seq: 30, problem: expect.stringContaining('removed') });
  });

  test('a line that lost the hash is named, also where all behind it lost theirs', async () => {
    const { previousHash: _, ...bare } = LINES[39] as Line;
    expect(await verify(LINES.with(39, bare as Line), null)).toMatchObject({ ok: false, seq: 40 });
    const stripped = LINES.map(({ previousHash, ...line }) => ({ ...line, ...(line.seq < 40 && { previousHash }) }));
    expect(await verify(stripped as Line[], null)).toMatchObject({ ok: false, seq: 40 });
  });

  test('an end that was cut off, or written anew, is missed by the head that was kept', async () => {
    const cut = LINES.slice(0, 40);
    expect(await verify(cut, null)).toMatchObject({ ok: true });
    expect(await verify(cut)).toMatchObject({ ok: false, seq: 41, problem: expect.stringContaining('was removed') });
    const anew = chained(EVERY_LINE.map((line) => (line.seq === 60 ? ({ ...line, at: line.at + 1 } as Line) : line)));
    expect(await verify(anew)).toMatchObject({ ok: false });
  });
});

const foundIn =
  (lines: readonly Line[]): Books['findCommands'] =>
  async ({ commandIds }) =>
    lines.filter(({ commandId }) => commandIds.includes(commandId));

describe('the head that is kept', () => {
  const place = () => ({ records: createMemoryRecords(), workspace: WORKSPACE });
  const head = (seq: number) => ({ seq, hash: `hash of ${seq}`, at: seq });

  test('is the newest one, and never goes back by itself', async () => {
    const at = place();
    expect(await keptHead(at)).toBeNull();
    for (const seq of [3, 9, 4, 12]) await keepHead(at, head(seq));
    expect(await keptHead(at)).toMatchObject({ seq: 12, hash: 'hash of 12' });
    await keepHead(at, head(5), 2);
    expect(await keptHead(at)).toMatchObject({ seq: 5, acceptedSeq: 2 });
    await keepHead(at, head(6));
    expect(await keptHead(at)).toMatchObject({ seq: 6, acceptedSeq: 2 });
  });

  test('is kept at a stop; a start that misses the line spends nothing until somebody accepts that', async () => {
    const folder = join(files.next(), '..');
    const ledger = join(folder, 'ledger.sqlite');
    const journal = openSqliteJournal(ledger);
    await journal.append(LINES.slice(0, 40));
    await journal.close();
    await openSqliteRecords(join(folder, 'records.sqlite')).close();
    const open = () =>
      openStores({ dataDir: folder, sqliteEngine: 'auto' }, { workspace: WORKSPACE, clock: createClock() });
    await closeStores(await open());

    const database = openSqlite(ledger, { schema: ['there already'] });
    database.exec('DELETE FROM lines WHERE seq > 37');
    closeSqlite(database);
    const stores = await open();
    expect(stores.book.stoppedHere).toMatchObject({ brokenSeq: 40, problem: expect.stringContaining('was removed') });
    await closeStores(stores);
    const again = await open();
    expect(again.book.stoppedHere).toMatchObject({ brokenSeq: 40 });
    expect(await acceptWorkspace(again.journal, again.records, WORKSPACE)).toMatchObject({ ok: true, linesCount: 37 });
    await closeStores(again);

    const accepted = await open();
    expect(accepted.book.stoppedHere).toBeNull();
    const wish = { kind: 'rename_client', clientId: 'acme', name: 'Anew' } as const;
    const { line } = await accepted.book.submit({ commandId: 'next', by: OWNER, ...wish });
    expect(line?.previousHash).toBe(lineHash(LINES[36] as Line));
    await closeStores(accepted);
  });

  test('lines of an earlier version behind chained ones are accepted, and later ones are not', async () => {
    const { previousHash: _, ...bare } = LINES[39] as Line;
    const lines = chained([...LINES.slice(0, 39), bare as Line], { fromSeq: 41 });
    const journal = createMemoryJournal();
    await journal.append(lines);
    const { records } = place();
    expect(await verifyBooks(journal, WORKSPACE)).toMatchObject({ ok: false, seq: 40 });
    expect(await acceptWorkspace(journal, records, WORKSPACE)).toMatchObject({ ok: true });
    const kept = await keptHead({ records, workspace: WORKSPACE });
    expect(await verifyBooks(journal, WORKSPACE, { kept })).toMatchObject({ ok: true });
    await journal.append([EVERY_LINE[40] as Line]);
    expect(await verifyBooks(journal, WORKSPACE, { kept })).toMatchObject({ ok: false, seq: 41 });
  });
});
