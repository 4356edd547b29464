import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { linkOf } from '../src/page/text/message-link.js';
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

describe('chat.update', () => {
  test('replaces text and takes blocks away, unless blocks come too', async () => {
    const message = await ts('One', { blocks: [section('One')] });
    const update = (args: object) => started.client.apiCall('chat.update', { channel: ATLAS, ts: message, ...args });
    const now = () => started.slack.messages(ATLAS).find((one) => one.ts === message);

    expect(await update({ blocks: [section('Two')] })).toMatchObject({ channel: ATLAS, ts: message, text: 'One' });
    expect(now()).toMatchObject({ text: 'One', edited: false, blocks: [{ text: { text: 'Two' } }] });
    await update({ text: 'Three', blocks: [section('Three')] });
    expect(now()).toMatchObject({ text: 'Three', edited: false });
    await update({ text: 'Four' });
    expect(now()).toMatchObject({ text: 'Four', edited: true, blocks: [] });
  });

  test('touches only the bot’s own messages, and no ephemerals', async () => {
    await started.slack.as(ANA).say('Mine', { channelId: ATLAS });
    const ofAna = started.slack.messages(ATLAS).at(-1)!.ts;
    const whisper = await started.client.chat.postEphemeral({ channel: ATLAS, user: ANA, text: 'Psst' });
    const update = (one: string, channel = ATLAS) =>
      errorOf(started.client.chat.update({ channel, ts: one, text: 'x' }));
    expect([
      await update(ofAna),
      await update(whisper.message_ts!),
      await update('1.0'),
      await update(ofAna, ANA),
    ]).toEqual(['cant_update_message', 'message_not_found', 'message_not_found', 'channel_not_found']);
  });

  test('takes 4,000 characters, and nothing in an archived channel', async () => {
    const message = await ts();
    const update = (text: string) => errorOf(started.client.chat.update({ channel: ATLAS, ts: message, text }));
    expect([await update('x'.repeat(4_000)), await update('x'.repeat(4_001))]).toEqual([null, 'msg_too_long']);
    await started.slack.archive(ATLAS);
    expect(await update('x')).toBe('is_inactive');
  });
});

describe('chat.delete', () => {
  test('takes the bot’s messages away, and leaves a place above replies', async () => {
    const [alone, parent] = [await ts('Alone'), await ts('Parent')];
    await ts('Reply', { thread_ts: parent });
    for (const one of [alone, parent]) await started.client.chat.delete({ channel: ATLAS, ts: one });
    const left = started.slack.messages(ATLAS);
    expect(left.some((one) => one.ts === alone)).toBe(false);
    expect(left.find((one) => one.ts === parent)?.text).toBe('This message was deleted.');
    expect(await errorOf(started.client.chat.delete({ channel: ATLAS, ts: parent }))).toBe('message_not_found');
  });

  test('does not touch what people said', async () => {
    const said = started.slack.messages(ATLAS)[0]!.ts;
    expect(await errorOf(started.client.chat.delete({ channel: ATLAS, ts: said }))).toBe('cant_delete_message');
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

test('chat.getPermalink leads to a message and into a thread', async () => {
  const parent = await ts();
  const reply = await ts('Reply', { thread_ts: parent });
  const link = async (one: string) =>
    (await started.client.chat.getPermalink({ channel: ATLAS, message_ts: one })).permalink;
  expect(await link(parent)).toBe(`https://juniper-co.slack.com/archives/${ATLAS}/p${parent.replace('.', '')}`);
  expect(await link(reply)).toMatch(new RegExp(`\\?thread_ts=${parent}&cid=${ATLAS}$`));
  expect(await errorOf(link('1.0'))).toBe('message_not_found');
});

test('the page copies the link that chat.getPermalink gives, of messages and of replies', async () => {
  const one = await ts();
  const reply = await ts('A reply', { thread_ts: one });
  const at = { domain: 'juniper-co', channelId: ATLAS };
  for (const message of [
    { ts: one, threadTs: null },
    { ts: reply, threadTs: one },
  ]) {
    const { permalink } = await started.client.chat.getPermalink({ channel: ATLAS, message_ts: message.ts });
    expect(linkOf(message, at)).toBe(permalink);
  }
});
