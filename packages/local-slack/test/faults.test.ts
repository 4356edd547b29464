import type { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ANA, ATLAS, errorOf, NORTHWIND, type StartedWithBot, startWithBot, TOKEN } from './support.ts';

let started: StartedWithBot;
let commands = 0;
beforeEach(async () => {
  commands = 0;
  started = await startWithBot((app) =>
    app.command('/imagine', async ({ ack }) => {
      commands += 1;
      await ack();
    }),
  );
});
afterEach(() => started.stop());

const post = (text: string, client: WebClient = started.client) =>
  errorOf(client.chat.postMessage({ channel: ATLAS, text }));
const posted = (text: string) => started.slack.messages(ATLAS).filter((message) => message.text === text).length;
const method = 'chat.postMessage';

describe('a fault in the Web API', () => {
  test('is any error, once, without a complaint', async () => {
    started.slack.faults.next(method, { error: 'not_in_channel' });
    expect([await post('a'), await post('a')]).toEqual(['not_in_channel', null]);
    expect([posted('a'), started.slack.violations]).toEqual([1, []]);
  });

  test('is a 429 with a time to wait', async () => {
    started.slack.faults.next(method, { retryAfterS: 7 });
    const response = await fetch(`${started.slack.apiUrl}${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}` },
      body: new URLSearchParams({ channel: ATLAS, text: 'a' }),
    });
    expect([response.status, response.headers.get('retry-after'), await response.json()]).toEqual([
      429,
      '7',
      { ok: false, error: 'ratelimited' },
    ]);
    expect(posted('a')).toBe(0);
  });

  test('is a 500, in the order they were put in line', async () => {
    started.slack.faults.next(method, { status: 500 }, { status: 503 });
    expect([await post('a'), await post('a'), await post('a')]).toEqual([
      'slack_webapi_http_error',
      'slack_webapi_http_error',
      null,
    ]);
  });

  test('cuts the connection before the effect, or after it', async () => {
    started.slack.faults.next(method, 'cut_before_effect', 'lose_the_answer');
    expect([await post('a'), posted('a')]).toEqual(['slack_webapi_request_error', 0]);
    expect([await post('b'), posted('b')]).toEqual(['slack_webapi_request_error', 1]);
    expect(started.slack.calls.map(({ status }) => status)).toEqual([null, null]);
  });

  test('makes it slow', async () => {
    started.slack.faults.next(method, { delayMs: 60 });
    const from = performance.now();
    expect(await post('a')).toBeNull();
    expect(performance.now() - from).toBeGreaterThan(50);
  });

  test('also befalls uploads and response URLs', async () => {
    const { upload_url: url } = await started.client.files.getUploadURLExternal({ filename: 'a.txt', length: 1 });
    started.slack.faults.next('upload', { status: 500 });
    const upload = () => fetch(url!, { method: 'POST', body: 'a' });
    expect([(await upload()).status, (await upload()).status]).toEqual([500, 200]);

    await started.slack.as(ANA).command('/imagine', '', { channelId: NORTHWIND });
    const reply = new URLSearchParams(started.slack.deliveries.at(-1)?.body).get('response_url')!;
    started.slack.faults.next('response_url', 'lose_the_answer');
    await expect(fetch(reply, { method: 'POST', body: '{"text":"Heard?"}' })).rejects.toThrow();
    expect(started.slack.messages(NORTHWIND, { as: ANA }).at(-1)?.text).toBe('Heard?');
  });
});

describe('a fault in a delivery', () => {
  const run = () => started.slack.as(ANA).command('/imagine', 'a fox', { channelId: NORTHWIND });

  test('brings it twice', async () => {
    started.slack.faults.nextDelivery('duplicate');
    await run();
    await run();
    expect(commands).toBe(3);
    const [first, second] = started.slack.deliveries;
    expect(first?.body).toBe(second?.body);
  });

  test('replays an old one byte for byte, which Bolt takes', async () => {
    await run();
    const outcome = await started.slack.replay(started.slack.deliveries[0]!);
    expect([outcome.answer, commands]).toEqual(['acked', 2]);
  });

  test('tampers with one, which Bolt refuses', async () => {
    await run();
    const { body, headers } = started.slack.deliveries[0]!;
    const forged = body.replace('user_id=U0ANA', 'user_id=U0OLIVIA');
    expect(await started.slack.deliver(forged, headers)).toMatchObject({ answer: 'refused', status: 401 });
    expect(await started.slack.deliver(forged, { ...headers, ...started.slack.sign(forged) })).toMatchObject({
      answer: 'acked',
    });
    expect(commands).toBe(2);
  });
});

describe('an app that calls too fast', () => {
  const burst = async (calls: number, call: () => Promise<string | null>) => {
    const errors: (string | null)[] = [];
    for (let index = 0; index < calls; index += 1) errors.push(await call());
    return errors;
  };

  test('is held to a message a second in a channel, after a short burst', async () => {
    const errors = await burst(6, () => post('a'));
    expect(errors).toEqual([null, null, null, null, null, 'slack_webapi_rate_limited_error']);
    started.clock.advance(1_000);
    expect(await burst(2, () => post('a'))).toEqual([null, 'slack_webapi_rate_limited_error']);
    expect(await errorOf(started.client.chat.postMessage({ channel: NORTHWIND, text: 'elsewhere' }))).toBeNull();
  });

  test('is held to the tier of each method', async () => {
    const { ts } = await started.client.chat.postMessage({ channel: ATLAS, text: 'a' });
    const update = () => errorOf(started.client.chat.update({ channel: ATLAS, ts: ts!, text: 'b' }));
    const errors = await burst(51, update);
    expect(errors.indexOf('slack_webapi_rate_limited_error')).toBe(50);
    started.clock.advance(1_200);
    expect(await update()).toBeNull();
  });

  test('is only complained about in a tolerant workspace', async () => {
    await started.stop();
    started = await startWithBot(() => {}, { rateLimits: 'tolerant' });
    expect(await burst(6, () => post('a'))).toEqual([null, null, null, null, null, null]);
    expect(started.slack.violations.map(({ text }) => text)).toEqual([
      'More than a message a second in #atlas-outdoor: Slack would have the app wait 1 s.',
    ]);
  });
});
