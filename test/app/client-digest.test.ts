import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ClientDigestCard } from '../../src/app/digest/client-digest-view.ts';
import { previewClientDigest } from '../../src/app/digest/preview-client-digest.ts';
import { sendClientDigests } from '../../src/app/digest/send-client-digests.ts';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import type { Mark } from '../../src/ledger/work.ts';
import type { Audience } from '../../src/ports/ports.ts';
import { runDue } from '../../src/scheduler/run-due.ts';
import { SCHEDULE } from '../../src/scheduler/schedule.ts';
import { clientDigestMessage } from '../../src/slack/digest/client-digest.ts';
import { openProcesses, type Processes } from '../scheduler/processes.ts';
import { createClock, MONDAY } from '../support/clock.ts';
import { imageInput } from '../support/image-input.ts';
import { clicking } from '../support/requester.ts';
import { deleteImage, markImage, requestImage } from '../support/verbs.ts';
import { ANA, CHANNEL, CLIENT, MARCUS, OLIVIA, type TestWorld } from '../support/world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DUE = MONDAY + 7 * DAY;
const OTHER = 'C0NORTHWIND2';
const ROWS = SCHEDULE.filter(({ name }) => name === 'client-digest');

let here: Processes;
let world: TestWorld;
let count = 0;
beforeEach(async () => {
  here = await openProcesses(3, createClock(MONDAY + HOUR));
  world = here.worlds[0] as TestWorld;
  for (const each of here.worlds) await runDue(each, ROWS);
});
afterEach(() => here.close());

async function as(by: string, ...wishes: readonly CommandBody[]) {
  for (const wish of wishes) {
    count += 1;
    const answer = await world.book.submit({ commandId: `as-${count}`, by, ...wish });
    if (!answer.ok || answer.line.kind === 'refused') throw new Error(JSON.stringify(answer));
  }
}
const on = (isOn = true, clientId = CLIENT): CommandBody => ({ kind: 'set_client_digest', clientId, isOn });
const bind = (channelId: string, clientId: string | null): CommandBody => ({
  kind: 'bind_channel',
  channelId,
  clientId,
  ifUnbound: false,
});

/** Has images made, and marks each; answers the request's id. */
async function make(marks: readonly (Mark | null)[], channelId = CHANNEL, prompt = 'a red fox at dusk') {
  count += 1;
  const jobId = `job-${count}`;
  await requestImage(world, imageInput({ deliveryId: jobId, channelId, imagesCount: marks.length, prompt }));
  for (const [index, mark] of marks.entries()) {
    if (mark === null) continue;
    const click = { deliveryId: `${jobId}-${index}`, ...clicking(ANA, channelId), jobId };
    await markImage(world, { ...click, imageNo: index + 1, mark });
  }
  return jobId;
}

/** All processes look at once, again and again, as their rounds do. */
async function pass(toAt: number, everyMs = 20 * MINUTE) {
  while (here.clock.now() < toAt) {
    here.clock.set(Math.min(toAt, here.clock.now() + everyMs));
    await Promise.all(here.worlds.map((each) => runDue(each, ROWS).catch(() => undefined)));
  }
}
const due = () => pass(DUE + HOUR, DAY);

const cards = () => here.worlds.flatMap(({ messenger }) => messenger.cards);
const digests = () =>
  cards().flatMap(({ memberId, card }) => (card.kind === 'client_digest' ? [{ where: memberId, card }] : []));
const figures = () =>
  digests()
    .map(({ where, card }) => `${where} ${card.week.fromDate} ${card.imagesCount}/${card.keptCount}`)
    .sort();
const first = () => digests()[0]?.card as ClientDigestCard;

