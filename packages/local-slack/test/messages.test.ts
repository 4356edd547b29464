import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ANA,
  ATLAS,
  BOT,
  button,
  errorOf,
  GINA,
  MIRA,
  NORTHWIND,
  type Started,
  section,
  startSlack,
} from './support.ts';

let started: Started;
beforeEach(async () => {
  started = await startSlack({ rateLimits: 'off' });
});
afterEach(() => started.stop());

const ts = async (text = 'Hello', more: object = {}) =>
  (await started.client.chat.postMessage({ channel: ATLAS, text, ...more })).ts!;

describe('chat.postMessage', () => {
  test('answers with the message as it is stored', async () => {
    const answer = await started.client.chat.postMessage({
      channel: ATLAS,
      text: 'Hello',
      blocks: [section('Hello'), { type: 'actions', elements: [button('go', 'Go & see')] }],
    });
    expect(answer).toMatchObject({
      ok: true,
      channel: ATLAS,
      ts: expect.stringMatching(/^\d{10}\.\d{6}$/),
      message: {
        type: 'message',
        user: BOT,
        bot_id: 'B0INKWELL',
        app_id: 'A0INKWELL',
        text: 'Hello',
        team: 'T0JUNIPER',
      },
    });
    expect(answer.message?.blocks).toMatchObject([
      { type: 'section', block_id: expect.any(String) },
      { elements: [{ action_id: 'go', text: { text: 'Go &amp; see' } }] },
    ]);
  });

  test('never gives one timestamp twice, though the clock stands still', async () => {
    const all = [await ts(), await ts(), await ts()];
    expect(new Set(all).size).toBe(3);
    expect([...all].sort()).toEqual(all);
  });

  test('answers a second one with an id of its sender’s with the first, in the same channel', async () => {
    const id = { client_msg_id: '11111111-2222-5333-8444-555555555555' };
    const first = await ts('Once', id);
    await started.client.chat.update({ channel: ATLAS, ts: first, text: 'Changed' });
    const again = await started.client.chat.postMessage({ channel: ATLAS, text: 'Once more', ...id });
    expect(again).toMatchObject({ ts: first, message: { text: 'Changed' } });
    const others = [await ts('Other', { client_msg_id: 'other' }), await ts('None')];
    const elsewhere = await started.client.chat.postMessage({ channel: NORTHWIND, text: 'There', ...id });
    expect(new Set([first, ...others, elsewhere.ts]).size).toBe(4);
  });

  test('escapes stray characters and keeps what Slack understands', async () => {
    await ts('a < b & c > d, <!channel> <@U0ANA> <https://example.com|site> <b> &amp; <#C0ATLAS>');
    expect(started.slack.messages(ATLAS).at(-1)?.text).toBe(
      'a &lt; b &amp; c &gt; d, <!channel> <@U0ANA> <https://example.com|site> &lt;b&gt; &amp; <#C0ATLAS>',
    );
  });

  test('cuts a text at 40,000 characters and says so', async () => {
    const answer = await started.client.apiCall('chat.postMessage', { channel: ATLAS, text: 'x'.repeat(40_001) });
    expect(answer).toMatchObject({ warning: 'message_truncated' });
    expect(started.slack.messages(ATLAS).at(-1)?.text).toHaveLength(40_000);
  });

  test('goes to a person’s direct message by their id', async () => {
    const { channel } = await started.client.chat.postMessage({ channel: ANA, text: 'Psst' });
    expect(channel).toBe(started.slack.directMessage(ANA));
    await started.slack.changePerson(ANA, { deactivated: true });
    expect(await errorOf(started.client.chat.postMessage({ channel: ANA, text: 'Psst' }))).toBe('channel_not_found');
  });

  test('is refused where the bot cannot write', async () => {
    const post = (channel: string) => errorOf(started.client.chat.postMessage({ channel, text: 'x' }));
    await started.slack.kick(ATLAS);
    await started.slack.kick(MIRA);
    await started.slack.archive(NORTHWIND);
    expect([await post(ATLAS), await post(MIRA), await post(NORTHWIND), await post('C0NONE')]).toEqual([
      'not_in_channel',
      'channel_not_found',
      'is_archived',
      'channel_not_found',
    ]);
    // There is no app here that would take the event.
    expect(started.slack.violations.map(({ text }) => text)).toEqual([expect.stringContaining('channel_archive')]);
    await started.slack.invite(ATLAS);
    expect(await post(ATLAS)).toBeNull();
  });

  test('needs something to say, in blocks that are blocks', async () => {
    const post = (args: object) => errorOf(started.client.apiCall('chat.postMessage', { channel: ATLAS, ...args }));
    expect(await post({})).toBe('no_text');
    expect(await post({ text: '' })).toBe('no_text');
    expect(await post({ blocks: [] })).toBe('no_text');
    expect(await post({ blocks: '{not json' })).toBe('invalid_blocks_format');
    expect(await post({ blocks: { type: 'section' } })).toBe('invalid_blocks_format');
    expect(await post({ text: 'x', attachments: [{ text: 'old' }] })).toBe('invalid_attachments');
  });

  test('threads under a message, and under the parent of a reply', async () => {
    const parent = await ts();
    const reply = await ts('A reply', { thread_ts: parent });
    await ts('A reply to the reply', { thread_ts: reply });
    expect(
      started.slack
        .messages(ATLAS)
        .slice(-2)
        .map(({ threadTs }) => threadTs),
    ).toEqual([parent, parent]);
    const post = started.client.chat.postMessage({ channel: ATLAS, text: 'x', thread_ts: '1.0' });
    expect(await errorOf(post)).toBe('thread_not_found');
  });
});

describe('chat.postEphemeral', () => {
  test('is seen by one member only', async () => {
    await started.client.chat.postEphemeral({ channel: ATLAS, user: GINA, text: 'For Gina' });
    const seenBy = (as: string) => started.slack.messages(ATLAS, { as }).some(({ text }) => text === 'For Gina');
    expect([seenBy(GINA), seenBy(ANA)]).toEqual([true, false]);
  });

  test('needs the person in the channel', async () => {
    const whisper = (user: string) => errorOf(started.client.chat.postEphemeral({ channel: MIRA, user, text: 'x' }));
    expect([await whisper(GINA), await whisper('U0NOBODY')]).toEqual(['user_not_in_channel', 'user_not_in_channel']);
  });
});
