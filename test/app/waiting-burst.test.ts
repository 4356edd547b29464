import { beforeEach, describe, expect, test } from 'vitest';
import { waitingIn } from '../support/waiting.ts';
import { CLIENT, createWorld, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';

let world: TestWorld;
let here: ReturnType<typeof waitingIn>;

beforeEach(async () => {
  world = await createWorld();
  await openAgency(world, { monthCredits: 1_000 });
  here = waitingIn(world);
});

describe('a burst limit', () => {
  const burst = { requestsMax: 3, withinMs: 60_000 };
  const limit = () => here.submit(OLIVIA, { kind: 'set_policy', policy: { name: 'burst', value: burst } });
  const kites = Array.from({ length: 8 }, (_each, index) => `kite-${index + 1}`);

  test('takes no kept prompt away: they run as there is room', async () => {
    for (const prompt of kites) await here.ask({ prompt, deliveryId: prompt });
    await limit();
    await here.decide();
    expect(here.prompts()).toHaveLength(3);
    for (const count of [6, 8]) {
      await here.sweep();
      await world.clock.advance(burst.withinMs);
      await here.sweep();
      expect(here.prompts()).toHaveLength(count);
    }
    expect(here.prompts()).toEqual(kites);
    expect(here.notes().filter(({ kind }) => kind === 'refused' || kind === 'not_run')).toEqual([]);
  });

  test('of two processes that run them at the same time', async () => {
    for (const prompt of kites) await here.ask({ prompt, deliveryId: prompt });
    await limit();
    await here.bind(CLIENT);
    const { journal, records, clock, messenger, maker } = world;
    const shared = { journal, records, clock, messenger, maker };
    const second = await createWorld({ ...shared, processId: 'p2' });
    for (let minutes = 0; minutes < 4; minutes += 1) {
      await Promise.all([here.sweep(), waitingIn(second).sweep()]);
      await clock.advance(burst.withinMs);
    }
    expect(here.prompts()).toEqual(kites);
    expect(here.notes().filter(({ kind }) => kind === 'refused' || kind === 'not_run')).toEqual([]);
  });

  test('what it turns away is not kept, and that is what is said', async () => {
    await limit();
    const kept = await Promise.all(kites.slice(0, 4).map((prompt) => here.ask({ prompt, deliveryId: prompt })));
    const isKept = kept.filter((made) => made.isKept).length;
    expect(isKept).toBe(3);
    expect(here.notes().filter(({ kind }) => kind === 'client_asked')).toHaveLength(3);
    expect(here.notes().filter(({ kind }) => kind === 'refused')).toMatchObject([{ refusal: { reason: 'too_fast' } }]);
    await here.bind(CLIENT);
    await world.clock.advance(burst.withinMs);
    await here.sweep();
    expect(here.prompts()).toHaveLength(3);
  });
});
