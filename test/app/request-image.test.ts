import { describe, expect, test } from 'vitest';
import { usageOf } from '../../src/ledger/usage/standings.ts';
import { createMemoryJournal } from '../../src/storage/journal/memory.ts';
import { createMemoryRecords } from '../../src/storage/records/memory.ts';
import { imageInput } from '../support/image-input.ts';
import { isLong } from '../support/is-long.ts';
import { requestImage } from '../support/verbs.ts';
import { ANA, BEN, CLIENT, createWorld, DONE, GINA, openAgency, type TestWorld, UNBOUND } from '../support/world.ts';

const ask = imageInput;
const ROUNDS = isLong ? 200 : 40;

async function agency(options: { monthCredits?: number } = {}): Promise<TestWorld> {
  const world = await createWorld();
  await openAgency(world, options);
  return world;
}

/** Second by second, until the work is done. */
async function timePasses(world: TestWorld, work: Promise<unknown>) {
  let done = false;
  void work.finally(() => {
    done = true;
  });
  while (!done) await world.clock.advance(1_000);
  await work;
}

const clientUse = (world: TestWorld) => usageOf(world.book.now(), `client:${CLIENT}`, 'total');
const notes = (world: TestWorld) => world.messenger.told.map(({ note }) => note);

describe('a request for images', () => {
  test('is held, made, charged to the client and drawn into the message that announced it', async () => {
    const world = await agency();
    await requestImage(world, ask());
    const [sheet] = world.messenger.sheets;
    const price = sheet?.drawn?.job.eachCredits ?? 0;
    expect(price).toBeGreaterThan(0);
    expect(clientUse(world)).toMatchObject({ usedCredits: price, heldCredits: 0 });
    expect(sheet?.drawn?.job.images[0]).toMatchObject({ settled: { as: 'captured', clientLeftCredits: 100 - price } });
    expect(sheet?.announced.job.images[0]?.answer).toBeNull();
    expect(notes(world)).toEqual([]);
  });

  test('holds its credits before the provider is called, and gives nothing away while it waits', async () => {
    const world = await agency();
    let heldDuringCall = 0;
    world.maker.answerNext(async () => {
      heldDuringCall = clientUse(world).heldCredits;
      return DONE;
    });
    await requestImage(world, ask());
    expect(heldDuringCall).toBeGreaterThan(0);
  });

  test('of four images is charged for the three that were made', async () => {
    const world = await agency();
    world.maker.answerNext(DONE, { kind: 'refused', detail: 'policy' }, DONE, DONE);
    await requestImage(world, ask({ imagesCount: 4 }));
    const job = world.messenger.sheets[0]?.drawn?.job;
    expect(job?.images.map((image) => image.settled?.as)).toEqual(['captured', 'voided', 'captured', 'captured']);
    expect(clientUse(world)).toMatchObject({ usedCredits: 3 * (job?.eachCredits ?? 0), heldCredits: 0 });
  });

  test('delivered a thousand times at once is made once', async () => {
    const world = await agency();
    await Promise.all(Array.from({ length: 1_000 }, () => requestImage(world, ask())));
    expect(world.maker.requests).toHaveLength(1);
    expect(world.messenger.sheets).toHaveLength(1);
    expect(notes(world)).toEqual([]);
  });

  test('delivered again after a restart is not made again', async () => {
    const stores = { journal: createMemoryJournal(), records: createMemoryRecords() };
    const first = await createWorld(stores);
    await openAgency(first);
    await requestImage(first, ask());
    const second = await createWorld({ ...stores, processId: 'p2' });
    await requestImage(second, ask());
    expect(second.maker.requests).toHaveLength(0);
    expect(second.messenger.sheets).toHaveLength(0);
  });

  test('with the same id but another prompt is an error that is said, and makes nothing', async () => {
    const world = await agency();
    await requestImage(world, ask());
    await requestImage(world, ask({ prompt: 'a blue whale' }));
    expect(notes(world)).toEqual([{ kind: 'id_reused' }]);
    expect(world.maker.requests).toHaveLength(1);
  });

  test('over several limits names who can help with each', async () => {
    const world = await agency({ monthCredits: 1 });
    const limit = { kind: 'set_limit' as const, window: 'day' as const, limitCredits: 1, rollOverMaxCredits: null };
    const ofAna = { ...limit, account: 'member:U0ANA@client:northwind' as const, over: 'refuse' as const };
    await requestImage(world, ask({ deliveryId: 'makes-ana-known' }));
    await world.book.submit({ commandId: 'ana', by: 'U0OLIVIA', ...ofAna });
    await requestImage(world, ask());
    expect(notes(world).at(-1)).toMatchObject({
      helpersBy: { [`client:${CLIENT}`]: ['U0OLIVIA'], [ofAna.account]: ['U0MARCUS', 'U0OLIVIA'] },
    });
  });

  test('over the limit names what binds, and nothing is sent to a provider', async () => {
    const world = await agency({ monthCredits: 1 });
    await requestImage(world, ask());
    expect(notes(world)).toMatchObject([
      {
        kind: 'refused',
        clientName: 'Northwind Coffee',
        helpers: ['U0OLIVIA'],
        refusal: {
          reason: 'limit_exceeded',
          binding: { account: `client:${CLIENT}`, limitCredits: 1, usedCredits: 0 },
        },
      },
    ]);
    expect(world.maker.requests).toHaveLength(0);
  });

  test.each([
    ['an empty prompt', ' \n ', { reason: 'empty' }],
    ['32,001 characters', 'x'.repeat(32_001), { reason: 'too_long', characters: 32_001, charactersMax: 32_000 }],
  ])('with %s is told what is wrong with it', async (_name, prompt, problem) => {
    const world = await agency();
    world.rateCard = () => world.rateCardOf('');
    await requestImage(world, ask({ prompt }));
    expect(notes(world)).toMatchObject([{ kind: 'prompt_wrong', problem: { reason: problem.reason } }]);
    expect(world.book.now().seq).toBeLessThan(10);
  });

  test('for a model or size that nobody offers is told what there is', async () => {
    const world = await agency();
    await requestImage(world, ask({ options: { model: 'dall-e-3' } }));
    await requestImage(world, ask({ options: { size: '1x1' } }));
    expect(notes(world)).toMatchObject([
      { kind: 'no_offer', refusal: { reason: 'unknown_model' } },
      { kind: 'no_offer', refusal: { reason: 'unknown_size' } },
    ]);
  });

  test('by a guest is refused: guests look', async () => {
    const world = await agency();
    await requestImage(world, ask({ by: GINA }));
    expect(notes(world)).toMatchObject([{ kind: 'refused', refusal: { reason: 'not_allowed', role: 'viewer' } }]);
  });

  test.each(['U0BOT', 'U0GONE', 'U0NOBODY'])('by %s, who is nobody, is refused', async (by) => {
    const world = await agency();
    await requestImage(world, ask({ by }));
    expect(notes(world)).toMatchObject([{ kind: 'refused', refusal: { reason: 'not_a_member' } }]);
    expect(world.maker.requests).toHaveLength(0);
  });

  test('in a channel of no client asks each who may decide once, however often it is tried', async () => {
    const world = await agency();
    await requestImage(world, ask({ channelId: UNBOUND }));
    await requestImage(world, ask({ channelId: UNBOUND, deliveryId: 'job-2', by: BEN }));
    expect(world.messenger.cards.map(({ memberId }) => memberId).sort()).toEqual(['U0MARCUS', 'U0OLIVIA']);
    expect(notes(world)).toMatchObject([{ kind: 'client_asked' }, { kind: 'client_asked' }]);
  });

  test('asks again where the question could not be posted', async () => {
    const world = await agency();
    const lost = { kind: 'failed', code: 'timeout' };
    world.messenger.answerNext('postCard', lost, lost);
    await requestImage(world, ask({ channelId: UNBOUND }));
    expect(world.messenger.cards).toHaveLength(0);
    await requestImage(world, ask({ channelId: UNBOUND, deliveryId: 'job-2' }));
    expect(world.messenger.cards).toHaveLength(2);
  });
});

