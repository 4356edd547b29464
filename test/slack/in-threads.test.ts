import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ImageInput } from '../../src/app/inputs.ts';
import { openQuickBolt, type QuickBolt } from './quick-bolt.ts';
import { ANA, NORTHWIND, OLIVIA, TOM } from './quick-slack.ts';

let here: QuickBolt;
beforeAll(async () => {
  here = await openQuickBolt();
});
beforeEach(() => {
  here.app.calls.length = 0;
  here.slack.faults.clear();
  here.clock.pass(3_600_000);
});
afterAll(async () => {
  expect(here.slack.violations).toEqual([]);
  await here.close();
});

const asked = () => here.app.of('requestImage') as ImageInput[];
const whispers = (as = ANA, channelId = NORTHWIND) =>
  here.slack.messages(channelId, { as }).filter(({ ephemeral }) => ephemeral);
const last = () => here.slack.messages(NORTHWIND).at(-1)!;
const say = async (text: string, { as = ANA, threadTs }: { as?: string; threadTs?: string } = {}) => {
  await here.slack.as(as).say(text, { channelId: NORTHWIND, ...(threadTs ? { threadTs } : {}) });
  await here.bolt.idle();
};
/** A thread with one reply; both timestamps. */
const thread = async () => {
  await say('Ideas for spring?');
  const parent = last().ts;
  await say('Foxes', { as: TOM, threadTs: parent });
  return { parent, reply: last().ts };
};

