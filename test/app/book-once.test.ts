import { describe, expect, test } from 'vitest';
import { Book } from '../../src/book/book.ts';
import type { Command } from '../../src/ledger/commands/commands.ts';
import { type Journal, JournalFault } from '../../src/storage/journal/journal.ts';
import { createMemoryJournal, type WriteFault } from '../../src/storage/journal/memory.ts';
import { createClock } from '../support/clock.ts';
import { agency, commandOf, hold, limit, member, WORKSPACE } from '../support/fixtures.ts';
import { given } from '../support/given.ts';

const { lines: opening } = given(agency(), limit('agency', 'day', 100));

async function openBook(journal: Journal) {
  if ((await journal.lastSeq(WORKSPACE)) === 0) await journal.append(opening);
  return Book.open({ journal, clock: createClock(), workspace: WORKSPACE });
}

const newLines = async (journal: Journal) =>
  journal.read({ workspace: WORKSPACE, afterSeq: opening.length, linesMax: 100_000 });

describe('the same command', () => {
  test('a thousand times at once is answered once', async () => {
    const journal = createMemoryJournal();
    const book = await openBook(journal);
    const answers = await Promise.all(Array.from({ length: 1_000 }, () => book.submit(commandOf(hold(5), 'h'))));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await newLines(journal)).toHaveLength(1);
  });

  test('later, after many others, and after a start, gets the same answer', async () => {
    const journal = createMemoryJournal();
    const book = await openBook(journal);
    const first = await book.submit(commandOf(hold(5), 'h'));
    await Promise.all(Array.from({ length: 5_000 }, (_, n) => book.submit(commandOf(member('U1'), `m${n}`))));
    expect(await book.submit(commandOf(hold(5), 'h'))).toEqual(first);
    const again = await openBook(journal);
    expect(await again.submit(commandOf(hold(5), 'h'))).toEqual(first);
    expect((await newLines(journal)).filter(({ commandId }) => commandId === 'h')).toHaveLength(1);
  });

  test('in another order of its fields is the same', async () => {
    const book = await openBook(createMemoryJournal());
    const command = commandOf(hold(5), 'h');
    const turned = Object.fromEntries(Object.entries(command).reverse()) as Command;
    expect(await book.submit(turned)).toEqual(await book.submit(command));
  });

  test('that was refused stays refused, whatever has changed since', async () => {
    const journal = createMemoryJournal();
    const book = await openBook(journal);
    const refused = await book.submit(commandOf(hold(200), 'h'));
    expect(refused).toMatchObject({ ok: false, refusal: { reason: 'limit_exceeded' } });
    await book.submit(commandOf(limit('agency', 'day', 1_000), 'l'));
    expect(await book.submit(commandOf(hold(200), 'h'))).toEqual(refused);
    expect(await (await openBook(journal)).submit(commandOf(hold(200), 'h'))).toEqual(refused);
    expect(await book.submit(commandOf(hold(200), 'h2'))).toMatchObject({ ok: true });
  });

  test('of two books is answered once, by either', async () => {
    const journal = createMemoryJournal();
    const books = [await openBook(journal), await openBook(journal)];
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => books[n % 2]?.submit(commandOf(hold(5), 'h'))),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await newLines(journal)).toHaveLength(1);
  });

  test('is looked for among all lines only where nothing new explains what stood in the way', async () => {
    const journal = createMemoryJournal();
    const looked: (readonly string[])[] = [];
    const watched: Journal = {
      ...journal,
      findCommands: (query) => {
        looked.push(query.commandIds);
        return journal.findCommands(query);
      },
    };
    const first = await (await openBook(journal)).submit(commandOf(hold(5), 'h'));
    const other = await openBook(journal);
    await Promise.all(Array.from({ length: 300 }, (_, n) => other.submit(commandOf(member('U1'), `m${n}`))));
    const book = await openBook(watched);

    await other.submit(commandOf(member('U1'), 'quicker'));
    expect(await book.submit(commandOf(hold(5), 'fresh'))).toMatchObject({ ok: true });
    expect(looked).toEqual([]);
    // Answered long ago, beside one that was not, while somebody else is quicker once more.
    await other.submit(commandOf(member('U1'), 'quicker-again'));
    const [again, beside] = await Promise.all([
      book.submit(commandOf(hold(5), 'h')),
      book.submit(commandOf(hold(5), 'beside')),
    ]);
    expect(again).toEqual(first);
    expect(beside).toMatchObject({ ok: true });
    expect(looked).toEqual([['h', 'beside']]);
  });

  test('long ago is answered, although others write without a pause', async () => {
    const journal = createMemoryJournal();
    const first = await (await openBook(journal)).submit(commandOf(hold(5), 'h'));
    const others = await openBook(journal);
    await Promise.all(Array.from({ length: 300 }, (_, n) => others.submit(commandOf(member('U1'), `m${n}`))));
    let looks = 0;
    const busy: Journal = {
      ...journal,
      async read(query) {
        looks += 1;
        await others.submit(commandOf(member('U1'), `while-${looks}`));
        return await journal.read(query);
      },
    };
    const book = await openBook(busy);
    const before = looks;
    expect(await book.submit(commandOf(hold(5), 'h'))).toEqual(first);
    expect(looks - before).toBeLessThanOrEqual(3);
  });
});