describe('the weekly digest of a client’s channel', () => {
  test('comes once a week to a channel with images, from three processes', async () => {
    await as(MARCUS, on());
    await make(['keep', 'final', 'discard', null]);
    await pass(DUE + 5 * DAY);
    expect(figures()).toEqual([`${CHANNEL} 2026-11-23 4/2`]);
    await make([null]);
    await pass(DUE + 16 * DAY);
    expect(figures()).toEqual([`${CHANNEL} 2026-11-23 4/2`, `${CHANNEL} 2026-11-30 1/0`]);
  });

  test.each([
    ['nobody turned it on', async () => undefined],
    ['it was turned off again', () => as(OLIVIA, on(), on(false))],
    ['the client was closed', () => as(OLIVIA, on(), { kind: 'close_client', clientId: CLIENT })],
    ['the channel has no client any more', () => as(OLIVIA, on(), bind(CHANNEL, null))],
  ])('does not come where %s', async (_, given) => {
    await make(['keep']);
    await given();
    await due();
    expect(digests()).toEqual([]);
  });

  test('says nothing in a channel where no image was made that week', async () => {
    await as(OLIVIA, on(), bind(OTHER, CLIENT));
    await make(['keep'], OTHER);
    await pass(DUE + 8 * DAY, DAY);
    expect(figures()).toEqual([`${OTHER} 2026-11-23 1/1`]);
  });

  test('tells each channel of its own images alone, and all of what the client has left', async () => {
    await as(OLIVIA, on(), bind(OTHER, CLIENT));
    const [one, other] = [await make(['keep', null], CHANNEL), await make(['final', 'keep', null], OTHER)];
    await due();
    expect(figures()).toEqual([`${CHANNEL} 2026-11-23 2/1`, `${OTHER} 2026-11-23 3/2`]);
    const kept = new Map(digests().map(({ where, card }) => [where, card.kept.map(({ imageId }) => imageId)]));
    expect(kept.get(CHANNEL)).toEqual([`${one}/1`]);
    expect(kept.get(OTHER)).toEqual([`${other}/1`, `${other}/2`]);
    expect(new Set(digests().map(({ card }) => card.budget?.usedCredits)).size).toBe(1);
  });

  test('of a channel that went to another client and back has each client’s own images', async () => {
    await as(OLIVIA, { kind: 'create_client', clientId: 'atlas', name: 'Atlas Outdoor' }, on(), on(true, 'atlas'));
    await make(['keep', 'keep']);
    await as(OLIVIA, bind(CHANNEL, 'atlas'));
    const atlas = await make(['keep']);
    await due();
    expect(figures()).toEqual([`${CHANNEL} 2026-11-23 1/1`]);
    expect(first()).toMatchObject({ clientName: 'Atlas Outdoor', kept: [{ imageId: `${atlas}/1` }], budget: null });
  });

  test('never has an image that went to a person directly', async () => {
    await as(OLIVIA, on());
    world.messenger.answerNext('announce', { kind: 'unreachable', code: 'is_archived' });
    await make([null], CHANNEL, 'a secret fox');
    await make(['keep']);
    await due();
    expect(figures()).toEqual([`${CHANNEL} 2026-11-23 1/1`]);
    expect(JSON.stringify(digests())).not.toContain('secret');
  });

  test('shows kept images, the final ones first and then the newest, and none that is deleted or has no file', async () => {
    await as(OLIVIA, on());
    const early = await make(['keep', 'final']);
    here.clock.set(here.clock.now() + HOUR);
    const gone = await make(['final']);
    await deleteImage(world, { requester: clicking(ANA, CHANNEL).requester, jobId: gone });
    here.clock.set(here.clock.now() + HOUR);
    const late = await make(['discard', 'keep', 'keep']);
    world.messenger.answerNext('upload', ...Array(9).fill({ kind: 'failed', code: 'no_picture' }));
    await make(['keep']);
    await due();
    expect(first().kept.map(({ imageId }) => imageId)).toEqual([`${early}/2`, `${late}/2`, `${late}/3`, `${early}/1`]);
    expect(first()).toMatchObject({ imagesCount: 7, keptCount: 6 });
  });

  test('has no more of thirty kept images than are shown and a reserve', async () => {
    await as(OLIVIA, on(), limitOf('month', 1_000));
    for (let request = 0; request < 8; request += 1) await make(['keep', 'keep', 'keep', 'keep']);
    await due();
    expect(first()).toMatchObject({ imagesCount: 32, keptCount: 32 });
    expect(first().kept).toHaveLength(20);
  });

  test('says nothing of the agency, of people, of other clients, or of what was made elsewhere', async () => {
    const secret = { limitCredits: 123_456, over: 'refuse', rollOverMaxCredits: null } as const;
    await as(
      OLIVIA,
      on(),
      { kind: 'create_client', clientId: 'atlas', name: 'SECRET client' },
      bind(OTHER, 'atlas'),
      { kind: 'create_project', projectId: 'p', clientId: CLIENT, name: 'SECRET project', dueAt: null, stage: 'final' },
      { kind: 'bind_project', channelId: CHANNEL, threadTs: null, projectId: 'p' },
      { kind: 'set_limit', account: 'agency', window: 'month', ...secret },
      { kind: 'set_limit', account: `member:${MARCUS}`, window: 'month', ...secret },
      { kind: 'set_limit', account: 'project:p', window: 'total', ...secret },
    );
    await make(['keep'], OTHER, 'a SECRET prompt');
    await make(['keep', 'final']);
    await due();
    const drawn = JSON.stringify(digests().map(({ card }) => [card, clientDigestMessage(withUrls(card))]));
    expect(drawn).toContain('2 images');
    expect(drawn).not.toMatch(/SECRET|123,?456|U0ANA|atlas|microUsd/i);
  });

  test.each([
    ['a suspended creator', { kind: 'suspend_member', memberId: ANA, reason: '' } as const],
    ['a renamed client', { kind: 'rename_client', clientId: CLIENT, name: 'Northwind' } as const],
  ])('comes in spite of %s', async (_, wish) => {
    await as(OLIVIA, on());
    await make(['keep']);
    await as(OLIVIA, wish);
    await due();
    expect(digests()).toHaveLength(1);
  });
});

