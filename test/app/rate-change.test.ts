import { describe, expect, test } from 'vitest';
import { rateOfJob } from '../../src/app/images/job-rate.ts';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import type { ImageOutcome } from '../../src/images/image-provider.ts';
import type { ModelRate, RateCard } from '../../src/images/rates/card.ts';
import { usageOf } from '../../src/ledger/usage/standings.ts';
import { createMemoryJournal } from '../../src/storage/journal/memory.ts';
import { createMemoryRecords } from '../../src/storage/records/memory.ts';
import { imageInput } from '../support/image-input.ts';
import { clicking } from '../support/requester.ts';
import { approveRequest, requestImage } from '../support/verbs.ts';
import { ANA, CHANNEL, CLIENT, createWorld, DONE, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';

const FLUX: ModelRate = {
  id: 'flux',
  label: 'FLUX',
  provider: 'flux-host',
  sizes: ['1024x1024', '1536x1024'],
  defaultSize: '1024x1024',
  qualities: ['low', 'high'],
  defaultQuality: 'low',
  pricing: {
    kind: 'image',
    microUsd: {
      low: { '1024x1024': 30_000, '1536x1024': 40_000 },
      high: { '1024x1024': 60_000, '1536x1024': 80_000 },
    },
  },
  capabilities: { takesSize: true, takesQuality: true, takesSafetyId: false, promptMaxCharacters: 1_000 },
  estimatedMs: 5_000,
  deadlineMs: 60_000,
  shutdownAt: null,
};
const cardOf = (rateCardId: string, ...models: ModelRate[]): RateCard => ({ rateCardId, validFromAt: 0, models });

/** What becomes of a card between a request and its end. No later card knows the earlier one. */
const CHANGES: Record<string, RateCard> = {
  'costs ten times as much': cardOf('dear', {
    ...FLUX,
    pricing: { kind: 'image', microUsd: { low: { '1024x1024': 300_000 }, high: { '1024x1024': 600_000 } } },
  }),
  'costs a third': cardOf('cheap', {
    ...FLUX,
    pricing: { kind: 'image', microUsd: { low: { '1024x1024': 10_000 }, high: { '1024x1024': 10_000 } } },
  }),
  'is paid by the token': cardOf('tokens', {
    ...FLUX,
    pricing: {
      kind: 'tokens',
      outputTokens: { low: { factor: 16, marginBasisPoints: 0 } },
      ...{ textInPerMillion: 5, cachedTextInPerMillion: 5, imageInPerMillion: 5, imageOutPerMillion: 5 },
      ...{ promptOverheadTokens: 0, partialImages: 0, partialImageTokens: 0 },
    },
  }),
  'has no such quality any more': cardOf('other', { ...FLUX, qualities: ['fine'], defaultQuality: 'fine' }),
  'is made elsewhere': cardOf('moved', { ...FLUX, provider: 'sketch' }),
  'is gone': cardOf('gone'),
};

function useCard(world: TestWorld, card: RateCard): void {
  world.rateCard = () => card;
  world.rateCardOf = (rateCardId) => {
    if (rateCardId === card.rateCardId) return card;
    throw new Error(`There is no rate card ${rateCardId}`);
  };
}

async function agency(stores = { journal: createMemoryJournal(), records: createMemoryRecords() }) {
  const world = await createWorld({ ...stores, providerNames: ['flux-host'] });
  await openAgency(world);
  useCard(world, cardOf('mine', FLUX));
  return { world, stores };
}

const use = ({ book }: TestWorld) => usageOf(book.now(), `client:${CLIENT}`, 'total');
const paid = (costMicroUsd: number): ImageOutcome => {
  if (DONE.kind !== 'done') throw new Error('not done');
  return { ...DONE, costMicroUsd };
};
const PAID = paid(30_000);

describe.each(Object.entries(CHANGES))('a model that %s by then', (_, later) => {
  test('while the image is made: it is charged what was held, and sent at the rate it was priced from', async () => {
    const { world } = await agency();
    world.maker.answerNext(async ({ rate }) => {
      expect(rate).toMatchObject({ provider: 'flux-host', pricing: { microUsd: { low: { '1024x1024': 30_000 } } } });
      useCard(world, later);
      return PAID;
    });
    await requestImage(world, imageInput());
    expect(use(world)).toMatchObject({ usedCredits: 3, heldCredits: 0 });
    expect(world.messenger.sheets[0]?.drawn?.job.images[0]?.settled).toMatchObject({ as: 'captured', credits: 3 });
  });

  test('while a request waits: the approval makes it at the price that was approved', async () => {
    const { world } = await agency();
    const limit = { account: `client:${CLIENT}`, window: 'day', limitCredits: 1, rollOverMaxCredits: null } as const;
    await world.book.submit({ commandId: 'l', by: OLIVIA, kind: 'set_limit', over: 'ask', ...limit });
    await requestImage(world, imageInput());
    expect(world.maker.requests).toHaveLength(0);
    useCard(world, later);
    world.maker.answerNext(PAID);
    await approveRequest(world, {
      deliveryId: 'a',
      ...clicking(OLIVIA, CHANNEL),
      requestId: 'job-1',
      how: { kind: 'once' },
      seen: [`client:${CLIENT} day`],
    });
    expect(world.maker.requests.map(({ rate }) => rate.pricing)).toEqual([
      { kind: 'image', microUsd: { low: { '1024x1024': 30_000 } } },
    ]);
    expect(use(world)).toMatchObject({ usedCredits: 3, heldCredits: 0 });
  });

  test('after a restart in the middle: another process goes on with it', async () => {
    const { world, stores } = await agency();
    world.maker.answerNext({ kind: 'transient', detail: 'later', retryAfterMs: 120_000, isNamed: true });
    await requestImage(world, imageInput());
    expect(use(world)).toMatchObject({ usedCredits: 0, heldCredits: 3 });
    const { clock } = world;
    const second = await createWorld({ ...stores, clock, processId: 'p2', providerNames: ['flux-host'] });
    useCard(second, later);
    second.maker.answerNext(PAID);
    await clock.advance(180_000);
    await recoverJobs(second, { alone: true });
    expect(second.maker.requests.map(({ rate }) => rate.provider)).toEqual(['flux-host']);
    expect(use(second)).toMatchObject({ usedCredits: 3, heldCredits: 0 });
  });
});

test('a job of an earlier version, which kept no rate, has the one of its card', async () => {
  const { world } = await agency();
  expect(rateOfJob(world, { rateCardId: 'mine', model: 'flux' })).toEqual(FLUX);
  expect(() => rateOfJob(world, { rateCardId: 'mine', model: 'other' })).toThrow('no model other');
});

test('again asks at the price of now', async () => {
  const { world } = await agency();
  world.maker.answerNext(PAID, paid(300_000));
  await requestImage(world, imageInput({ by: ANA }));
  useCard(world, cardOf('dear', { ...FLUX, pricing: { kind: 'image', microUsd: { low: { '1024x1024': 300_000 } } } }));
  await requestImage(world, imageInput({ deliveryId: 'job-2', options: { model: 'flux', quality: 'low' } }));
  expect(use(world)).toMatchObject({ usedCredits: 33 });
});
