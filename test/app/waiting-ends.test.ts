import { beforeEach, describe, expect, test } from 'vitest';
import { loadJob } from '../../src/app/images/job-lease.ts';
import { runWaiting } from '../../src/app/images/run-waiting.ts';
import type { Messenger } from '../../src/app/messenger.ts';
import type { ProviderName } from '../../src/images/providers.ts';
import { createMemoryJournal } from '../../src/storage/journal/memory.ts';
import type { JobStep } from '../../src/storage/records/job-step.ts';
import { createMemoryRecords } from '../../src/storage/records/memory.ts';
import { createClock } from '../support/clock.ts';
import { createGuard, dyingAtEach, guardMessenger, guardStores, isDone, type Moment } from '../support/mortal.ts';
import { createPaperSlack } from '../support/paper-slack.ts';
import { waitingIn } from '../support/waiting.ts';
import {
  CLIENT,
  createScriptedMaker,
  createWorld,
  MARCUS,
  openAgency,
  type TestWorld,
  UNBOUND,
  WORKSPACE,
} from '../support/world.ts';

const HOUR_MS = 3_600_000;

type Ending = { name: string; why: 'lapsed' | 'no_client' | 'refused' | 'dearer' | null; runs: number };
const ENDINGS: Ending[] = [
  { name: 'it runs', why: null, runs: 1 },
  { name: 'its channel gets no client', why: 'no_client', runs: 0 },
  { name: 'it lapses', why: 'lapsed', runs: 0 },
  { name: 'its project is not there', why: 'refused', runs: 0 },
  { name: 'it costs more by then', why: 'dearer', runs: 0 },
];

/** Brings about the end of what Ana has asked for. */
async function bringAbout(world: TestWorld, { why }: Ending): Promise<void> {
  const here = waitingIn(world);
  if (why === 'lapsed') return await world.clock.advance(25 * HOUR_MS);
  if (why === 'dearer') await here.price(1_000);
  await here.bind(why === 'no_client' ? null : CLIENT);
}

const given = ({ why }: Ending) => (why === 'refused' ? { project: 'Autumn' } : {});
const job = (world: TestWorld) => loadJob(world, 'job-1');

describe('a message that Slack can never deliver', () => {
  const never: Messenger['tell'] = async () => ({ kind: 'failed', code: 'account_inactive' });
  let world: TestWorld;
  let here: ReturnType<typeof waitingIn>;
  beforeEach(async () => {
    world = await createWorld();
    await openAgency(world);
    here = waitingIn(world);
  });

  test.each(ENDINGS.filter(({ why }) => why !== null))('is given up after a day: $name', async (ending) => {
    await here.ask(given(ending));
    await bringAbout(world, ending);
    world.messenger.tell = never;
    await here.sweep();
    await world.clock.advance(23 * HOUR_MS);
    await here.sweep();
    expect(await job(world)).toMatchObject({ finished: false, toldDeclined: false });
    await world.clock.advance(2 * HOUR_MS);
    await here.sweep();
    await here.sweep();
    expect(await job(world)).toMatchObject({ finished: true, notRun: { why: ending.why } });
    expect(await world.records.prompts.get({ workspace: WORKSPACE, jobId: 'job-1' })).toBeNull();
    expect(here.prompts()).toEqual([]);
  });

  test.each(['lapsed', 'refused', 'dearer'] as const)(
    'is still what is true: once %s, it does not run',
    async (why) => {
      const ending = { name: why, why, runs: 0 };
      await here.ask(given(ending));
      await bringAbout(world, ending);
      const { tell } = world.messenger;
      world.messenger.tell = never;
      await here.sweep();
      world.messenger.tell = tell;
      await here.price(10_000);
      await here.submit(MARCUS, {
        kind: 'create_project',
        projectId: 'p1',
        clientId: CLIENT,
        name: 'Autumn',
        stage: 'concept',
        dueAt: null,
      });
      await here.decide();
      await here.sweep();
      expect(here.notRun()).toMatchObject([{ why }]);
      expect(here.prompts()).toEqual([]);
    },
  );
});