const withUrls = (card: ClientDigestCard): ClientDigestCard => ({
  ...card,
  kept: card.kept.map((image) => ({ ...image, url: 'https://slack.com/archives/C1/p1' })),
});

const limitOf = (window: 'day' | 'week' | 'month' | 'year', limitCredits: number | null): CommandBody => ({
  kind: 'set_limit',
  account: `client:${CLIENT}`,
  window,
  limitCredits,
  over: 'refuse',
  rollOverMaxCredits: null,
});

describe('what is left', () => {
  const budget = async (...wishes: CommandBody[]) => {
    await as(OLIVIA, on(), ...wishes);
    await make([null]);
    // The week of the images is over, the month is not.
    await due();
    return first().budget;
  };

  test('is the month’s, and says when it resets', async () => {
    expect(await budget()).toMatchObject({ window: 'month', leftCredits: 96, resetsOn: '2026-12-01', less: null });
  });

  test('is nothing where nothing limits the client', async () => {
    expect(await budget(limitOf('month', null))).toBeNull();
  });

  test.each([
    ['a year', limitOf('year', 300), { window: 'year', leftCredits: 296, usedCredits: 4, resetsOn: '2027-01-01' }],
    ['a week', limitOf('week', 30), { window: 'week', leftCredits: 30, usedCredits: 0, resetsOn: '2026-12-07' }],
  ])('is that of %s where there is no month', async (_, limit, expected) => {
    const shown = await budget(limitOf('month', null), limit);
    expect(shown).toMatchObject(expected);
  });

  test('has extra credits in it, and not what they are', async () => {
    const grant = { kind: 'grant', grantId: 'g', account: `client:${CLIENT}`, amountCredits: 25 } as const;
    const shown = await budget({ ...grant, expiresAt: null, reason: 'Because' });
    expect(shown).toMatchObject({ leftCredits: 121 });
    expect(JSON.stringify(first())).not.toMatch(/grant|Because|cost|margin/i);
  });

  test('names a limit that leaves less', async () => {
    expect(await budget(limitOf('day', 30))).toMatchObject({
      window: 'month',
      less: { window: 'day', leftCredits: 30 },
    });
  });
});

