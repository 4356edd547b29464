import { beforeEach, describe, expect, test } from 'vitest';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import { runWaiting } from '../../src/app/images/run-waiting.ts';
import { imageInput } from '../support/image-input.ts';
import { bindChannel, requestImage } from '../support/verbs.ts';
import {
  ANA,
  BEN,
  CLIENT,
  createWorld,
  MARCUS,
  OLIVIA,
  openAgency,
  type TestWorld,
  UNBOUND,
} from '../support/world.ts';

let world: TestWorld;
const notes = () => world.messenger.told.map(({ note }) => note);
const prompts = () => world.maker.requests.map(({ prompt }) => prompt).sort();
const sweep = () => recoverJobs(world, { alone: true });

beforeEach(async () => {
  world = await createWorld();
  await openAgency(world);
});

const ask = (by: string, prompt: string, deliveryId = `job-${by}-${prompt.length}`) =>
  requestImage(world, imageInput({ deliveryId, by, channelId: UNBOUND, prompt }));

async function decide(clientId: string | null) {
  const decision = clientId === null ? ({ kind: 'none' } as const) : ({ kind: 'client', clientId } as const);
  await bindChannel(world, { deliveryId: 'd1', by: MARCUS, channelId: UNBOUND, decision, ifUnbound: true });
  await runWaiting(world, { channelId: UNBOUND });
}

describe('a prompt typed in a channel without a client', () => {
  test.each([
    [[[ANA, 'a harbour at dawn']]],
    [
      [
        [ANA, 'a harbour at dawn'],
        [BEN, 'three pears'],
        [ANA, 'a lighthouse in snow'],
      ],
    ],
  ])('runs once the channel is bound, each once: %j', async (asked) => {
    for (const [by = '', prompt = ''] of asked) await ask(by, prompt);
    expect(world.maker.requests).toEqual([]);
    await decide(CLIENT);
    await sweep();
    await runWaiting(world, { channelId: UNBOUND });
    expect(prompts()).toEqual(asked.map(([, prompt]) => prompt).sort());
    expect(world.messenger.sheets).toHaveLength(asked.length);
  });

  test('runs once, however often the same was asked for', async () => {
    for (const no of [1, 2, 3]) await ask(ANA, 'a red kite', `again-${no}`);
    await decide(CLIENT);
    expect(prompts()).toEqual(['a red kite']);
  });

  test('waits through a restart: the sweeper runs what a stop has left', async () => {
    await ask(ANA, 'a harbour at dawn');
    await sweep();
    expect(world.maker.requests).toEqual([]);
    const decision = { kind: 'client', clientId: CLIENT } as const;
    await bindChannel(world, { deliveryId: 'd1', by: MARCUS, channelId: UNBOUND, decision, ifUnbound: true });
    await sweep();
    expect(prompts()).toEqual(['a harbour at dawn']);
  });

  test('is decided by the rules of that moment: a viewer by then is told so, with the prompt', async () => {
    await ask(ANA, 'a harbour at dawn');
    const change = { kind: 'set_role', memberId: ANA, role: 'viewer' } as const;
    await world.book.submit({ commandId: 'viewer', by: OLIVIA, ...change });
    await decide(CLIENT);
    expect(world.maker.requests).toEqual([]);
    expect(notes().at(-1)).toMatchObject({ kind: 'refused', prompt: 'a harbour at dawn' });
  });

  test('is given back in words where the channel gets no client', async () => {
    await ask(ANA, 'a harbour at dawn');
    await ask(BEN, 'three pears');
    await decide(null);
    await sweep();
    const ended = notes().filter(({ kind }) => kind === 'not_run');
    expect(ended).toMatchObject([
      { why: 'no_client', prompt: 'a harbour at dawn' },
      { why: 'no_client', prompt: 'three pears' },
    ]);
    expect(world.maker.requests).toEqual([]);
  });

  test('lapses as a request does, is said once, and does not run any more', async () => {
    await ask(ANA, 'a harbour at dawn');
    await world.clock.advance(25 * 3_600_000);
    await sweep();
    await sweep();
    await decide(CLIENT);
    expect(notes().filter(({ kind }) => kind === 'not_run')).toMatchObject([{ why: 'lapsed' }]);
    expect(world.maker.requests).toEqual([]);
    const job = { workspace: world.book.workspace, jobId: `job-${ANA}-17` };
    expect(await world.records.prompts.get(job)).toBeNull();
  });
});
