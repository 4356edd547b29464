import { beforeEach, describe, expect, test } from 'vitest';
import type { ImageSaid } from '../../src/app/images/images-said.ts';
import { loadJob } from '../../src/app/images/job-lease.ts';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import { imageInput } from '../support/image-input.ts';
import { clicking } from '../support/requester.ts';
import { deleteImage, markImage, requestImage, setStage, showHome } from '../support/verbs.ts';
import { ANA, BEN, CHANNEL, createWorld, GINA, MARCUS, openAgency, type TestWorld, UNBOUND } from '../support/world.ts';

const DAY_MS = 86_400_000;

let world: TestWorld;
/** Another process, which has read nothing since. */
let other: TestWorld;
let clicks = 0;

beforeEach(async () => {
  world = await createWorld();
  await openAgency(world);
  const { journal, records, clock, messenger, maker } = world;
  other = await createWorld({ journal, records, clock, messenger, maker, processId: 'p2' });
  await requestImage(world, imageInput({ imagesCount: 3 }));
});

const click = (memberId = ANA, channelId = CHANNEL) => {
  clicks += 1;
  return { deliveryId: `click-${clicks}`, ...clicking(memberId, channelId), jobId: 'job-1' };
};
const keep = (memberId?: string, imageNo = 1, here = world) =>
  markImage(here, { ...click(memberId), imageNo, mark: 'keep' });
const shown = () => world.messenger.sheets[0]?.drawn?.said ?? [];
const marks = (said: readonly ImageSaid[] = shown()) =>
  said.map(({ marked }) => marked && `${marked.mark} ${marked.by}`);
const told = () => world.messenger.told.map(({ to, note }) => [to.memberId, 'refusal' in note ? note.refusal : note]);
const lines = async () =>
  (await world.journal.read({ workspace: world.book.workspace, afterSeq: 0, linesMax: 1_000 })).filter(({ kind }) =>
    ['image_marked', 'stage_set'].includes(kind),
  );

describe('a mark', () => {
  test('is drawn on its image alone, is changed by another person, and taken away', async () => {
    await keep();
    expect(marks()).toEqual([`keep ${ANA}`, null, null]);
    await markImage(world, { ...click(BEN), imageNo: 1, mark: 'final' });
    expect(marks()).toEqual([`final ${BEN}`, null, null]);
    await markImage(world, { ...click(MARCUS), imageNo: 1, mark: null });
    expect(marks()).toEqual([null, null, null]);
    expect(told()).toEqual([]);
  });

  test('of ten clicks of two people is the last one, and who changed nothing is told so', async () => {
    const wished = Array.from({ length: 10 }, (_, index) => keep(index % 2 === 0 ? ANA : BEN));
    await Promise.all(wished);
    expect(await lines()).toHaveLength(1);
    expect(marks()).toEqual([`keep ${ANA}`, null, null]);
    expect(told()).toHaveLength(9);
    expect(told()[0]).toMatchObject([expect.anything(), { reason: 'nothing_changed' }]);
  });

  test('that is delivered twice is one', async () => {
    const once = { ...click(), imageNo: 2, mark: 'discard' } as const;
    await markImage(world, once);
    await keep(BEN, 2);
    await markImage(other, once);
    expect(marks()).toEqual([null, `keep ${BEN}`, null]);
    expect(await lines()).toHaveLength(2);
  });

  test('stands on the message and in the ledger as one, whichever of two processes was asked', async () => {
    const marked = [0, 1, 2, 3].map((index) =>
      markImage(index % 2 === 0 ? world : other, {
        ...click(index < 2 ? ANA : BEN),
        imageNo: 1,
        mark: index % 2 === 0 ? 'keep' : 'final',
      }),
    );
    await Promise.all(marked);
    const last = (await lines()).at(-1);
    expect(last).toMatchObject({ kind: 'image_marked' });
    expect(marks()[0]).toBe(last?.kind === 'image_marked' ? `${last.mark} ${last.by}` : '');
  });

  test('is seen among the latest images in Home', async () => {
    await keep();
    const { latest } = await showHome(world, { by: ANA });
    expect(marks(latest[0]?.said)).toEqual([`keep ${ANA}`, null, null]);
  });
});