describe('the same id for something else', () => {
  const reused = { name: 'BookFault', code: 'id_reused' };

  test('is an error: at once, later, and after a start', async () => {
    const journal = createMemoryJournal();
    const book = await openBook(journal);
    const [first, second] = await Promise.allSettled([
      book.submit(commandOf(hold(5), 'h')),
      book.submit(commandOf(hold(6), 'h')),
    ]);
    expect(first).toMatchObject({ status: 'fulfilled', value: { ok: true } });
    expect(second).toMatchObject({ status: 'rejected', reason: reused });
    await expect(book.submit(commandOf(hold(5, { contentDigest: 'another prompt' }), 'h'))).rejects.toMatchObject(
      reused,
    );
    await expect(book.submit(commandOf(hold(5, { by: 'UMANAGER' }), 'h'))).rejects.toMatchObject(reused);
    await expect((await openBook(journal)).submit(commandOf(member('U1'), 'h'))).rejects.toMatchObject(reused);
    expect(await newLines(journal)).toHaveLength(1);
  });

  test('leaves the others of the same write alone', async () => {
    const journal = createMemoryJournal();
    await (await openBook(journal)).submit(commandOf(hold(5), 'h'));
    const book = await openBook(journal);
    const results = await Promise.allSettled(
      ['a', 'h', 'b'].map((id) => book.submit(commandOf(hold(id === 'h' ? 6 : 5), id))),
    );
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await newLines(journal)).map(({ commandId }) => commandId)).toEqual(['h', 'a', 'b']);
  });
});

describe('a journal that fails', () => {
  const three = ['a', 'b', 'c'].map((id) => commandOf(hold(5), id));

  test.each(['unavailable', 'full'] as const)(
    '%s: whoever waits is told, nothing stands, and it can be asked again',
    async (code) => {
      const journal = createMemoryJournal();
      const book = await openBook(journal);
      journal.failNext(code);
      const results = await Promise.allSettled(three.map((command) => book.submit(command)));
      expect(results).toEqual(three.map(() => ({ status: 'rejected', reason: expect.objectContaining({ code }) })));
      expect(await newLines(journal)).toEqual([]);
      expect(book.now().seq).toBe(opening.length);
      const again = await Promise.all(three.map((command) => book.submit(command)));
      expect(again.map(({ ok }) => ok)).toEqual([true, true, true]);
      expect(await newLines(journal)).toHaveLength(3);
    },
  );

  test.each<[string, WriteFault[]]>([
    ['an answer that is lost', ['answer_lost']],
    ['a write that is torn', ['torn']],
    ['torn, and torn again', ['torn', 'torn']],
    ['torn, then the answer is lost', ['torn', 'answer_lost']],
  ])('%s: everybody is answered, every line stands once', async (_, faults) => {
    const journal = createMemoryJournal();
    const book = await openBook(journal);
    journal.failNext(...faults);
    const answers = await Promise.all(three.map((command) => book.submit(command)));
    expect(answers.map(({ line }) => line?.commandId)).toEqual(['a', 'b', 'c']);
    const lines = await newLines(journal);
    expect(lines).toEqual(answers.map(({ line }) => line));
    expect(await Promise.all(three.map((command) => book.submit(command)))).toEqual(answers);
  });

  test('in doubt, and cannot be asked: the doubt is told, and the same command learns later what became of it', async () => {
    const journal = createMemoryJournal();
    let blind = false;
    const failing: Journal = {
      ...journal,
      read: (query) => (blind ? Promise.reject(new JournalFault('unavailable')) : journal.read(query)),
    };
    const book = await openBook(failing);
    journal.failNext('answer_lost');
    blind = true;
    await expect(book.submit(commandOf(hold(5), 'h'))).rejects.toMatchObject({
      name: 'JournalFault',
      code: 'uncertain',
    });
    blind = false;
    expect(await book.submit(commandOf(hold(5), 'h'))).toMatchObject({ ok: true, line: { seq: opening.length + 1 } });
    expect(await newLines(journal)).toHaveLength(1);
  });

  test('in doubt, then unavailable: the doubt stays', async () => {
    const journal = createMemoryJournal();
    const book = await openBook(journal);
    journal.failNext('torn', 'unavailable');
    const results = await Promise.allSettled(three.map((command) => book.submit(command)));
    expect(results).toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: { code: 'uncertain' } },
      { status: 'rejected', reason: { code: 'uncertain' } },
    ]);
  });

  test('always in doubt: there is an end', async () => {
    const journal: Journal = {
      ...createMemoryJournal(),
      append: async () => {
        throw new JournalFault('uncertain');
      },
    };
    const book = await Book.open({ journal, clock: createClock(), workspace: WORKSPACE });
    await expect(book.submit(commandOf(hold(5), 'h'))).rejects.toMatchObject({
      name: 'JournalFault',
      code: 'uncertain',
    });
  });

  test('that says taken and shows nothing: there is an end', async () => {
    const journal: Journal = { ...createMemoryJournal(), append: async () => 'taken' };
    const book = await Book.open({ journal, clock: createClock(), workspace: WORKSPACE });
    await expect(book.submit(commandOf(hold(5), 'h'))).rejects.toMatchObject({ name: 'BookFault', code: 'contended' });
  });

  test('to be read: who asks is told, and it can be asked again', async () => {
    const journal = createMemoryJournal();
    let blind = false;
    const failing: Journal = {
      ...journal,
      read: (query) => (blind ? Promise.reject(new JournalFault('unavailable')) : journal.read(query)),
    };
    const book = await openBook(failing);
    blind = true;
    await expect(book.read()).rejects.toMatchObject({ code: 'unavailable' });
    blind = false;
    expect((await book.read()).seq).toBe(opening.length);
  });

  test('that lost lines is not written to any more', async () => {
    const journal = createMemoryJournal();
    const book = await openBook(journal);
    await book.submit(commandOf(hold(5), 'h'));
    const older = createMemoryJournal();
    await older.append(opening);
    journal.append = older.append;
    await expect(book.submit(commandOf(hold(5), 'h2'))).rejects.toMatchObject({
      name: 'JournalFault',
      code: 'corrupt',
    });
    expect(await newLines(older)).toEqual([]);
  });
});