describe('a mention of Inkwell', () => {
  test('in a thread asks for images there, with the options of /imagine', async () => {
    const { parent } = await thread();
    await say('@inkwell a red :fox_face: for @marcus --n 2 --stage final', { threadTs: parent });
    expect(asked()).toEqual([
      {
        deliveryId: expect.stringMatching(/^ment-[\w-]{32}$/),
        requester: { memberId: ANA, replyTo: { channelId: NORTHWIND, threadTs: parent, responseUrl: null } },
        place: { channelId: NORTHWIND, threadId: parent },
        prompt: 'a red 🦊 for @Marcus',
        options: {},
        imagesCount: 2,
        stage: 'final',
        project: null,
        from: 'channel',
      },
    ]);
  });

  test.each(['@inkwell a fox', '@Inkwell: a fox', '  @inkwell, a fox'])(
    'outside a thread asks for images in the channel: %s',
    async (text) => {
      await say(text);
      expect(asked()).toMatchObject([{ prompt: 'a fox', place: { channelId: NORTHWIND, threadId: null } }]);
    },
  );

  test('offered again by Slack, also to another process, it is the same wish', async () => {
    here.slack.faults.nextDelivery('duplicate');
    await say('@inkwell a fox');
    expect(asked()).toHaveLength(1);
    const event = here.slack.deliveries.filter(({ kind }) => kind === 'event').at(-1)!;
    const again = { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' };
    await here.slack.deliver(event.body, { ...event.headers, ...again });
    await here.bolt.idle();
    expect(asked()).toHaveLength(1);
  });

  test.each([
    ['by a bot', { bot_id: 'B0OTHER' }],
    ['by a program', { subtype: 'bot_message' }],
    ['by Inkwell', { user: 'U0INKWELL', bot_id: 'B0INKWELL' }],
  ])('%s asks for nothing', async (_, change) => {
    const before = whispers().length;
    const event = {
      type: 'app_mention',
      user: ANA,
      text: '<@U0INKWELL> a fox',
      ts: '1700000000.000900',
      channel: NORTHWIND,
      event_ts: '1700000000.000900',
      ...change,
    };
    const body = JSON.stringify({ type: 'event_callback', team_id: 'T0JUNIPER', event_id: 'Ev1', event });
    await here.slack.deliver(body, { 'content-type': 'application/json', ...here.slack.sign(body) });
    await here.bolt.idle();
    expect(asked()).toEqual([]);
    expect(whispers()).toHaveLength(before);
  });

  const mentions = async (text: string, change: Record<string, unknown> = {}) => {
    const ts = '1700000000.000950';
    const event = {
      type: 'app_mention',
      user: ANA,
      text: `<@U0INKWELL> ${text}`,
      ts,
      channel: NORTHWIND,
      event_ts: ts,
    };
    const body = JSON.stringify({ type: 'event_callback', team_id: 'T0JUNIPER', event: { ...event, ...change } });
    await here.slack.deliver(body, { 'content-type': 'application/json', ...here.slack.sign(body) });
    await here.bolt.idle();
  };
  const edited = (at: number) => ({
    edited: { user: ANA, ts: `170000000${at}.000000` },
    event_ts: `170000000${at}.000000`,
  });

  test('that was added by editing asks once, however often the message is edited or told of again', async () => {
    const ts = '1700000001.000100';
    await mentions('a fox', { ts, ...edited(2) });
    await mentions('a fox', { ts, ...edited(2) });
    await mentions('a red fox', { ts, ...edited(3) });
    expect(asked()).toMatchObject([{ prompt: 'a fox', deliveryId: expect.stringMatching(/^ment-/) }]);
  });

  test('that was drawn is not drawn again when the message is edited', async () => {
    const ts = '1700000001.000200';
    await mentions('a hare', { ts });
    for (const text of ['a hare', 'two hares', 'a hare --n 3', '']) await mentions(text, { ts, ...edited(4) });
    expect(asked()).toMatchObject([{ prompt: 'a hare' }]);
  });

  test('that had a mistake is answered, and drawn once it is mended', async () => {
    const ts = '1700000001.000300';
    await mentions('an owl --n 20', { ts });
    expect(asked()).toEqual([]);
    await mentions('an owl --n 2', { ts, ...edited(5) });
    await mentions('an owl --n 4', { ts, ...edited(6) });
    expect(asked()).toMatchObject([{ prompt: 'an owl', imagesCount: 2 }]);
  });

  test.each([
    ['@inkwell', 'Write what to draw after the mention'],
    ['@inkwell --n 3', 'Write what to draw after the mention'],
    ['@inkwell help', '/imagine makes images with the credits'],
    ['@inkwell a fox –n 20', '--n takes a whole number from 1 to 10'],
    ['have you asked @inkwell yet?', 'begin the message with the mention'],
  ])('%s is answered in the thread, to the person alone', async (text, answer) => {
    const { parent } = await thread();
    await say(text, { threadTs: parent });
    expect(asked()).toEqual([]);
    expect(whispers().at(-1)).toMatchObject({ text: expect.stringContaining(answer), threadTs: parent });
    expect(whispers(OLIVIA)).toEqual([]);
  });

  test('what fails is told with a reference, in the thread', async () => {
    const { parent } = await thread();
    here.app.answerNext('requestImage', () => Promise.reject(new Error('lost')));
    await say('@inkwell a fox', { threadTs: parent });
    expect(whispers().at(-1)).toMatchObject({ text: expect.stringContaining('Reference'), threadTs: parent });
  });
});

describe('“Make an image here” in a message’s menu', () => {
  const pick = async (ts: string, as = ANA) => {
    const answer = await here.slack.as(as).shortcut('imagine_here', { channelId: NORTHWIND, ts });
    await here.bolt.idle();
    return answer;
  };

  test.each(['parent', 'reply'] as const)('of a %s opens the form for its thread', async (which) => {
    const ts = await thread();
    expect(await pick(ts[which])).toEqual({ ok: true });
    const modal = here.slack.modal(ANA)!;
    expect(modal.callback_id).toBe('imagine');
    expect(JSON.stringify(modal.blocks)).toContain('Images are posted in the thread.');
    await here.slack.as(ANA).submit(modal, { prompt: 'a hen' });
    await here.bolt.idle();
    expect(asked()).toMatchObject([
      { prompt: 'a hen', place: { channelId: NORTHWIND, threadId: ts.parent }, from: 'form' },
    ]);
  });

  test('of a message without replies begins its thread', async () => {
    await say('Spring?');
    const { ts } = last();
    await pick(ts);
    await here.slack.as(ANA).submit(here.slack.modal(ANA)!, { prompt: 'a hen' });
    await here.bolt.idle();
    expect(asked()).toMatchObject([{ place: { channelId: NORTHWIND, threadId: ts } }]);
  });
});