describe('whoever may not mark an image', () => {
  test.each([
    ['is a viewer', GINA, CHANNEL, { reason: 'not_allowed', action: 'mark_image' }],
    ['clicked in a channel that it does not stand in', BEN, UNBOUND, { kind: 'image_gone', why: 'not_found' }],
  ])('%s, and is told why', async (_why, memberId, channelId, why) => {
    await markImage(world, { ...click(memberId, channelId), imageNo: 1, mark: 'keep' });
    expect(told()).toMatchObject([[memberId, why]]);
    expect(marks()).toEqual([null, null, null]);
  });

  test('comes too late, where it was made too long ago', async () => {
    await world.clock.advance(121 * DAY_MS);
    await requestImage(world, imageInput({ deliveryId: 'job-2' }));
    await keep();
    expect(told()).toMatchObject([[ANA, { reason: 'image_unknown', withinDays: 120 }]]);
    // There is nothing to click on any more.
    expect(shown()).toEqual([]);
  });

  test.each([0, 4, 99])('means an image that there is not: %d', async (imageNo) => {
    await keep(ANA, imageNo);
    expect(told()).toMatchObject([[ANA, { reason: 'image_unknown' }]]);
  });

  test('clicks on what was deleted meanwhile', async () => {
    await deleteImage(world, click());
    await keep();
    expect(told()).toMatchObject([[ANA, { kind: 'image_gone', why: 'deleted' }]]);
    expect(await lines()).toEqual([]);
  });
});

describe('a stage that is corrected', () => {
  test('is that of every image of the set, and a final one that a person said is no guess', async () => {
    await keep();
    await setStage(world, { ...click(BEN), stage: 'final' });
    expect(shown().map(({ stage, isStageGuessed }) => [stage, isStageGuessed])).toEqual(
      Array(3).fill(['final', false]),
    );
    expect(marks()).toEqual([`keep ${ANA}`, null, null]);
    await setStage(world, { ...click(), stage: 'final' });
    expect(told()).toMatchObject([[ANA, { reason: 'nothing_changed' }]]);
  });
});

describe('a mark that could not be drawn', () => {
  test.each([
    ['Slack was away', { kind: 'failed', code: 'http_500' }, () => world],
    ['Slack was away, and another process goes on', { kind: 'failed', code: 'http_500' }, () => other],
  ])('because %s is drawn by the sweeper, once', async (_why, answer, sweeper) => {
    world.messenger.answerNext('redraw', answer);
    await keep();
    expect(marks()).toEqual([null, null, null]);
    await recoverJobs(sweeper(), { alone: false });
    expect(marks()).toEqual([`keep ${ANA}`, null, null]);
    const [sheet] = world.messenger.sheets;
    if (sheet) sheet.drawn = null;
    for (const each of [world, other]) await recoverJobs(each, { alone: false });
    expect(sheet?.drawn).toBeNull();
  });

  test('because the process died right after the ledger’s line is drawn by the next one', async () => {
    const { book } = world;
    await book.submit({ commandId: 'died', by: MARCUS, kind: 'mark_image', holdId: 'job-1/2', mark: 'final' });
    await book.submit({ commandId: 'died-2', by: MARCUS, kind: 'set_stage', holdId: 'job-1/3', stage: 'iteration' });
    await book.submit({ commandId: 'died-3', by: MARCUS, kind: 'mark_image', holdId: 'job-1/2', mark: null });
    await recoverJobs(other, { alone: false });
    expect(shown().map(({ stage }) => stage)).toEqual(['concept', 'concept', 'iteration']);
    expect(marks()).toEqual([null, null, null]);
  });

  test('because its message is gone is not tried again', async () => {
    world.messenger.sheets.length = 0;
    await keep();
    await recoverJobs(world, { alone: false });
    expect(await lines()).toHaveLength(1);
    expect(await loadJob(world, 'job-1')).toMatchObject({ finished: true });
  });

  test('over a drawing of another process that knew less is drawn again', async () => {
    const { redraw } = world.messenger;
    let isLate = true;
    world.messenger.redraw = async (view, place) => {
      if (!isLate) return await redraw(view, place);
      isLate = false;
      await keep(BEN, 2, other);
      return await redraw(view, place);
    };
    await keep();
    expect(marks()).toEqual([`keep ${ANA}`, `keep ${BEN}`, null]);
  });
});