describe('once', () => {
  beforeEach(async () => {
    await as(OLIVIA, on());
    await make(['keep']);
  });

  test('a client that is turned off between due and posting gets none', async () => {
    await pass(DUE - MINUTE, DAY);
    const [one] = here.worlds as [TestWorld];
    const get = one.records.marks.put;
    let isOff = false;
    one.records.marks.put = async (mark) => {
      if (mark.key.startsWith('client-digest/') && !isOff) {
        isOff = true;
        await as(OLIVIA, on(false));
      }
      return await get(mark);
    };
    await sendClientDigests(one, '2026-11-30');
    expect(isOff).toBe(true);
    expect(digests()).toEqual([]);
  });

  test('goes on after a process died in the middle, and repeats nothing', async () => {
    await as(OLIVIA, bind(OTHER, CLIENT));
    await make(['keep'], OTHER);
    await pass(DUE - MINUTE, DAY);
    const [dying] = here.worlds as [TestWorld];
    const post = dying.messenger.postCardIn;
    let postedCount = 0;
    dying.messenger.postCardIn = async (channelId, card) => {
      postedCount += 1;
      return postedCount === 1 ? await post(channelId, card, undefined) : await new Promise(() => {});
    };
    here.clock.set(DUE + MINUTE);
    void runDue(dying, ROWS);
    while (postedCount < 2) await new Promise((resolve) => setImmediate(resolve));
    here.worlds.shift();
    await pass(DUE + 2 * HOUR);
    here.worlds.push(dying);
    expect(figures()).toEqual([`${CHANNEL} 2026-11-23 1/1`, `${OTHER} 2026-11-23 1/1`]);
  });

  test('what Slack does not take now is tried again', async () => {
    await pass(DUE - MINUTE, DAY);
    for (const { messenger } of here.worlds)
      messenger.answerNext('postCardIn', { kind: 'failed', code: 'fatal_error' });
    await pass(DUE + 2 * HOUR);
    expect(digests()).toHaveLength(1);
  });

  test('a channel with another id since is told no second time', async () => {
    await pass(DUE + MINUTE, DAY);
    await as('inkwell', { kind: 'change_channel_id', channelId: CHANNEL, toChannelId: 'C0NEW' });
    await sendClientDigests(world, '2026-11-30');
    expect(digests()).toHaveLength(1);
  });

  test('an archived channel is told to those who can turn it off, once, and no one from outside', async () => {
    for (const each of here.worlds) {
      each.messenger.postCardIn = async () => ({ kind: 'unreachable', code: 'is_archived' });
      each.channels.audience = async (__, memberId): Promise<Audience> => (memberId === OLIVIA ? 'shared' : 'internal');
    }
    await due();
    await make(['keep']);
    await pass(DUE + 8 * DAY, DAY);
    const told = cards().filter(({ card }) => card.kind === 'digest_not_posted');
    expect(told.map(({ memberId }) => memberId)).toEqual([MARCUS]);
    expect(told[0]?.card).toMatchObject({ channelId: CHANNEL, clientName: 'Northwind Coffee', code: 'is_archived' });
  });
});

describe('a preview', () => {
  const preview = (by: string, deliveryId = 'click') =>
    previewClientDigest(world, { deliveryId, by, clientId: CLIENT });
  beforeEach(() => here.clock.set(MONDAY + 8 * DAY));

  test('goes to the person who asks alone, once for each click, whether it is on or off', async () => {
    here.clock.set(MONDAY + HOUR);
    await make(['keep']);
    here.clock.set(MONDAY + 8 * DAY);
    for (let times = 0; times < 3; times += 1) expect(await preview(MARCUS)).toEqual({ kind: 'sent' });
    expect(digests()).toMatchObject([{ where: MARCUS, card: { preview: { images: 'shown' }, keptCount: 1 } }]);
  });

  test('leaves out the images of a channel that the person is not in', async () => {
    here.clock.set(MONDAY + HOUR);
    await make(['keep'], CHANNEL, 'a secret fox');
    here.clock.set(MONDAY + 8 * DAY);
    world.channels.has = async () => false;
    expect(await preview(OLIVIA)).toEqual({ kind: 'sent' });
    expect(first()).toMatchObject({ preview: { images: 'left_out' }, keptCount: 1, kept: [] });
    expect(JSON.stringify(first())).not.toContain('secret');
  });

  test('of a quiet week is none', async () => {
    expect(await preview(OLIVIA)).toEqual({ kind: 'quiet' });
    expect(cards()).toEqual([]);
  });

  test.each([ANA, 'U0NOBODY'])('is not for %s', async (by) => {
    expect(await preview(by)).toMatchObject({ kind: 'refused', refusal: { reason: 'not_allowed' } });
    expect(cards()).toEqual([]);
  });

  test('is not for a manager of others', async () => {
    await as(OLIVIA, { kind: 'set_manages', memberId: MARCUS, clientIds: [], teamIds: [] });
    expect(await preview(MARCUS)).toMatchObject({ kind: 'refused' });
  });
});
