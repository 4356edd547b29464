import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ANA, ATLAS, BOT, GINA, MIRA, NORTHWIND, type StartedWithBot, startWithBot, TOM } from './support.ts';

type Heard = Record<string, unknown>;
let started: StartedWithBot;
let picked: Heard[];
let mentioned: Heard[];
beforeEach(async () => {
  [picked, mentioned] = [[], []];
  started = await startWithBot((app) => {
    app.shortcut(/.*/, async ({ ack, body }) => {
      await ack();
      picked.push(body as unknown as Heard);
    });
    app.event('app_mention', async ({ body }) => {
      mentioned.push(body as unknown as Heard);
    });
  });
});
afterEach(() => started.stop());

const last = (channelId = NORTHWIND) => started.slack.messages(channelId).at(-1)!;
const event = () => mentioned.at(-1)?.event as Heard;

describe('the menu of a message', () => {
  test('gives the app the message, in a thread with its parent', async () => {
    const { slack } = started;
    await slack.as(ANA).say('A thread', { channelId: NORTHWIND });
    const parent = last();
    await slack.as(TOM).say('A reply', { channelId: NORTHWIND, threadTs: parent.ts });
    const reply = last();
    expect(await slack.as(ANA).shortcut('imagine_here', { channelId: NORTHWIND, ts: reply.ts })).toEqual({ ok: true });
    expect(picked).toMatchObject([
      {
        type: 'message_action',
        callback_id: 'imagine_here',
        user: { id: ANA },
        channel: { id: NORTHWIND },
        message_ts: reply.ts,
        message: { ts: reply.ts, thread_ts: parent.ts, user: TOM, text: 'A reply' },
        trigger_id: expect.any(String),
        response_url: expect.stringContaining('/actions/'),
      },
    ]);
    expect(slack.violations).toEqual([]);
  });

  test('also where the app is not, and never for those who cannot see the message', async () => {
    const { slack } = started;
    await slack.as(ANA).say('Here', { channelId: ATLAS });
    const where = { channelId: ATLAS, ts: last(ATLAS).ts };
    await slack.kick(ATLAS);
    expect(await slack.as(ANA).shortcut('imagine_here', where)).toEqual({ ok: true });
    expect(await slack.as(TOM).shortcut('imagine_here', where)).toMatchObject({ ok: false });
    expect(await slack.as(ANA).shortcut('imagine_there', where)).toMatchObject({ ok: false });
    expect(await slack.as(ANA).shortcut('imagine_here', { ...where, ts: '1.000001' })).toMatchObject({ ok: false });
    expect(picked).toHaveLength(1);
  });
});

describe('a message that mentions the app', () => {
  test.each(['<@', '@inkwell'])('typed as %s is told to it once, with its thread', async (typed) => {
    const { slack } = started;
    await slack.as(ANA).say('A thread', { channelId: NORTHWIND });
    const parent = last().ts;
    const text = typed === '<@' ? 'hello' : `${typed} a fox & a :star:`;
    await slack.as(ANA).say(text, { channelId: NORTHWIND, threadTs: parent });
    if (typed === '<@') return expect(mentioned).toEqual([]);
    expect(mentioned).toHaveLength(1);
    expect(event()).toMatchObject({
      type: 'app_mention',
      user: ANA,
      text: `<@${BOT}> a fox &amp; a :star:`,
      channel: NORTHWIND,
      thread_ts: parent,
    });
  });

  test('where the app is not, or in a direct message, is no mention for it', async () => {
    const { slack } = started;
    await slack.kick(ATLAS);
    await slack.as(GINA).say('@inkwell a tent', { channelId: ATLAS });
    expect(mentioned).toEqual([]);
    await slack.as(ANA).say('@inkwell a jar', { channelId: MIRA });
    expect(event()).not.toHaveProperty('thread_ts');
  });
});
