import { beforeEach, describe, expect, test } from 'vitest';
import { tendOpenCards } from '../../src/app/approvals/tend-open-cards.ts';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import { claimClick } from '../../src/app/once/claim-click.ts';
import { expireMarks } from '../../src/app/once/expire-marks.ts';
import type { Marks } from '../../src/storage/records/records.ts';
import { imageInput } from '../support/image-input.ts';
import { inChannel } from '../support/requester.ts';
import { approveRequest, denyRequest, requestImage, withdrawRequest } from '../support/verbs.ts';
import { ANA, CHANNEL, CLIENT, createWorld, MARCUS, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let world: TestWorld;
/** Those that there are now. */
let keys: Set<string>;
const begin = (prefix: string) => [...keys].filter((key) => key.startsWith(prefix));

beforeEach(async () => {
  world = await createWorld();
  keys = new Set();
  const { put, remove, expire, get } = world.records.marks;
  const watched: Marks = {
    get,
    put: async (mark) => {
      keys.add(mark.key);
      return await put(mark);
    },
    remove: async (mark) => {
      keys.delete(mark.key);
      await remove(mark);
    },
    expire: async (query) => {
      const expired = await expire(query);
      for (const key of keys) if ((await get({ workspace: query.workspace, key })) === null) keys.delete(key);
      return expired;
    },
  };
  Object.assign(world.records.marks, watched);
});

describe('marks of clicks', () => {
  const click = (deliveryId: string) =>
    claimClick(world, { by: ANA, button: 'again/job-1', at: world.clock.now(), deliveryId });

  test('are erased after a day, and no others', async () => {
    await openAgency(world);
    await requestImage(world, imageInput());
    const others = keys.size;
    for (let count = 0; count < 20; count += 1) {
      await click(`d${count}`);
      await world.clock.advance(10_000);
    }
    expect(begin('click/').length).toBeGreaterThanOrEqual(40);
    await world.clock.advance(DAY_MS - 100_000);
    await expireMarks(world);
    expect(begin('click/').length).toBeGreaterThan(10);
    expect(await click('young')).toBe('young');
    await world.clock.advance(DAY_MS + 1);
    await recoverJobs(world, { alone: true });
    expect(begin('click/')).toEqual([]);
    expect(keys.size).toBeGreaterThanOrEqual(others);
  });

  test('more than fit into a sweep are erased by the next ones', async () => {
    for (let count = 0; count < 1_200; count += 1) {
      await click(`d${count}`);
      await world.clock.advance(3_000);
    }
    await world.clock.advance(2 * DAY_MS);
    for (let sweeps = 0; sweeps < 4; sweeps += 1) await expireMarks(world);
    expect(begin('click/')).toEqual([]);
  });
});

describe('marks of the drawings of a request’s cards', () => {
  const decision = (by = MARCUS) => ({
    deliveryId: 'decides',
    requester: inChannel(by, CHANNEL),
    requestId: 'job-1',
  });
  const seen = [`client:${CLIENT} month`] as const;
  let ids = 0;
  const limit = (limitCredits: number) =>
    world.book.submit({
      ...{ commandId: `limit-${++ids}`, by: OLIVIA, kind: 'set_limit', account: `client:${CLIENT}`, window: 'month' },
      ...{ limitCredits, over: 'ask', rollOverMaxCredits: null },
    });

  beforeEach(async () => {
    await openAgency(world, { monthCredits: 6 });
    await limit(6);
    await requestImage(world, imageInput({ imagesCount: 2 }));
    for (const credits of [5, 4, 3]) {
      await limit(credits);
      await world.clock.advance(6_000);
      await tendOpenCards(world);
    }
    expect(begin('drawing/job-1/').length).toBeGreaterThanOrEqual(8);
  });

  test.each([
    ['approved', () => approveRequest(world, { ...decision(), how: { kind: 'once' }, seen })],
    ['denied', () => denyRequest(world, { ...decision(), reason: '' })],
    ['withdrawn', () => withdrawRequest(world, decision(ANA))],
    ['lapsed', () => world.clock.advance(25 * HOUR_MS)],
  ] as const)('are erased once it is %s, and where its cards stand is still known', async (_as, end) => {
    await end();
    for (let round = 0; round < 2; round += 1) await recoverJobs(world, { alone: true });
    expect(begin('drawing/')).toEqual([]);
    expect(begin('request/job-1/to/').length).toBeGreaterThanOrEqual(2);
  });

  test('stay while it is open, and while a card does not say yet how it ended', async () => {
    await recoverJobs(world, { alone: true });
    expect(begin('drawing/').length).toBeGreaterThanOrEqual(8);
    world.messenger.answerNext('redrawCard', ...Array(60).fill({ kind: 'failed', code: 'lost' }));
    await denyRequest(world, { ...decision(), reason: '' });
    await recoverJobs(world, { alone: true });
    expect(begin('drawing/').length).toBeGreaterThanOrEqual(8);
  });

  test('that a process left behind are erased later', async () => {
    await denyRequest(world, { ...decision(), reason: '' });
    await recoverJobs(world, { alone: true });
    await world.records.marks.put({ workspace: 'T1', key: 'drawing/job-1/9', value: '1', at: world.clock.now() });
    await world.clock.advance(41 * DAY_MS);
    await expireMarks(world);
    expect(begin('drawing/')).toEqual([]);
  });
});

test('the mark of an answer without a job is erased after a day: until then the same delivery gets no other one', async () => {
  await requestImage(world, imageInput({ options: { model: 'nope' } }));
  await world.clock.advance(23 * HOUR_MS);
  await expireMarks(world);
  expect(begin('answered/')).toHaveLength(1);
  await world.clock.advance(2 * HOUR_MS);
  await expireMarks(world);
  expect(begin('answered/')).toEqual([]);
});
