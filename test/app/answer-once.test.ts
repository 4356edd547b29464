import { beforeEach, describe, expect, test } from 'vitest';
import type { ImageInput } from '../../src/app/inputs.ts';
import type { ProviderName } from '../../src/images/providers.ts';
import { imageInput } from '../support/image-input.ts';
import { isDone } from '../support/mortal.ts';
import { requestImage } from '../support/verbs.ts';
import { ANA, CHANNEL, createWorld, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';

const LONG = 'a'.repeat(40_000);
const hasAnyone = (world: TestWorld, isThere: boolean) => {
  world.channels.has = async () => isThere;
};
const FAILED = { kind: 'failed', code: 'internal_error' };

/** What is wrong with a request before anything of it is written down, and how it comes to be right again. */
type Wrong = {
  kind: string;
  given: Partial<ImageInput>;
  breaks?: (world: TestWorld) => void;
  mends: (world: TestWorld) => void;
};
const WRONG: Wrong[] = [
  {
    kind: 'not_in_channel',
    given: { from: 'form' },
    breaks: (world) => hasAnyone(world, false),
    mends: (world) => hasAnyone(world, true),
  },
  {
    kind: 'no_offer',
    given: { options: { model: 'gpt-image-2' } },
    mends: (world) => void (world.providers.names as Set<ProviderName>).add('openai'),
  },
  {
    kind: 'prompt_wrong',
    given: { prompt: LONG },
    mends: (world) => {
      const card = world.rateCard();
      const roomy = ({ capabilities, ...model }: (typeof card.models)[number]) => ({
        ...model,
        capabilities: { ...capabilities, promptMaxCharacters: 50_000 },
      });
      world.rateCard = () => ({ ...card, models: card.models.map(roomy) });
    },
  },
  {
    kind: 'project_wrong',
    given: { project: 'Spring' },
    mends: (world) =>
      void world.book.submit({
        ...{ commandId: 'p', by: OLIVIA, kind: 'create_project', projectId: 'p1', clientId: 'northwind' },
        ...{ name: 'Spring', stage: 'concept', dueAt: null },
      }),
  },
];

let world: TestWorld;
const told = () => world.messenger.told.map(({ note }) => note);

beforeEach(async () => {
  world = await createWorld();
  await openAgency(world);
});

describe.each(WRONG)('what is answered with $kind', ({ kind, given, breaks, mends }) => {
  const input = imageInput({ prompt: 'a green door', ...given });
  const ask = (at = world) => requestImage(at, input);
  beforeEach(() => breaks?.(world));

  test('says what was asked for, and is not kept', async () => {
    expect(await ask()).toEqual({ isBegun: false, isDeclined: false, isKept: false });
    expect(told()).toMatchObject([{ kind, prompt: input.prompt }]);
  });

  test('delivered again, in any process, gets no other answer, whatever has changed since', async () => {
    await ask();
    mends(world);
    await ask();
    const { journal, records, clock, messenger, maker } = world;
    await ask(await createWorld({ journal, records, clock, messenger, maker, processId: 'p2' }));
    expect(told()).toHaveLength(1);
    expect(world.maker.requests).toEqual([]);
  });

  test.each([1, 4])('is tried again while Slack does not take it: %i times', async (failures) => {
    world.messenger.answerNext('tell', ...Array.from({ length: failures }, () => FAILED));
    const asking = ask();
    for (let seconds = 0; seconds < 90 && !(await isDone(asking)); seconds += 1) await world.clock.advance(1_000);
    await asking;
    expect(world.messenger.told).toMatchObject([{ to: { memberId: ANA, replyTo: null }, note: { kind } }]);
  });

  test('is given up in the end, and counts as not answered', async () => {
    world.messenger.answerNext('tell', ...Array.from({ length: 5 }, () => FAILED));
    const asking = ask();
    for (let seconds = 0; seconds < 90 && !(await isDone(asking)); seconds += 1) await world.clock.advance(1_000);
    await asking;
    expect(told()).toEqual([]);
    await ask();
    expect(told()).toHaveLength(1);
  });
});

describe('a delivery that is known', () => {
  test('is not looked at again, though nothing of it could be had any more', async () => {
    const input = imageInput({ from: 'form', channelId: CHANNEL });
    await requestImage(world, input);
    world.channels.has = async () => false;
    (world.providers.names as Set<ProviderName>).clear();
    await requestImage(world, input);
    expect(told()).toEqual([]);
    expect(world.maker.requests).toHaveLength(1);
  });

  test('with other content is answered with that alone', async () => {
    await requestImage(world, imageInput());
    await requestImage(world, imageInput({ prompt: 'another', project: 'Nowhere' }));
    expect(told()).toEqual([{ kind: 'id_reused' }]);
    await requestImage(world, imageInput({ prompt: 'another', project: 'Nowhere' }));
    expect(told()).toHaveLength(1);
  });

  test('is not turned away for coming too fast', async () => {
    const burst = { requestsMax: 1, withinMs: 60_000 };
    const change = { kind: 'set_policy', policy: { name: 'burst', value: burst } } as const;
    await world.book.submit({ commandId: 'burst', by: OLIVIA, ...change });
    await requestImage(world, imageInput());
    await requestImage(world, imageInput());
    expect(told()).toEqual([]);
    for (let times = 0; times < 2; times += 1) {
      await requestImage(world, imageInput({ deliveryId: 'job-2', prompt: 'a door' }));
    }
    await world.clock.advance(burst.withinMs);
    await requestImage(world, imageInput({ deliveryId: 'job-2', prompt: 'a door' }));
    expect(told()).toMatchObject([{ kind: 'refused', refusal: { reason: 'too_fast' }, prompt: 'a door' }]);
    expect(world.maker.requests).toHaveLength(1);
  });
});
