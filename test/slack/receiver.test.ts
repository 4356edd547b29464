import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createReception, straight } from '../../src/slack/platform/receiver.ts';
import { slackLogger } from '../../src/slack/platform/web-client.ts';
import { openQuickBolt, type QuickBolt } from './quick-bolt.ts';
import { ANA, NORTHWIND, SIGNING_SECRET } from './quick-slack.ts';

let here: QuickBolt;
beforeAll(async () => {
  here = await openQuickBolt();
});
beforeEach(() => {
  here.app.calls.length = 0;
});
afterAll(() => here.close());

const body = (text = 'a fox') =>
  new URLSearchParams({
    command: '/imagine',
    text,
    team_id: 'T0JUNIPER',
    user_id: ANA,
    channel_id: NORTHWIND,
    trigger_id: '1.1.1',
    response_url: `${here.slack.url}/actions/none`,
  }).toString();

function signed(raw: string, { seconds = Math.floor(Date.now() / 1000), secret = SIGNING_SECRET } = {}) {
  const digest = createHmac('sha256', secret).update(`v0:${seconds}:${raw}`).digest('hex');
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': String(seconds),
    'x-slack-signature': `v0=${digest}`,
  };
}

const post = async (raw: string, headers: Record<string, string>, path = '') => {
  const response = await fetch(here.url + path, { method: 'POST', body: raw, headers });
  await here.bolt.idle();
  return response.status;
};
const nowS = () => Math.floor(Date.now() / 1000);

