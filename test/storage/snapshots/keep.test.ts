import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Book } from '../../../src/book/book.ts';
import type { Line } from '../../../src/ledger/lines.ts';
import { createMemoryJournal } from '../../../src/storage/journal/memory.ts';
import { keepSnapshots } from '../../../src/storage/snapshots/keep.ts';
import { memorySnapshots } from '../../../src/storage/snapshots/memory.ts';
import type { Snapshots } from '../../../src/storage/snapshots/snapshots.ts';
import { histories } from '../../ledger/histories.ts';
import { createClock } from '../../support/clock.ts';
import { agency, commandOf, hold, limit, member, WORKSPACE } from '../../support/fixtures.ts';
import { given, plain } from '../../support/given.ts';
import { goOn, stop } from '../../support/wishes.ts';

const { lines } = given(agency(), limit('client:acme', 'month', 35), hold(3), hold(4, { commandId: 'h2' }));
const elsewhere = given(agency(), limit('client:acme', 'month', 35), hold(5), hold(4, { commandId: 'h2' })).lines;

async function journalOf(all: readonly Line[]) {
  const journal = createMemoryJournal();
  await journal.append(all);
  const reads: number[] = [];
  return {
    ...journal,
    /** After which seq it was read from. */
    reads,
    read: (query: Parameters<typeof journal.read>[0]) => {
      reads.push(query.afterSeq);
      return journal.read(query);
    },
  };
}

type At = { snapshots: Snapshots; foldId?: string; everyLines?: number; atStopLines?: number };

/** A book that keeps snapshots, and what it logs. */
async function openBook(journal: Awaited<ReturnType<typeof journalOf>>, at: At) {
  const said: string[] = [];
  const note = ({ problem = '', error = '' }: Record<string, unknown>, message: string) =>
    void said.push(`${message}: ${problem || error}`);
  const log = { info: note, warn: note };
  const keeper = keepSnapshots({
    foldId: 'fold 1',
    everyLines: 5,
    atStopLines: 1,
    ...at,
    journal,
    workspace: WORKSPACE,
    log,
  });
  journal.reads.length = 0;
  const book = await Book.open({ journal, clock: createClock(), workspace: WORKSPACE, snapshots: keeper });
  return { book, said, fromSeq: journal.reads.at(-1) };
}

/** A place with the snapshot of a journal. */
async function snapshotsOf(all: readonly Line[], foldId = 'fold 1') {
  const snapshots = memorySnapshots();
  const { book } = await openBook(await journalOf(all), { snapshots, foldId });
  await book.close();
  return snapshots;
}

const turns = async (count: number) => {
  for (let n = 0; n < count; n += 1) await new Promise((resolve) => setImmediate(resolve));
};

const change = (text: string, from: string, to: string) => {
  if (!text.includes(from)) throw new Error(`there is no ${from} in it`);
  const rows = text.replaceAll(from, to).split('\n').slice(0, -2);
  const digest = createHash('sha256')
    .update(`${rows.join('\n')}\n`)
    .digest('base64url');
  return `${rows.join('\n')}\n${digest}\n`;
};

describe('a book with a snapshot', () => {
  test('begins after its last line, says nothing, and knows the same', async () => {
    const snapshots = await snapshotsOf(lines.slice(0, -1));
    const { book, said, fromSeq } = await openBook(await journalOf(lines), { snapshots });
    expect({ said, fromSeq }).toEqual({ said: [], fromSeq: lines.length - 1 });
    expect(plain(book.now())).toStrictEqual(
      plain(given(agency(), limit('client:acme', 'month', 35), hold(3), hold(4, { commandId: 'h2' })).state),
    );
  });

  test('answers what was answered before it by the same line', async () => {
    const snapshots = await snapshotsOf(lines);
    const { book } = await openBook(await journalOf(lines), { snapshots });
    const again = await book.submit(commandOf(hold(4), 'h2'));
    expect(again.line).toEqual(lines.at(-1));
  });

  test('random histories: whatever the snapshot was taken at, and without one, the state is the same', async () => {
    const cut = fc.tuple(histories(60), fc.double({ min: 0, max: 1, noNaN: true }));
    const check = fc.asyncProperty(cut, async ([{ lines: all, state }, where]) => {
      const snapshots = await snapshotsOf(all.slice(0, 1 + Math.floor(where * (all.length - 1))));
      const journal = await journalOf(all);
      const { book, said, fromSeq } = await openBook(journal, { snapshots });
      // Of a stop, and of its end, the tests below tell.
      const isSteady = !all.some(({ kind }) => kind === 'spending_stopped');
      if (isSteady) expect({ said, used: (fromSeq ?? 0) > 0 }).toEqual({ said: [], used: true });
      expect(plain(book.now())).toStrictEqual(plain(state));
      await snapshots.remove(WORKSPACE);
      expect(plain((await openBook(journal, { snapshots })).book.now())).toStrictEqual(plain(state));
    });
    await fc.assert(check, { seed: 31, numRuns: 40, endOnFailure: true });
  });
});

