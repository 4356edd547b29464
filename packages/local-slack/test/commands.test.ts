import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ANA,
  ATLAS,
  GINA,
  MANIFEST,
  MIRA,
  manifestWith,
  NORTHWIND,
  SECRET,
  type Started,
  startSlack,
  TOM,
} from './support.ts';

/** An app that answers with what the test says, and keeps what it got. */
type Answer = { status?: number; body?: string; type?: string; delayMs?: number };
let answer: Answer = {};
let heard: { body: string; headers: Record<string, string | string[] | undefined> }[] = [];
let server: Server;
let started: Started;

beforeEach(async () => {
  [answer, heard] = [{}, []];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      heard.push({ body: Buffer.concat(chunks).toString(), headers: request.headers });
      setTimeout(() => {
        response.writeHead(answer.status ?? 200, { 'content-type': answer.type ?? 'text/plain' }).end(answer.body);
      }, answer.delayMs ?? 0);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  started = await startSlack({ ackDueMs: 300 });
  started.slack.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
});
afterEach(async () => {
  await started.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const run = (text = '', channelId = NORTHWIND, as = ANA) =>
  started.slack.as(as).command('/imagine', text, { channelId });
const fields = () => Object.fromEntries(new URLSearchParams(heard.at(-1)!.body));
const lastFor = (as: string) => started.slack.messages(NORTHWIND, { as }).at(-1);

describe('a slash command', () => {
  test('has emoji by name, as Slack sends what was typed', async () => {
    await run('a 🦊 and a ⭐ with 👩‍🎨 and 🦔');
    expect(fields().text).toBe('a :fox_face: and a :star: with 👩‍🎨 and 🦔');
  });

  test('arrives signed, with all of Slack’s fields', async () => {
    await run('a red fox --n 2');
    expect(fields()).toEqual({
      token: expect.any(String),
      team_id: 'T0JUNIPER',
      team_domain: 'juniper-co',
      channel_id: NORTHWIND,
      channel_name: 'northwind-coffee',
      user_id: ANA,
      user_name: 'ana',
      command: '/imagine',
      text: 'a red fox --n 2',
      api_app_id: 'A0INKWELL',
      is_enterprise_install: 'false',
      response_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/actions\/[\w-]{24}$/),
      trigger_id: expect.stringMatching(/^\d+\.\d+\.[\w-]+$/),
    });
    const { body, headers } = heard[0]!;
    const timestamp = String(headers['x-slack-request-timestamp']);
    const digest = createHmac('sha256', SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
    expect(headers['x-slack-signature']).toBe(`v0=${digest}`);
    expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(10);
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
  });

  test('hides the names of private channels and direct messages', async () => {
    await run('', MIRA);
    expect(fields()).toMatchObject({ channel_id: MIRA, channel_name: 'privategroup' });
    await run('', 'D0MARCUSANA');
    expect(fields()).toMatchObject({ channel_name: 'directmessage' });
  });

  test('resolves mentions and escapes the rest, as the manifest asks', async () => {
    await run('for @ana, @here & @nobody in #mira-skincare. <!channel> <@U0TOM>');
    expect(fields().text).toBe(
      'for <@U0ANA|ana>, <!here> &amp; @nobody in <#C0MIRA|mira-skincare>. &lt;!channel&gt; &lt;@U0TOM&gt;',
    );
    await run('@Ana Lindqvist, @ben okafor and @Ana Lindqvistson');
    expect(fields().text).toBe('<@U0ANA|ana>, <@U0BEN|ben> and <@U0ANA|ana> Lindqvistson');
    await run('like https://example.com/a?b=1&c=2, but red');
    expect(fields().text).toBe('like <https://example.com/a?b=1&amp;c=2>, but red');
    await run('#mira-skincare', NORTHWIND, TOM);
    expect(fields().text).toBe('#mira-skincare');
    await started.stop();
    const commands = MANIFEST.commands.map((command) => ({ ...command, shouldEscape: false }));
    started = await startSlack({
      manifest: manifestWith({ commands }),
      deliverTo: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    });
    await run('@ana & co');
    expect(fields().text).toBe('@ana &amp; co');
  });

  test('may be run by guests and outsiders: it is the app that must ask who they are', async () => {
    expect(await run('', ATLAS, GINA)).toEqual({ ok: true });
    expect(await run('', NORTHWIND, TOM)).toEqual({ ok: true });
    expect(heard.map(({ body }) => new URLSearchParams(body).get('user_id'))).toEqual([GINA, TOM]);
  });

  test('does not leave Slack from where it cannot be run', async () => {
    const { slack } = started;
    expect(await run('', MIRA, GINA)).toEqual({ ok: false, message: 'You are not in this channel.' });
    await slack.archive(ATLAS);
    expect(await run('', ATLAS)).toEqual({ ok: false, message: 'This channel is archived.' });
    const inBotDm = await run('', slack.directMessage(ANA));
    expect(inBotDm).toEqual({ ok: false, message: 'Sending messages to this app has been turned off.' });
    const other = await slack.as(ANA).command('/imagin', '', { channelId: NORTHWIND });
    expect(other).toEqual({ ok: false, message: '/imagin is not a valid command.' });
    const inThread = await slack.as(ANA).command('/imagine', '', { channelId: NORTHWIND, threadTs: '1.0' });
    expect(inThread).toEqual({ ok: false, message: '/imagine is not supported in threads. Sorry!' });
    await slack.changePerson(ANA, { deactivated: true });
    expect(await run()).toEqual({ ok: false, message: 'This account has been deactivated.' });
    expect(heard.filter(({ body }) => body.includes('command='))).toEqual([]);
  });
});

describe('a command in a thread', () => {
  test('does not run, from its first message or from a reply, and the app hears nothing', async () => {
    const { slack } = started;
    await slack.as(ANA).say('A thread', { channelId: NORTHWIND });
    const parent = slack.messages(NORTHWIND).at(-1)!.ts;
    await slack.as(ANA).say('A reply', { channelId: NORTHWIND, threadTs: parent });
    const reply = slack.messages(NORTHWIND).at(-1)!.ts;
    for (const threadTs of [parent, reply]) {
      for (const command of ['/imagine', '/credits']) {
        expect(await slack.as(ANA).command(command, 'a fox', { channelId: NORTHWIND, threadTs })).toEqual({
          ok: false,
          message: `${command} is not supported in threads. Sorry!`,
        });
      }
    }
    expect(heard.filter(({ body }) => body.includes('command='))).toEqual([]);
    expect(await run()).toEqual({ ok: true });
    expect(fields()).not.toHaveProperty('thread_ts');
  });
});

describe('an ack', () => {
  test('without a body says nothing', async () => {
    const before = lastFor(ANA);
    expect(await run()).toEqual({ ok: true });
    expect(lastFor(ANA)).toEqual(before);
  });

  test('with text is an ephemeral answer', async () => {
    answer = { body: 'Making it …' };
    await run();
    expect(lastFor(ANA)).toMatchObject({ text: 'Making it …', ephemeral: true });
    expect(lastFor(TOM)?.text).not.toBe('Making it …');
  });

  test('with JSON may speak to the channel', async () => {
    answer = { body: JSON.stringify({ response_type: 'in_channel', text: 'For all' }), type: 'application/json' };
    await run();
    expect(lastFor(TOM)).toMatchObject({ text: 'For all', ephemeral: false });
  });

  test.each([
    ['late', { delayMs: 600 }, 'operation_timeout', 'no ack within three seconds'],
    ['a server error', { status: 500 }, 'dispatch_failed', 'HTTP 500'],
    [
      'not what Slack takes',
      { body: '{"blocks":[{}]}', type: 'application/json' },
      'invalid_command_response',
      'invalid_blocks',
    ],
    ['broken', { body: '{', type: 'application/json' }, 'invalid_command_response', 'invalid_json'],
  ])('that is %s shows the person an error, and is complained about', async (_, given: Answer, error, violation) => {
    answer = given;
    expect(await run()).toEqual({ ok: false, message: `/imagine failed with the error "${error}"` });
    expect(started.slack.violations.map(({ text }) => text)).toEqual([expect.stringContaining(violation)]);
  });

  test('never comes from an app that is away', async () => {
    started.slack.deliverTo('http://127.0.0.1:9/');
    expect(await run()).toEqual({ ok: false, message: '/imagine failed with the error "dispatch_failed"' });
  });
});