describe('a request', () => {
  test('that Slack signed now is taken', async () => {
    expect(await post(body(), signed(body()))).toBe(200);
    expect(here.app.of('requestImage')).toHaveLength(1);
  });

  test.each([
    ['a year ahead', () => nowS() + 31_536_000, 401],
    ['six minutes ahead', () => nowS() + 360, 401],
    ['six minutes ago', () => nowS() - 360, 401],
    ['four minutes ahead', () => nowS() + 240, 200],
    ['four minutes ago', () => nowS() - 240, 200],
  ])('of %s is judged by its time, though its signature is right', async (_, seconds, status) => {
    expect(await post(body(), signed(body(), { seconds: seconds() }))).toBe(status);
    expect(here.app.of('requestImage')).toHaveLength(status === 200 ? 1 : 0);
  });

  test.each([
    ['signed with another secret', () => signed(body(), { secret: 'b'.repeat(32) })],
    ['signed for another body', () => signed(body('a hen'))],
    ['without a signature', () => ({ ...signed(body()), 'x-slack-signature': '' })],
    ['of another version of signatures', () => ({ ...signed(body()), 'x-slack-signature': 'v1=abc' })],
    ['with a time that is no number', () => ({ ...signed(body()), 'x-slack-request-timestamp': 'NaN' })],
    ['with a time in exponents', () => ({ ...signed(body()), 'x-slack-request-timestamp': '1e9' })],
    ['without a time', () => ({ ...signed(body()), 'x-slack-request-timestamp': '' })],
  ])('%s is turned away', async (_, headers) => {
    expect(await post(body(), headers())).toBe(401);
    expect(here.app.calls).toEqual([]);
  });

  test.each([
    ['without a signature', 'ssl_check=1&token=x', {}, 200],
    [
      'with a payload beside it',
      `ssl_check=1&${new URLSearchParams({ payload: '{"type":"block_actions"}' })}`,
      {},
      200,
    ],
    ['that says something else', 'ssl_check=0', {}, 401],
  ])('that tries the certificate, %s, reaches no listener', async (_, raw, headers, status) => {
    const form = { 'content-type': 'application/x-www-form-urlencoded', ...headers };
    expect(await post(raw, form)).toBe(status);
    expect(await post(`${body()}&ssl_check=1`, form)).toBe(200);
    expect(here.app.calls).toEqual([]);
  });

  test('that only quotes such a try is no try', async () => {
    const raw = JSON.stringify({ type: 'url_verification', challenge: 'a&ssl_check=1&b' });
    const headers = { ...signed(raw), 'content-type': 'application/json' };
    const response = await fetch(here.url, { method: 'POST', body: raw, headers });
    expect(await response.json()).toEqual({ challenge: 'a&ssl_check=1&b' });
  });

  test('of more than a megabyte is turned away', async () => {
    const raw = body('x'.repeat(1_100_000));
    expect(await post(raw, signed(raw)).catch(() => 413)).toBe(413);
    expect(here.app.calls).toEqual([]);
  });

  test('that is no payload is answered, and harms nobody', async () => {
    for (const raw of [
      'payload=%7B',
      'payload=null',
      'a=b',
      '{"type":"block_actions"}',
      'payload=%7B%22type%22%3A%22block_actions%22%7D',
    ]) {
      expect([200, 400, 500]).toContain(await post(raw, signed(raw)));
    }
    expect(await post(body(), signed(body()))).toBe(200);
  });

  test.each([
    ['null', 'application/json'],
    ['null', 'text/plain'],
    ['null', 'multipart/form-data; boundary=x'],
    [' null ', 'application/json'],
    ['7', 'application/json'],
    ['"a"', 'application/json'],
    ['[{}]', 'application/json'],
    ['', 'application/json'],
    ['a=b', 'application/json'],
    ['payload=null', 'application/x-www-form-urlencoded; charset=utf-8'],
    ['payload=%5B%5D', 'Application/X-WWW-Form-URLencoded'],
    ['payload=null', 'application/x-www-form-urlencoded'],
    ['payload=%5B%5D', 'application/x-www-form-urlencoded'],
    ['{"a":"&payload=null&"}', 'application/x-www-form-urlencoded'],
  ])('of %j as %s holds no object: it is answered with 400, and the next one is taken', async (raw, type) => {
    expect(await post(raw, { ...signed(raw), 'content-type': type })).toBe(400);
    expect(await post(body(), signed(body()))).toBe(200);
  });

  test('that cannot be read leaves no word of it in the log', async () => {
    here.log.entries.length = 0;
    slackLogger(here.log).warn('Malformed request body: Unexpected token \'e\', "embargoed serum" is not valid JSON');
    expect(here.log.entries).toEqual([{ level: 'warn', facts: { from: 'slack' }, message: 'Malformed request body' }]);
  });

  test.each([
    'application/x-www-form-urlencoded; charset=utf-8',
    'application/x-www-form-urlencoded;charset=UTF-8',
    'Application/X-WWW-Form-Urlencoded ; charset=utf-8',
    'APPLICATION/X-WWW-FORM-URLENCODED',
  ])('is a form where it is named %s', async (type) => {
    expect(await post(body('a red fox'), { ...signed(body('a red fox')), 'content-type': type })).toBe(200);
    expect(here.app.of('requestImage')).toHaveLength(1);
    const click = new URLSearchParams({ payload: JSON.stringify({ type: 'block_actions' }) }).toString();
    expect([200, 400, 404]).toContain(await post(click, { ...signed(click), 'content-type': type }));
    expect(await post('ssl_check=1&token=x', { 'content-type': type })).toBe(200);
  });

  test('with another method finds nothing', async () => {
    expect((await fetch(here.url)).status).toBe(404);
  });

  test('whose sender hangs up is worked on all the same', async () => {
    const raw = body();
    await new Promise<void>((resolve) => {
      const cut = request(here.url, {
        method: 'POST',
        headers: { ...signed(raw), 'content-length': Buffer.byteLength(raw) },
      });
      cut.on('error', () => resolve());
      cut.end(raw, () => setTimeout(() => cut.destroy(), 5));
      cut.on('close', () => resolve());
    });
    await here.slack.until(() => here.app.of('requestImage').length === 1);
  });

  test('to confirm the address is answered', async () => {
    const raw = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
    const headers = { ...signed(raw), 'content-type': 'application/json' };
    const response = await fetch(here.url, { method: 'POST', body: raw, headers });
    expect(await response.json()).toEqual({ challenge: 'abc' });
  });
});

describe('on a machine whose clock is wrong a request', () => {
  const HOUR_MS = 3_600_000;
  test.each([
    ['an hour ahead', HOUR_MS],
    ['an hour behind', -HOUR_MS],
    ['forty days ahead', 40 * 24 * HOUR_MS],
    ['ten years behind', -3_653 * 24 * HOUR_MS],
  ])('is judged by the time that Slack says: %s', async (_, offMs) => {
    const wrong = await openQuickBolt({}, { wallClock: () => Date.now() - offMs });
    const rightS = nowS() - Math.round(offMs / 1_000);
    const send = async (headers: Record<string, string>) => {
      const { status } = await fetch(wrong.url, { method: 'POST', body: body(), headers });
      await wrong.bolt.idle();
      return status;
    };
    expect(await send(signed(body(), { seconds: rightS }))).toBe(200);
    expect(wrong.app.of('requestImage')).toHaveLength(1);
    expect(await send(signed(body()))).toBe(401);
    expect(await send(signed(body(), { seconds: rightS, secret: 'b'.repeat(32) }))).toBe(401);
    expect(wrong.app.of('requestImage')).toHaveLength(1);
    await wrong.close();
  });
});

