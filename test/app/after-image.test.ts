import { beforeEach, describe, expect, test } from 'vitest';
import { loadJob } from '../../src/app/images/job-lease.ts';
import type { ImageInput } from '../../src/app/inputs.ts';
import { usageOf } from '../../src/ledger/usage/standings.ts';
import { clicking } from '../support/requester.ts';
import { deleteImage, openImage, repeatImage, requestImage, showHome } from '../support/verbs.ts';
import {
  ANA,
  BEN,
  CHANNEL,
  CLIENT,
  createWorld,
  GINA,
  MARCUS,
  OLIVIA,
  openAgency,
  type TestWorld,
  WORKSPACE,
} from '../support/world.ts';

const clicks = (memberId: string, channelId = CHANNEL) => clicking(memberId, channelId);

let world: TestWorld;
const notes = () => world.messenger.told.map(({ note }) => note);
const used = () => usageOf(world.book.now(), `client:${CLIENT}`, 'total').usedCredits;

const delivery: ImageInput = {
  deliveryId: 'job-1',
  ...clicks(ANA),
  prompt: 'a red fox at dusk',
  options: {},
  imagesCount: 2,
  stage: 'final',
  project: null,
  from: 'channel',
};

beforeEach(async () => {
  world = await createWorld();
  await openAgency(world);
  await requestImage(world, delivery);
});

describe('Again', () => {
  test('makes the same request once more, for whoever clicked', async () => {
    const price = used();
    await repeatImage(world, { deliveryId: 'job-2', ...clicks(BEN), jobId: 'job-1' });
    expect(used()).toBe(2 * price);
    const again = world.messenger.sheets[1]?.drawn;
    expect(again).toMatchObject({
      prompt: 'a red fox at dusk',
      job: { memberId: BEN, imagesCount: 2, stage: 'final' },
    });
  });

  test('clicked twice is made once', async () => {
    const again = { deliveryId: 'job-2', ...clicks(BEN), jobId: 'job-1' };
    await Promise.all([repeatImage(world, again), repeatImage(world, again)]);
    expect(world.maker.requests).toHaveLength(4);
  });

  test.each([
    ['from another channel, by somebody else', clicks(BEN, 'C0OTHER'), 'job-1'],
    ['on a job that does not exist', clicks(ANA), 'job-99'],
  ])('%s finds nothing', async (_name, who, jobId) => {
    await repeatImage(world, { deliveryId: 'job-2', ...who, jobId });
    expect(notes()).toEqual([{ kind: 'image_gone', why: 'not_found' }]);
    expect(world.maker.requests).toHaveLength(2);
  });
});

describe('Edit prompt', () => {
  test('opens the earlier request', async () => {
    expect(await openImage(world, { ...clicks(BEN), jobId: 'job-1' })).toMatchObject({
      prompt: 'a red fox at dusk',
    });
  });

  test('says so where the prompt was erased', async () => {
    await world.records.prompts.erase({ workspace: WORKSPACE, jobId: 'job-1' });
    expect(await openImage(world, { ...clicks(BEN), jobId: 'job-1' })).toBeNull();
    expect(notes()).toEqual([{ kind: 'image_gone', why: 'prompt_erased' }]);
  });
});

describe('Delete', () => {
  test('takes images, bytes and prompt away, and leaves the charge', async () => {
    const price = used();
    expect(world.messenger.files.size).toBe(2);
    await deleteImage(world, { requester: clicks(ANA).requester, jobId: 'job-1' });
    expect(world.messenger.files.size).toBe(0);
    expect(await world.records.images.get({ workspace: WORKSPACE, imageId: 'job-1/1' })).toBeNull();
    expect(await world.records.prompts.get({ workspace: WORKSPACE, jobId: 'job-1' })).toBeNull();
    expect(world.messenger.sheets[0]?.drawn).toMatchObject({ prompt: null, job: { deletedBy: ANA } });
    expect(used()).toBe(price);
  });

  test('is for whoever asked for the image, and for those who look after the client', async () => {
    await world.book.submit({ commandId: 'm', by: OLIVIA, kind: 'add_member', memberId: BEN, role: 'creator' });
    await world.book.submit({ commandId: 'r', by: OLIVIA, kind: 'set_role', memberId: BEN, role: 'manager' });
    await deleteImage(world, { requester: clicks(BEN).requester, jobId: 'job-1' });
    await deleteImage(world, { requester: clicks(GINA).requester, jobId: 'job-1' });
    expect(notes()).toEqual([
      { kind: 'not_yours', ownerId: ANA },
      { kind: 'not_yours', ownerId: ANA },
    ]);
    await deleteImage(world, { requester: clicks(MARCUS).requester, jobId: 'job-1' });
    expect((await loadJob(world, 'job-1'))?.deletedBy).toBe(MARCUS);
  });

  test('a second time says that it is gone', async () => {
    await deleteImage(world, { requester: clicks(ANA).requester, jobId: 'job-1' });
    await deleteImage(world, { requester: clicks(ANA).requester, jobId: 'job-1' });
    expect(notes()).toEqual([{ kind: 'image_gone', why: 'deleted' }]);
  });

  test('is not undone where the request is delivered once more', async () => {
    await deleteImage(world, { requester: clicks(ANA).requester, jobId: 'job-1' });
    await requestImage(world, delivery);
    expect(await world.records.prompts.get({ workspace: WORKSPACE, jobId: 'job-1' })).toBeNull();
  });

  test('twice at the same instant deletes once', async () => {
    const wish = { requester: clicks(ANA).requester, jobId: 'job-1' };
    await Promise.allSettled([deleteImage(world, wish), deleteImage(world, wish)]);
    const steps = await world.records.jobs.steps({ workspace: WORKSPACE, jobId: 'job-1' });
    expect(steps.filter(({ kind }) => kind === 'deleted')).toHaveLength(1);
  });

  test('waits for an image that is still being made', async () => {
    world.maker.answerNext({ kind: 'unknown', detail: 'reset' });
    await repeatImage(world, { deliveryId: 'job-2', ...clicks(ANA), jobId: 'job-1' });
    await deleteImage(world, { requester: clicks(ANA).requester, jobId: 'job-2' });
    expect(notes()).toEqual([{ kind: 'not_finished' }]);
  });
});

describe('Home', () => {
  test('shows a creator the own latest images and nothing to set up', async () => {
    const home = await showHome(world, { by: ANA });
    expect(home.latest.map(({ job }) => job.jobId)).toEqual(['job-1']);
    expect(home.setup).toBeNull();
    expect(home.credits).toMatchObject({ agency: null, clients: [], own: { usedThisMonthCredits: used() } });
  });

  test('shows an owner clients, channels, people and limits', async () => {
    const { setup, credits } = await showHome(world, { by: 'U0OLIVIA', about: [MARCUS, ANA, 'UNKNOWN'] });
    expect(setup).toMatchObject({
      maySetLimits: true,
      maySetRoles: true,
      clients: [
        {
          clientId: CLIENT,
          name: 'Northwind Coffee',
          channelIds: [CHANNEL],
          limits: [{ window: 'month', limitCredits: 100 }],
        },
      ],
    });
    expect(setup?.members.map(({ memberId }) => memberId)).toEqual([MARCUS, ANA]);
    expect(setup?.membersCount).toBe(world.book.now().members.size);
    expect(credits.agency).toMatchObject({ usedThisMonthCredits: used() });
  });

  test('shows a guest nothing but what is theirs', async () => {
    const home = await showHome(world, { by: GINA });
    expect(home).toMatchObject({ setup: null, latest: [], credits: { role: 'viewer', agency: null, clients: [] } });
  });
});
