import { DEMO_WORKSPACE } from '@inkwell/local-slack';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Channels } from '../../src/ports/ports.ts';
import { isSharedOutside } from '../../src/slack/platform/audience.ts';
import { createChannels } from '../../src/slack/platform/channels.ts';
import { createPeople, type SlackPeople } from '../../src/slack/platform/people.ts';
import { ANA, GINA, NORTHWIND, OLIVIA, openQuickSlack, type QuickSlack, TOM } from './quick-slack.ts';

const ATLAS = 'C0ATLAS';
const MIRA = 'C0MIRA';
const CROWD = 'C0CROWD';
const DOZENS = 'C0DOZENS';

const crowdOf = (length: number) =>
  Array.from({ length }, (_, index) => ({
    ...DEMO_WORKSPACE.people[2]!,
    userId: `U0CROWD${String(index).padStart(4, '0')}`,
    handle: `crowd${index}`,
  }));
const crowd = crowdOf(84);
const seed = {
  ...DEMO_WORKSPACE,
  people: [...DEMO_WORKSPACE.people, ...crowd],
  channels: [
    ...DEMO_WORKSPACE.channels,
    {
      ...DEMO_WORKSPACE.channels.find(({ channelId }) => channelId === ATLAS)!,
      channelId: DOZENS,
      name: 'dozens',
      memberIds: ['U0INKWELL', OLIVIA, ...crowd.map(({ userId }) => userId)],
    },
  ],
};

let here: QuickSlack;
let people: SlackPeople;
let channels: Channels;
beforeEach(async () => {
  here = await openQuickSlack({ seed, rateLimits: 'off' });
  people = createPeople({ ...here, teamId: 'T0JUNIPER' });
  channels = createChannels({ ...here, people });
});
afterEach(() => here.slack.close());

const audience = (channelId: string | null, readerId = OLIVIA) => channels.audience(channelId, readerId);
const calls = (method: string) => here.slack.calls.filter((call) => call.method === method).length;

describe('the face of a channel', () => {
  test.each([
    ['of the agency alone', MIRA, 'internal'],
    ['with a guest', ATLAS, 'shared'],
    ['shared with another organisation', NORTHWIND, 'shared'],
    ['that does not exist', 'C0NONE', 'unsure'],
  ] as const)('%s (%s) is %s', async (_, channelId, expected) => {
    expect(await audience(channelId)).toBe(expected);
  });

  test('shared with another organisation is that whoever is in it, and also while it is only invited', async () => {
    await here.slack.leave(NORTHWIND, TOM);
    expect(await audience(NORTHWIND)).toBe('shared');
    const not = { is_ext_shared: false, is_shared: false };
    expect(isSharedOutside(not)).toBe(false);
    expect(isSharedOutside({ ...not, is_pending_ext_shared: true })).toBe(true);
    expect(isSharedOutside({ ...not, is_shared: true })).toBe(true);
    expect(isSharedOutside({ ...not, is_shared: true, is_org_shared: true })).toBe(false);
  });

  test('does not depend on bots and on who has been deactivated', async () => {
    await here.slack.changePerson(GINA, { deactivated: true });
    expect(await audience(ATLAS)).toBe('internal');
  });

  test.each(['conversations.info', 'conversations.members', 'users.list'])(
    'is in doubt where %s does not answer, which is not remembered',
    async (method) => {
      await people.look(OLIVIA);
      here.slack.faults.next(method, { error: 'missing_scope' });
      expect(await audience(MIRA)).toBe('unsure');
      expect(here.log.entries.at(-1)?.message).toContain('could not check who can read the channel');
      here.slack.faults.clear();
      expect(await audience(MIRA)).toBe('internal');
    },
  );

  test.each([
    ['conversations.info', MIRA],
    ['conversations.members', MIRA],
    ['users.list', DOZENS],
  ])('is in doubt, and nobody waits, where Slack asks to slow down %s', async (method, channelId) => {
    await people.look(OLIVIA);
    here.slack.faults.next(method, { retryAfterS: 30 });
    expect(await audience(channelId)).toBe('unsure');
    expect(here.clock.slept).toEqual([]);
  });

  test.each([
    ['conversations.info', MIRA],
    ['conversations.members', MIRA],
    ['users.list', DOZENS],
  ])('is in doubt after two seconds where %s is silent, and right the next time', async (method, channelId) => {
    await people.look(OLIVIA);
    here.slack.faults.next(method, { delayMs: 200 });
    const asked = audience(channelId);
    await here.slack.until(() => calls(method) > 0);
    here.clock.pass(2_000);
    expect(await asked).toBe('unsure');
    expect(await audience(channelId)).toBe('internal');
  });

  test('is asked once, also by many at once, and again after a minute', async () => {
    await Promise.all([audience(MIRA), audience(MIRA, ANA), audience(MIRA)]);
    here.clock.pass(59_000);
    await audience(MIRA);
    expect(calls('conversations.info')).toBe(1);
    await here.slack.join(MIRA, GINA);
    expect(await audience(MIRA)).toBe('internal');
    here.clock.pass(1_000);
    expect(await audience(MIRA)).toBe('shared');
  });

  test('is asked anew at once where Slack says that the channel, or somebody in it, has changed', async () => {
    await audience(MIRA);
    await here.slack.changePerson(ANA, { kind: 'guest' });
    channels.forget({ userId: GINA });
    expect(await audience(MIRA)).toBe('internal');
    people.forget(ANA);
    channels.forget({ userId: ANA });
    expect(await audience(MIRA)).toBe('shared');
  });
});

