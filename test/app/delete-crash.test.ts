import { describe, expect, test } from 'vitest';
import { loadJob } from '../../src/app/images/job-lease.ts';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import { createMemoryJournal } from '../../src/storage/journal/memory.ts';
import { createMemoryRecords } from '../../src/storage/records/memory.ts';
import { createClock } from '../support/clock.ts';
import { imageInput } from '../support/image-input.ts';
import {
  createGuard,
  dyingAtEach,
  guardClock,
  guardMessenger,
  guardStores,
  isDone,
  type Moment,
} from '../support/mortal.ts';
import { createPaperSlack } from '../support/paper-slack.ts';
import { inChannel } from '../support/requester.ts';
import { approveRequest, deleteImage, requestImage } from '../support/verbs.ts';
import { ANA, CHANNEL, CLIENT, createWorld, MARCUS, OLIVIA, openAgency, WORKSPACE } from '../support/world.ts';

const IMAGES = 2;
const by = (memberId: string) => inChannel(memberId, CHANNEL);

/** Two images are made after Marcus has approved them; Ana deletes them in a process that dies, and nobody clicks again. */
async function play(dieAt: { effectNo: number; moment: Moment } | null) {
  const stores = { journal: createMemoryJournal(), records: createMemoryRecords() };
  const [clock, messenger] = [createClock(), createPaperSlack()];
  const before = await createWorld({ ...stores, clock, messenger, processId: 'p0' });
  await openAgency(before, { monthCredits: 1 });
  const limit = { account: `client:${CLIENT}`, window: 'month', limitCredits: 1 } as const;
  const wish = { kind: 'set_limit', ...limit, over: 'ask', rollOverMaxCredits: null } as const;
  await before.book.submit({ commandId: 'asks', by: OLIVIA, ...wish });
  await requestImage(before, imageInput({ imagesCount: IMAGES }));
  const approval = { deliveryId: 'approve', requester: by(MARCUS), requestId: 'job-1' };
  await approveRequest(before, { ...approval, how: { kind: 'once' }, seen: [`client:${CLIENT} month`] });
  await recoverJobs(before, { alone: true });

  const guarded = createGuard(dieAt);
  const clocked = guardClock(clock, guarded);
  const first = await createWorld({ clock: clocked, ...guardStores(stores, guarded.guard), processId: 'p1' });
  first.messenger = guardMessenger(messenger, guarded.guard);
  const deleted = deleteImage(first, { requester: by(ANA), jobId: 'job-1' });
  while (!guarded.isDead() && !(await isDone(deleted))) await clock.advance(0);

  const second = await createWorld({ ...stores, clock, messenger, processId: 'p2' });
  for (let round = 0; round < 2; round += 1) {
    // Long enough for any lease of the process that died.
    await clock.advance(2 * 60_000);
    await recoverJobs(second, { alone: false });
  }
  return { second, messenger, effects: guarded.effects, records: stores.records };
}

async function audit({ second, messenger, records }: Awaited<ReturnType<typeof play>>, died: string) {
  const job = await loadJob(second, 'job-1');
  const prompt = await records.prompts.get({ workspace: WORKSPACE, jobId: 'job-1' });
  const bytes = await Promise.all(
    [1, 2].map((imageNo) => records.images.get({ workspace: WORKSPACE, imageId: `job-1/${imageNo}` })),
  );
  const cards = messenger.cards.map(({ card }) => 'prompt' in card && card.prompt);
  expect(await records.jobs.open({ workspace: WORKSPACE, jobsMax: 10 })).toEqual([]);
  if (!job?.deletedBy) {
    // Nothing was written down of it: all of it is there still, and so is the button.
    expect(died).toMatch(/^before step/);
    expect([prompt, ...bytes, ...cards]).not.toContain(null);
    expect(messenger.files.size).toBe(IMAGES);
    return;
  }
  expect([prompt, ...bytes, ...cards]).toEqual([null, null, null, null, null]);
  expect(messenger.files.size).toBe(0);
  expect(messenger.sheets[0]?.drawn).toMatchObject({ prompt: null, job: { deletedBy: ANA } });
}

describe('a crash at any moment of a deletion', () => {
  test('leaves all of it there, or nothing once the sweeper has come by', async () => {
    const whole = await play(null);
    await audit(whole, 'never');
    expect(whole.effects.length).toBeGreaterThan(8);
    await dyingAtEach(whole.effects, play, audit);
  });
});
