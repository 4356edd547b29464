import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Line } from '../../src/ledger/lines.ts';
import { Verifier } from '../../src/ledger/verify/verifier.ts';
import { createMemoryLeases } from '../../src/peers/lease.ts';
import { contentHash } from '../../src/ports/content-hash.ts';
import { realClock } from '../../src/start/real-clock.ts';
import { JournalFault } from '../../src/storage/journal/journal.ts';
import { createMemoryJournal } from '../../src/storage/journal/memory.ts';
import { agency, bind, client, commandOf, hold, limit, WORKSPACE } from '../support/fixtures.ts';
import { given } from '../support/given.ts';
import { someOf } from '../support/is-long.ts';
import { policy } from '../support/wishes.ts';
import { joinAs, type Member } from './processes.ts';

const { lines: opening } = given(agency(), client('nova', 'Nova'), bind('C2', 'nova'));
const HOUR_MS = 3_600_000;

let journal: ReturnType<typeof createMemoryJournal>;
let leases: ReturnType<typeof createMemoryLeases>;
let members: Member[];

const join = async (processId: string, more: Partial<Parameters<typeof joinAs>[1]> = {}) => {
  const member = await joinAs(processId, { journal, leases, ...more });
  members.push(member);
  return member;
};

beforeEach(async () => {
  journal = createMemoryJournal();
  leases = createMemoryLeases();
  members = [];
  await journal.append(opening);
});
afterEach(async () => {
  for (const { book, peers } of members) {
    await book.close();
    await peers.close();
  }
});

