import { afterEach, describe, expect, test } from 'vitest';
import { previewDigest, sendDigestNow } from '../../src/app/digest/send-now.ts';
import { postOnce } from '../../src/app/once/post-once.ts';
import type { Audience } from '../../src/ports/ports.ts';
import { runDue } from '../../src/scheduler/run-due.ts';
import { SCHEDULE } from '../../src/scheduler/schedule.ts';
import { openProcesses, type Processes, setPolicy } from '../scheduler/processes.ts';
import { createClock, MONDAY } from '../support/clock.ts';
import { ANA, BEN, MARCUS, OLIVIA, type TestWorld } from '../support/world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const USUAL = { weekday: 1, minuteOfDay: 540, readers: 'owners_and_managers' } as const;
const ROWS = SCHEDULE.filter(({ name }) => name === 'digest');

let here: Processes;
afterEach(() => here.close());

const start = async (count: number, at = MONDAY - 2 * DAY) => {
  here = await openProcesses(count, createClock(at));
  return here.worlds as [TestWorld, ...TestWorld[]];
};
/** All processes look at once, again and again, as their rounds do. */
async function pass(ms: number, everyMs = 15 * MINUTE) {
  const until = here.clock.now() + ms;
  while (here.clock.now() < until) {
    here.clock.set(Math.min(until, here.clock.now() + everyMs));
    await Promise.all(here.worlds.map((world) => runDue(world, ROWS).catch(() => undefined)));
  }
}
/** To which person, about which week, and when. */
const sent = () =>
  here.worlds
    .flatMap(({ messenger }) => messenger.cards)
    .flatMap(({ memberId, card }) =>
      card.kind === 'digest_card' ? [{ memberId, week: card.digest.weeks.week.fromDate, at: card.at }] : [],
    )
    .sort((a, b) => (`${a.week}${a.memberId}` < `${b.week}${b.memberId}` ? -1 : 1));
const who = () => sent().map(({ memberId, week }) => `${memberId} ${week}`);

