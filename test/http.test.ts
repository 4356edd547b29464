import { mkdtempSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalSlack, DEMO_WORKSPACE, type LocalSlack, readManifest } from '@inkwell/local-slack';
import type { ApiFault } from '@inkwell/local-slack/faults.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { createHttpServer } from '../src/http/server.ts';
import { openServer } from '../src/start/open-server.ts';
import { realClock } from '../src/start/real-clock.ts';
import { type Running, start } from '../src/start/start.ts';
import { demoFolder, startDemo } from './support/demo.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const SECRET = 'a1'.repeat(16);

let dataDir: string;
let slack: LocalSlack | null = null;
let running: Running | null = null;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'inkwell-'));
});
afterEach(async () => {
  await running?.stop();
  await slack?.close();
  [running, slack] = [null, null];
  rmSync(dataDir, { recursive: true, force: true });
});

/** Inkwell in a Slack that is not its own. */
async function open(mode: 'http' | 'socket') {
  const tokens = { signingSecret: SECRET, botToken: 'xoxb-test', appToken: 'xapp-test' };
  slack = createLocalSlack({
    manifest: readManifest('manifest.yml'),
    seed: DEMO_WORKSPACE,
    clock: Date.now,
    rateLimits: 'off',
    ...tokens,
  });
  await slack.listen();
  const environment = {
    DATA_DIR: dataDir,
    PORT: '0',
    SKETCH: 'on',
    SLACK_BOT_TOKEN: tokens.botToken,
    ...(mode === 'http' ? { SLACK_SIGNING_SECRET: SECRET } : { SLACK_APP_TOKEN: tokens.appToken }),
    SLACK_API_URL: slack.apiUrl,
    INKWELL_OWNER_ID: 'U0OLIVIA',
  };
  running = await start(readConfig(environment, 'Europe/London'), { clock: realClock, log: silent });
  return { slack, url: running.url };
}

async function ask(url: string, options: RequestInit = {}) {
  const answer = await fetch(url, options);
  return { status: answer.status, text: await answer.text() };
}
const READY = { status: 200, text: 'ready\n' };

async function until(url: string, expected: object) {
  await expect.poll(() => ask(url), { timeout: 15_000, interval: 20 }).toEqual(expected);
}

describe('over Socket Mode', () => {
  test('answers that it is alive, and ready as long as Slack is there', async () => {
    const { slack, url } = await open('socket');
    expect(await ask(`${url}/healthz`)).toEqual({ status: 200, text: 'ok\n' });
    await until(`${url}/readyz`, READY);

    slack.faults.next('apps.connections.open', ...Array<ApiFault>(4).fill({ status: 503 }));
    slack.sockets.cut();
    await until(`${url}/readyz`, {
      status: 503,
      text: 'Slack is away (http_503): nothing arrives until it is back.\n',
    });
    expect((await ask(`${url}/healthz`)).status).toBe(200);
    await until(`${url}/readyz`, READY);
  }, 40_000);

  test('takes no deliveries over HTTP', async () => {
    const { url } = await open('socket');
    expect((await ask(`${url}/slack/events`, { method: 'POST', body: '{}' })).status).toBe(404);
  });

  test('leaves the port when it stops', async () => {
    const { url } = await open('socket');
    await running?.stop();
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });
});

describe('over HTTP', () => {
  test('answers that it is alive and ready, and says where nothing is', async () => {
    const { url } = await open('http');
    expect(await ask(`${url}/healthz`)).toEqual({ status: 200, text: 'ok\n' });
    expect(await ask(`${url}/readyz`)).toEqual(READY);
    expect((await ask(`${url}/slack/events`, { method: 'POST', body: '{}' })).status).toBe(401);
    expect(await ask(`${url}/other`)).toMatchObject({ status: 404, text: expect.stringContaining('/slack/events') });
  });
});

describe('the playground', () => {
  test('has the page, health and Slack’s deliveries on one port', async () => {
    rmSync(dataDir, { recursive: true, force: true });
    dataDir = await demoFolder();
    running = await startDemo(dataDir);
    const { url } = running;
    expect(running.slack?.url).toBe(url);
    expect(await ask(`${url}/healthz`)).toEqual({ status: 200, text: 'ok\n' });
    expect(await ask(`${url}/readyz`)).toEqual(READY);
    expect((await ask(`${url}/`)).text).toContain('<html');
    expect((await ask(`${url}/slack/events`, { method: 'POST', body: '{}' })).status).toBe(401);
  });
});

describe('a server', () => {
  test('without an address of its own is reached by IPv4 and, where there is IPv6, by that', async () => {
    const server = createHttpServer();
    await server.listen({ host: null, port: 0 });
    const { port } = new URL(server.url);
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
    const hasV6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));
    if (hasV6) expect((await fetch(`http://[::1]:${port}/healthz`)).status).toBe(200);
    await server.close();
  });

  test('keeps a connection longer than proxies do', async () => {
    const server = createHttpServer();
    await server.listen({ host: '127.0.0.1', port: 0 });
    const { headers } = await fetch(`${server.url}/healthz`);
    const [, seconds] = /timeout=(\d+)/.exec(headers.get('keep-alive') ?? '') ?? [];
    expect(Number(seconds)).toBeGreaterThan(60);
    await server.close();
  });

  test.each(['192.0.2.1', 'no-such-machine.invalid'])('asked for the address %s says that it is none', async (host) => {
    const config = readConfig({ HOST: host, PORT: '0' }, 'UTC');
    await expect(openServer(config)).rejects.toThrow(`HOST names no address of this machine: ${host}`);
  });

  test('whose Inkwell has not started says so, and takes nothing', async () => {
    const server = createHttpServer();
    await server.listen({ host: '127.0.0.1', port: 0 });
    expect(await ask(`${server.url}/healthz`)).toEqual({ status: 200, text: 'ok\n' });
    expect(await ask(`${server.url}/readyz`)).toEqual({ status: 503, text: 'Inkwell is starting.\n' });
    expect((await ask(`${server.url}/slack/events`, { method: 'POST', body: '{}' })).status).toBe(503);
    await server.close();
  });
});
