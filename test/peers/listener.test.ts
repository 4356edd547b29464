import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Line } from '../../src/ledger/lines.ts';
import { privateAddress } from '../../src/peers/address.ts';
import { BODY_BYTES_MAX, HEADERS, type Listener, listenToPeers, REPLY_BYTES_MAX } from '../../src/peers/listener.ts';
import type { HandOver, Reply } from '../../src/peers/one-writer.ts';
import { createSend } from '../../src/peers/send.ts';
import { GOOD_FOR_MS, signReply, signRequest, UsedNonces } from '../../src/peers/signature.ts';
import { agency, commandOf, hold } from '../support/fixtures.ts';
import { given } from '../support/given.ts';

const KEY = 'the key of the database';
const ME = 'p1';
const handOver: HandOver = {
  workspace: 'T1',
  term: 3,
  rules: 'same',
  commands: [{ command: commandOf(hold(5), 'h1'), commandHash: 'hash', at: 1_700_000_000_000 }],
  afterSeq: 8,
};
const DONE: Reply = { kind: 'done', outcomes: ['stands'], seq: 9, lines: [] };

const opened = given(agency()).lines[0] as Line;

let taken: HandOver[];
let reply: Reply;
let listener: Listener;
let answerAfterMs: number;

beforeEach(async () => {
  taken = [];
  reply = DONE;
  answerAfterMs = 0;
  const take = async (of: HandOver) => {
    taken.push(of);
    if (answerAfterMs > 0) await new Promise((resolve) => setTimeout(resolve, answerAfterMs));
    return reply;
  };
  listener = await listenToPeers({ host: '127.0.0.1', port: 0, key: KEY, processId: ME, now: Date.now, take });
});
afterEach(() => listener.close());

type Change = {
  body?: string;
  at?: number;
  nonce?: string;
  to?: string;
  key?: string;
  signature?: string;
  path?: string;
};

async function post(change: Change = {}) {
  const {
    body = JSON.stringify(handOver),
    at = Date.now(),
    nonce = randomUUID(),
    to = ME,
    key = KEY,
    path = '/commands',
  } = change;
  const signature = change.signature ?? signRequest(key, { at, nonce, to, body });
  const headers = { [HEADERS.at]: String(at), [HEADERS.nonce]: nonce, [HEADERS.signature]: signature };
  const response = await fetch(listener.url + path, { method: 'POST', body, headers });
  return { status: response.status, text: await response.text(), headers: response.headers, signature };
}

describe('commands from another process', () => {
  test('are taken as they were sent, and the answer is signed', async () => {
    const { status, text, headers, signature } = await post();
    expect([status, JSON.parse(text)]).toEqual([200, DONE]);
    const at = Number(headers.get(HEADERS.at));
    expect(headers.get(HEADERS.signature)).toBe(signReply(KEY, { at, request: signature, body: text }));
    expect(taken).toEqual([handOver]);
  });

  test.each<[string, Change, number]>([
    ['a wrong key', { key: 'another' }, 401],
    ['an empty key', { key: '' }, 401],
    ['meant for another process', { to: 'p2' }, 401],
    ['no signature', { signature: '' }, 401],
    ['a signature of other content', { signature: signRequest(KEY, { at: 1, nonce: 'n', to: ME, body: '{}' }) }, 401],
    ['a time that is no number', { at: Number.NaN, signature: 'x' }, 401],
    ['too old', { at: Date.now() - GOOD_FOR_MS - 5_000 }, 408],
    ['of a day to come', { at: Date.now() + 86_400_000 }, 408],
    ['no JSON', { body: 'hold 5' }, 400],
    ['another shape', { body: JSON.stringify({ ...handOver, term: 'three' }) }, 400],
    ['no command', { body: JSON.stringify({ ...handOver, commands: [] }) }, 400],
    [
      'a command without an id',
      { body: JSON.stringify({ ...handOver, commands: [{ command: {}, commandHash: 'x' }] }) },
      400,
    ],
    ['another path', { path: '/slack/events' }, 404],
  ])('%s: refused, and nothing is taken', async (_, change, status) => {
    expect((await post(change)).status).toBe(status);
    expect(taken).toEqual([]);
  });

  test('the same request again is refused', async () => {
    const again = { at: Date.now(), nonce: 'once', body: JSON.stringify(handOver) };
    expect((await post(again)).status).toBe(200);
    expect((await post(again)).status).toBe(409);
    expect(taken).toHaveLength(1);
  });

  test.each(['at', 'nonce', 'signature'] as const)('a request without %s is refused', async (name) => {
    const body = JSON.stringify(handOver);
    const signed = { at: Date.now(), nonce: 'n', to: ME, body };
    const all = {
      [HEADERS.at]: String(signed.at),
      [HEADERS.nonce]: 'n',
      [HEADERS.signature]: signRequest(KEY, signed),
    };
    const headers = Object.fromEntries(Object.entries(all).filter(([key]) => key !== HEADERS[name]));
    expect((await fetch(`${listener.url}/commands`, { method: 'POST', body, headers })).status).toBe(401);
  });

  test('more than a write can have is not read to its end', async () => {
    const status = await post({ body: 'x'.repeat(BODY_BYTES_MAX * 4) }).then(
      (heard) => heard.status,
      () => 'connection closed',
    );
    expect([413, 'connection closed']).toContain(status);
    expect((await post()).status).toBe(200);
  });

  test('somebody who begins to speak and never ends is hung up on', async () => {
    const { port } = new URL(listener.url);
    const slow = connect(Number(port), '127.0.0.1');
    slow.on('error', () => {});
    const closed = new Promise((resolve) => slow.once('close', resolve));
    slow.write('POST /commands HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{');
    slow.resume();
    expect((await post()).status).toBe(200);
    await closed;
    expect(taken).toHaveLength(1);
  }, 60_000);
});

