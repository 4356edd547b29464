import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ANA, ATLAS, button, type StartedWithBot, section, startWithBot } from './support.ts';

const HALF_AN_HOUR_MS = 30 * 60_000;
const row = { type: 'actions' as const, elements: [button('go', 'Go')] };

let started: StartedWithBot;
beforeEach(async () => {
  started = await startWithBot((app) => app.action('go', async ({ ack }) => ack()));
});
afterEach(() => started.stop());

async function urlOfCommand(channelId = ATLAS): Promise<string> {
  await started.slack.as(ANA).command('/credits', '', { channelId });
  return new URLSearchParams(started.slack.deliveries.at(-1)?.body).get('response_url')!;
}

async function urlOfClick(ts: string): Promise<string> {
  expect(await started.slack.as(ANA).click({ channelId: ATLAS, ts }, 'go')).toEqual({ ok: true });
  const payload = new URLSearchParams(started.slack.deliveries.at(-1)?.body).get('payload')!;
  return (JSON.parse(payload) as { response_url: string }).response_url;
}

async function say(url: string, body: object): Promise<[status: number, answer: unknown]> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return [response.status, await response.json()];
}

const last = (as: string) => started.slack.messages(ATLAS, { as }).at(-1);
const post = async () =>
  (await started.client.chat.postMessage({ channel: ATLAS, text: 'Go?', blocks: [section('Go?'), row] })).ts!;

describe('a response URL', () => {
  test('works five times', async () => {
    const url = await urlOfCommand();
    for (const text of ['1', '2', '3', '4', '5']) expect(await say(url, { text })).toEqual([200, { ok: true }]);
    expect(await say(url, { text: '6' })).toEqual([404, { ok: false, error: 'used_url' }]);
    expect(last(ANA)).toMatchObject({ text: '5', ephemeral: true });
  });

  test('works for half an hour', async () => {
    const url = await urlOfCommand();
    started.clock.advance(HALF_AN_HOUR_MS);
    expect(await say(url, { text: 'Just in time' })).toEqual([200, { ok: true }]);
    started.clock.advance(1);
    expect(await say(url, { text: 'Late' })).toEqual([404, { ok: false, error: 'expired_url' }]);
  });

  test('is forgotten after a day', async () => {
    const old = await urlOfCommand();
    started.clock.advance(25 * 60 * 60_000);
    await urlOfCommand();
    expect(await say(old, { text: 'x' })).toEqual([404, { ok: false, error: 'invalid_url' }]);
  });

  test('cannot be made up', async () => {
    const url = (await urlOfCommand()).replace(/[^/]+$/, 'guess');
    expect(await say(url, { text: 'x' })).toEqual([404, { ok: false, error: 'invalid_url' }]);
  });

  test('reaches a channel that the bot is not in', async () => {
    await started.slack.kick(ATLAS);
    const url = await urlOfCommand();
    expect(await say(url, { text: 'For all', response_type: 'in_channel' })).toEqual([200, { ok: true }]);
    expect(last('U0BEN')).toMatchObject({ text: 'For all', ephemeral: false });
  });

  test('refuses what a message would refuse', async () => {
    const url = await urlOfCommand();
    expect(await say(url, {})).toEqual([400, { ok: false, error: 'no_text' }]);
    expect(await say(url, { text: 'x', response_type: 'loud' })).toMatchObject([
      400,
      { error: 'invalid_response_type' },
    ]);
    expect(await say(url, { blocks: [{ type: 'divider', x: 1 }] })).toMatchObject([400, { error: 'invalid_blocks' }]);
    expect(started.slack.violations).toHaveLength(3);
  });
});

describe('after a click', () => {
  test('the answer may take the place of the message', async () => {
    const ts = await post();
    const url = await urlOfClick(ts);
    await say(url, { replace_original: true, text: 'Gone ahead', blocks: [section('Gone ahead')] });
    expect(last('U0BEN')).toMatchObject({ ts, text: 'Gone ahead', ephemeral: false });
    await say(url, { delete_original: true });
    expect(started.slack.messages(ATLAS).some((message) => message.ts === ts)).toBe(false);
  });

  test('in an ephemeral message there is no copy of it, but it can be replaced', async () => {
    const blocks = [section('Go?'), row];
    const { message_ts: ts } = await started.client.chat.postEphemeral({
      channel: ATLAS,
      user: ANA,
      text: 'Go?',
      blocks,
    });
    const url = await urlOfClick(ts!);
    const payload = JSON.parse(new URLSearchParams(started.slack.deliveries.at(-1)?.body).get('payload')!);
    expect(payload).toMatchObject({ container: { type: 'message', is_ephemeral: true, message_ts: ts } });
    expect(payload).not.toHaveProperty('message');
    await say(url, { replace_original: true, text: 'Going' });
    expect(last(ANA)).toMatchObject({ ts, text: 'Going', ephemeral: true, blocks: [] });
  });

  test('the answer is for the clicker alone unless it says otherwise', async () => {
    const url = await urlOfClick(await post());
    await say(url, { text: 'Between us' });
    expect([last(ANA)?.text, last('U0BEN')?.text]).toEqual(['Between us', 'Go?']);
  });
});