async function soundLines() {
  const lines = await journal.read({ workspace: WORKSPACE, afterSeq: 0, linesMax: 10_000 });
  const verifier = new Verifier(WORKSPACE, contentHash);
  for (const line of lines) verifier.add(line);
  expect(verifier.result()).toMatchObject({ ok: true, linesCount: lines.length });
  return lines;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('one process writes for all', () => {
  test('the others hand their commands over, and know the lines before they answer', async () => {
    const [first, second] = [await join('p1'), await join('p2')];
    for (let n = 0; n < 5; n += 1) {
      const answer = await second.book.submit(commandOf(hold(5), `h${n}`));
      expect(answer).toMatchObject({ ok: true, line: { commandId: `h${n}` } });
      expect(second.book.now().seq).toBe(opening.length + n + 1);
    }
    expect(second.wrote).toEqual([]);
    expect(first.wrote).toHaveLength(5);
    expect(leases.all).toMatchObject([{ term: 1, processId: 'p1' }]);
  });

  test('nobody reads the journal for it, however much the others ask meanwhile', async () => {
    const all = [await join('p1'), await join('p2'), await join('p3')];
    for (const { book, processId } of all) await book.submit(commandOf(hold(1), `first-${processId}`));
    for (const { reads } of all) reads.length = 0;
    for (let n = 0; n < 40; n += 1) {
      // Longer than a decision may be old.
      if (n % 10 === 0) await pause(150);
      const { book } = all[(n * 7) % 3] as Member;
      expect(await book.submit(commandOf(hold(1 + (n % 4)), `h${n}`))).toMatchObject({ line: { commandId: `h${n}` } });
      expect(book.now().seq).toBe(opening.length + 3 + n + 1);
    }
    expect(all.map(({ reads }) => reads)).toEqual([[], [], []]);
    await soundLines();
  });

  test.each<[string, (lines: readonly Line[]) => readonly Line[]]>([
    ['none', () => []],
    ['without the first', (lines) => lines.slice(1)],
    ['without the last', (lines) => lines.slice(0, -1)],
    ['in the wrong order', (lines) => [...lines].reverse()],
    ['with one twice', (lines) => [...lines.slice(0, 1), ...lines.slice(0, -1)]],
    ['of another workspace', (lines) => lines.map((line) => ({ ...line, workspace: 'T9' }))],
    ['that are no lines', (lines) => lines.map(({ seq }) => ({ seq }) as Line)],
  ])('lines that do not lead to the newest (%s) are read in the journal', async (_, change) => {
    const [first, second] = [await join('p1'), await join('p2')];
    await second.book.submit(commandOf(hold(1), 'a'));
    await first.book.submit(commandOf(hold(1), 'b'));
    await first.book.submit(commandOf(hold(1), 'c'));
    const linesAfter = first.book.linesAfter.bind(first.book);
    first.book.linesAfter = (seq) => change(linesAfter(seq));
    second.reads.length = 0;
    const answer = await second.book.submit(commandOf(hold(2), 'd'));
    expect(answer).toMatchObject({ ok: true, line: { commandId: 'd', seq: opening.length + 4 } });
    expect(second.reads.length).toBeGreaterThan(0);
    expect(second.wrote).toEqual([]);
    await first.book.read();
    expect(second.book.now()).toEqual(first.book.now());
    await soundLines();
  });

  test('who missed more lines than are kept reads them', async () => {
    const [first, second] = [await join('p1'), await join('p2')];
    await second.book.submit(commandOf(hold(1), 'a'));
    await Promise.all(Array.from({ length: 5_000 }, (_, n) => first.book.submit(commandOf(hold(1), `h${n}`))));
    second.reads.length = 0;
    expect(await second.book.submit(commandOf(hold(1), 'b'))).toMatchObject({ line: { commandId: 'b' } });
    expect(second.reads[0]).toBe(opening.length + 1);
    expect(second.book.now().seq).toBe(opening.length + 5_002);
  });

  test('refusals, what the burst limit turns away and ids that were used are answered as they are by one alone', async () => {
    const answersOf = async (ask: Member, prefix: string) => {
      const said: unknown[] = [];
      for (const command of [
        commandOf(limit('client:acme', 'day', 30), `${prefix}l`),
        commandOf(hold(20), `${prefix}a`),
        commandOf(hold(20), `${prefix}b`),
        commandOf(hold(20), `${prefix}b`),
        commandOf(hold(21), `${prefix}b`),
        commandOf(hold(1), `${prefix}c`),
        commandOf(policy('burst', { requestsMax: 1, withinMs: 60_000 }), `${prefix}x`),
        commandOf(hold(1), `${prefix}d`),
        commandOf(hold(1), `${prefix}e`),
      ]) {
        const answer = await ask.book.submit(command).catch((error: Error & { code?: string }) => ({
          name: error.name,
          code: error.code,
        }));
        if (!('ok' in answer)) said.push(answer);
        else
          said.push(answer.ok ? 'ok' : JSON.stringify(answer.refusal, (key, value) => (/At$/.test(key) ? 0 : value)));
      }
      return said;
    };
    const alone = await join('p1');
    const expected = await answersOf(alone, '1');
    journal = createMemoryJournal();
    leases = createMemoryLeases();
    await journal.append(opening);
    const first = await join('q1');
    const second = await join('q2');
    expect(await answersOf(second, '1')).toEqual(expected);
    expect(second.wrote).toEqual([]);
    expect(first.wrote.length).toBeGreaterThan(4);
    expect(expected).toContainEqual({ name: 'BookFault', code: 'id_reused' });
  });

  test('many at once from three processes share its writes: no race is lost, and each is answered once', async () => {
    const all = [await join('p1'), await join('p2'), await join('p3')];
    const asked = Array.from({ length: 300 }, (_, n) =>
      (all[n % 3] as Member).book.submit(commandOf(hold(1 + (n % 3)), `h${n % 250}`)),
    );
    await Promise.allSettled(asked);
    expect(all[1]?.wrote).toEqual([]);
    expect(all[2]?.wrote).toEqual([]);
    expect(await soundLines()).toHaveLength(opening.length + 250);
  });
});

describe('the process that writes', () => {
  test('goes away in order: another one has the lease at the next command', async () => {
    const [first, second] = [await join('p1'), await join('p2')];
    await second.book.submit(commandOf(hold(1), 'a'));
    await first.peers.leave();
    await second.book.submit(commandOf(hold(1), 'b'));
    await second.book.submit(commandOf(hold(1), 'c'));
    expect(leases.all.map(({ processId, url }) => url && processId)).toEqual(['p1', null, 'p2']);
    // Until it is gone it hands over itself.
    await first.book.submit(commandOf(hold(1), 'd'));
    expect(first.wrote.map(({ commandId }) => commandId)).toEqual(['a']);
    await soundLines();
  });

  test('dies: nobody waits for it, and another one takes over within three seconds', async () => {
    const [first, second] = [await join('p1'), await join('p2')];
    await second.book.submit(commandOf(hold(1), 'first'));
    // Its sockets go, and nothing else is said.
    first.peers.leave = async () => {};
    Object.defineProperty(first.peers.writer, 'leave', { value: async () => {} });
    await first.peers.close();
    const diedAt = performance.now();
    const waits: number[] = [];
    for (let n = 0; leases.all.length < 2 && n < 200; n += 1) {
      const begunAt = performance.now();
      expect((await second.book.submit(commandOf(hold(1), `h${n}`))).ok).toBe(true);
      waits.push(performance.now() - begunAt);
      await pause(50);
    }
    expect(leases.all.at(-1)).toMatchObject({ term: 2, processId: 'p2' });
    expect(performance.now() - diedAt).toBeLessThan(10_000);
    expect(Math.max(...waits)).toBeLessThan(3_000);
    await soundLines();
  });

  test('pauses in the middle: who asked goes on without it, and what it finds when it wakes has happened', async () => {
    const [first, second] = [await join('p1'), await join('p2')];
    await second.book.submit(commandOf(hold(1), 'before'));
    let wake = () => {};
    const paused = new Promise<void>((resolve) => {
      wake = resolve;
    });
    first.failing.append = async (append) => {
      await paused;
      return append();
    };
    const answer = await second.book.submit(commandOf(hold(2), 'h'));
    expect(answer).toMatchObject({ ok: true, line: { commandId: 'h' } });
    expect(second.wrote).toHaveLength(1);
    wake();
    first.failing.append = null;
    await first.book.submit(commandOf(hold(1), 'after'));
    expect((await soundLines()).filter(({ commandId }) => commandId === 'h')).toHaveLength(1);
  });

  test.each(someOf(['unavailable', 'full', 'uncertain'] as const, 3))(
    'has lost its database (%s): the others decide by themselves, and one of them takes over',
    async (code) => {
      const [first, second] = [await join('p1'), await join('p2')];
      await second.book.submit(commandOf(hold(1), 'before'));
      first.failing.append = async () => {
        throw new JournalFault(code);
      };
      for (let n = 0; leases.all.length < 2 && n < 200; n += 1) {
        expect((await second.book.submit(commandOf(hold(1), `h${n}`))).ok).toBe(true);
        await pause(50);
      }
      expect(leases.all.at(-1)).toMatchObject({ processId: 'p2' });
      await soundLines();
    },
  );

  test('an answer was lost on the way back: the line is found, and not written twice', async () => {
    const [first, second] = [await join('p1'), await join('p2')];
    await second.book.submit(commandOf(hold(1), 'before'));
    first.failing.append = async (append) => {
      const written = await append();
      await pause(1_200);
      return written;
    };
    expect((await second.book.submit(commandOf(hold(2), 'h'))).ok).toBe(true);
    first.failing.append = null;
    expect((await soundLines()).filter(({ commandId }) => commandId === 'h')).toHaveLength(1);
    expect(second.wrote).toEqual([]);
  });
});

describe('harmless', () => {
  test('two processes that both believe to write for all', async () => {
    const [first, second] = [await join('p1'), await join('p2', { leases: createMemoryLeases() })];
    const asked = Array.from({ length: 100 }, (_, n) =>
      (n % 2 ? first : second).book.submit(commandOf(hold(1), `h${n % 80}`)),
    );
    await Promise.all(asked);
    expect([first.peers.writer.isMine, second.peers.writer.isMine]).toEqual([true, true]);
    expect(await soundLines()).toHaveLength(opening.length + 80);
  });

  test.each([
    ['the writer is an hour ahead', HOUR_MS, 0],
    ['the writer is forty days behind', -40 * 24 * HOUR_MS, 0],
    ['both are off, in opposite ways', -HOUR_MS, HOUR_MS],
    ['both are off, by two days and by ten', 2 * 24 * HOUR_MS, 10 * 24 * HOUR_MS],
  ])('%s: nobody’s line is dated by the clock of another', async (_, writerMs, otherMs) => {
    const off = (ms: number) => ({ ...realClock, now: () => Date.now() + ms });
    const first = await join('p1', { clock: off(writerMs) });
    const second = await join('p2', { clock: off(otherMs) });
    const { line } = await second.book.submit(commandOf(client('late', 'Late'), 'a'));
    expect(first.wrote).toEqual([]);
    expect(Math.abs(Number(line?.at) - Date.now() - otherMs)).toBeLessThan(60_000);
  });

  test('who is an hour ahead decides by itself, and takes over from nobody', async () => {
    const ahead = { ...realClock, now: () => Date.now() + HOUR_MS };
    const [first, second] = [await join('p1'), await join('p2', { clock: ahead })];
    for (let n = 0; n < 10; n += 1) await second.book.submit(commandOf(hold(1), `h${n}`));
    expect(first.wrote).toEqual([]);
    expect(second.wrote).toHaveLength(10);
    expect(leases.all).toHaveLength(1);
  });

  test('who knows that its own clock is wrong spends nothing through another, and does all else', async () => {
    const at = { machineAt: Date.now() + HOUR_MS, outsideAt: Date.now(), source: 'slack' } as const;
    let doubt: typeof at | null = at;
    const first = await join('p1');
    const second = await join('p2', { clock: { ...realClock, doubt: () => doubt } });
    expect(await second.book.submit(commandOf(hold(1), 'a'))).toMatchObject({
      ok: false,
      refusal: { reason: 'clock_wrong', whose: 'machine' },
    });
    expect((await second.book.submit(commandOf(client('late', 'Late'), 'b'))).ok).toBe(true);
    doubt = null;
    expect((await second.book.submit(commandOf(hold(1), 'a'))).ok).toBe(true);
    expect(first.wrote.map(({ commandId }) => commandId)).toEqual(['b', 'a']);
    expect(second.wrote).toEqual([]);
  });

  test('what waits for a time is decided by the clock of who waited, also where that is a little ahead', async () => {
    const ahead = { ...realClock, now: () => Date.now() + 30_000 };
    const [first, second] = [await join('p1'), await join('p2', { clock: ahead })];
    const begunAt = ahead.now();
    const { line } = await second.book.submit(commandOf(hold(1), 'h'));
    expect(first.wrote).toHaveLength(1);
    expect(line?.at).toBeGreaterThanOrEqual(begunAt);
  });

  test('processes of different versions: each decides by its own rules', async () => {
    const [first, second] = [await join('p1'), await join('p2', { rules: 'newer' })];
    for (let n = 0; n < 20; n += 1) await second.book.submit(commandOf(hold(1), `h${n}`));
    expect(second.wrote).toHaveLength(20);
    expect(first.wrote).toEqual([]);
    expect(leases.all).toHaveLength(1);
  });

  test('a process that was told of an old term looks again', async () => {
    const [first, second] = [await join('p1'), await join('p2')];
    await second.book.submit(commandOf(hold(1), 'a'));
    // Somebody takes the next term, gives it back, and the first has it again: the second knows nothing of that yet.
    await leases.claim({ workspace: WORKSPACE, term: 2, processId: 'p3', url: null });
    first.peers.writer.lostRace();
    await first.book.submit(commandOf(hold(1), 'b'));
    expect(first.peers.writer.term).toBe(3);
    await second.book.submit(commandOf(hold(1), 'c'));
    await pause(300);
    await second.book.submit(commandOf(hold(1), 'd'));
    expect(second.peers.writer.term).toBe(3);
    expect(first.wrote.map(({ commandId }) => commandId)).toContain('d');
    await soundLines();
  });

  test('a wrong key: nothing is taken, and everybody is answered', async () => {
    const [first, second] = [await join('p1'), await join('p2', { key: 'another one' })];
    expect((await second.book.submit(commandOf(hold(1), 'a'))).ok).toBe(true);
    expect(first.wrote).toEqual([]);
    expect(second.wrote).toHaveLength(1);
  });
});