describe('who hands over', () => {
  const sendTo = (url: string, key = KEY, now = Date.now) =>
    createSend({ key, now, newId: randomUUID, answerWithinMs: 400 }).send({ url, processId: ME }, handOver);

  test('gets the answer, whatever its own clock says', async () => {
    for (const aheadMs of [0, 3_600_000, -86_400_000]) {
      expect(await sendTo(listener.url, KEY, () => Date.now() + aheadMs)).toEqual(DONE);
    }
    expect(taken).toHaveLength(3);
  });

  test('knows that nothing was sent where nobody listens', async () => {
    const { url } = listener;
    await listener.close();
    expect(await sendTo(url)).toMatchObject({ kind: 'not_sent' });
  });

  test('is in doubt where no answer comes in time', async () => {
    answerAfterMs = 1_500;
    expect(await sendTo(listener.url)).toMatchObject({ kind: 'in_doubt' });
  });

  test('waits for somebody who is slow and says so', async () => {
    answerAfterMs = 1_500;
    const { send } = createSend({ key: KEY, now: Date.now, newId: randomUUID });
    expect(await send({ url: listener.url, processId: ME }, handOver)).toEqual(DONE);
  });

  test('does not wait for somebody who shows no sign of life', async () => {
    const silent = createTcpServer((socket) => socket.resume());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const { send, close } = createSend({ key: KEY, now: Date.now, newId: randomUUID, answerWithinMs: 60_000 });
    expect(await send({ url: `http://127.0.0.1:${port}`, processId: ME }, handOver)).toMatchObject({
      kind: 'in_doubt',
    });
    close();
    silent.close();
  });

  test('more lines than fit into an answer are left to be read', async () => {
    const { send } = createSend({ key: KEY, now: Date.now, newId: randomUUID });
    const answers: unknown[] = [];
    for (const linesCount of [REPLY_BYTES_MAX / JSON.stringify(opened).length + 1, 1_000]) {
      reply = { ...DONE, lines: Array.from({ length: linesCount }, () => opened) };
      answers.push(await send({ url: listener.url, processId: ME }, handOver));
    }
    expect(answers).toEqual([{ ...DONE, lines: [] }, reply]);
  });

  test('sends no more at once than is taken', async () => {
    const long = { ...handOver, rules: 'x'.repeat(BODY_BYTES_MAX) };
    const { send } = createSend({ key: KEY, now: Date.now, newId: randomUUID });
    expect(await send({ url: listener.url, processId: ME }, long)).toMatchObject({ kind: 'not_sent' });
  });

  test.each([
    ['not signed', () => ({})],
    ['signed with another key', (request: string, body: string) => signed('another', request, body)],
    ['an answer to something else', (_: string, body: string) => signed(KEY, 'another request', body)],
  ])('believes no answer that is %s', async (_, sign: (request: string, body: string) => Record<string, string>) => {
    const impostor = createServer((request, response) => {
      const body = JSON.stringify(DONE);
      request
        .resume()
        .on('end', () => response.writeHead(200, sign(String(request.headers[HEADERS.signature]), body)).end(body));
    });
    await new Promise<void>((resolve) => impostor.listen(0, '127.0.0.1', resolve));
    const { port } = impostor.address() as AddressInfo;
    expect(await sendTo(`http://127.0.0.1:${port}`)).toMatchObject({ kind: 'in_doubt' });
    impostor.closeAllConnections();
    impostor.close();
  });
});

const signed = (key: string, request: string, body: string) => {
  const at = Date.now();
  return { [HEADERS.at]: String(at), [HEADERS.signature]: signReply(key, { at, request, body }) };
};

test('a number that was used is remembered for as long as a request is good', () => {
  const used = new UsedNonces();
  expect(used.use('a', 0)).toBe(true);
  for (const now of [1, GOOD_FOR_MS, 2 * GOOD_FOR_MS, 2 * GOOD_FOR_MS + 1]) expect(used.use('a', now)).toBe(false);
  expect(used.use('b', 2 * GOOD_FOR_MS + 2)).toBe(true);
});

describe('the address of this machine', () => {
  const on = (address: string, internal = false) => ({ address, internal, family: 'IPv4' }) as never;
  test.each([
    [[on('127.0.0.1', true), on('8.8.8.8'), on('10.1.2.3')], '10.1.2.3'],
    [[on('172.32.0.1'), on('172.31.0.1')], '172.31.0.1'],
    [[on('192.169.0.1'), on('192.168.0.7')], '192.168.0.7'],
    [[on('fe80::1'), on('fd12::7')], 'fd12::7'],
    [[on('100.64.1.1')], '100.64.1.1'],
    [[on('203.0.113.9')], '127.0.0.1'],
    [[], '127.0.0.1'],
  ])('%#: is the private one', (addresses, expected) => {
    expect(privateAddress({ eth0: addresses })).toBe(expected);
  });
});
