import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { realClock } from '../../src/start/real-clock.ts';
import { type Running, start } from '../../src/start/start.ts';
import { openMongo } from '../../src/storage/mongo/open.ts';
import { testLong } from '../support/is-long.ts';
import { describeOnMongo, testDatabase } from '../support/mongo.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const NORTHWIND = 'C0NORTHWIND';

describeOnMongo('the product on MongoDB', () => {
  const database = testDatabase('start');
  let dataDir: string;
  let running: Running[];

  beforeEach(async () => {
    await database.empty();
    dataDir = mkdtempSync(join(tmpdir(), 'inkwell-'));
    running = [];
  });
  afterEach(async () => {
    for (const each of running) await each.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const open = async (folder = 'a') => {
    const environment = { DATA_DIR: join(dataDir, folder), PORT: '0', LOG_LEVEL: 'silent', MONGODB_URI: database.uri };
    const started = await start(readConfig(environment, 'Europe/London'), { clock: realClock, log: silent });
    running.push(started);
    if (!started.slack) throw new Error('not the playground');
    const { slack, context: world } = started;
    const images = () =>
      slack.messages(NORTHWIND, { as: 'U0ANA' }).filter(({ blocks }) => blocks.some(({ type }) => type === 'image'));
    const make = async (prompt: string) => {
      const before = images().length;
      expect(await slack.as('U0ANA').command('/imagine', prompt, { channelId: NORTHWIND })).toEqual({ ok: true });
      await slack.until(() => images().length > before, 15_000);
    };
    const used = async () =>
      (await world.book.read()).use.get('client:northwind')?.find(({ key }) => key === 'total')?.usedCredits;
    return { ...started, slack, make, used };
  };

  test('makes an image, keeps all of it in the database, and finds it at the next start', async () => {
    const first = await open();
    const before = (await first.used()) ?? 0;
    await first.make('a red fox at dusk');
    const used = (await first.used()) ?? 0;
    expect(used).toBeGreaterThan(before);
    await first.stop();
    expect(readdirSync(join(dataDir, 'a')).filter((file) => /^(ledger|records)/.test(file))).toEqual([]);
    const second = await open();
    expect(await second.used()).toBe(used);
    await second.make('the same fox at dawn');
    expect(await second.used()).toBe(before + (used - before) * 2);
    const { connection } = await database.open();
    const budget = await connection.collection('budgets').findOne({ account: 'client:northwind' });
    expect(budget).toMatchObject({ workspace: second.context.book.workspace });
    await database.close();
  }, 60_000);

  testLong('two at once on one database work with one ledger', async () => {
    const [one, other] = [await open('a'), await open('b')];
    await Promise.all([one.make('a red fox'), other.make('a blue fox')]);
    await one.make('a green fox');
    expect(await one.used()).toBe(await other.used());
    expect((await one.used()) ?? 0).toBeGreaterThanOrEqual(3);
    expect(one.context.book.now().holds.size).toBe(0);
  });

  testLong('Reset in the playground takes away this workspace’s documents, and no others', async () => {
    const first = await open();
    const before = await first.used();
    await first.make('a red fox');
    const { connection } = await database.open();
    const apart = { _id: 'T9 j1' as never, workspace: 'T9', jobId: 'j1', text: 'somebody else’s' };
    await connection.collection('prompts').insertOne(apart);
    const reset = await fetch(`${first.slack.url}/playground/act`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ act: 'reset', as: 'U0ANA' }),
    });
    expect(await reset.json()).toEqual({ ok: true });
    expect(await first.used()).toBe(before);
    expect(await connection.collection('prompts').find().toArray()).toEqual([apart]);
    for (const empty of ['image_bytes.chunks', 'image_bytes.files', 'images', 'steps']) {
      expect({ empty, left: await connection.collection(empty).countDocuments() }).toEqual({ empty, left: 0 });
    }
    await database.close();
    await first.make('another fox');
  });

  testLong('a ledger that was lost is not begun anew in silence', async () => {
    await (await open()).stop();
    const { connection } = await database.open();
    await connection.collection('lines').deleteMany({});
    await database.close();
    await expect(open()).rejects.toThrow(/lines of .*-test was lost\. Put back your backup/);
  });
});

describeOnMongo('an address', () => {
  const database = testDatabase('address');

  test('where nobody answers is named, without its password', async () => {
    const uri = 'mongodb://someone:s3cret@127.0.0.1:1/inkwell-test';
    const fault = await openMongo(uri, { waitMs: 200, attemptsMax: 2 }).catch((error: Error) => error);
    expect(fault).toMatchObject({ name: 'MongoFault', code: 'unreachable' });
    expect((fault as Error).message).toBe(
      'Can’t reach MongoDB at 127.0.0.1:1/inkwell-test. Check MONGODB_URI, that the server is running, and that it accepts connections from this machine.',
    );
  });

  test('that is none is said to be none', async () => {
    const fault = await openMongo('mongodb://a:b:c/x', { attemptsMax: 1 }).catch((error: Error) => error);
    expect(fault).toMatchObject({ name: 'MongoFault', code: 'malformed' });
  });

  test('without a database means “inkwell”', async () => {
    const [hosts = '', options = ''] = database.uri.split('?');
    const bare = `${hosts.split('/').slice(0, 3).join('/')}/${options && `?${options}`}`;
    const mongo = await openMongo(bare);
    expect(mongo.connection.name).toBe('inkwell');
    await mongo.close();
  });

  test('with documents that share a unique key is not worked on', async () => {
    const plain = (await database.open()).connection.collection('lines');
    await plain.insertMany(
      [1, 2].map((n) => ({ _id: `T1 x${n}` as never, workspace: 'T1', seq: 1, commandId: `c${n}` })),
    );
    const { openMongoJournal } = await import('../../src/storage/journal/mongo.ts');
    await expect(openMongoJournal(await database.open())).rejects.toMatchObject({
      name: 'MongoFault',
      message: expect.stringContaining(' of lines '),
    });
    await database.close();
  });
});
