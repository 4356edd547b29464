import { beforeEach, describe, expect, test } from 'vitest';
import { redrawCards } from '../../src/app/approvals/redraw-cards.ts';
import { loadJob } from '../../src/app/images/job-lease.ts';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import { RecordsFault } from '../../src/storage/records/records.ts';
import { imageInput } from '../support/image-input.ts';
import { inChannel } from '../support/requester.ts';
import { approveRequest, deleteImage, requestImage } from '../support/verbs.ts';
import { ANA, CHANNEL, CLIENT, createWorld, MARCUS, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';

const HOUR_MS = 3_600_000;

let world: TestWorld;
/** Another process, which has read nothing since. */
let other: TestWorld;
const by = (memberId: string) => inChannel(memberId, CHANNEL);
const deletes = (memberId = ANA) => deleteImage(world, { requester: by(memberId), jobId: 'job-1' });
const prompts = () => world.messenger.cards.map(({ card }) => 'prompt' in card && card.prompt);
const isShownDeleted = () => world.messenger.sheets[0]?.drawn?.job.deletedBy != null;

beforeEach(async () => {
  world = await createWorld();
  await openAgency(world, { monthCredits: 1 });
  const limit = { account: `client:${CLIENT}`, window: 'month', limitCredits: 1 } as const;
  const wish = { kind: 'set_limit', ...limit, over: 'ask', rollOverMaxCredits: null } as const;
  await world.book.submit({ commandId: 'asks', by: OLIVIA, ...wish });
  const { journal, records, clock, messenger } = world;
  other = await createWorld({ journal, records, clock, messenger, processId: 'p2' });
  await requestImage(world, imageInput());
});

describe('an image that was approved, and is deleted later', () => {
  beforeEach(async () => {
    const approval = { deliveryId: 'approve', requester: by(MARCUS), requestId: 'job-1' };
    await approveRequest(world, { ...approval, how: { kind: 'once' }, seen: [`client:${CLIENT} month`] });
    // Its cards are closed: no sweep looks at them any more.
    for (let round = 0; round < 2; round += 1) await recoverJobs(world, { alone: true });
    expect(prompts()).toEqual(['a red fox at dusk', 'a red fox at dusk']);
  });

  test('leaves its prompt on no card of the request', async () => {
    await deletes();
    expect(prompts()).toEqual([null, null]);
    expect(world.messenger.cards).toMatchObject([{ card: { end: { as: 'approved' } } }, { card: { prompt: null } }]);
    await deletes();
    expect(prompts()).toEqual([null, null]);
  });

  test('leaves it on none either where another process deletes, which has not read of the request', async () => {
    expect(other.book.now().requests.size).toBe(0);
    await deleteImage(other, { requester: by(MARCUS), jobId: 'job-1' });
    expect(prompts()).toEqual([null, null]);
  });

  test('does not come back when the request is delivered again, whatever can be erased then', async () => {
    await deletes();
    const { journal, clock, messenger } = world;
    const prompts = { ...world.records.prompts, erase: () => Promise.reject(new RecordsFault('unavailable')) };
    const third = await createWorld({ journal, records: { ...world.records, prompts }, clock, messenger });
    await requestImage(third, imageInput());
    expect(await world.records.prompts.get({ workspace: world.book.workspace, jobId: 'job-1' })).toBeNull();
  });

  test('leaves it on none when the ledger has forgotten the request', async () => {
    await world.clock.advance(130 * 24 * HOUR_MS);
    await requestImage(world, imageInput({ deliveryId: 'job-2' }));
    expect([...world.book.now().requests.keys()]).toEqual(['job-2']);
    await deletes();
    const cards = world.messenger.cards.slice(0, 2).map(({ card }) => card);
    const facts = { prompt: null, requesterId: ANA, requestedCredits: 4, end: { as: 'approved' } };
    expect(cards).toMatchObject([
      { ...facts, kind: 'asked_card' },
      { ...facts, kind: 'request_card' },
    ]);
  });

  test.each([
    ['the sweeper', () => recoverJobs(world, { alone: true })],
    ['another click', () => deletes()],
  ])('does not say that it is deleted before its cards say so, and %s makes up for that', async (_name, makeUp) => {
    world.messenger.answerNext('redrawCard', { kind: 'failed', code: 'http_500' });
    await expect(deletes()).rejects.toMatchObject({ name: 'DeliveryFault' });
    expect(isShownDeleted()).toBe(false);
    // What Slack did not take of it keeps nothing else from being taken away.
    expect(world.messenger.files.size).toBe(0);
    await makeUp();
    expect(prompts()).toEqual([null, null]);
    expect(isShownDeleted()).toBe(true);
    await world.clock.advance(world.settings.straysMs);
    await recoverJobs(world, { alone: true });
    const { stepsCount } = (await loadJob(world, 'job-1')) ?? {};
    await recoverJobs(world, { alone: true });
    expect((await loadJob(world, 'job-1'))?.stepsCount).toBe(stepsCount);
  });

  test('is gone also where something arrives that was on its way before', async () => {
    const { workspace } = world.book;
    const [image] = await Promise.all([world.records.images.get({ workspace, imageId: 'job-1/1' })]);
    const [shown] = world.messenger.cards;
    const stray = shown && { ...shown.card };
    await deletes();
    if (image) await world.records.images.put(image);
    await world.records.prompts.put({ workspace, jobId: 'job-1', text: 'a red fox at dusk' });
    if (shown && stray) await world.messenger.redrawCard(shown.place, stray);
    expect(prompts()).toEqual(['a red fox at dusk', null]);

    for (let minute = 0; minute < 3; minute += 1) {
      await recoverJobs(world, { alone: true });
      await world.clock.advance(60_000);
    }
    expect(prompts()).toEqual([null, null]);
    expect(await world.records.prompts.get({ workspace, jobId: 'job-1' })).toBeNull();
    expect(await world.records.images.get({ workspace, imageId: 'job-1/1' })).toBeNull();
    expect(await world.records.jobs.open({ workspace, jobsMax: 1 })).toEqual([]);
  });

  test('is tried again for a day; after that it takes another click', async () => {
    const { removeFile } = world.messenger;
    let tries = 0;
    world.messenger.removeFile = async () => {
      tries += 1;
      return { kind: 'failed', code: 'http_500' };
    };
    const sweeps = async (ms: number) => {
      await world.clock.advance(ms);
      await recoverJobs(world, { alone: true });
    };
    await expect(deletes()).rejects.toMatchObject({ name: 'DeliveryFault' });
    for (const ms of [60_000, 23 * HOUR_MS, HOUR_MS, 60_000]) await sweeps(ms);
    expect(tries).toBe(4);
    expect(isShownDeleted()).toBe(false);
    world.messenger.removeFile = removeFile;
    await sweeps(60_000);
    expect(world.messenger.files.size).toBe(1);
    await deletes(MARCUS);
    expect(world.messenger.files.size).toBe(0);
    expect(world.messenger.sheets[0]?.drawn).toMatchObject({ job: { deletedBy: ANA } });
  });

  test('a card that was just being drawn with the prompt is drawn without it', async () => {
    const { redrawCard } = world.messenger;
    let isFirst = true;
    world.messenger.redrawCard = async (place, card) => {
      const drawn = await redrawCard(place, card);
      if (isFirst) {
        isFirst = false;
        await world.records.prompts.erase({ workspace: world.book.workspace, jobId: 'job-1' });
      }
      return drawn;
    };
    expect(await redrawCards(world, 'job-1')).toBe(true);
    expect(prompts()).toEqual([null, null]);
  });
});
