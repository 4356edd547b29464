import { beforeEach, describe, expect, test } from 'vitest';
import { loadJob } from '../../src/app/images/job-lease.ts';
import type { ImageInput } from '../../src/app/inputs.ts';
import { imageInput } from '../support/image-input.ts';
import { clicking } from '../support/requester.ts';
import {
  bindProject,
  createProject,
  markImage,
  openImage,
  repeatImage,
  requestImage,
  setStage,
} from '../support/verbs.ts';
import { ANA, BEN, CHANNEL, CLIENT, createWorld, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';

let world: TestWorld;
let other: TestWorld;
let asked = 0;

beforeEach(async () => {
  world = await createWorld();
  await openAgency(world, { monthCredits: 1_000 });
  const { journal, records, clock, messenger, maker } = world;
  other = await createWorld({ journal, records, clock, messenger, maker, processId: 'p2' });
});

const newId = () => `asked-${++asked}`;
async function ask(given: Partial<ImageInput> & { threadId?: string } = {}, here = world): Promise<string> {
  const { threadId = null, deliveryId = newId(), ...rest } = given;
  await requestImage(here, imageInput({ deliveryId, stage: null, place: { channelId: CHANNEL, threadId }, ...rest }));
  return deliveryId;
}
async function again(jobId: string): Promise<string> {
  const deliveryId = newId();
  await repeatImage(world, { deliveryId, ...clicking(BEN, CHANNEL), jobId });
  return deliveryId;
}
/** What the ledger counts it as, and whether that is a guess. */
async function stageOf(jobId: string) {
  const state = await world.book.read();
  const image = [...state.images.values()].flatMap((all) => [...all]).find(({ holdId }) => holdId === `${jobId}/1`);
  return image && [image.stage, image.isStageGuessed];
}
const at = (jobId: string) => ({ deliveryId: newId(), ...clicking(ANA, CHANNEL), jobId });
async function project(stage: 'concept' | 'iteration' | 'final') {
  const said = { name: 'Launch', dueOn: null, stage };
  await createProject(world, { deliveryId: 'project', by: OLIVIA, clientId: CLIENT, ...said });
  const projectId = [...world.book.now().projects.keys()][0] ?? '';
  await bindProject(world, {
    deliveryId: 'bind',
    by: OLIVIA,
    place: { channelId: CHANNEL, threadId: null },
    project: projectId,
  });
}

describe('a stage that nobody said', () => {
  test('is concept for the first request of a thread, and iteration for those after it', async () => {
    const [alone, first, second] = [await ask(), await ask({ threadId: '1.1' }), await ask({ threadId: '1.1' })];
    const inAnother = await ask({ threadId: '2.2' });
    const elsewhere = await ask({ threadId: '1.1' }, other);
    expect(await Promise.all([alone, first, second, inAnother, elsewhere].map(stageOf))).toEqual([
      ['concept', true],
      ['concept', true],
      ['iteration', true],
      ['concept', true],
      ['iteration', true],
    ]);
  });

  test('is concept for one of two that are the first of a thread in the same moment', async () => {
    const ids = await Promise.all([ask({ threadId: '1.1' }), ask({ threadId: '1.1' }, other)]);
    const stages = await Promise.all(ids.map(stageOf));
    expect(stages.map((each) => each?.[0]).sort()).toEqual(['concept', 'iteration']);
  });

  test('stays as it was guessed where the same request is delivered again', async () => {
    const deliveryId = await ask({ threadId: '1.1' });
    await ask({ threadId: '1.1', deliveryId });
    expect(await loadJob(world, deliveryId)).toMatchObject({ stage: 'concept', isStageGuessed: true });
    expect(world.messenger.told).toEqual([]);
  });

  test('is iteration for Again, and gives way to a mark', async () => {
    const jobId = await again(await ask());
    expect(await stageOf(jobId)).toEqual(['iteration', true]);
    await markImage(world, { ...at(jobId), imageNo: 1, mark: 'final' });
    expect(world.messenger.sheets.at(-1)?.drawn?.said).toMatchObject([{ stage: 'final', isStageGuessed: true }]);
    expect(await stageOf(await again(jobId))).toEqual(['iteration', true]);
  });

  test.each(['concept', 'iteration', 'final'] as const)('is the project’s, and no guess: %s', async (stage) => {
    await project(stage);
    const jobId = await ask({ threadId: '1.1' });
    expect(await stageOf(jobId)).toEqual([stage, false]);
    expect(await stageOf(await again(jobId))).toEqual([stage, false]);
  });
});

describe('a stage that a person said', () => {
  test.each(['concept', 'iteration', 'final'] as const)('is no guess, for Again neither: %s', async (stage) => {
    const jobId = await ask({ stage, threadId: '1.1' });
    expect(await stageOf(jobId)).toEqual([stage, false]);
    expect(await stageOf(await again(jobId))).toEqual([stage, false]);
  });

  test('is taken for Again and for the form where it was said afterwards', async () => {
    const jobId = await ask();
    expect(await openImage(world, at(jobId))).toMatchObject({ stage: null });
    await setStage(world, { ...at(jobId), stage: 'final' });
    expect(await openImage(world, at(jobId))).toMatchObject({ stage: 'final' });
    expect(await stageOf(await again(jobId))).toEqual(['final', false]);
  });
});