describe('a click on what no listener knows', () => {
  const click = (actionId: string) => {
    const payload = {
      type: 'block_actions',
      team: { id: 'T0JUNIPER' },
      user: { id: ANA },
      channel: { id: NORTHWIND },
      container: { type: 'message', message_ts: '1.1', channel_id: NORTHWIND },
      trigger_id: '1.1',
      actions: [
        { type: 'button', action_id: actionId, block_id: 'b', action_ts: '1795424400.000100', value: 'cmd-abc' },
      ],
    };
    return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  };

  test('is acknowledged, and the person is told', async () => {
    const raw = click('a_button_of_last_year');
    expect(await post(raw, signed(raw))).toBe(200);
    expect(here.slack.messages(NORTHWIND, { as: ANA }).at(-1)?.text).toContain('older version of Inkwell');
  });
});

const form = (callbackId: string, { by = ANA, member = 'U0BEN' } = {}) => {
  const metadata = {
    pages: { clients: 0, members: 0 },
    clientId: null,
    memberId: member,
    channelId: null,
    from: 'home',
    shown: { name: '', month: null, total: null },
  };
  const carried = callbackId === 'limits_person' ? '[0,0]' : JSON.stringify(metadata);
  const values = {
    member: { field: { type: 'users_select', selected_user: member } },
    role: { field: { type: 'radio_buttons', selected_option: { value: 'owner' } } },
  };
  const payload = {
    type: 'view_submission',
    team: { id: 'T0JUNIPER' },
    user: { id: by },
    view: { id: 'V1', callback_id: callbackId, private_metadata: carried, state: { values } },
  };
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
};

describe('a form', () => {
  const send = async (raw: string) => {
    const response = await fetch(here.url, { method: 'POST', body: raw, headers: signed(raw) });
    await here.bolt.idle();
    return { status: response.status, text: await response.text() };
  };

  test('of somebody is taken', async () => {
    await send(form('bring_back'));
    expect(here.app.of('bringBackPerson')).toMatchObject([{ by: ANA, memberId: 'U0BEN', role: 'owner' }]);
  });

  test.each(['inkwell', '', 'u0ana', 'U', 'U0ANA ', 'B0INKWELL'])(
    'of %j, who can be no person, is acknowledged, logged, and nothing else',
    async (by) => {
      here.log.entries.length = 0;
      expect(await send(form('bring_back', { by }))).toEqual({ status: 200, text: '' });
      expect(here.app.calls).toEqual([]);
      expect(here.log.entries).toEqual([
        { level: 'warn', facts: { what: 'bring_back' }, message: 'Slack delivery ignored: no user in it' },
      ]);
    },
  );

  test('about nobody in Slack changes nothing', async () => {
    expect((await send(form('limits_person', { member: 'inkwell' }))).text).toContain('Choose a person.');
    expect(here.app.of('showLimits')).toEqual([]);
  });

  test('of an earlier version is answered where it stands', async () => {
    const { status, text } = await send(form('a_form_of_last_year'));
    expect(status).toBe(200);
    const answer = JSON.parse(text) as { response_action: string; view: unknown };
    expect(answer).toMatchObject({ response_action: 'update', view: { type: 'modal' } });
    expect(JSON.stringify(answer.view)).toContain('older version of Inkwell');
  });
});

test.each([
  ['a command', () => body().replace(ANA, 'inkwell')],
  [
    'an event',
    () => JSON.stringify({ type: 'event_callback', event: { type: 'app_home_opened', user: 'inkwell', tab: 'home' } }),
  ],
  [
    'news of somebody',
    () => JSON.stringify({ type: 'event_callback', event: { type: 'user_change', user: { id: 'inkwell' } } }),
  ],
])('%s of who can be no person has no effect', async (_, write) => {
  const raw = write();
  here.log.entries.length = 0;
  const type = raw.startsWith('{') ? 'application/json' : 'application/x-www-form-urlencoded';
  expect(await post(raw, { ...signed(raw), 'content-type': type })).toBe(200);
  expect(here.app.calls).toEqual([]);
  expect(here.log.entries).toMatchObject([{ level: 'warn', message: 'Slack delivery ignored: no user in it' }]);
});

test('a stopping process takes nothing more', async () => {
  const other = await openQuickBolt();
  await other.bolt.stop();
  expect((await fetch(other.url, { method: 'POST', body: body(), headers: signed(body()) })).status).toBe(503);
  await other.close();
});

test('over Socket Mode nothing is taken over HTTP', async () => {
  const { requestListener } = createReception({
    connection: { mode: 'socket', appToken: 'xapp-1', apiUrl: null },
    way: straight(),
    clock: here.clock,
    log: here.log,
    now: Date.now,
  });
  const server = createServer(requestListener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  expect((await fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST' })).status).toBe(404);
  server.closeAllConnections();
  server.close();
});
