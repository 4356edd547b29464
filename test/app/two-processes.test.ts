import { beforeEach, describe, expect, test } from 'vitest';
import { processOpenRequests } from '../../src/app/approvals/process-open-requests.ts';
import { loadJob } from '../../src/app/images/job-lease.ts';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import type { ImageInput } from '../../src/app/inputs.ts';
import type { Announced, Card } from '../../src/app/messenger.ts';
import type { ImageOutcome } from '../../src/images/image-provider.ts';
import { imageInput } from '../support/image-input.ts';
import { isDone } from '../support/mortal.ts';
import { inChannel } from '../support/requester.ts';
import { approveRequest, denyRequest, requestImage, setSuspended } from '../support/verbs.ts';
import {
  ANA,
  CHANNEL,
  CLIENT,
  createWorld,
  DONE,
  MARCUS,
  OLIVIA,
  openAgency,
  type TestWorld,
} from '../support/world.ts';

/** Two processes on the same stores, of which one has asked about a request, and the other hears of the answer. */
let first: TestWorld;
let second: TestWorld;

beforeEach(async () => {
  first = await createWorld({ providerNames: ['openai'] });
  await openAgency(first, { monthCredits: 1 });
  const limit = { account: `client:${CLIENT}`, window: 'month', limitCredits: 1, over: 'ask' } as const;
  await first.book.submit({ commandId: 'asks', by: OLIVIA, kind: 'set_limit', rollOverMaxCredits: null, ...limit });
  const { journal, records, clock, messenger, maker } = first;
  second = await createWorld({ journal, records, clock, messenger, maker, processId: 'p2', providerNames: ['openai'] });
});

const input: ImageInput = imageInput();
const by = (memberId: string) => inChannel(memberId, CHANNEL);
const approval = {
  deliveryId: 'click',
  requester: by(MARCUS),
  requestId: 'job-1',
  how: { kind: 'once' },
  seen: [`client:${CLIENT} month`],
} as const;
const heardByAna = () => first.messenger.told.flatMap(({ to, note }) => (to.memberId === ANA ? [note.kind] : []));

async function turnsUntil(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let turns = 0; turns < 500 && !(await isSo()); turns += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('an approved image that one process has sent to the provider', () => {
  let arrive = (_: ImageOutcome) => {};
  let approved: Promise<void>;

  beforeEach(async () => {
    await requestImage(first, input);
    first.maker.answerNext(
      () =>
        new Promise((resolve) => {
          arrive = resolve;
        }),
    );
    approved = approveRequest(first, approval);
    await turnsUntil(() => first.maker.requests.length > 0);
  });

  async function arrivesAndIsCharged(): Promise<void> {
    arrive(DONE);
    await approved;
    const job = await loadJob(first, 'job-1');
    expect(job).toMatchObject({ finished: true, owner: 'p1', images: [{ settled: { as: 'captured' } }] });
    expect(first.maker.requests).toHaveLength(1);
  }

  test('is left to it by the sweeper of another', async () => {
    await recoverJobs(second, { alone: false });
    await arrivesAndIsCharged();
  });

  test('is left to it when Slack delivers the click again, to another', async () => {
    await approveRequest(second, approval);
    await arrivesAndIsCharged();
  });
});

describe('a request that is answered while its first process is still asking', () => {
  /** The first process has posted to the owner of the request, and waits for Slack to say so of Marcus's card. */
  async function asksSlowly(): Promise<{ asking: Promise<unknown>; isPosted(): void }> {
    let isPosted = () => {};
    const { postCard } = first.messenger;
    const slow = async (memberId: string, card: Card): Promise<Announced> => {
      const posted = await postCard(memberId, card, undefined);
      if (memberId === MARCUS) {
        await new Promise<void>((resolve) => {
          isPosted = resolve;
        });
      }
      return posted;
    };
    first.messenger = { ...first.messenger, postCard: slow };
    const asking = requestImage(first, input);
    await turnsUntil(() => second.messenger.cards.some(({ memberId }) => memberId === MARCUS));
    return { asking, isPosted: () => isPosted() };
  }

  test('by another one goes on at once, and the person hears of it once', async () => {
    const { asking, isPosted } = await asksSlowly();
    await denyRequest(second, { deliveryId: 'no', requester: by(MARCUS), requestId: 'job-1', reason: 'Enough foxes.' });
    isPosted();
    await asking;
    expect((await loadJob(first, 'job-1'))?.finished).toBe(true);
    expect(heardByAna()).toEqual(['approval_asked', 'not_approved']);
  });

  test('is drawn ended also into the card whose place was not known yet', async () => {
    const { asking, isPosted } = await asksSlowly();
    await denyRequest(second, { deliveryId: 'no', requester: by(MARCUS), requestId: 'job-1', reason: 'Enough foxes.' });
    await processOpenRequests(second);
    isPosted();
    await asking;
    for (const process of [first, second]) await processOpenRequests(process);
    const ends = second.messenger.cards.map(({ card }) => ('end' in card ? card.end?.as : null));
    expect(ends).toEqual(['denied', 'denied']);
  });
});

test('whoever is suspended hears all the same that nobody answered their request', async () => {
  await requestImage(first, input);
  await setSuspended(first, { deliveryId: 'off', by: OLIVIA, memberId: ANA, isSuspended: true });
  await first.clock.advance(25 * 3_600_000);
  const swept = recoverJobs(first, { alone: true });
  await turnsUntil(() => isDone(swept));
  expect(heardByAna()).toEqual(['approval_asked', 'not_approved']);
});