describe('a snapshot is ignored, taken away, and every line read', () => {
  const LAST = lines.length;
  const IGNORED = 'snapshot ignored, reading all lines: ';

  test.each<[string, () => Promise<Map<string, string>>, string]>([
    ['torn', async () => changed(await snapshotsOf(lines), (text) => text.slice(0, -40)), 'is torn or damaged'],
    ['empty', async () => changed(await snapshotsOf(lines), () => ''), 'is torn or damaged'],
    ['of another fold', async () => (await snapshotsOf(lines, 'fold 0')).texts, 'was folded by another version'],
    [
      'of another format',
      async () => changed(await snapshotsOf(lines), (text) => change(text, '"format":2', '"format":0')),
      'is of another format',
    ],
    [
      'of another workspace',
      async () => changed(await snapshotsOf(lines), (text) => change(text, '"workspace":"T1"', '"workspace":"T2"')),
      'is of workspace T2',
    ],
    [
      'ahead of the journal, as after a backup was put back',
      async () => (await snapshotsOf(given([...lines], hold(1, { commandId: 'h3' })).lines)).texts,
      `is ahead of the journal, at line ${LAST + 1}`,
    ],
    [
      'of a journal that went on differently after a backup was put back',
      async () => (await snapshotsOf(elsewhere)).texts,
      `is of another journal: line ${LAST} is not the one it was taken at`,
    ],
    [
      'of balances that are not those of its last line',
      async () => changed(await snapshotsOf(lines), (text) => change(text, '"heldCredits":7', '"heldCredits":6')),
      `does not state what line ${LAST} left behind`,
    ],
  ])('%s', async (_what, textsOf, problem) => {
    const snapshots = memorySnapshots();
    for (const [workspace, text] of await textsOf()) snapshots.texts.set(workspace, text);
    const { book, said, fromSeq } = await openBook(await journalOf(lines), { snapshots, everyLines: 1_000 });
    expect({ said, fromSeq }).toEqual({ said: [IGNORED + problem], fromSeq: 0 });
    expect(plain(book.now())).toStrictEqual(plain(given([...lines]).state));
    expect(snapshots.texts.size).toBe(0);
  });

  test('contradicted by a line after it', async () => {
    const snapshots = await snapshotsOf(lines.slice(0, -2));
    await changed(snapshots, (text) => change(text, '"clients"', '"slips"'));
    const all = given([...lines], { kind: 'rename_client', clientId: 'acme', name: 'Acme again' }).lines;
    const { book, said } = await openBook(await journalOf(all), { snapshots, everyLines: 1_000 });
    expect(said).toEqual([expect.stringContaining(`does not add up after line ${lines.length - 2}`)]);
    expect(plain(book.now())).toStrictEqual(plain(given(all).state));
  });

  test('where the place of snapshots does not answer', async () => {
    const silent = async () => {
      throw new Error('no answer');
    };
    const { book, said } = await openBook(await journalOf(lines), {
      snapshots: { newest: silent, put: silent, remove: silent },
      everyLines: 1_000,
    });
    expect(said).toEqual(['snapshot unreadable, reading all lines: Error: no answer']);
    expect(plain(book.now())).toStrictEqual(plain(given([...lines]).state));
    await book.close();
    expect(said.slice(1)).toEqual(['snapshot not written: Error: no answer']);
  });
});