describe('the weekly digest', () => {
  test('goes to each owner and manager once a week, from three processes', async () => {
    await start(3);
    await pass(16 * DAY, 20 * MINUTE);
    expect(who()).toEqual([
      `${MARCUS} 2026-11-16`,
      `${OLIVIA} 2026-11-16`,
      `${MARCUS} 2026-11-23`,
      `${OLIVIA} 2026-11-23`,
      `${MARCUS} 2026-11-30`,
      `${OLIVIA} 2026-11-30`,
    ]);
  });

  test.each([
    ['in autumn', Date.UTC(2026, 9, 24), Date.UTC(2026, 9, 26, 9)],
    ['in spring', Date.UTC(2027, 2, 27), Date.UTC(2027, 2, 29, 8)],
  ])('goes out at nine on the wall after the clocks changed %s', async (_, from, at) => {
    await start(1, from);
    await pass(4 * DAY);
    expect(sent().map((each) => each.at)).toEqual([at, at]);
  });

  test('is made up for within a day where nothing ran, and not later', async () => {
    const [world] = await start(1);
    await pass(HOUR);
    here.clock.set(MONDAY + 20 * HOUR);
    await runDue(world, ROWS);
    expect(who()).toEqual([`${MARCUS} 2026-11-16`, `${OLIVIA} 2026-11-16`]);
    here.clock.set(MONDAY + 9 * DAY);
    await runDue(world, ROWS);
    expect(sent()).toHaveLength(2);
  });

  test('follows a change of day, time and zone, and no week is told twice', async () => {
    const [world] = await start(2);
    await pass(3 * DAY);
    expect(sent()).toHaveLength(2);
    await setPolicy(world, { name: 'digest', value: { ...USUAL, weekday: 4, minuteOfDay: 990 } });
    await pass(4 * DAY);
    expect(sent()).toHaveLength(2);
    await setPolicy(world, { name: 'timeZone', value: 'Asia/Tokyo' });
    await pass(7 * DAY);
    expect(who().slice(2)).toEqual([`${MARCUS} 2026-11-23`, `${OLIVIA} 2026-11-23`]);
    expect(sent()[2]?.at).toBe(Date.UTC(2026, 11, 3, 7, 30));
  });

  test.each([
    ['owners alone', 'owners', [OLIVIA]],
    ['no one', 'no_one', []],
  ] as const)('goes to %s where an owner chose so', async (_, readers, memberIds) => {
    const [world] = await start(1);
    await setPolicy(world, { name: 'digest', value: { ...USUAL, readers } });
    await pass(3 * DAY);
    expect(sent().map(({ memberId }) => memberId)).toEqual(memberIds);
  });

  test('leaves out managers of no client, suspended and removed people, and guests', async () => {
    const [world] = await start(1);
    const as = (commandId: string, wish: object) =>
      world.book.submit({ commandId, by: OLIVIA, ...wish } as Parameters<typeof world.book.submit>[0]);
    await as('a', { kind: 'add_member', memberId: ANA, role: 'manager' });
    await as('b', { kind: 'add_member', memberId: BEN, role: 'owner' });
    await as('c', { kind: 'suspend_member', memberId: MARCUS, reason: '' });
    world.channels.audience = async (__, memberId): Promise<Audience> => (memberId === BEN ? 'shared' : 'internal');
    await pass(3 * DAY);
    expect(sent().map(({ memberId }) => memberId)).toEqual([OLIVIA]);
  });

  test('goes on after a process died in the middle, and repeats nothing', async () => {
    const [dying] = await start(2);
    dying.messenger.postCard = async (memberId, card) => {
      if (memberId !== OLIVIA) return await new Promise(() => {});
      dying.messenger.cards.push({ memberId, place: { channelId: 'D1', ts: '1' }, card });
      return { kind: 'posted', place: { channelId: 'D1', ts: '1' } };
    };
    here.clock.set(MONDAY - MINUTE);
    await Promise.all(here.worlds.map((world) => runDue(world, ROWS)));
    here.clock.set(MONDAY + MINUTE);
    void runDue(dying, ROWS);
    while (sent().length === 0) await new Promise((resolve) => setImmediate(resolve));
    here.worlds.shift();
    here.clock.set(MONDAY + 20 * MINUTE);
    await pass(HOUR);
    here.worlds.push(dying);
    expect(who()).toEqual([`${MARCUS} 2026-11-16`, `${OLIVIA} 2026-11-16`]);
  });

  test.each([MARCUS, OLIVIA])(
    'that another process began for %s, and never ended, comes a little later',
    async (memberId) => {
      const [dying, world] = await start(2);
      here.clock.set(MONDAY - MINUTE);
      await Promise.all(here.worlds.map((each) => runDue(each, ROWS)));
      here.clock.set(MONDAY);
      void postOnce(dying, `digest/2026-11-16/to/${memberId}`, () => new Promise(() => {}));
      here.worlds.shift();
      await new Promise((resolve) => setTimeout(resolve, 20));
      await runDue(world!, ROWS).catch(() => undefined);
      expect(who()).toEqual([`${memberId === MARCUS ? OLIVIA : MARCUS} 2026-11-16`]);
      await pass(HOUR);
      here.worlds.push(dying);
      expect(who()).toEqual([`${MARCUS} 2026-11-16`, `${OLIVIA} 2026-11-16`]);
    },
  );

  test.each([
    ['failed', 'fatal_error', 2],
    ['unreachable', 'cannot_dm_bot', 1],
  ] as const)('that Slack does not take (%s) keeps no other from theirs', async (kind, code, count) => {
    const [world] = await start(1);
    const post = world.messenger.postCard;
    let isOut = true;
    world.messenger.postCard = (memberId, card) =>
      memberId === OLIVIA && isOut ? Promise.resolve({ kind, code }) : post(memberId, card, undefined);
    await pass(2 * DAY + 20 * MINUTE);
    expect(who()).toEqual([`${MARCUS} 2026-11-16`]);
    isOut = false;
    await pass(HOUR);
    expect(sent()).toHaveLength(count);
  });
});

describe('at once', () => {
  test('a preview is for the owner who asks, once for each click, and changes nothing for the others', async () => {
    const [world] = await start(1);
    for (let times = 0; times < 3; times += 1) await previewDigest(world, { deliveryId: 'click', by: OLIVIA });
    expect(who()).toEqual([`${OLIVIA} 2026-11-09`]);
    expect(await previewDigest(world, { deliveryId: 'other', by: MARCUS })).toMatchObject({ kind: 'refused' });
    await pass(3 * DAY);
    expect(sent()).toHaveLength(3);
  });

  test('a digest goes to every reader, and the weekly one comes besides', async () => {
    const [world] = await start(1);
    const asked = { deliveryId: 'click', by: OLIVIA };
    const answers = await Promise.all([sendDigestNow(world, asked), sendDigestNow(world, asked)]);
    expect(answers[0]).toEqual({ kind: 'sent', sentCount: 2, failedCount: 0 });
    expect(sent()).toHaveLength(2);
    expect(await sendDigestNow(world, { deliveryId: 'x', by: MARCUS })).toMatchObject({ kind: 'refused' });
    await pass(3 * DAY);
    expect(sent()).toHaveLength(4);
  });
});
