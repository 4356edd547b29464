import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DigestCard } from '../../src/app/digest/digest-view.ts';
import type { PeerNote } from '../../src/app/peer-check/peer-note-view.ts';
import { sayDifferent } from '../../src/app/peer-check/say-different.ts';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import { runDue } from '../../src/scheduler/run-due.ts';
import { SCHEDULE } from '../../src/scheduler/schedule.ts';
import { openProcesses, type Processes } from '../scheduler/processes.ts';
import { createClock, MONDAY } from '../support/clock.ts';
import { imageInput } from '../support/image-input.ts';
import { clicking } from '../support/requester.ts';
import { markImage, requestImage } from '../support/verbs.ts';
import { ANA, BEN, CHANNEL, CLIENT, MARCUS, OLIVIA, type TestWorld } from '../support/world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const FIRST_WEEK = '2026-11-23';
const ROWS = SCHEDULE.filter(({ name }) => name === 'peer-check' || name === 'digest');

let here: Processes;
let world: TestWorld;
let count = 0;

beforeEach(async () => {
  here = await openProcesses(2, createClock(MONDAY + HOUR));
  world = here.worlds[0] as TestWorld;
  const limit = { account: `client:${CLIENT}`, window: 'month', over: 'refuse', rollOverMaxCredits: null } as const;
  await as(OLIVIA, { kind: 'set_limit', ...limit, limitCredits: 1_000_000 });
  for (const memberId of [ANA, BEN]) await as('inkwell', { kind: 'add_member', memberId, role: 'creator' });
  await as(OLIVIA, { kind: 'create_team', teamId: 'design', name: 'Design' });
  await as(OLIVIA, { kind: 'set_teams', memberId: ANA, teamIds: ['design'] });
  await as(OLIVIA, { kind: 'set_manages', memberId: MARCUS, clientIds: [CLIENT], teamIds: ['design'] });
  for (const each of here.worlds) await runDue(each, ROWS);
});
afterEach(() => here.close());

async function as(by: string, wish: CommandBody) {
  count += 1;
  const answer = await world.book.submit({ commandId: `as-${count}`, by, ...wish });
  if (!answer.ok || answer.line.kind === 'refused') throw new Error(JSON.stringify(answer));
}
const set = (isOn: boolean) => as(OLIVIA, { kind: 'set_policy', policy: { name: 'peerCheck', value: isOn } });

const REMOVE_ANA: CommandBody = { kind: 'remove_member', memberId: ANA, reason: 'Left' };
function guests() {
  for (const each of here.worlds) each.channels.audience = async () => 'shared';
}

/** Threads of one person, each with one set of four images, of which so many are kept. */
async function make(by: string, quality: string, kept: readonly number[]) {
  await Promise.all(kept.map((each) => makeThread(by, quality, each)));
}

async function makeThread(by: string, quality: string, kept: number) {
  count += 1;
  const jobId = `job-${count}`;
  const place = { channelId: CHANNEL, threadId: `${1_000 + count}.1` };
  const options = { model: 'sketch', quality };
  await requestImage(world, imageInput({ deliveryId: jobId, by, imagesCount: 4, options, place }));
  for (let imageNo = 1; imageNo <= kept; imageNo += 1) {
    const click = { deliveryId: `${jobId}-${imageNo}`, ...clicking(by, CHANNEL), jobId };
    await markImage(world, { ...click, imageNo, mark: 'keep' });
  }
}

/** Ana works at the dearest quality, and often keeps one of four. */
const KEPT_24 = [4, 4, 4, 4, 4, 1, 1, 1, 1];
const KEPT_19 = [4, 4, 4, 4, 1, 1, 1];
async function work(anas = KEPT_24) {
  await make(ANA, 'fine', anas);
  for (const by of [BEN, MARCUS]) await make(by, 'draft', [4, 4, 4]);
}

/** Both processes look at once, at each of these moments. */
async function at(...times: readonly number[]) {
  for (const time of times) {
    here.clock.set(time);
    await Promise.all(here.worlds.map((each) => runDue(each, ROWS).catch(() => undefined)));
  }
}
/** An hour after the digest of a week, and once more when what failed is tried again. */
const monday = (weekNo: number) => at(MONDAY + weekNo * WEEK + HOUR, MONDAY + weekNo * WEEK + 2 * HOUR);

const cards = () => here.worlds.flatMap(({ messenger }) => messenger.cards);
const notes = () =>
  cards().flatMap(({ memberId, card }) => (card.kind === 'peer_note' ? [{ to: memberId, card }] : []));
const told = () => notes().map(({ to, card }) => `${to} ${card.week}`);
const note = () => notes()[0]?.card as PeerNote;
/** Which weeks’ digests tell of a person, and to which reader. */
const read = () =>
  cards()
    .flatMap(({ memberId, card }) => (card.kind === 'digest_card' ? [{ memberId, card: card as DigestCard }] : []))
    .flatMap(({ memberId, card: { digest } }) =>
      digest.findings.flatMap(({ facts }) =>
        facts.kind === 'peers' ? [`${memberId} about ${facts.memberId}, ${digest.weeks.week.fromDate}`] : [],
      ),
    )
    .sort();

