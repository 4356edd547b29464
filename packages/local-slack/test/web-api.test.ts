import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ANA, ATLAS, BOT, clientFor, errorOf, MIRA, manifestWith, type Started, startSlack, TOKEN } from './support.ts';

let started: Started;
beforeEach(async () => {
  started = await startSlack();
});
afterEach(() => started.stop());

const post = async (method: string, init: RequestInit) => {
  const response = await fetch(`${started.slack.apiUrl}${method}`, { method: 'POST', ...init });
  return (await response.json()) as Record<string, unknown>;
};
const authorized = { authorization: `Bearer ${TOKEN}` };

describe('a call of the Web API', () => {
  test('says who the token belongs to', async () => {
    expect(await started.client.auth.test()).toMatchObject({
      ok: true,
      url: 'https://juniper-co.slack.com/',
      team: 'Juniper & Co',
      team_id: 'T0JUNIPER',
      user_id: BOT,
      bot_id: 'B0INKWELL',
      is_enterprise_install: false,
    });
  });

  test('needs a token, and the right one', async () => {
    expect(await post('auth.test', {})).toEqual({ ok: false, error: 'not_authed' });
    expect(await errorOf(clientFor(started.slack, 'xoxb-other').auth.test())).toBe('invalid_auth');
    expect((await post('api.test', {})).ok).toBe(true);
  });

  test('takes the token and arguments from a form, JSON with a header, or an address', async () => {
    const form = new URLSearchParams({ token: TOKEN, user: ANA });
    expect(await post('users.info', { body: form })).toMatchObject({ ok: true, user: { id: ANA } });
    const json = { 'content-type': 'application/json; charset=utf-8' };
    const body = JSON.stringify({ user: ANA, token: TOKEN });
    expect(await post('users.info', { headers: { ...json, ...authorized }, body })).toMatchObject({
      user: { id: ANA },
    });
    expect(await post('users.info', { headers: json, body })).toMatchObject({ error: 'not_authed' });
    const read = await fetch(`${started.slack.apiUrl}users.info?user=${ANA}`, { headers: authorized });
    expect(await read.json()).toMatchObject({ user: { id: ANA } });
  });

  test('is refused for bodies that Slack does not read', async () => {
    const body = '<xml/>';
    expect(await post('api.test', { headers: { 'content-type': 'text/xml' }, body })).toMatchObject({
      error: 'invalid_post_type',
    });
    expect(await post('api.test', { headers: { 'content-type': 'application/json' }, body })).toMatchObject({
      error: 'invalid_json',
    });
  });

  test('is refused for methods that do not exist, and complained about', async () => {
    expect(await errorOf(started.client.apiCall('chat.postMesage'))).toBe('unknown_method');
    expect(started.slack.violations.map(({ text }) => text)).toEqual(['chat.postMesage → unknown_method']);
  });

  test('with an argument that means nothing here is taken, and complained about', async () => {
    await started.client.apiCall('chat.postMessage', {
      channel: ATLAS,
      text: 'Hi',
      threadTs: '1.0',
      icon_emoji: ':fox:',
    });
    expect(started.slack.violations.map(({ text }) => text)).toEqual([
      'chat.postMessage: the local Slack does nothing with threadTs, icon_emoji.',
    ]);
  });

  test('is kept on record, without the token', async () => {
    await started.client.users.info({ user: ANA });
    expect(started.slack.calls).toEqual([
      { at: expect.any(Number), method: 'users.info', args: { user: ANA }, status: 200, error: null },
    ]);
    await post('users.info', { body: new URLSearchParams({ token: TOKEN, user: ANA }) });
    expect(JSON.stringify(started.slack.calls)).not.toContain(TOKEN);
  });
});

describe('the manifest’s scopes', () => {
  const NEEDS: [method: string, args: Record<string, unknown>, scope: string][] = [
    ['chat.postMessage', { channel: ATLAS, text: 'x' }, 'chat:write'],
    ['chat.postEphemeral', { channel: ATLAS, user: ANA, text: 'x' }, 'chat:write'],
    ['chat.update', { channel: ATLAS, ts: '1', text: 'x' }, 'chat:write'],
    ['chat.delete', { channel: ATLAS, ts: '1' }, 'chat:write'],
    ['conversations.open', { users: ANA }, 'im:write'],
    ['conversations.info', { channel: ATLAS }, 'channels:read'],
    ['conversations.info', { channel: MIRA }, 'groups:read'],
    ['conversations.members', { channel: ATLAS }, 'channels:read'],
    ['conversations.list', {}, 'channels:read'],
    ['conversations.list', { types: 'private_channel' }, 'groups:read'],
    ['users.conversations', {}, 'channels:read'],
    ['users.info', { user: ANA }, 'users:read'],
    ['users.list', {}, 'users:read'],
    ['files.getUploadURLExternal', { filename: 'a.png', length: 1 }, 'files:write'],
    ['files.completeUploadExternal', { files: [{ id: 'F1' }] }, 'files:write'],
    ['files.info', { file: 'F1' }, 'files:read'],
    ['files.delete', { file: 'F1' }, 'files:write'],
  ];

  test.each(NEEDS)('are asked for by %s %j: %s', async (method, args, scope) => {
    await started.stop();
    started = await startSlack({ manifest: manifestWith({ scopes: ['commands'] }) });
    const body = JSON.stringify(args);
    const headers = { ...authorized, 'content-type': 'application/json' };
    expect(await post(method, { headers, body })).toEqual({
      ok: false,
      error: 'missing_scope',
      needed: scope,
      provided: 'commands',
    });
  });

  test('do not cover direct messages, nor the reading of files', async () => {
    const im = started.slack.directMessage(ANA);
    expect(await errorOf(started.client.conversations.info({ channel: im }))).toBe('missing_scope');
    expect(await errorOf(started.client.files.info({ file: 'F1' }))).toBe('missing_scope');
  });

  test('come back in the headers of an answer', async () => {
    const { response_metadata: metadata } = await started.client.users.info({ user: ANA });
    expect(metadata).toMatchObject({ scopes: expect.arrayContaining(['users:read']), acceptedScopes: ['users:read'] });
  });
});