describe('the mark of a channel with people from outside', () => {
  const marks = (...channelIds: string[]) => channelIds.map((channelId) => channels.hasOutsiders?.(channelId));

  test('stands once it was looked at, without anyone having used the channel', async () => {
    expect(marks(NORTHWIND, ATLAS, MIRA)).toEqual([false, false, false]);
    await channels.lookAt?.([NORTHWIND, ATLAS, MIRA, 'C0NONE']);
    expect(marks(NORTHWIND, ATLAS, MIRA, 'C0NONE')).toEqual([true, true, false, false]);
  });

  test.each(['conversations.info', 'conversations.members', 'users.list'])(
    'is not lost in a moment in which %s does not answer, nor where too many are in it',
    async (method) => {
      await people.look(OLIVIA);
      await channels.lookAt?.([DOZENS, ATLAS]);
      await here.slack.join(DOZENS, GINA);
      channels.forget({ channelId: DOZENS });
      await channels.lookAt?.([DOZENS]);
      expect(marks(DOZENS)).toEqual([true]);
      for (let again = 0; again < 3; again += 1) {
        here.clock.pass(60_000);
        people.forget(GINA);
        const lost = { error: 'fatal_error' };
        here.slack.faults.next(method, lost, lost, lost, lost);
        await audience(DOZENS);
        here.slack.faults.clear();
        expect(marks(DOZENS)).toEqual([true]);
      }
    },
  );

  test('follows what Slack tells: the next look asks again, and no other channel is asked about', async () => {
    await channels.lookAt?.([MIRA, ATLAS]);
    const before = calls('conversations.info');
    await channels.lookAt?.([MIRA, ATLAS]);
    expect(calls('conversations.info')).toBe(before);
    await here.slack.join(MIRA, GINA);
    channels.forget({ channelId: MIRA });
    await channels.lookAt?.([MIRA, ATLAS]);
    expect(marks(MIRA, ATLAS)).toEqual([true, true]);
    expect(calls('conversations.info')).toBe(before + 1);
    await here.slack.changePerson(GINA, { kind: 'member' });
    people.forget(GINA);
    channels.forget({ userId: GINA });
    await channels.lookAt?.([MIRA, ATLAS]);
    expect(marks(MIRA, ATLAS)).toEqual([false, false]);
  });

  test('is looked for in eight channels at once, the next eight the next time, and never for longer than a second', async () => {
    const many = Array.from({ length: 20 }, (_, index) => `C0NONE${index}`);
    await channels.lookAt?.(many);
    expect(calls('conversations.info')).toBe(8);
    here.slack.faults.next('conversations.info', { delayMs: 200 });
    const asked = channels.lookAt?.([MIRA]);
    await here.slack.until(() => calls('conversations.info') > 8);
    here.clock.pass(1_000);
    await asked;
    expect(marks(MIRA)).toEqual([false]);
    expect(await audience(MIRA)).toBe('internal');
  });

  test.each([8, 9, 20])('comes to a channel behind %i that Slack does not answer for', async (count) => {
    const many = [...Array.from({ length: count }, (_, index) => `C0NONE${index}`), ATLAS];
    const looks = Math.ceil(many.length / 8);
    for (let look = 1; look <= looks; look += 1) await channels.lookAt?.(many);
    expect(marks(ATLAS)).toEqual([true]);
    const before = calls('conversations.info');
    for (let look = 1; look <= looks; look += 1) await channels.lookAt?.(many);
    const again = here.slack.calls.filter(({ method }) => method === 'conversations.info').slice(before);
    expect(new Set(again.map(({ args }) => args.channel)).size).toBe(count);
  });
});

