import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Act, ActAnswer, View } from '../src/view.ts';
import { ANA, ATLAS, GINA, NORTHWIND, type StartedWithBot, section, startWithBot } from './support.ts';

let folder: string;
let started: StartedWithBot;
let resets = 0;
beforeEach(async () => {
  resets = 0;
  folder = mkdtempSync(join(tmpdir(), 'page-'));
  mkdirSync(join(folder, 'page/parts'), { recursive: true });
  writeFileSync(join(folder, 'page/index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'page/parts/a.js'), 'export {};');
  writeFileSync(join(folder, 'secret.json'), '{}');
  started = await startWithBot(() => {}, {
    pageFolder: join(folder, 'page'),
    onReset: async () => {
      resets += 1;
    },
  });
});
afterEach(async () => {
  await started.stop();
  rmSync(folder, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(started.slack.url + path, { headers });
const read = async <T>(path: string) => (await (await get(path)).json()) as T;
const state = (as: string) => read<View>(`/playground/state?as=${as}`);
async function act(body: Act | object, headers: Record<string, string> = {}) {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
  const response = await fetch(`${started.slack.url}/playground/act`, init);
  return { status: response.status, answer: (await response.json().catch(() => null)) as ActAnswer | null };
}

/** `fetch` sets its own Host header; a rebinding browser sends the attacker's. */
const statusUnderName = (host: string) =>
  new Promise<number>((resolve, reject) => {
    const { port } = new URL(started.slack.url);
    request({ host: '127.0.0.1', port, path: '/playground/state?as=U0ANA', headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });

describe('a week that passes', () => {
  const time = async () => (await state(ANA)).time;

  test('is offered only where the clock can be moved', async () => {
    expect(await time()).toMatchObject({ canPass: false, isPassing: false });
    expect(await act({ act: 'let_week_pass', as: ANA })).toMatchObject({ answer: { ok: false } });
  });

  test.each([
    ['reached its end', null, null],
    ['broke off', new Error('the disk is full'), 'The week did not pass to its end: the disk is full'],
  ])('is begun once at a time, and tells everyone when it has %s', async (_, failure, problem) => {
    await started.stop();
    let end = () => {};
    const passing = new Promise<void>((resolve, reject) => {
      end = () => (failure ? reject(failure) : resolve());
    });
    started = await startWithBot(() => {}, { letWeekPass: () => passing });
    expect(await act({ act: 'let_week_pass', as: ANA })).toMatchObject({ answer: { ok: true } });
    expect(await time()).toMatchObject({ canPass: true, isPassing: true });
    for (const again of ['let_week_pass', 'reset'] as const)
      expect(await act({ act: again, as: ANA })).toMatchObject({ answer: { ok: false } });
    end();
    await started.slack.until(() => !started.slack.time().isPassing);
    expect(await time()).toMatchObject({ isPassing: false, problem });
  });
});

describe('the page’s server', () => {
  test('answers only under this machine’s own names', async () => {
    const { port } = new URL(started.slack.url);
    expect(await statusUnderName(`localhost:${port}`)).toBe(200);
    expect(await statusUnderName(`127.0.0.1:${port}`)).toBe(200);
    expect(await statusUnderName(`evil.example:${port}`)).toBe(421);
    expect(await statusUnderName('127.0.0.1.evil.example')).toBe(421);
  });

  test('does nothing for another page', async () => {
    const say = { act: 'say', as: ANA, channelId: ATLAS, text: 'Forged' } as const;
    expect((await act(say, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await act(say, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await act(say, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await get('/playground/state?as=U0ANA', { origin: 'http://localhost:1' })).status).toBe(403);
    expect((await act(say, { origin: started.slack.url, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect(started.slack.messages(ATLAS).filter(({ text }) => text === 'Forged')).toHaveLength(1);
  });

  test('serves the page’s files, and none beside them', async () => {
    const index = await get('/');
    expect([index.status, index.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(index.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(index.headers.get('content-security-policy')).not.toContain('unsafe');
    expect((await get('/parts/a.js')).headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    for (const path of ['/nothing.js', '/parts', '/..%2fsecret.json', '/%2e%2e/secret.json', '/%']) {
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    }
  });

  test('refuses acts that are none, and says why', async () => {
    expect(await act({ act: 'fly', as: ANA })).toMatchObject({ status: 400, answer: { ok: false } });
    expect(await act({ act: 'say', as: ANA, channelId: ATLAS })).toMatchObject({ status: 400 });
    expect(await act({ act: 'say', as: 'U0NOBODY', channelId: ATLAS, text: 'x' })).toMatchObject({
      status: 200,
      answer: { ok: false, message: 'Nobody here by that name.' },
    });
  });
});

/** Reads one event after the other. */
async function follow(as: string) {
  const response = await get(`/playground/events?as=${as}`);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  return async () => JSON.parse((await reader.read()).value!.replace(/^data: /, '')) as { changed: string[] };
}

describe('server-sent events', () => {
  test('say what to fetch again, to those who can see it', async () => {
    const [ana, gina] = [await follow(ANA), await follow(GINA)];
    expect([await ana(), await gina()]).toEqual([{ changed: ['state'] }, { changed: ['state'] }]);
    await started.client.chat.postMessage({ channel: NORTHWIND, text: 'Not for Gina' });
    await started.client.chat.postMessage({ channel: ATLAS, text: 'For both' });
    expect((await ana()).changed).toContain(NORTHWIND);
    expect((await gina()).changed).toEqual([ATLAS, 'state']);
    await started.client.views.publish({ user_id: GINA, view: { type: 'home', blocks: [section('Home')] } });
    expect(await gina()).toEqual({ changed: ['state'] });
    expect((await state(GINA)).home?.blocks).toMatchObject([{ text: { text: 'Home' } }]);
  });
});

test('a reset wipes the product first, then plants the seed again', async () => {
  await started.client.chat.postMessage({ channel: ATLAS, text: 'Before the reset' });
  await started.client.apiCall('chat.typo').catch(() => {});
  await started.slack.changePerson(ANA, { deactivated: true });
  const changes = await follow(ANA);
  await changes();
  expect((await act({ act: 'reset', as: GINA })).answer).toEqual({ ok: true });
  expect((await changes()).changed).toEqual(expect.arrayContaining(['state', ATLAS, NORTHWIND]));
  expect(resets).toBe(1);
  expect(started.slack.messages(ATLAS).map(({ text }) => text)).not.toContain('Before the reset');
  expect((await state(ANA)).me.deactivated).toBe(false);
  expect((await state(ANA)).violations).toEqual([]);
});
