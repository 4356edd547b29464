import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ConfigFault, readConfig } from '../src/config.ts';
import { createFiles } from '../src/slack/messenger/files.ts';
import { createTell } from '../src/slack/messenger/tell.ts';
import { webClientOptions } from '../src/slack/platform/web-client.ts';
import { createNetwork, type Network } from '../src/start/network.ts';
import { createImageProviders } from '../src/start/providers.ts';
import { realClock } from '../src/start/real-clock.ts';
import { start } from '../src/start/start.ts';
import { ANA, createPaperLog, NORTHWIND } from './slack/quick-slack.ts';
import { openQuickSocket, type QuickSocket } from './slack/socket/quick-socket.ts';
import { type OpenProxy, startProxy } from './support/proxy.ts';

let proxy: OpenProxy;
const open: { close(): Promise<void> }[] = [];
beforeEach(async () => {
  proxy = await startProxy();
});
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
  await proxy.close();
});

const keep = <Closable extends { close(): Promise<void> }>(closable: Closable): Closable => {
  open.push(closable);
  return closable;
};
const config = (environment: Record<string, string>) => readConfig(environment, 'Europe/London');
const network = (environment: Record<string, string>): Network => keep(createNetwork(config(environment).proxy));
const hostOf = ({ slack }: QuickSocket) => new URL(slack.url).host;