describe('a channel of dozens', () => {
  test('takes four calls, and the next channel two', async () => {
    expect(await audience(DOZENS)).toBe('internal');
    expect(here.slack.calls.map(({ method }) => method).sort()).toEqual([
      'conversations.info',
      'conversations.members',
      'users.info',
      'users.list',
    ]);
    expect(await audience(ATLAS)).toBe('shared');
    expect(here.slack.calls).toHaveLength(6);
  });

  test('is asked for again no earlier than Slack named', async () => {
    here.slack.faults.next('users.list', { retryAfterS: 30 });
    expect(await audience(DOZENS)).toBe('unsure');
    here.clock.pass(29_000);
    expect(await audience(DOZENS)).toBe('unsure');
    expect(calls('users.list')).toBe(1);
    here.clock.pass(1_000);
    expect(await audience(DOZENS)).toBe('internal');
  });

  test('is shared from the moment in which one of them becomes a guest', async () => {
    expect(await audience(DOZENS)).toBe('internal');
    const { userId } = crowd[7]!;
    await here.slack.changePerson(userId, { kind: 'guest' });
    people.forget(userId);
    channels.forget({ userId });
    expect(await audience(DOZENS)).toBe('shared');
    expect(calls('users.list')).toBe(1);
  });

  test('is shared also where that is said while the list is being read', async () => {
    const { userId } = crowd[7]!;
    await people.look(OLIVIA);
    here.slack.faults.next('users.list', 'lose_the_answer');
    const asked = audience(DOZENS);
    await here.slack.until(() => calls('users.list') > 0);
    people.forget(userId);
    await here.slack.changePerson(userId, { kind: 'guest' });
    await asked;
    channels.forget({ userId });
    expect(await audience(DOZENS)).toBe('shared');
  });

  test('is read from the list until it is five minutes old, also where it cannot be renewed', async () => {
    expect(await audience(DOZENS)).toBe('internal');
    here.clock.pass(4 * 60_000);
    here.slack.faults.next('users.list', { error: 'fatal_error' }, { error: 'fatal_error' });
    expect(await audience(DOZENS)).toBe('internal');
    await here.slack.until(() => calls('users.list') === 3);
    here.slack.faults.next('users.list', { error: 'invalid_auth' });
    here.clock.pass(60_000);
    expect(await audience(DOZENS)).toBe('unsure');
    expect(await audience(DOZENS)).toBe('internal');
  });
});

test('a channel of more people than can be looked at is in doubt', async () => {
  const many = crowdOf(1_999);
  const room = { ...seed.channels.find(({ channelId }) => channelId === DOZENS)!, channelId: CROWD };
  room.memberIds = ['U0INKWELL', ...many.map(({ userId }) => userId)];
  const crowded = await openQuickSlack({
    seed: {
      ...DEMO_WORKSPACE,
      people: [...DEMO_WORKSPACE.people, ...many],
      channels: [...DEMO_WORKSPACE.channels, room],
    },
    rateLimits: 'off',
  });
  const theirs = createChannels({ ...crowded, people: createPeople({ ...crowded, teamId: 'T0JUNIPER' }) });
  expect(await theirs.audience(CROWD, OLIVIA)).toBe('internal');
  await crowded.slack.join(CROWD, ANA);
  theirs.forget({ channelId: CROWD });
  expect(await theirs.audience(CROWD, OLIVIA)).toBe('unsure');
  await crowded.slack.close();
});

describe('the face of what one person alone reads', () => {
  test.each([
    [OLIVIA, 'internal'],
    [GINA, 'shared'],
    [TOM, 'shared'],
    ['U0NOBODY', 'shared'],
  ] as const)('is to %s %s, in Home and in their direct message with Inkwell', async (who, expected) => {
    expect(await audience(null, who)).toBe(expected);
    expect(await audience(who, who)).toBe(expected);
    if (who !== 'U0NOBODY') expect(await audience(here.slack.directMessage(who), who)).toBe(expected);
  });

  test('is in doubt where Slack does not say who they are', async () => {
    here.slack.faults.next('users.info', { error: 'invalid_auth' });
    expect(await audience(null)).toBe('unsure');
    expect(await audience(null)).toBe('internal');
  });

  test('is shared in a direct message with anybody else, of which Slack tells nothing', async () => {
    expect(await audience(here.slack.directMessage(ANA), OLIVIA)).toBe('shared');
    expect(await audience('D0MARCUS0ANA', ANA)).toBe('shared');
    expect(await audience(ANA, OLIVIA)).toBe('shared');
  });

  test('is shared to a guest wherever they are', async () => {
    expect(await audience(MIRA, GINA)).toBe('shared');
  });
});
