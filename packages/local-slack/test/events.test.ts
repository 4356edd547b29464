import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ANA, ATLAS, GINA, manifestWith, OLIVIA, type Started, startSlack } from './support.ts';

type Heard = { body: { event_id: string; event: Record<string, unknown> }; num: unknown; reason: unknown };
type Answer = { status: number; headers?: Record<string, string>; delayMs?: number };
let answers: Answer[] = [];
let heard: Heard[] = [];
let server: Server;
let started: Started;

beforeEach(async () => {
  [answers, heard] = [[], []];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { 'x-slack-retry-num': num, 'x-slack-retry-reason': reason } = request.headers;
      heard.push({ body: JSON.parse(Buffer.concat(chunks).toString()), num, reason });
      const { status, headers = {}, delayMs = 0 } = answers.shift() ?? { status: 200 };
      setTimeout(() => response.writeHead(status, headers).end(), delayMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  started = await startSlack({
    eventRetriesMs: [0, 5, 5],
    ackDueMs: 200,
    deliverTo: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`,
  });
});
afterEach(async () => {
  await started.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('an event', () => {
  test('comes in its envelope', async () => {
    await started.slack.as(ANA).openHome();
    expect(heard[0]?.body).toEqual({
      token: expect.any(String),
      team_id: 'T0JUNIPER',
      api_app_id: 'A0INKWELL',
      type: 'event_callback',
      event_id: expect.stringMatching(/^Ev\w{10}$/),
      event_time: Math.floor(started.clock() / 1000),
      authorizations: [
        { enterprise_id: null, team_id: 'T0JUNIPER', user_id: 'U0INKWELL', is_bot: true, is_enterprise_install: false },
      ],
      is_ext_shared_channel: false,
      event: {
        type: 'app_home_opened',
        user: ANA,
        channel: started.slack.directMessage(ANA),
        tab: 'home',
        event_ts: expect.any(String),
      },
    });
  });

  test('tells of people who change and join', async () => {
    await started.slack.changePerson(OLIVIA, { deactivated: true });
    await started.slack.join(ATLAS, GINA);
    expect(heard.map(({ body }) => body.event)).toMatchObject([
      { type: 'user_change', user: { id: OLIVIA, deleted: true } },
      { type: 'member_joined_channel', user: GINA, channel: ATLAS, channel_type: 'C' },
    ]);
  });

  test('tells who leaves, and that a channel is shared, or not any more', async () => {
    const { slack } = started;
    await slack.leave(ATLAS, GINA);
    await slack.share(ATLAS);
    await slack.share(ATLAS, false);
    expect(heard.map(({ body }) => body)).toMatchObject([
      { event: { type: 'member_left_channel', user: GINA, channel: ATLAS } },
      { event: { type: 'channel_shared', channel: ATLAS }, is_ext_shared_channel: true },
      { event: { type: 'channel_unshared', channel: ATLAS, is_ext_shared: false }, is_ext_shared_channel: false },
    ]);
  });

  test('of a channel does not reach an app that is not in it', async () => {
    await started.slack.kick(ATLAS);
    await started.slack.join(ATLAS, OLIVIA);
    await started.slack.share(ATLAS);
    expect(heard).toEqual([]);
  });

  test('is not sent to an app that did not subscribe', async () => {
    await started.stop();
    started = await startSlack({ manifest: manifestWith({ events: [] }) });
    await started.slack.changePerson(ANA, { title: 'Senior Designer' });
    expect([heard, started.slack.violations]).toEqual([[], []]);
  });

  test('comes up to three more times, as itself, with number and reason', async () => {
    answers = [{ status: 500 }, { status: 200, delayMs: 400 }, { status: 503 }, { status: 200 }];
    await started.slack.as(ANA).openHome();
    await started.slack.until(() => heard.length === 4);
    expect(heard.map(({ num, reason }) => [num, reason])).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_timeout'],
      ['3', 'http_error'],
    ]);
    expect(new Set(heard.map(({ body }) => body.event_id)).size).toBe(1);
  });

  test('is given up after that, and the app is told off', async () => {
    answers = Array.from({ length: 9 }, () => ({ status: 500 }));
    await started.slack.as(ANA).openHome();
    await started.slack.until(() => started.slack.violations.length === 2);
    expect(heard).toHaveLength(4);
    expect(started.slack.violations.at(-1)?.text).toContain('never took the event app_home_opened (http_error)');
  });

  test('does not come again when the app says so', async () => {
    answers = [{ status: 500, headers: { 'x-slack-no-retry': '1' } }];
    await started.slack.as(ANA).openHome();
    expect([heard.length, started.slack.violations]).toEqual([1, []]);
  });
});