describe('what a provider answers', () => {
  test.each([
    ['refused', { kind: 'refused', detail: 'policy' }],
    ['rejected', { kind: 'rejected', detail: 'key' }],
    ['account_stop', { kind: 'account_stop', detail: 'quota' }],
  ] as const)('%s gives the credits back and says so', async (_name, outcome) => {
    const world = await agency();
    world.maker.answerNext(outcome);
    await requestImage(world, ask());
    expect(clientUse(world)).toMatchObject({ usedCredits: 0, heldCredits: 0 });
    expect(world.messenger.sheets[0]?.drawn?.job.images[0]).toMatchObject({
      answer: outcome,
      settled: { as: 'voided' },
    });
  });

  test('an account without quota: every owner hears of it once a day', async () => {
    const world = await agency();
    world.maker.answerNext({ kind: 'account_stop', detail: 'quota' }, { kind: 'account_stop', detail: 'quota' });
    await requestImage(world, ask());
    await requestImage(world, ask({ deliveryId: 'job-2' }));
    expect(world.messenger.cards).toMatchObject([
      { memberId: 'U0OLIVIA', card: { trouble: { kind: 'quota', of: 'sketch' } } },
    ]);
  });

  test('not started is tried again, at most three times, and then given back', async () => {
    const world = await agency();
    const busy = { kind: 'transient', detail: 'rate', retryAfterMs: 2_000 } as const;
    world.maker.answerNext(busy, busy, busy);
    await timePasses(world, requestImage(world, ask()));
    expect(world.maker.requests).toHaveLength(3);
    expect(clientUse(world)).toMatchObject({ usedCredits: 0, heldCredits: 0 });
  });

  test('an unknown outcome stays held and is shown as being checked', async () => {
    const world = await agency();
    world.maker.answerNext({ kind: 'unknown', detail: 'reset' });
    await requestImage(world, ask());
    const job = world.messenger.sheets[0]?.drawn?.job;
    expect(clientUse(world)).toMatchObject({ usedCredits: 0, heldCredits: job?.eachCredits });
    expect(job).toMatchObject({ finished: false, images: [{ answer: { kind: 'unknown' }, settled: null }] });
  });

  test('a provider that hangs is given up at the deadline, as unknown', async () => {
    const world = await agency();
    let aborted = false;
    world.maker.answerNext(
      (_request, signal) =>
        new Promise(() => {
          signal.addEventListener('abort', () => {
            aborted = true;
          });
        }),
    );
    await timePasses(world, requestImage(world, ask()));
    expect(aborted).toBe(true);
    expect(world.messenger.sheets[0]?.drawn?.job.images[0]?.answer).toMatchObject({
      kind: 'unknown',
      detail: 'deadline',
    });
  });
});

describe('two people and a client’s last credits', () => {
  test('exactly one of fifty at the same instant gets them, over and over', async () => {
    const world = await agency({ monthCredits: 0 });
    const price = 4;
    for (let round = 1; round <= ROUNDS; round += 1) {
      const wish = {
        kind: 'set_limit',
        account: `client:${CLIENT}`,
        window: 'month',
        limitCredits: round * price,
        over: 'refuse',
        rollOverMaxCredits: null,
      } as const;
      await world.book.submit({ commandId: `limit-${round}`, by: 'U0OLIVIA', ...wish });
      const asked = Array.from({ length: 50 }, (_, index) =>
        requestImage(world, ask({ deliveryId: `job-${round}-${index}`, by: index % 2 ? ANA : BEN })),
      );
      await Promise.all(asked);
      expect(clientUse(world)).toMatchObject({ usedCredits: round * price, heldCredits: 0 });
    }
    expect(world.maker.requests).toHaveLength(ROUNDS);
  });
});
