import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTell } from '../../src/slack/messenger/tell.ts';
import { isSlackAddress } from '../../src/slack/platform/response-url.ts';
import { webClientOptions } from '../../src/slack/platform/web-client.ts';
import { realClock } from '../../src/start/real-clock.ts';

describe('an address to answer at', () => {
  test.each([
    'https://hooks.slack.com/commands/T1/2/x',
    'https://slack.com/actions/1',
    'https://hooks.slack-gov.com/actions/1',
    'https://HOOKS.Slack.com/actions/1',
    'https://hooks.slack.com:443/actions/1',
    'http://127.0.0.1:4010/actions/1',
  ])('%s is Slack’s', (address) => {
    expect(isSlackAddress(address, 'http://127.0.0.1:4010/api/')).toBe(true);
  });

  test.each([
    'http://hooks.slack.com/actions/1',
    'https://hooks.slack.com:8443/actions/1',
    'https://hooks.slack.com.evil.example/actions/1',
    'https://hooks-slack.com/actions/1',
    'https://notslack.com/actions/1',
    'https://evilslack-gov.com/actions/1',
    'https://hooks.slack.com@evil.example/actions/1',
    'https://user:password@hooks.slack.com/actions/1',
    'https://evil.example/hooks.slack.com',
    'https://evil.example#.slack.com',
    'https://evil.example?.slack.com',
    'https://hooks.sl\u0430ck.com/actions/1',
    'https://hooks.slack.com./actions/1',
    'http://127.0.0.1:4011/actions/1',
    'https://127.0.0.1:4010/actions/1',
    'http://localhost:4010/actions/1',
    'http://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'hooks.slack.com/actions/1',
    '',
  ])('%s is not', (address) => {
    expect(isSlackAddress(address, 'http://127.0.0.1:4010/api/')).toBe(false);
  });
});

describe('telling somebody', () => {
  const asked: string[] = [];
  let slack: Server;
  let elsewhere: Server;
  const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const listen = (server: Server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  beforeAll(async () => {
    elsewhere = createServer((request, response) => {
      asked.push(`elsewhere ${request.url}`);
      response.end('ok');
    });
    await listen(elsewhere);
    slack = createServer((request, response) => {
      asked.push(`slack ${request.url}`);
      const isMoved = request.url === '/actions/moved';
      const moved = isMoved ? { location: `${urlOf(elsewhere)}/taken` } : {};
      response.writeHead(isMoved ? 302 : 200, { 'content-type': 'application/json', ...moved });
      response.end('{"ok":true}');
    });
    await listen(slack);
  });
  afterAll(() => {
    for (const server of [slack, elsewhere]) {
      server.closeAllConnections();
      server.close();
    }
  });

  test.each([
    ['elsewhere', () => `${urlOf(elsewhere)}/actions/1`, 1],
    ['where Slack sends it on to', () => `${urlOf(slack)}/actions/moved`, 0],
  ])('never calls %s, and says it another way', async (_, address, warnings) => {
    asked.length = 0;
    const warned: unknown[] = [];
    const client = new WebClient('xoxb-test', webClientOptions(`${urlOf(slack)}/api/`));
    const log = { info: () => {}, warn: (facts: unknown) => void warned.push(facts), error: () => {} };
    const directMessages = { open: async () => ({ ok: true as const, value: 'D1' }) };
    const tell = createTell({ client, clock: realClock, log, fetch, directMessages: directMessages as never });
    const hearer = { memberId: 'U1', channelId: 'C1', threadTs: null, responseUrl: address() };
    expect(await tell(hearer, { text: 'private', blocks: [] })).toEqual({ kind: 'delivered' });
    expect(asked.filter((each) => each.startsWith('elsewhere'))).toEqual([]);
    expect(asked).toContain('slack /api/chat.postEphemeral');
    expect(warned).toHaveLength(warnings);
  });
});
