import { describe, expect, test } from '@jest/globals';
import type { ImageInput } from '../../src/app/inputs.ts';
import { loadJob } from '../../src/app/job-run.ts';
import { requestImage } from '../../src/app/request-image.ts';
import { sweep } from '../../src/app/sweep.ts';
import { createMemoryRecords } from '../../src/records/memory.ts';
import { imageInput } from '../support/image-input.ts';
import { isDone } from '../support/mortal.ts';
import { createWorld, DONE, openAgency } from '../support/world.ts';

const INPUT: ImageInput = imageInput();

/** Records that say late that a job's first step stands: so long anybody may read it. */
function slowToAnswer() {
  const records = createMemoryRecords();
  let answer = () => {};
  const late = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const jobs: typeof records.jobs = {
    ...records.jobs,
    async append(step) {
      const appended = await records.jobs.append(step);
      if (step.kind === 'asked') await late;
      return appended;
    },
  };
  return { records: { ...records, jobs }, answer };
}

describe('a sweep', () => {
  test('that comes while a job is begun leaves it to whoever begins it, and so does the next one', async () => {
    const { records, answer } = slowToAnswer();
    const world = await createWorld({ records, providers: ['openai'] });
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
    const first = sweep(world, { alone: true });
    await pass(first, 50);
    answer();
    await pass(asked, 50);
    // A minute later it is still being made.
    await pass(sweep(world, { alone: true }), 60_000);
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
});