describe('a crash at any moment', () => {
  async function play(
    ending: Ending,
    dieAt: { effectNo: number; moment: Moment } | null,
    meanwhile: (here: ReturnType<typeof waitingIn>) => Promise<void> = async () => {},
  ) {
    const stores = { journal: createMemoryJournal(), records: createMemoryRecords() };
    // A paid provider: what was being sent when the process died may have been billed.
    const providerNames: ProviderName[] = ['openai'];
    const clock = createClock();
    const messenger = createPaperSlack();
    const maker = createScriptedMaker();
    const before = await createWorld({ ...stores, clock, messenger, maker, providerNames, processId: 'p0' });
    await openAgency(before);
    await waitingIn(before).ask(given(ending));
    await bringAbout(before, ending);
    const told = messenger.told.length;

    const guarded = createGuard(dieAt);
    const first = await createWorld({
      clock,
      maker,
      ...guardStores(stores, guarded.guard),
      providerNames,
      processId: 'p1',
    });
    first.messenger = guardMessenger(messenger, guarded.guard);
    first.providers = { ...first.providers, images: { make: guarded.guard('make', maker.make) } };
    await clock.advance(2 * 60_000);
    const work = ending.why === 'lapsed' ? waitingIn(first).sweep() : runWaiting(first, { channelId: UNBOUND });
    for (let turns = 0; turns < 400 && !guarded.isDead() && !(await isDone(work)); turns += 1) await clock.advance(0);

    const second = await createWorld({ ...stores, clock, messenger, maker, providerNames, processId: 'p2' });
    await meanwhile(waitingIn(second));
    for (let rounds = 0; rounds < 3; rounds += 1) {
      const swept = waitingIn(second).sweep();
      while (!(await isDone(swept))) await clock.advance(100);
      await clock.advance(30 * 60_000);
    }
    const heard = messenger.told.slice(told).map(({ note }) => note.kind);
    return { second, heard, maker, effects: guarded.effects };
  }

  async function audit({ second, heard, maker }: Awaited<ReturnType<typeof play>>, { why, runs }: Ending) {
    // What was being sent when its process died may have been billed, and is not sent again.
    expect(maker.requests.length).toBeLessThanOrEqual(runs);
    expect(heard.filter((kind) => kind === 'not_run')).toHaveLength(why === null ? 0 : 1);
    expect(await job(second)).toMatchObject({ notRun: why === null ? null : { why } });
    const ran = await loadJob(second, 'job-1-bound');
    expect(ran?.finished ?? null).toBe(runs === 0 ? null : true);
    expect((await job(second))?.finished).toBe(why !== 'dearer');
    expect(second.book.now().holds.size).toBe(0);
  }

  test.each(ENDINGS)('$name', async (ending) => {
    const whole = await play(ending, null);
    await audit(whole, ending);
    expect(whole.maker.requests).toHaveLength(ending.runs);
    expect(whole.effects.length).toBeGreaterThan(3);
    await dyingAtEach(
      whole.effects,
      (dieAt) => play(ending, dieAt),
      (played) => audit(played, ending),
    );
  });

  test('what has begun to run is not told to be dearer, also where the price rises before the restart', async () => {
    const [ending] = ENDINGS as [Ending];
    const ends = new Set<string>();
    await dyingAtEach(
      (await play(ending, null)).effects,
      (dieAt) => play(ending, dieAt, (here) => here.price(1_000)),
      async ({ second, heard }) => {
        const isRun = (await loadJob(second, 'job-1-bound')) !== null;
        expect(heard.filter((kind) => kind === 'not_run')).toHaveLength(isRun ? 0 : 1);
        expect(second.book.now().holds.size).toBe(0);
        ends.add(isRun ? 'run' : 'told');
      },
    );
    expect(ends).toEqual(new Set(['run', 'told']));
  });
});

describe('the same asked for twice, by a process that dies at any moment of the first time and by the next one', () => {
  async function play(dieAt: { effectNo: number; moment: Moment } | null) {
    const stores = { journal: createMemoryJournal(), records: createMemoryRecords() };
    const [clock, messenger, maker] = [createClock(), createPaperSlack(), createScriptedMaker()];
    await openAgency(await createWorld({ ...stores, clock, messenger, maker, processId: 'p0' }));
    const guarded = createGuard(dieAt);
    const first = await createWorld({ clock, maker, ...guardStores(stores, guarded.guard), processId: 'p1' });
    first.messenger = guardMessenger(messenger, guarded.guard);
    const asked = waitingIn(first).ask({ deliveryId: 'like-1' });
    for (let turns = 0; turns < 400 && !guarded.isDead() && !(await isDone(asked)); turns += 1) await clock.advance(0);

    const second = await createWorld({ ...stores, clock, messenger, maker, processId: 'p2' });
    const here = waitingIn(second);
    await here.ask({ deliveryId: 'like-2' });
    await here.sweep();
    await here.decide();
    await here.sweep();
    return { here, messenger, effects: guarded.effects };
  }

  test('it is kept, and made, once', async () => {
    const whole = await play(null);
    expect(whole.effects.length).toBeGreaterThan(5);
    await dyingAtEach(
      whole.effects,
      (dieAt) => play(dieAt),
      ({ here, messenger }) => {
        expect(here.prompts()).toHaveLength(1);
        expect(here.notes().map(({ kind }) => kind)).toContain('client_asked');
        expect(messenger.sheets).toHaveLength(1);
      },
    );
  });
});

test('a prompt that an earlier version kept runs with what that version wrote down', async () => {
  const world = await createWorld();
  await openAgency(world);
  const here = waitingIn(world);
  const { append } = world.records.jobs;
  world.records.jobs.append = async (step) => {
    const { choices: _, ...before } = step as JobStep & { kind: 'asked' };
    return await append(before as JobStep);
  };
  await here.ask({ stage: null });
  world.records.jobs.append = append;
  await here.decide();
  expect(here.prompts()).toHaveLength(1);
  expect(await loadJob(world, 'job-1-bound')).toMatchObject({ stage: 'concept', isStageGuessed: true, finished: true });
});
