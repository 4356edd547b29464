import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEMO_WORKSPACE } from '../src/local-slack.ts';
import { ANA, ATLAS, BOT, errorOf, GINA, MIRA, NORTHWIND, OLIVIA, type Started, startSlack, TOM } from './support.ts';

let started: Started;
beforeEach(async () => {
  started = await startSlack();
});
afterEach(() => started.stop());

describe('people', () => {
  const info = async (user: string) => (await started.client.users.info({ user })).user as Record<string, unknown>;

  test('have the standing that Slack knows', async () => {
    expect(await info(OLIVIA)).toMatchObject({ is_owner: true, is_admin: true, deleted: false, is_bot: false });
    expect(await info(ANA)).toMatchObject({ is_owner: false, is_restricted: false, is_ultra_restricted: false });
    expect(await info(GINA)).toMatchObject({ is_restricted: true, is_ultra_restricted: false });
    expect(await info(TOM)).toMatchObject({ is_stranger: true, team_id: 'T0NORTHWIND' });
    expect(await info(BOT)).toMatchObject({ is_bot: true });
    expect(await info(ANA)).not.toHaveProperty('is_stranger');
  });

  test('have a time zone, a name to show and a picture', async () => {
    const ana = await info(ANA);
    expect(ana).toMatchObject({ tz: 'Europe/London', tz_offset: 0, tz_label: 'Greenwich Mean Time' });
    expect(await info(TOM)).toMatchObject({ tz: 'America/New_York', tz_offset: -18_000 });
    const { image_72: picture, display_name: name } = ana.profile as Record<string, string>;
    expect(name).toBe('Ana');
    const response = await fetch(picture!);
    expect([response.headers.get('content-type'), await response.text()]).toEqual([
      'image/svg+xml',
      expect.stringContaining('>AL</text>'),
    ]);
  });

  test('lose their standing and time zone when they are deactivated', async () => {
    await started.slack.changePerson(OLIVIA, { deactivated: true });
    const olivia = await info(OLIVIA);
    expect(olivia).toMatchObject({ deleted: true });
    expect(olivia).not.toHaveProperty('is_owner');
    expect(olivia).not.toHaveProperty('tz');
  });

  test('who do not exist are not found', async () => {
    expect(await errorOf(started.client.users.info({ user: 'U0NOBODY' }))).toBe('user_not_found');
  });

  test('are listed page by page', async () => {
    const seen: string[] = [];
    for await (const page of started.client.paginate('users.list', { limit: 3 })) {
      const { members } = page as unknown as { members: { id: string }[] };
      seen.push(...members.map(({ id }) => id));
    }
    expect(seen).toHaveLength(7);
    expect(new Set(seen).size).toBe(7);
    expect(await errorOf(started.client.users.list({ cursor: 'bm9uc2Vuc2U=' }))).toBe('invalid_cursor');
  });
});

describe('conversations', () => {
  test('say whether they are private, shared or archived', async () => {
    const info = async (channel: string) => (await started.client.conversations.info({ channel })).channel;
    expect(await info(NORTHWIND)).toMatchObject({ name: 'northwind-coffee', is_ext_shared: true, is_private: false });
    expect(await info(MIRA)).toMatchObject({ is_private: true, is_member: true, is_ext_shared: false });
    await started.slack.archive(ATLAS);
    expect(await info(ATLAS)).toMatchObject({ is_archived: true });
    expect(await errorOf(started.client.conversations.info({ channel: 'C0NONE' }))).toBe('channel_not_found');
    expect(await errorOf(started.client.conversations.info({ channel: '#general' }))).toBe('channel_not_found');
  });

  test('that are private do not exist for a bot outside', async () => {
    await started.slack.kick(MIRA);
    expect(await errorOf(started.client.conversations.info({ channel: MIRA }))).toBe('channel_not_found');
    const { channels = [] } = await started.client.conversations.list({ types: 'public_channel,private_channel' });
    expect(channels.map(({ id }) => id)).not.toContain(MIRA);
  });

  test('list their members and those of a person', async () => {
    expect((await started.client.conversations.members({ channel: NORTHWIND })).members).toContain(TOM);
    const { channels = [] } = await started.client.users.conversations({ user: GINA });
    expect(channels.map(({ name }) => name)).toEqual(['general', 'atlas-outdoor']);
  });

  test('open with one person at a time, unless they left', async () => {
    const opened = await started.client.conversations.open({ users: ANA });
    expect(opened).toMatchObject({ already_open: true, channel: { id: started.slack.directMessage(ANA) } });
    expect(await errorOf(started.client.apiCall('conversations.open'))).toBe('users_list_not_supplied');
    expect(await errorOf(started.client.conversations.open({ users: `${ANA},${GINA}` }))).toBe('missing_scope');
    await started.slack.changePerson(ANA, { deactivated: true });
    expect(await errorOf(started.client.conversations.open({ users: ANA }))).toBe('user_disabled');
  });

  test('are made when they are first needed', async () => {
    await started.stop();
    const seed = { ...DEMO_WORKSPACE, channels: DEMO_WORKSPACE.channels.filter(({ kind }) => kind !== 'im') };
    started = await startSlack({ seed });
    const first = await started.client.conversations.open({ users: ANA, return_im: true });
    expect(first).toMatchObject({ channel: { is_im: true, user: ANA } });
    expect(first).not.toHaveProperty('already_open');
    const again = await started.client.conversations.open({ users: ANA });
    expect(again).toMatchObject({ already_open: true, no_op: true, channel: { id: first.channel?.id } });
  });

  test('open with an outsider only while a channel is shared', async () => {
    expect(await errorOf(started.client.conversations.open({ users: TOM }))).toBeNull();
    await started.slack.leave(NORTHWIND, TOM);
    expect(await errorOf(started.client.conversations.open({ users: TOM }))).toBe('invalid_user_combination');
  });
});
