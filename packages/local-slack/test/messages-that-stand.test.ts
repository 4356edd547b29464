import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { linkOf } from '../src/page/text/message-link.js';
import { ANA, ATLAS, errorOf, type Started, section, startSlack } from './support.ts';

let started: Started;
beforeEach(async () => {
  started = await startSlack({ rateLimits: 'off' });
});
afterEach(() => started.stop());

const ts = async (text = 'Hello', more: object = {}) =>
  (await started.client.chat.postMessage({ channel: ATLAS, text, ...more })).ts!;

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
