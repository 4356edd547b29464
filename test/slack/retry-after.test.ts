import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { callSlack, REPEATABLE } from '../../src/slack/messenger/call-slack.ts';
import { failureOf } from '../../src/slack/messenger/failure.ts';
import { webClientOptions } from '../../src/slack/platform/web-client.ts';
import { createQuickClock, type QuickClock } from './quick-slack.ts';

let server: Server;
let origin = '';
let calls: { path: string; at: number }[] = [];
let limited: (response: ServerResponse, callNo: number) => boolean = () => false;
let clock: QuickClock;
let client: WebClient;

beforeAll(async () => {
  server = createServer((incoming, response) => {
    calls.push({ path: incoming.url ?? '', at: clock.now() });
    incoming.resume().on('end', () => {
      if (!limited(response, calls.length)) response.end('{"ok":true,"channel":"C1","ts":"1.0"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
});
beforeEach(() => {
  calls = [];
  clock = createQuickClock();
  client = new WebClient('xoxb-1', webClientOptions(origin, null, { now: clock.now }));
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const post = (channel = 'C1') => client.chat.postMessage({ channel, text: 'x' });
const once = (value: string) => (response: ServerResponse, callNo: number) => {
  if (callNo > 1) return false;
  response.writeHead(429, { 'retry-after': value }).end();
  return true;
};

test.each([
  ['seconds', () => '7', 7_000],
  ['a date', () => new Date(Math.ceil(Date.now() / 1000) * 1000 + 20_000).toUTCString(), 19_000],
  ['nonsense', () => 'soon', 1_000],
  ['a negative', () => '-3', 1_000],
  ['the year 9999', () => 'Fri, 31 Dec 9999 23:59:59 GMT', 1_000],
])('%s: not before', async (_, value, ms) => {
  limited = once(value());
  const startAt = clock.now();
  expect(await callSlack(clock, () => post(), REPEATABLE)).toMatchObject({ ok: true });
  expect(calls).toHaveLength(2);
  expect((calls[1]?.at ?? 0) - startAt).toBeGreaterThanOrEqual(ms);
  expect((calls[1]?.at ?? 0) - startAt).toBeLessThan(ms + 3_000);
});

test('who asks before the time is answered from here, about that method and channel alone', async () => {
  limited = once('300');
  const first = await post().catch(failureOf);
  expect(first).toMatchObject({ kind: 'rate_limited', retryAfterMs: 300_000 });
  clock.pass(100_000);
  expect(await post().catch(failureOf)).toMatchObject({ kind: 'rate_limited', retryAfterMs: 200_000 });
  expect(calls).toHaveLength(1);
  expect(await post('C2')).toMatchObject({ ok: true });
  expect(await client.auth.test()).toMatchObject({ ok: true });
  clock.pass(200_000);
  expect(await post()).toMatchObject({ ok: true });
  expect(calls).toHaveLength(4);
});
