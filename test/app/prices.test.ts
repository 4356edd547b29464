import { expect, test } from 'vitest';
import { availableModels } from '../../src/app/images/available-models.ts';
import { loadJob } from '../../src/app/images/job-lease.ts';
import type { SettingChange } from '../../src/ledger/commands/commands.ts';
import { imageInput } from '../support/image-input.ts';
import { requestImage } from '../support/verbs.ts';
import { createWorld, DONE, OLIVIA, openAgency } from '../support/world.ts';

test('a request is charged at the prices it was asked for at, and the next one at the new ones', async () => {
  const world = await createWorld();
  await openAgency(world, { monthCredits: 1_000 });
  const priced = () => {
    const quote = availableModels(world).quote({ options: {}, imagesCount: 1, prompt: 'a fox' });
    return quote.ok ? quote.eachCredits : 0;
  };
  const set = async (policy: SettingChange) =>
    await world.book.submit({
      commandId: `set-${policy.name}-${policy.value}`,
      by: OLIVIA,
      kind: 'set_policy',
      policy,
    });
  const credits = async (jobId: string) => (await loadJob(world, jobId))?.images.map(({ settled }) => settled?.credits);

  const first = priced();
  // While the image is being made, it becomes cheaper.
  world.maker.answerNext(async () => {
    expect(await set({ name: 'creditValueMicroUsd', value: 20_000 })).toMatchObject({ ok: true });
    return DONE;
  });
  await requestImage(world, imageInput({ deliveryId: 'job-1' }));
  expect(priced()).toBeLessThan(first);
  expect(await credits('job-1')).toEqual([first]);

  const second = priced();
  world.maker.answerNext(async () => {
    await set({ name: 'markupBasisPoints', value: 90_000 });
    return DONE;
  });
  await requestImage(world, imageInput({ deliveryId: 'job-2' }));
  expect(await credits('job-2')).toEqual([second]);
  const third = priced();
  expect(third).toBeGreaterThan(second);
  await requestImage(world, imageInput({ deliveryId: 'job-3' }));
  expect(await credits('job-3')).toEqual([third]);
});
