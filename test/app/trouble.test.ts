import { copyFileSync, mkdirSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import { stopAbout } from '../../src/app/self-check/trouble.ts';
import { openFolder } from '../../src/start/folder-stores.ts';
import { openStores, type Stores } from '../../src/start/open-stores.ts';
import { closeSqlite, openSqlite } from '../../src/storage/sqlite/open.ts';
import { DAMAGES, overwrite, PAGE } from '../storage/sqlite/damage.ts';
import { temporaryFiles } from '../storage/sqlite/files.ts';
import { createClock, type TestClock } from '../support/clock.ts';
import { imageInput } from '../support/image-input.ts';
import { someOf } from '../support/is-long.ts';
import { createPaperSlack, type PaperSlack } from '../support/paper-slack.ts';
import { requestImage, resumeSpending } from '../support/verbs.ts';
import { ANA, createWorld, OLIVIA, openAgency, type TestWorld, WORKSPACE } from '../support/world.ts';

const files = temporaryFiles();
afterAll(files.remove);

describe('a process whose files are damaged or gone', () => {
  let dataDir: string;
  let clock: TestClock;
  let slack: PaperSlack;
  let stores: Stores;
  let world: TestWorld;
  let count = 0;

  beforeEach(async () => {
    dataDir = join(files.next(), '..');
    clock = createClock();
    slack = createPaperSlack();
    stores = await openStores({ dataDir, sqliteEngine: 'auto' }, { workspace: WORKSPACE, clock, foldId: null });
    world = Object.assign(await createWorld({ ...stores, clock, messenger: slack }), { book: stores.book });
    await openAgency(world, { monthCredits: 1_000 });
    for (let n = 0; n < 15; n += 1) await ask();
    // What is in the log still would be read from there.
    for (const name of ['ledger', 'records'] as const)
      closeSqlite(openSqlite(file(name), { schema: ['there already'] }));
  });
  afterEach(async () => {
    await stores.book.close();
    await stores.close();
  });

  const ask = () => {
    count += 1;
    return requestImage(world, imageInput({ deliveryId: `d-${count}`, by: ANA })).catch((error: Error) => error.name);
  };
  const file = (name: 'ledger' | 'records') => join(dataDir, `${name}.sqlite`);
  const cards = () => slack.cards.flatMap(({ card }) => (card.kind === 'stop_card' ? [card.stop] : []));
  const made = () => world.maker.requests.length;
  const minute = () => recoverJobs(world, { alone: true }).catch(() => undefined);

  test.each(['ledger', 'records'] as const)(
    '%s: at the first page that cannot be read nothing new is made',
    async (name) => {
      const before = made();
      await world.journal.trouble?.();
      overwrite(file(name), { from: PAGE, bytes: 1_000_000, by: 0xcd });
      await minute();
      await ask();
      await ask();
      expect(made()).toBe(before);
      expect(world.book.stoppedHere ?? world.book.now().stop).toMatchObject({
        problem: expect.stringMatching(/damaged|read/),
      });
      await minute();
      expect(cards()).toHaveLength(1);
    },
  );

  // A page in the middle is met when it is read: the nightly look goes through all of them.
  const met = Object.entries(DAMAGES).filter(([what]) => !what.includes('middle'));
  test.each(someOf(met, 2))('records with %s: told within a minute or at the first use, once', async (_, damage) => {
    damage(file('records'));
    await minute();
    const before = made();
    for (let n = 0; n < 3; n += 1) await ask();
    await minute();
    await minute();
    expect(cards().map((stop) => stopAbout(stop))).toEqual(['records']);
    expect(made()).toBe(before);
  });

  const gone: readonly (readonly [name: 'ledger' | 'records', what: string, lose: (at: string) => void])[] = [
    ['ledger', 'removed', (at: string) => rmSync(at)],
    ['records', 'removed', (at: string) => rmSync(at)],
    ['ledger', 'renamed', (at: string) => renameSync(at, `${at}.old`)],
    ['records', 'renamed', (at: string) => renameSync(at, `${at}.old`)],
    [
      'ledger',
      'replaced',
      (at: string) => {
        copyFileSync(at, `${at}.new`);
        renameSync(`${at}.new`, at);
      },
    ],
  ];
  test.each(someOf(gone, 2))(
    '%s: %s: spending stops within a minute, and the owners are told once',
    async (name, _, move) => {
      await minute();
      expect(cards()).toEqual([]);
      move(file(name));
      await minute();
      const before = made();
      await ask();
      await minute();
      expect(made()).toBe(before);
      expect(slack.told.at(-1)).toMatchObject({ note: { kind: 'refused', refusal: { reason: 'spending_stopped' } } });
      expect(cards().map((stop) => [stopAbout(stop), stop.isWritten])).toEqual([['moved', false]]);
    },
  );

  test('damaged records are written down as a stop; an owner lets it go on only once they can be read', async () => {
    overwrite(file('records'), { from: PAGE, bytes: 1_000_000, by: 0xcd });
    await minute();
    await ask();
    await minute();
    const stop = world.book.now().stop!;
    expect(stopAbout(stop)).toBe('records');
    const resume = (deliveryId: string) => resumeSpending(world, { deliveryId, by: OLIVIA, stopId: stop.stopId });
    expect(await resume('r1')).toMatchObject({ kind: 'records_wrong' });
    expect(world.book.now().stop?.resumed).toBeNull();
  });
});

describe('a start beside files that are lost', () => {
  const open = async (dataDir: string) => {
    const clock = createClock();
    const stores = await openStores({ dataDir, sqliteEngine: 'auto' }, { workspace: WORKSPACE, clock, foldId: null });
    const end = async () => {
      await stores.book.close();
      await stores.close();
    };
    return { ...stores, clock, end };
  };
  const begun = async () => {
    const dataDir = join(files.next(), '..');
    const stores = await open(dataDir);
    await openAgency(Object.assign(await createWorld({ ...stores, clock: stores.clock }), { book: stores.book }));
    await stores.end();
    return dataDir;
  };

  test.each([
    ['removed', (file: string) => rmSync(file)],
    ['emptied', (file: string) => truncateSync(file, 0)],
  ])('records that were %s are missed at every start, and are not made anew', async (_, lose) => {
    const dataDir = await begun();
    lose(join(dataDir, 'records.sqlite'));
    for (let starts = 0; starts < 2; starts += 1) {
      await expect(open(dataDir)).rejects.toMatchObject({
        name: 'StartFault',
        message: expect.stringMatching(/records\.sqlite is gone or empty.*Put back your backup.*npm run new-records/),
      });
    }
  });

  test('a first start that died between the two files is none of them', async () => {
    const dataDir = join(files.next(), '..');
    const first = openFolder({ dataDir, sqliteEngine: 'auto' });
    await first.close();
    rmSync(join(dataDir, 'records.sqlite'));
    await (await open(dataDir)).end();
  });

  test('a folder that is whole opens as ever', async () => {
    const dataDir = await begun();
    await (await open(dataDir)).end();
    mkdirSync(join(dataDir, 'backups'));
    await (await open(dataDir)).end();
  });
});
