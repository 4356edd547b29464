import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Channels, People } from '../../src/app/ports.ts';
import { JUNIPER } from '../../src/playground/local-slack.ts';
import { createChannels } from '../../src/slack/channels.ts';
import { isSharedOutside } from '../../src/slack/faces.ts';
import { createPeople } from '../../src/slack/people.ts';
import { ANA, GINA, NORTHWIND, OLIVIA, openQuickSlack, type QuickSlack, TOM } from './quick-slack.ts';

const ATLAS = 'C0ATLAS';
const MIRA = 'C0MIRA';
const CROWD = 'C0CROWD';

/** As many as are looked at, with the bot, and one more where somebody joins. */
const crowd = Array.from({ length: 99 }, (_, index) => ({
  ...JUNIPER.people[2]!,
  userId: `U0CROWD${String(index).padStart(3, '0')}`,
  handle: `crowd${index}`,
}));
const seed = {
  ...JUNIPER,
  people: [...JUNIPER.people, ...crowd],
  channels: [
    ...JUNIPER.channels,
    {
      ...JUNIPER.channels.find(({ channelId }) => channelId === ATLAS)!,
      channelId: CROWD,
      name: 'crowd',
      memberIds: ['U0INKWELL', ...crowd.map(({ userId }) => userId)],
    },
  ],
};

let here: QuickSlack;
let people: People;
let channels: Channels;
beforeEach(async () => {
  here = await openQuickSlack({ seed, rateLimits: 'off' });
  people = createPeople({ ...here, teamId: 'T0JUNIPER' });
  channels = createChannels({ ...here, people });
});
afterEach(() => here.slack.close());

const face = (channelId: string | null, readerId = OLIVIA) => channels.face(channelId, readerId);
const calls = (method: string) => here.slack.calls.filter((call) => call.method === method).length;

describe('the face of a channel', () => {
  test.each([
    ['of the agency alone', MIRA, 'internal'],
    ['with a guest', ATLAS, 'shared'],
    ['shared with another organisation', NORTHWIND, 'shared'],
    ['that does not exist', 'C0NONE', 'shared'],
  ] as const)('%s (%s) is %s', async (_, channelId, expected) => {
    expect(await face(channelId)).toBe(expected);
  });

  test('shared with another organisation is that whoever is in it, and also while it is only invited', async () => {
    await here.slack.leave(NORTHWIND, TOM);
    expect(await face(NORTHWIND)).toBe('shared');
    const not = { is_ext_shared: false, is_shared: false };
    expect(isSharedOutside(not)).toBe(false);
    expect(isSharedOutside({ ...not, is_pending_ext_shared: true })).toBe(true);
    expect(isSharedOutside({ ...not, is_shared: true })).toBe(true);
    expect(isSharedOutside({ ...not, is_shared: true, is_org_shared: true })).toBe(false);
  });

  test('does not depend on bots and on who has been deactivated', async () => {
    await here.slack.changePerson(GINA, { deactivated: true });
    expect(await face(ATLAS)).toBe('internal');
  });

  test('of more people than can be looked at is shared', async () => {
    expect(await face(CROWD)).toBe('internal');
    await here.slack.join(CROWD, ANA);
    channels.forget({ channelId: CROWD });
    expect(await face(CROWD)).toBe('shared');
  });

  test.each(['conversations.info', 'conversations.members', 'users.info'])(
    'is shared where %s does not answer, which is not remembered',
    async (method) => {
      await people.look(OLIVIA);
      here.slack.faults.next(method, { error: 'missing_scope' });
      expect(await face(MIRA)).toBe('shared');
      expect(here.log.entries.at(-1)?.message).toContain('taken to be shared');
      here.slack.faults.clear();
      expect(await face(MIRA)).toBe('internal');
    },
  );

  test('is shared, and nobody waits, where Slack asks to slow down', async () => {
    await people.look(OLIVIA);
    here.slack.faults.next('conversations.info', { retryAfterS: 30 });
    expect(await face(MIRA)).toBe('shared');
    expect(here.clock.slept).toEqual([]);
  });

  test('is asked once, also by many at once, and again after a minute', async () => {
    await Promise.all([face(MIRA), face(MIRA, ANA), face(MIRA)]);
    here.clock.pass(59_000);
    await face(MIRA);
    expect(calls('conversations.info')).toBe(1);
    await here.slack.join(MIRA, GINA);
    expect(await face(MIRA)).toBe('internal');
    here.clock.pass(1_000);
    expect(await face(MIRA)).toBe('shared');
  });

  test('is asked anew at once where Slack says that the channel, or somebody in it, has changed', async () => {
    await face(MIRA);
    await here.slack.changePerson(ANA, { kind: 'guest' });
    channels.forget({ userId: GINA });
    expect(await face(MIRA)).toBe('internal');
    people.forget(ANA);
    channels.forget({ userId: ANA });
    expect(await face(MIRA)).toBe('shared');
  });
});

describe('the face of what one person alone reads', () => {
  test.each([
    [OLIVIA, 'internal'],
    [GINA, 'shared'],
    [TOM, 'shared'],
    ['U0NOBODY', 'shared'],
  ] as const)('is to %s %s, in Home and in their direct message with Inkwell', async (who, expected) => {
    expect(await face(null, who)).toBe(expected);
    expect(await face(who, who)).toBe(expected);
    if (who !== 'U0NOBODY') expect(await face(here.slack.directMessage(who), who)).toBe(expected);
  });

  test('is shared in a direct message with anybody else, of which Slack tells nothing', async () => {
    expect(await face(here.slack.directMessage(ANA), OLIVIA)).toBe('shared');
    expect(await face('D0MARCUS0ANA', ANA)).toBe('shared');
    expect(await face(ANA, OLIVIA)).toBe('shared');
  });

  test('is shared to a guest wherever they are', async () => {
    expect(await face(MIRA, GINA)).toBe('shared');
  });
});
