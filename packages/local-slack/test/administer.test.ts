import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Act, ActAnswer, View } from '../src/view.ts';
import { ANA, ATLAS, BOT, GINA, NORTHWIND, OLIVIA, type StartedWithBot, startWithBot, TOM } from './support.ts';

type AdminAct = Extract<Act, { act: 'set_person' | 'set_member' | 'set_shared' }>;
type Given<Name> = Omit<Extract<Act, { act: Name }>, 'act' | 'as'>;

let started: StartedWithBot;
let heard: { type: string; user?: unknown; channel?: string }[];
beforeEach(async () => {
  heard = [];
  started = await startWithBot((app) =>
    app.event(/.*/, async ({ event }) => {
      heard.push(event as never);
    }),
  );
});
afterEach(async () => {
  expect(started.slack.violations).toEqual([]);
  await started.stop();
});

/** Over HTTP, as the page does it. */
async function administer(body: AdminAct): Promise<ActAnswer> {
  const response = await fetch(`${started.slack.url}/playground/act`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as ActAnswer;
}
const person = (given: Given<'set_person'>, as = OLIVIA) => administer({ act: 'set_person', as, ...given });
const member = (given: Given<'set_member'>) => administer({ act: 'set_member', as: OLIVIA, ...given });
const shared = (given: Given<'set_shared'>) => administer({ act: 'set_shared', as: OLIVIA, ...given });
const view = async (as = OLIVIA) => {
  const response = await fetch(`${started.slack.url}/playground/state?as=${as}`);
  return (await response.json()) as View;
};
const seen = async (userId: string) => (await view()).people.find((one) => one.userId === userId);
const channel = async (channelId: string) => (await view()).channels.find((one) => one.channelId === channelId)!;

describe('the person at the page, as administrator', () => {
  test('deactivates a person, who then does nothing, and reactivates them', async () => {
    expect(await person({ userId: ANA, standing: 'deactivated' })).toEqual({ ok: true });
    expect(await seen(ANA)).toMatchObject({ kind: 'member', deactivated: true });
    expect(await started.slack.as(ANA).say('hello', { channelId: NORTHWIND })).toEqual({
      ok: false,
      message: 'This account has been deactivated.',
    });
    expect(await person({ userId: ANA, standing: 'member' }, ANA)).toEqual({ ok: true });
    expect(await started.slack.as(ANA).say('hello', { channelId: NORTHWIND })).toEqual({ ok: true });
    expect(heard).toMatchObject([
      { type: 'user_change', user: { id: ANA, deleted: true } },
      { type: 'user_change', user: { id: ANA, deleted: false, is_restricted: false } },
    ]);
  });

  test('makes a person a guest, which the app hears', async () => {
    expect(await person({ userId: ANA, standing: 'guest' })).toEqual({ ok: true });
    expect(await seen(ANA)).toMatchObject({ kind: 'guest' });
    expect(heard).toMatchObject([{ type: 'user_change', user: { id: ANA, is_restricted: true } }]);
  });

  test.each([
    [OLIVIA, 'Olivia Hart owns the workspace, and stays a full member.'],
    [TOM, 'Tom Brandt belongs to another organisation.'],
    [BOT, 'Nobody here by that name.'],
  ])('cannot change %s', async (userId, message) => {
    expect(await person({ userId, standing: 'deactivated' })).toEqual({ ok: false, message });
    expect(heard).toEqual([]);
  });

  test('takes people out of a channel and lets them in again', async () => {
    expect(await member({ channelId: ATLAS, userId: GINA, isIn: false })).toEqual({ ok: true });
    expect((await channel(ATLAS)).memberIds).not.toContain(GINA);
    expect((await view(GINA)).channels.map(({ channelId }) => channelId)).not.toContain(ATLAS);
    expect(await member({ channelId: ATLAS, userId: GINA, isIn: true })).toEqual({ ok: true });
    expect(await member({ channelId: ATLAS, userId: GINA, isIn: true })).toEqual({ ok: true });
    expect(heard).toMatchObject([
      { type: 'member_left_channel', user: GINA, channel: ATLAS },
      { type: 'member_joined_channel', user: GINA, channel: ATLAS },
    ]);
  });

  test('lets nobody in who cannot be there', async () => {
    await person({ userId: ANA, standing: 'deactivated' });
    await member({ channelId: ATLAS, userId: ANA, isIn: false });
    expect(await member({ channelId: ATLAS, userId: ANA, isIn: true })).toMatchObject({ ok: false });
    expect(await member({ channelId: ATLAS, userId: TOM, isIn: true })).toEqual({
      ok: false,
      message: 'Tom Brandt belongs to another organisation: share the channel first.',
    });
    const direct = started.slack.directMessage(GINA);
    expect(await member({ channelId: direct, userId: ANA, isIn: true })).toMatchObject({ ok: false });
  });

  test('shares a channel, and ends that: then the other organisation’s people are out', async () => {
    expect(await shared({ channelId: ATLAS, isShared: true })).toEqual({ ok: true });
    expect(await member({ channelId: ATLAS, userId: TOM, isIn: true })).toEqual({ ok: true });
    expect(await channel(ATLAS)).toMatchObject({ isShared: true, memberIds: expect.arrayContaining([TOM]) });
    expect(await shared({ channelId: ATLAS, isShared: false })).toEqual({ ok: true });
    expect(await channel(ATLAS)).toMatchObject({ isShared: false, memberIds: expect.not.arrayContaining([TOM]) });
    expect(heard).toMatchObject([
      { type: 'channel_shared', channel: ATLAS, connected_team_id: 'T0NORTHWIND' },
      { type: 'member_joined_channel', user: TOM, team: 'T0NORTHWIND' },
      { type: 'member_left_channel', user: TOM },
      { type: 'channel_unshared', previously_connected_team_id: 'T0NORTHWIND', is_ext_shared: false },
    ]);
  });

  test('says nothing that is none of it', async () => {
    const odd = { act: 'set_person', as: OLIVIA, userId: ANA, standing: 'owner' } as unknown as AdminAct;
    expect(await administer(odd)).toMatchObject({ ok: false });
  });
});