describe('the check of peers', () => {
  test('tells the person first, once, and the manager when it has held for three more weeks', async () => {
    await set(true);
    await work();
    await monday(1);
    expect(told()).toEqual([`${ANA} ${FIRST_WEEK}`]);
    const { finding, readerIds, tips, on } = note();
    expect(finding).toMatchObject({ memberId: ANA, stage: 'concept', keptCount: 24, peersKeptCount: 24 });
    expect([finding.creditsPerKept, finding.peersCreditsPerKept]).toEqual([12, 2]);
    expect({ readerIds, tips: tips.map(({ kind }) => kind), by: on.by }).toEqual({
      readerIds: [MARCUS],
      tips: ['first_images_at_high_quality', 'many_at_once_few_kept'],
      by: OLIVIA,
    });
    for (const weekNo of [2, 3]) await monday(weekNo);
    expect(read()).toEqual([]);
    await monday(4);
    expect(read()).toEqual([`${MARCUS} about ${ANA}, 2026-12-14`]);
    await monday(5);
    expect(told()).toHaveLength(1);
    expect(cards().filter(({ card }) => card.kind === 'digest_card' && card.digest.findings.length > 1)).toEqual([]);
  });

  test('tells an owner as the manager of a person who has none, and no one of an owner', async () => {
    await set(true);
    await as(OLIVIA, { kind: 'set_manages', memberId: MARCUS, clientIds: [CLIENT], teamIds: [] });
    await work();
    await monday(1);
    expect(note().readerIds).toEqual([OLIVIA]);
    for (const weekNo of [2, 3, 4]) await monday(weekNo);
    expect(read()).toEqual([`${OLIVIA} about ${ANA}, 2026-12-14`]);
    await as(OLIVIA, { kind: 'set_role', memberId: ANA, role: 'owner' });
    await monday(5);
    expect(read()).toHaveLength(1);
  });

  test.each<[string, (() => Promise<unknown>)[]]>([
    ['no owner turned it on', [() => work()]],
    ['it was turned off again', [() => set(true), () => work(), () => set(false)]],
    ['a person has 19 kept images', [() => set(true), () => work(KEPT_19)]],
    ['the person was removed', [() => set(true), () => work(), () => as(OLIVIA, REMOVE_ANA)]],
    ['the person is a guest', [() => set(true), () => work(), async () => guests()]],
  ])('says nothing where %s', async (_, given) => {
    for (const step of given) await step();
    for (const weekNo of [1, 2, 3, 4]) await monday(weekNo);
    expect([told(), read()]).toEqual([[], []]);
  });

  test('begins afresh where it was off in between: the manager reads nothing of the time before', async () => {
    await set(true);
    await work();
    for (const weekNo of [1, 2, 3]) await monday(weekNo);
    await set(false);
    await set(true);
    for (const weekNo of [4, 5, 6]) await monday(weekNo);
    expect(read()).toEqual([]);
  });

  test('is taken back at the person’s word, and by nobody else’s', async () => {
    await set(true);
    await work();
    await monday(1);
    const { week } = note();
    const say = (by: string, of = { memberId: ANA, week }) => sayDifferent(world, { by, ...of });
    expect(await say(MARCUS)).toBe('not_theirs');
    expect(await say(BEN, { memberId: BEN, week })).toBe('unknown');
    expect(await say(ANA, { memberId: ANA, week: '2026-11-16' })).toBe('unknown');
    expect(note().isDifferent).toBe(false);
    const said = await Promise.all(
      here.worlds.flatMap((each) => [1, 2, 3].map(() => sayDifferent(each, { by: ANA, memberId: ANA, week }))),
    );
    expect(new Set(said)).toEqual(new Set(['said']));
    for (const weekNo of [2, 3, 4, 5]) await monday(weekNo);
    expect([read(), told()]).toEqual([[], [`${ANA} ${FIRST_WEEK}`]]);
  });

  test('waits for the end of quiet hours', async () => {
    await set(true);
    const quiet = { from: '08:00', to: '12:00' };
    await as(OLIVIA, { kind: 'set_policy', policy: { name: 'alerts', value: { percents: [], quiet } } });
    await work();
    await monday(1);
    expect(told()).toEqual([]);
    await at(MONDAY + WEEK + 5 * HOUR);
    expect(told()).toEqual([`${ANA} ${FIRST_WEEK}`]);
  });

  test.each(['throws before it posts', 'does not take it'])('tells once where Slack %s at first', async (how) => {
    await set(true);
    await work();
    const { postCard } = world.messenger;
    for (const { messenger } of here.worlds) {
      let isFirst = true;
      messenger.postCard = async (...given) => {
        if (given[1].kind !== 'peer_note' || !isFirst) return await postCard(...given);
        isFirst = false;
        if (how === 'throws before it posts') throw new Error('down');
        return { kind: 'failed', code: 'ratelimited' };
      };
    }
    await monday(1);
    await at(MONDAY + WEEK + 3 * HOUR, MONDAY + WEEK + 4 * HOUR);
    expect(told()).toEqual([`${ANA} ${FIRST_WEEK}`]);
  });
});