describe('a line that was mended', () => {
  const stopped = given([...lines], stop({ commandId: 'stop-1' })).lines;

  test('while spending is stopped nothing is kept of a state that may be wrong', async () => {
    const snapshots = memorySnapshots();
    const { book } = await openBook(await journalOf(stopped), { snapshots });
    await turns(40);
    await book.close();
    expect(snapshots.texts.size).toBe(0);
  });

  test('when it goes on, what was kept is thrown away, and every line is read', async () => {
    const snapshots = await snapshotsOf(lines);
    await changed(snapshots, (text) => change(text, '"name":"Acme"', '"name":"Wrong"'));
    const journal = await journalOf(stopped);
    const { book } = await openBook(journal, { snapshots, everyLines: 1_000, atStopLines: 1_000 });
    expect(book.now().clients.get('acme')?.name).toBe('Wrong');
    await book.submit(commandOf(goOn('stop-1'), 'go-on'));
    const right = given(stopped, goOn('stop-1')).state;
    await book.read();
    expect(book.now().clients).toEqual(right.clients);
    expect(snapshots.texts.size).toBe(0);
    const { book: next } = await openBook(journal, { snapshots, everyLines: 1_000 });
    expect(next.now().clients).toEqual(right.clients);
  });

  test('a snapshot from before it is not used after it', async () => {
    const snapshots = await snapshotsOf(lines);
    await changed(snapshots, (text) => change(text, '"name":"Acme"', '"name":"Wrong"'));
    const all = given(stopped, goOn('stop-1')).lines;
    const { book } = await openBook(await journalOf(all), { snapshots, everyLines: 1_000 });
    expect(plain(book.now())).toStrictEqual(plain(given(all).state));
    expect(snapshots.texts.size).toBe(0);
  });

  test('without a stop it has the last word after the nightly check', async () => {
    const snapshots = await snapshotsOf(lines);
    await changed(snapshots, (text) => change(text, '"name":"Acme"', '"name":"Wrong"'));
    const { book } = await openBook(await journalOf(lines), { snapshots, everyLines: lines.length });
    await book.submit(commandOf(member('UX'), 'm1'));
    expect(book.now().clients.get('acme')?.name).toBe('Wrong');
    await book.goOnFrom(given([...lines]).state);
    expect({ seq: book.now().seq, name: book.now().clients.get('acme')?.name }).toEqual({
      seq: lines.length + 1,
      name: 'Acme',
    });
    await turns(40);
    expect(snapshots.texts.get(WORKSPACE)).toContain('"name":"Acme"');
  });
});

/** The texts of a place, changed. */
async function changed(snapshots: ReturnType<typeof memorySnapshots>, to: (text: string) => string) {
  for (const [workspace, text] of snapshots.texts) snapshots.texts.set(workspace, to(text));
  return snapshots.texts;
}

describe('a snapshot is written', () => {
  const seqIn = ({ texts }: ReturnType<typeof memorySnapshots>) => {
    const [opening = '{}'] = (texts.get(WORKSPACE) ?? '').split('\n');
    return (JSON.parse(opening || '{}') as { seq?: number }).seq ?? null;
  };

  test('every so many lines, while commands go on', async () => {
    const snapshots = memorySnapshots();
    const { book } = await openBook(await journalOf(lines), { snapshots, everyLines: 20, atStopLines: 20 });
    await turns(20);
    expect(seqIn(snapshots)).toBeNull();
    for (let n = 0; lines.length + n < 20; n += 1) await book.submit(commandOf(member(`UX${n}`), `m${n}`));
    await turns(40);
    expect(seqIn(snapshots)).toBe(20);
    for (let n = 0; n < 19; n += 1) await book.submit(commandOf(member(`UY${n}`), `n${n}`));
    await turns(40);
    expect(seqIn(snapshots)).toBe(20);
    await book.close();
    expect(seqIn(snapshots)).toBe(20);
  });

  test('at the end of a start that read many lines', async () => {
    const snapshots = memorySnapshots();
    await openBook(await journalOf(lines), { snapshots, everyLines: lines.length });
    await turns(40);
    expect(seqIn(snapshots)).toBe(lines.length);
  });

  test('at a stop, unless the next start had next to nothing to read', async () => {
    const snapshots = memorySnapshots();
    const journal = await journalOf(lines);
    const { book } = await openBook(journal, { snapshots, everyLines: 1_000, atStopLines: 2 + lines.length });
    await book.submit(commandOf(member('UX'), 'm1'));
    await book.close();
    expect(seqIn(snapshots)).toBeNull();
    const { book: next } = await openBook(journal, { snapshots, everyLines: 1_000, atStopLines: 2 + lines.length });
    await next.submit(commandOf(member('UY'), 'm2'));
    await next.close();
    expect(seqIn(snapshots)).toBe(lines.length + 2);
  });

  test('and where that fails, commands do not notice, and it is tried again as many lines later', async () => {
    const place = memorySnapshots();
    let failures = 1;
    const snapshots: Snapshots = {
      ...place,
      put: async (head, parts) => {
        failures -= 1;
        if (failures >= 0) throw new Error('the disk is full');
        await place.put(head, parts);
      },
    };
    const { book, said } = await openBook(await journalOf(lines), {
      snapshots,
      everyLines: lines.length,
      atStopLines: 99,
    });
    await turns(40);
    for (let n = 0; n < lines.length; n += 1) {
      expect(await book.submit(commandOf(member(`UX${n}`), `m${n}`))).toMatchObject({ ok: true });
    }
    await turns(40);
    expect(said).toEqual(['snapshot not written: Error: the disk is full']);
    expect(seqIn(place)).toBe(2 * lines.length);
  });
});
