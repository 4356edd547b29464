import { describe, expect, test } from 'vitest';
import { loadJob } from '../../src/app/images/job-lease.ts';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import type { ImageInput } from '../../src/app/inputs.ts';
import type { JobStep } from '../../src/storage/records/job-step.ts';
import { createMemoryRecords } from '../../src/storage/records/memory.ts';
import { imageInput } from '../support/image-input.ts';
import { isDone } from '../support/mortal.ts';
import { requestImage } from '../support/verbs.ts';
import { CLIENT, createWorld, DONE, OLIVIA, openAgency } from '../support/world.ts';

const INPUT: ImageInput = imageInput();

/** Records that say late that a step of a job stands: so long anybody may read it. */
function slowToAnswer(kind: JobStep['kind'] = 'asked') {
  const records = createMemoryRecords();
  let answer = () => {};
  const late = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const jobs: typeof records.jobs = {
    ...records.jobs,
    async append(step) {
      const appended = await records.jobs.append(step);
      if (step.kind === kind) await late;
      return appended;
    },
  };
  return { records: { ...records, jobs }, answer };
}

describe('a sweep', () => {
  test('that comes while a job is begun leaves it to whoever begins it, and so does the next one', async () => {
    const { records, answer } = slowToAnswer();
    const world = await createWorld({ records, providerNames: ['openai'] });
    await openAgency(world);
    let made = () => {};
    world.maker.answerNext(async () => {
      await new Promise<void>((resolve) => {
        made = resolve;
      });
      return DONE;
    });
    const pass = async (work: Promise<unknown>, ms: number) => {
      for (let turns = 0; turns < 50 && !(await isDone(work)); turns += 1) await world.clock.advance(ms / 50);
    };

    const asked = requestImage(world, INPUT);
    await world.clock.advance(0);
    const first = recoverJobs(world, { alone: true });
    await pass(first, 50);
    answer();
    await pass(asked, 50);
    // A minute later it is still being made.
    await pass(recoverJobs(world, { alone: true }), 60_000);
    made();
    await pass(Promise.all([asked, first]), 1_000);

    expect(world.maker.requests).toHaveLength(1);
    const job = await loadJob(world, 'job-1');
    expect(job).toMatchObject({ finished: true, images: [{ settled: { as: 'captured' } }] });
  });

  test('the same delivery twice at once is one job', async () => {
    const { records, answer } = slowToAnswer();
    const world = await createWorld({ records });
    await openAgency(world);
    const both = Promise.all([requestImage(world, INPUT), requestImage(world, INPUT)]);
    await world.clock.advance(0);
    answer();
    await both;
    expect(world.maker.requests).toHaveLength(1);
    expect(world.messenger.sheets).toHaveLength(1);
    expect(world.running.size).toBe(0);
  });

  test('that comes while a job is claimed which was just answered leaves it to whoever claims it', async () => {
    const { records, answer } = slowToAnswer('claimed');
    const world = await createWorld({ records });
    await openAgency(world, { monthCredits: 1 });
    const limit = { account: `client:${CLIENT}`, window: 'month', limitCredits: 1, over: 'ask' } as const;
    await world.book.submit({ commandId: 'asks', by: OLIVIA, kind: 'set_limit', rollOverMaxCredits: null, ...limit });
    // Denied in the moment in which the job begins to wait, by somebody who finds it at work.
    const { tell } = world.messenger;
    world.messenger.tell = async (to, note) => {
      const denial = { kind: 'deny', requestId: 'job-1', reason: 'Not now.' } as const;
      if (note.kind === 'approval_asked') await world.book.submit({ commandId: 'denied', by: OLIVIA, ...denial });
      return await tell(to, note);
    };

    const kinds = async () =>
      (await records.jobs.steps({ workspace: world.book.workspace, jobId: 'job-1' })).map(({ kind }) => kind);
    const turnsUntil = async (isSo: () => Promise<boolean>) => {
      for (let turns = 0; turns < 200 && !(await isSo()); turns += 1) await world.clock.advance(0);
    };

    const asked = requestImage(world, INPUT);
    await turnsUntil(async () => (await kinds()).includes('claimed'));
    const swept = recoverJobs(world, { alone: true });
    await turnsUntil(() => isDone(swept));
    answer();
    await Promise.all([asked, swept]);
    const notes = world.messenger.told.map(({ note }) => note.kind);
    expect(notes.filter((kind) => kind === 'not_approved')).toHaveLength(1);
    expect(await loadJob(world, 'job-1')).toMatchObject({ finished: true });
    expect(world.running.size).toBe(0);
  });
});
