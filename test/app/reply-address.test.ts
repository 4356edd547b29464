import { beforeEach, describe, expect, test } from 'vitest';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import { directly } from '../../src/app/requester.ts';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import type { JobStep } from '../../src/storage/records/job-step.ts';
import { parseStep } from '../../src/storage/records/step.ts';
import { limit as limitOf } from '../support/fixtures.ts';
import { imageInput } from '../support/image-input.ts';
import { inChannel } from '../support/requester.ts';
import { approveRequest, deleteImage, denyRequest, openImage, repeatImage, requestImage } from '../support/verbs.ts';
import {
  ANA,
  BEN,
  CHANNEL,
  CLIENT,
  createWorld,
  MARCUS,
  OLIVIA,
  openAgency,
  type TestWorld,
} from '../support/world.ts';

let world: TestWorld;
const told = () => world.messenger.told.map(({ to, note }) => ({ to, kind: note.kind }));
const submit = (by: string, wish: CommandBody) => world.book.submit({ commandId: `given-${wish.kind}`, by, ...wish });
const limit = (over: 'refuse' | 'ask') => submit(OLIVIA, limitOf(`client:${CLIENT}`, 'month', 1, { over }));

beforeEach(async () => {
  world = await createWorld({ providerNames: ['openai'] });
  await openAgency(world);
});

describe('a requester without an address', () => {
  const input = () => imageInput({ requester: directly(ANA) });

  test('is told directly why a request is refused', async () => {
    await limit('refuse');
    await requestImage(world, input());
    expect(told()).toEqual([{ to: directly(ANA), kind: 'refused' }]);
  });

  test('is told directly that an approval is needed', async () => {
    await limit('ask');
    await requestImage(world, input());
    expect(told()).toEqual([{ to: directly(ANA), kind: 'approval_asked' }]);
  });

  test('gets the image in the place that it was asked for', async () => {
    await requestImage(world, input());
    expect(world.messenger.sheets).toMatchObject([{ place: { channelId: CHANNEL }, audience: 'channel' }]);
    expect(told()).toEqual([]);
  });

  test('is told directly why a decision is refused', async () => {
    await limit('ask');
    await requestImage(world, input());
    const how = { kind: 'once' } as const;
    await approveRequest(world, { deliveryId: 'd', requester: directly(BEN), requestId: 'job-1', how, seen: [] });
    expect(told().at(-1)).toEqual({ to: directly(BEN), kind: 'decision_refused' });
  });

  test('opens, repeats and deletes an image of their own from nowhere, and opens no other one', async () => {
    await requestImage(world, input());
    const nowhere = { requester: directly(ANA), place: null, jobId: 'job-1' };
    expect(await openImage(world, nowhere)).toMatchObject({ job: { memberId: ANA } });
    expect(await openImage(world, { ...nowhere, requester: directly(MARCUS) })).toBeNull();
    await repeatImage(world, { ...nowhere, deliveryId: 'job-2' });
    expect(world.messenger.sheets).toHaveLength(2);
    await deleteImage(world, nowhere);
    expect(told()).toEqual([{ to: directly(MARCUS), kind: 'image_gone' }]);
  });
});

test('a stored job of an earlier version still answers through its response URL', async () => {
  await limit('refuse');
  await submit(OLIVIA, { kind: 'add_member', memberId: ANA, role: 'creator' });
  const responseUrl = 'https://hooks.slack.com/commands/T1/1/x';
  const asked = { memberId: ANA, channelId: CHANNEL, threadTs: '1.1', responseUrl };
  await world.records.jobs.append(earlier({ ...asked, at: world.clock.now(), leaseUntilAt: world.clock.now() }));
  await recoverJobs(world, { alone: true });
  const replyTo = { channelId: CHANNEL, threadTs: '1.1', responseUrl };
  expect(told()).toEqual([{ to: { memberId: ANA, replyTo }, kind: 'refused' }]);
});

describe('an address that Slack takes no answers at any more', () => {
  const HOUR_MS = 3_600_000;
  const responseUrl = 'https://hooks.slack.com/commands/T1/1/x';
  const asks = () => requestImage(world, imageInput({ requester: inChannel(ANA, CHANNEL, { responseUrl }) }));
  const urls = () => world.messenger.told.map(({ to, note }) => [note.kind, to.replyTo?.responseUrl]);

  test.each([
    ['lapses a day later', () => world.clock.advance(25 * HOUR_MS)],
    [
      'is denied an hour later',
      async () => {
        await world.clock.advance(HOUR_MS);
        await denyRequest(world, { deliveryId: 'no', requester: directly(OLIVIA), requestId: 'job-1', reason: '' });
      },
    ],
  ])('is not tried where a request %s', async (_how, end) => {
    await limit('ask');
    await asks();
    await end();
    await recoverJobs(world, { alone: true });
    expect(urls()).toEqual([
      ['approval_asked', responseUrl],
      ['not_approved', null],
    ]);
  });

  test.each([
    [20, responseUrl],
    [31, null],
    [600, null],
  ])('is not tried by a process that goes on %i minutes later', async (minutes, expected) => {
    await limit('ask');
    world.messenger.answerNext('postCard', ...Array(9).fill({ kind: 'failed', code: 'lost' }));
    const { marks } = world.records;
    const dying = {
      ...world,
      records: { ...world.records, marks: { ...marks, put: () => new Promise<never>(() => {}) } },
    };
    void requestImage(dying, imageInput({ requester: inChannel(ANA, CHANNEL, { responseUrl }) }));
    await world.clock.advance(minutes * 60_000);
    expect(urls()).toEqual([]);
    await recoverJobs(await createWorld({ ...world, processId: 'p2', providerNames: ['openai'] }), { alone: true });
    expect(urls()).toEqual([['approval_asked', expected]]);
  });
});

const earlier = (asked: object): JobStep =>
  parseStep(
    JSON.stringify({
      ...{ workspace: 'T1', jobId: 'old-1', stepNo: 0, owner: 'p0', kind: 'asked' },
      ...{ model: 'gpt-image-2', size: '1024x1024', quality: 'low', stage: 'concept', imagesCount: 1 },
      ...{ eachCredits: 10, boundMicroUsd: 100_000, rateCardId: '2026-11', contentDigest: 'digest' },
      ...asked,
    }),
    'job old-1',
  );