describe('with a proxy in the environment', () => {
  test.each(['HTTP_PROXY', 'http_proxy'])(
    '%s: calls, files, response URLs and websockets go through it',
    async (name) => {
      const way = network({ [name]: proxy.url });
      const here = keep(await openQuickSocket({ way }));
      await here.bolt.start();
      expect(await here.slack.as(ANA).command('/imagine', 'a fox', { channelId: NORTHWIND })).toEqual({ ok: true });
      await here.slack.until(() => here.slack.sockets.open === 2);
      expect(new Set(proxy.tunnels)).toEqual(new Set([hostOf(here)]));

      const client = new WebClient('xoxb-test', { ...webClientOptions(here.slack.apiUrl), fetch: way.fetch });
      proxy.tunnels.length = 0;
      const bytes = new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]);
      const files = createFiles({ client, clock: realClock, fetch: way.fetch });
      const uploaded = await files.upload({ bytes, contentType: 'image/png', title: 'a fox' });
      expect(uploaded.kind).toBe('uploaded');
      if (uploaded.kind === 'uploaded') expect(here.slack.fileBytes(uploaded.fileId)).toEqual(bytes);
      const [call] = here.app.of('requestImage') as unknown as [{ hearer?: { responseUrl: string } }];
      expect(call).toBeDefined();
      const responseUrl = new URLSearchParams(here.slack.deliveries[0]?.body).get('response_url');
      const directMessages = { open: () => Promise.reject(new Error('not needed')) } as never;
      const tell = createTell({ client, clock: realClock, log: createPaperLog(), fetch: way.fetch, directMessages });
      const hearer = { memberId: ANA, channelId: NORTHWIND, threadTs: null, responseUrl } as never;
      expect(await tell(hearer, { text: 'hello', blocks: [] } as never)).toEqual({ kind: 'delivered' });
    },
  );

  test.each(['127.0.0.1', '.0.0.1', '*', 'example.com, 127.0.0.1'])('NO_PROXY=%s is reached without it', async (no) => {
    const here = keep(await openQuickSocket({ way: network({ HTTP_PROXY: proxy.url, NO_PROXY: no }) }));
    await here.bolt.start();
    expect(proxy.tunnels).toEqual([]);
  });

  test('a host that NO_PROXY does not name goes through it', async () => {
    const here = keep(await openQuickSocket({ way: network({ HTTP_PROXY: proxy.url, no_proxy: 'slack.com' }) }));
    await here.bolt.start();
    expect(proxy.tunnels.length).toBeGreaterThan(0);
  });

  test('https goes through HTTPS_PROXY, or through HTTP_PROXY where that is not set', async () => {
    proxy.refuseWith(403);
    for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY']) {
      const { fetch } = network({ [name]: proxy.url });
      await expect(fetch('https://slack.example/api/')).rejects.toMatchObject({ cause: { code: 'PROXY_403' } });
    }
    expect(proxy.tunnels).toEqual(Array(3).fill('slack.example:443'));
  });

  test('it is told who we are, and what it refuses is told by its status', async () => {
    const other = keep(await startProxy({ login: 'ink:p@ss'.replace('@', '%40') }));
    expect(config({ HTTP_PROXY: other.url }).proxy?.http).toBe(other.url);
    const strict = keep(await startProxy({ login: 'ink:secret' }));
    const here = keep(await openQuickSocket({ way: network({ HTTP_PROXY: strict.url }) }));
    await here.bolt.start();
    const wrong = network({ HTTP_PROXY: strict.url.replace('secret', 'wrong') });
    await expect(wrong.fetch(here.slack.url)).rejects.toMatchObject({ cause: { code: 'PROXY_407' } });
  });

  test('image providers are reached through it, and what it refuses was not sent', async () => {
    const provider = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ object: 'list', data: [] }));
    }).listen(0, '127.0.0.1');
    await once(provider, 'listening');
    const { port } = provider.address() as { port: number };
    const making = createImageProviders(
      config({ HTTP_PROXY: proxy.url, OPENAI_API_KEY: 'sk-test-key', OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1` }),
      realClock,
      createPaperLog(),
    );
    await making.lookAtModels({ signal: new AbortController().signal });
    expect(proxy.tunnels).toEqual([`127.0.0.1:${port}`]);
    proxy.refuseWith(502);
    const { models } = making.rateCard();
    const model = models.find(({ provider: by }) => by === 'openai');
    if (!model) throw new Error('no model of OpenAI');
    const request = {
      rate: model,
      prompt: 'a fox',
      size: model.sizes[0] ?? '',
      quality: model.qualities[0] ?? '',
      safetyId: 'x',
    };
    const outcome = await making.providers.images.make(request, { signal: new AbortController().signal });
    expect(outcome).toMatchObject({ kind: 'transient', detail: expect.stringContaining('PROXY_502') });
    await making.close();
    provider.closeAllConnections();
    provider.close();
  });

  test('the playground’s own Slack is never reached through it', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'inkwell-'));
    const environment = { DATA_DIR: dataDir, PORT: '0', HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url };
    const running = await start(config(environment), { clock: realClock, log: createPaperLog() });
    await running.slack?.as(ANA).command('/credits', '', { channelId: NORTHWIND });
    await running.stop();
    expect(proxy.tunnels).toEqual([]);
    rmSync(dataDir, { recursive: true, force: true });
  });
});

describe('the address of a proxy', () => {
  test.each([
    ['proxy.example.com:3128', 'http://proxy.example.com:3128'],
    ['https://proxy.example.com', 'https://proxy.example.com'],
  ])('%s is taken', (given, taken) => {
    expect(config({ HTTPS_PROXY: given }).proxy).toEqual({ http: '', https: taken, no: '' });
  });

  test('small letters win, and an empty one is none', () => {
    const both = { https_proxy: 'http://a', HTTPS_PROXY: 'http://b', NO_PROXY: 'x', no_proxy: 'y' };
    expect(config(both).proxy).toEqual({ http: '', https: 'http://a', no: 'y' });
    expect(config({ HTTPS_PROXY: ' ', NO_PROXY: 'x' }).proxy).toBeNull();
  });

  test.each(['socks5://proxy:1080', 'http://', 'http://a:%zz@proxy', 'proxy:port', '::'])('%s is refused', (given) => {
    const problems: string[] = [];
    try {
      config({ HTTPS_PROXY: given });
    } catch (error) {
      problems.push(...(error as ConfigFault).problems);
    }
    expect(problems).toEqual([expect.stringMatching(/^HTTPS_PROXY must be the address of an HTTP proxy/)]);
  });
});
