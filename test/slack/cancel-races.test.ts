import { beforeEach, describe, expect, test } from 'vitest';
import { cancelImages } from '../../src/app/images/cancel-images.ts';
import { loadJob } from '../../src/app/images/job-lease.ts';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import { directly } from '../../src/app/requester.ts';
import type { ImageOutcome } from '../../src/images/image-provider.ts';
import { ACTIONS } from '../../src/slack/kit/ids.ts';
import { RecordsFault } from '../../src/storage/records/records.ts';
import { ANA, CHANNEL, DONE, WORKSPACE } from '../support/world.ts';
import { wordsIn } from './home-views.ts';
import { twoProcesses } from './two-processes.ts';

const { here, world, lines } = twoProcesses();
let before = 0;
beforeEach(async () => {
  before = here.slack.messages(CHANNEL).length;
});

const ofKind = async (wanted: string) => (await lines()).filter(({ kind }) => kind === wanted).length;
const posted = () =>
  here.slack
    .messages(CHANNEL)
    .slice(before)
    .filter(({ ephemeral }) => !ephemeral);
const job = async () => {
  const [jobId = ''] = await world().records.jobs.latest({ workspace: WORKSPACE, memberId: ANA, jobsMax: 1 });
  return (await loadJob(world(), jobId))!;
};

/** Time passes until it is so. */
async function pass(isSo: () => boolean | Promise<boolean>) {
  for (let turns = 0; turns < 500 && !(await isSo()); turns += 1) {
    await here.clock.advance(200);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('a message that stands, of which Slack lost the answer', () => {
  const ask = async () => {
    world().imageQueue.pause();
    here.slack.faults.next('chat.postMessage', 'lose_the_answer', 'lose_the_answer');
    void here.slack.as(ANA).command('/imagine', 'a fox', { channelId: CHANNEL });
    await pass(() => here.slack.calls.filter(({ method }) => method === 'chat.postMessage').length >= 2);
    await here.idle();
    expect((await job()).messagePlace).toBeNull();
    expect(posted()).toHaveLength(1);
  };

  test.each([0, 1])('is the only one, and says that it was canceled there, at process %i', async (at) => {
    await ask();
    here.slack.deliverTo(here.all[at]!.url);
    await here.slack.as(ANA).click({ channelId: CHANNEL, ts: posted()[0]!.ts }, ACTIONS.cancel);
    await here.slack.until(() => wordsIn(posted()[0]?.blocks ?? []).includes('canceled before'));
    world().imageQueue.start();
    await here.idle();
    expect(posted()).toHaveLength(1);
    expect([await ofKind('voided'), await ofKind('captured')]).toEqual([1, 0]);
  });

  test('is the one into which the images are drawn later', async () => {
    await ask();
    world().imageQueue.start();
    here.clock.set(here.clock.now() + 120_000);
    await recoverJobs(world(1), { alone: false });
    expect(posted().map(({ text }) => text)).toEqual([expect.stringContaining('ready')]);
  });
});

describe('a paid image that the store does not take', () => {
  test('is shown by the process that has it: another one can’t cancel the rest meanwhile', async () => {
    const { imageQueue, maker, records } = world();
    records.images.put = async () => {
      throw new RecordsFault('full');
    };
    const first = { sent: false, arrive: () => {} };
    imageQueue.concurrency = 1;
    maker.make = async (): Promise<ImageOutcome> => {
      if (first.sent) return { ...DONE, bytes: PNG } as ImageOutcome;
      first.sent = true;
      imageQueue.pause();
      return { ...DONE, bytes: PNG } as ImageOutcome;
    };
    here.slack.faults.next('files.getUploadURLExternal', { delayMs: 1_000 });
    void here.slack.as(ANA).command('/imagine', 'a fox --n 2', { channelId: CHANNEL });
    await pass(async () => (await ofKind('captured')) > 0);
    const { jobId, images } = await job();
    expect(images.map(({ answer, fileId }) => [answer?.kind, fileId])).toEqual([
      ['done', null],
      [undefined, null],
    ]);
    await cancelImages(world(1), { requester: directly(ANA), jobId });
    imageQueue.start();
    await pass(async () => (await job()).finished);
    await here.idle();
    expect((await job()).images.map(({ fileId }) => Boolean(fileId))).toEqual([true, true]);
    expect(posted()[0]!.text).not.toContain('can’t be shown');
  });
});
