import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { loadJob } from '../../src/app/images/job-lease.ts';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import { runWaiting } from '../../src/app/images/run-waiting.ts';
import type { ImageOutcome } from '../../src/images/image-provider.ts';
import { temporaryFiles } from '../storage/sqlite/files.ts';
import { isDone } from '../support/mortal.ts';
import { STORES, waitingIn } from '../support/waiting.ts';
import {
  ANA,
  BEN,
  CLIENT,
  createWorld,
  DONE,
  MARCUS,
  OLIVIA,
  openAgency,
  type TestWorld,
  UNBOUND,
} from '../support/world.ts';

const HOUR_MS = 3_600_000;
const settled = () => new Promise((resolve) => setImmediate(resolve));
const files = temporaryFiles();
afterAll(files.remove);

describe.each(STORES)('what waits for the client of its channel is made once, on %s', (_, open) => {
  let first: TestWorld;
  let second: TestWorld;
  let here: ReturnType<typeof waitingIn>;
  let there: ReturnType<typeof waitingIn>;

  beforeEach(async () => {
    first = await createWorld(open(files.next));
    await openAgency(first);
    const { journal, records, clock, messenger, maker } = first;
    second = await createWorld({ journal, records, clock, messenger, maker, processId: 'p2' });
    [here, there] = [waitingIn(first), waitingIn(second)];
  });

  const likes = (count: number) => Array.from({ length: count }, (_each, index) => `like-${index + 1}`);

  test.each([2, 3])('%i of the same are each told the same, and one runs', async (count) => {
    for (const deliveryId of likes(count)) await here.ask({ deliveryId });
    const asked = here.notes().filter(({ kind }) => kind === 'client_asked');
    expect(asked).toHaveLength(count);
    expect(new Set(asked.map((note) => JSON.stringify(note))).size).toBe(1);
    await here.decide();
    await here.sweep();
    expect(here.prompts()).toHaveLength(1);
    expect(first.messenger.sheets).toHaveLength(1);
  });

  test.each(['lapsed', 'no_client'])('%s, of several of the same one is told not to have run', async (why) => {
    for (const deliveryId of likes(3)) await here.ask({ deliveryId });
    if (why === 'lapsed') await first.clock.advance(25 * HOUR_MS);
    else await here.decide(null);
    await here.sweep();
    await there.sweep();
    expect(here.notRun()).toMatchObject([{ why }]);
    expect(here.prompts()).toEqual([]);
  });

  test('of two processes that are asked at the same time', async () => {
    await Promise.all([here.ask({ deliveryId: 'like-1' }), there.ask({ deliveryId: 'like-2' })]);
    await here.bind(CLIENT);
    await Promise.all([here.sweep(), there.sweep()]);
    await here.sweep();
    expect(here.prompts()).toHaveLength(1);
  });

  test('of two processes that go on with it at the same time', async () => {
    for (const by of [ANA, BEN]) await here.ask({ by, deliveryId: `of-${by}` });
    await here.bind(CLIENT);
    const run = (world: TestWorld) => runWaiting(world, { channelId: UNBOUND });
    await Promise.all([run(first), run(second), recoverJobs(second, { alone: false })]);
    expect(here.prompts()).toHaveLength(2);
  });

  test('of a process that was cut off before it could keep it, when the same has run by then', async () => {
    const { marks } = second.records;
    second.records = { ...second.records, marks: { ...marks, put: () => new Promise(() => {}) } };
    void there.ask({ deliveryId: 'like-2' });
    for (let turns = 0; turns < 400 && !(await loadJob(first, 'like-2'))?.declined; turns += 1) await settled();
    await here.ask({ deliveryId: 'like-1' });
    await here.decide();
    expect(here.prompts()).toHaveLength(1);
    await first.clock.advance(2 * 60_000);
    await here.sweep();
    expect(await loadJob(first, 'like-2')).toMatchObject({ declined: true, finished: true });
    expect(here.prompts()).toHaveLength(1);
  });

  test('asked for again after it ran: the channel has a client, so it is a new wish', async () => {
    await here.ask({ deliveryId: 'like-1' });
    await here.decide();
    await here.ask({ deliveryId: 'like-2' });
    expect(here.prompts()).toHaveLength(2);
  });

  test.each([
    ['with another size', { options: { size: '1536x1024' } }],
    ['more of them', { imagesCount: 2 }],
    ['with another project', { project: 'Spring' }],
    ['by another person', { by: BEN }],
  ])('%s it is another wish', async (_name, other) => {
    await here.ask({ deliveryId: 'like-1' });
    await here.ask({ deliveryId: 'like-2', ...other });
    await here.submit(OLIVIA, {
      kind: 'create_project',
      projectId: 'p1',
      clientId: CLIENT,
      name: 'Spring',
      stage: 'concept',
      dueAt: null,
    });
    await here.decide();
    expect(here.prompts().length).toBe(('imagesCount' in other ? 2 : 1) + 1);
  });

  test('what lapsed is kept again when it is asked for again, and runs', async () => {
    await here.ask({ deliveryId: 'like-1' });
    await first.clock.advance(25 * 3_600_000);
    await here.ask({ deliveryId: 'early' });
    expect(here.notRun()).toEqual([]);
    await here.sweep();
    expect(here.notRun()).toMatchObject([{ why: 'lapsed' }]);
    await here.ask({ deliveryId: 'like-2' });
    await here.decide();
    expect(here.prompts()).toHaveLength(1);
  });

  test('of a person who was removed and brought back nothing runs but what they asked for since', async () => {
    await here.ask({ deliveryId: 'like-1' });
    await here.submit(OLIVIA, { kind: 'remove_member', memberId: ANA, reason: 'Left' });
    await here.sweep();
    await here.submit(OLIVIA, { kind: 'bring_back_member', memberId: ANA, role: 'creator' });
    await here.ask({ deliveryId: 'like-2' });
    await here.decide();
    expect(here.prompts()).toHaveLength(1);
  });

  test('none waits for the image of another one', async () => {
    const arrivals: ((outcome: ImageOutcome) => void)[] = [];
    const slowly = () => new Promise<ImageOutcome>((resolve) => void arrivals.push(resolve));
    first.maker.answerNext(slowly, slowly, slowly);
    for (const prompt of ['fox', 'pear', 'kite']) await here.ask({ prompt, deliveryId: prompt });
    await here.bind(CLIENT);
    const running = runWaiting(first, { channelId: UNBOUND });
    for (let turns = 0; turns < 400 && arrivals.length < 3; turns += 1) expect(await isDone(running)).toBe(false);
    expect(arrivals).toHaveLength(3);
    for (const arrive of arrivals) arrive(DONE);
    await running;
    expect(first.messenger.sheets).toHaveLength(3);
  });

  test('decided while the person is being told that no one has decided: it goes on by itself', async () => {
    const { tell } = first.messenger;
    first.messenger.tell = async (to, note, once) => {
      if (note.kind === 'client_asked') {
        const bound = { kind: 'bind_channel', channelId: UNBOUND, clientId: CLIENT, ifUnbound: true } as const;
        await second.book.submit({ commandId: 'meanwhile', by: MARCUS, ...bound });
      }
      return await tell(to, note, once);
    };
    await here.ask();
    expect(here.prompts()).toHaveLength(1);
  });

  const races: Record<string, (one: () => Promise<unknown>, other: () => Promise<unknown>) => Promise<unknown>> = {
    'one begins first': (one, other) => Promise.all([one(), other()]),
    'the other begins first': (one, other) => Promise.all([other(), one()]),
    'one after the other': async (one, other) => [await one(), await other()],
  };

  test.each(Object.keys(races))('asked for while the channel is bound, it runs once: %s', async (how) => {
    await races[how]?.(
      () => here.ask({ deliveryId: 'like-1' }),
      () => there.decide(),
    );
    await here.sweep();
    await there.sweep();
    expect(here.prompts()).toHaveLength(1);
    expect(here.notRun()).toEqual([]);
  });

  test.each(Object.keys(races))('bound while it lapses, it runs or it is told not to: %s', async (how) => {
    await here.ask({ deliveryId: 'like-1' });
    await first.clock.advance(25 * HOUR_MS);
    await races[how]?.(
      () => here.sweep(),
      () => there.decide(),
    );
    for (const each of [here, there]) await each.sweep();
    expect([here.prompts().length, here.notRun().length]).toEqual(here.prompts().length === 1 ? [1, 0] : [0, 1]);
  });
});
