import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Act, MessagePage, View } from '../src/view.ts';
import { ANA, ATLAS, GINA, NORTHWIND, type Started, startSlack, TOM } from './support.ts';

let started: Started;
beforeEach(async () => {
  started = await startSlack({ rateLimits: 'off' });
});
afterEach(() => started.stop());

const get = (path: string) => fetch(started.slack.url + path);
const read = async <T>(path: string) => (await (await get(path)).json()) as T;
const state = (as: string) => read<View>(`/playground/state?as=${as}`);
const messages = (as: string, channelId: string, before = '') =>
  read<MessagePage>(`/playground/messages?as=${as}&channelId=${channelId}&before=${before}`);
const act = (body: Act) => {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${started.slack.url}/playground/act`, { method: 'POST', headers, body: JSON.stringify(body) });
};

describe('a person’s view', () => {
  test('holds the channels they are in, and nobody else’s', async () => {
    const [ana, tom] = [await state(ANA), await state(TOM)];
    expect(ana).toMatchObject({
      workspaceName: 'Juniper & Co',
      workspaceDomain: 'juniper-co',
      bot: { userId: 'U0INKWELL', name: 'Inkwell' },
      me: { userId: ANA, realName: 'Ana Lindqvist', kind: 'member' },
      home: null,
      modal: null,
    });
    expect(ana.commands.map(({ command }) => command)).toEqual(['/imagine', '/credits']);
    const names = ({ channels }: View) => channels.map(({ name, kind }) => `${kind} ${name}`);
    expect(names(ana)).toEqual([
      'channel atlas-outdoor',
      'channel general',
      'channel mira-skincare',
      'channel northwind-coffee',
      'channel summer-pitch',
      'im Inkwell',
      'im Marcus',
    ]);
    expect(names(tom)).toEqual(['channel northwind-coffee', 'im Inkwell']);
    expect(tom.people.map(({ kind }) => kind)).toEqual([
      'member',
      'member',
      'member',
      'member',
      'guest',
      'outsider',
      'bot',
    ]);
    expect(tom.channels[0]).toMatchObject({ isShared: true, topic: expect.any(String), unread: 0 });
    expect((await get('/playground/state?as=U0NOBODY')).status).toBe(404);
  });

  test('keeps messages and ephemerals from those they are not for', async () => {
    await started.client.chat.postEphemeral({ channel: ATLAS, user: GINA, text: 'Psst' });
    const texts = async (as: string) => (await messages(as, ATLAS)).messages.map(({ text }) => text);
    expect((await texts(GINA)).includes('Psst')).toBe(true);
    expect((await texts(ANA)).includes('Psst')).toBe(false);
    expect((await get(`/playground/messages?as=${TOM}&channelId=${ATLAS}`)).status).toBe(404);
  });

  test('counts what is unread until it is read', async () => {
    const unread = async (as: string) =>
      (await state(as)).channels.find(({ channelId }) => channelId === ATLAS)?.unread;
    const { ts } = await started.client.chat.postMessage({ channel: ATLAS, text: 'New' });
    await started.client.chat.postMessage({ channel: ATLAS, text: 'In the thread', thread_ts: ts! });
    await started.client.chat.postEphemeral({ channel: ATLAS, user: GINA, text: 'Psst' });
    await act({ act: 'say', as: ANA, channelId: ATLAS, text: 'Mine' });
    expect([await unread(ANA), await unread(GINA)]).toEqual([0, 2]);
    await act({ act: 'read', as: GINA, channelId: ATLAS, ts: ts! });
    expect(await unread(GINA)).toBe(1);
  });

  test('pages through old messages, and opens threads', async () => {
    for (let index = 0; index < 117; index += 1) {
      await started.client.chat.postMessage({ channel: NORTHWIND, text: `Message ${index}` });
    }
    const last = await messages(ANA, NORTHWIND);
    expect([last.messages.length, last.hasOlder, last.messages.at(-1)?.text]).toEqual([60, true, 'Message 116']);
    const middle = await messages(ANA, NORTHWIND, last.messages[0]!.ts);
    expect(middle.messages.at(-1)?.text).toBe('Message 56');
    expect([middle.messages.length, middle.hasOlder]).toEqual([60, false]);

    const parent = last.messages.at(-1)!.ts;
    await started.client.chat.postMessage({ channel: NORTHWIND, text: 'A reply', thread_ts: parent });
    const thread = await read<MessagePage>(`/playground/thread?as=${ANA}&channelId=${NORTHWIND}&ts=${parent}`);
    expect(thread.messages.map(({ text, replies }) => [text, replies])).toEqual([
      ['Message 116', 1],
      ['A reply', 0],
    ]);
  });

  test('shows violations, newest first', async () => {
    for (const method of ['chat.one', 'chat.two']) await started.client.apiCall(method).catch(() => {});
    expect((await state(ANA)).violations.map(({ text }) => text)).toEqual([
      'chat.two → unknown_method',
      'chat.one → unknown_method',
    ]);
  });
});
