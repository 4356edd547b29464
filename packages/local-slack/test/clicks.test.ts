import type { BlockAction } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ANA,
  ATLAS,
  button,
  GINA,
  MIRA,
  manifestWith,
  plain,
  type StartedWithBot,
  section,
  startWithBot,
  TOM,
} from './support.ts';

const options = ['square', 'wide'].map((value) => ({ text: plain(value), value }));
const blocks = [
  section('Pick & go'),
  {
    type: 'actions' as const,
    block_id: 'row',
    elements: [
      button('go', 'Go & see', 'nonce'),
      { type: 'static_select' as const, action_id: 'size', options, initial_option: options[0]! },
      { type: 'overflow' as const, action_id: 'more', options },
    ],
  },
];

let started: StartedWithBot;
let heard: BlockAction[] = [];
beforeEach(async () => {
  heard = [];
  started = await startWithBot((app) =>
    app.action(/.*/, async ({ ack, body }) => {
      heard.push(body as BlockAction);
      await ack();
    }),
  );
});
afterEach(() => started.stop());

const post = async (channel = ATLAS) => {
  const { ts } = await started.client.chat.postMessage({ channel, text: 'Pick & go', blocks });
  return { channelId: channel, ts: ts! };
};

describe('a click', () => {
  test('carries who, where, what, a copy of the message and the state of the form', async () => {
    const message = await post();
    await started.slack.as(GINA).click(message, 'go');
    expect(heard[0]).toEqual({
      type: 'block_actions',
      user: { id: GINA, username: 'gina', name: 'gina', team_id: 'T0JUNIPER' },
      api_app_id: 'A0INKWELL',
      token: expect.any(String),
      team: { id: 'T0JUNIPER', domain: 'juniper-co' },
      enterprise: null,
      is_enterprise_install: false,
      trigger_id: expect.any(String),
      container: { type: 'message', message_ts: message.ts, channel_id: ATLAS, is_ephemeral: false },
      channel: { id: ATLAS, name: 'atlas-outdoor' },
      message: expect.objectContaining({ ts: message.ts, text: 'Pick &amp; go', bot_id: 'B0INKWELL' }),
      state: { values: { row: { size: { type: 'static_select', selected_option: options[0] } } } },
      response_url: expect.stringContaining('/actions/'),
      actions: [
        {
          type: 'button',
          action_id: 'go',
          block_id: 'row',
          text: plain('Go & see'),
          value: 'nonce',
          action_ts: expect.any(String),
        },
      ],
    });
  });

  test('has the texts of the message’s copy escaped, as in Slack', async () => {
    await started.slack.as(ANA).click(await post(), 'go');
    expect(heard[0]?.message?.blocks[0].text.text).toBe('Pick &amp; go');
    expect(heard[0]?.message?.blocks[1].elements[0]).toMatchObject({ text: { text: 'Go &amp; see' }, value: 'nonce' });
  });

  test('chooses among the options that are there', async () => {
    const message = await post();
    await started.slack.as(ANA).click(message, 'size', { choice: 'wide' });
    await started.slack.as(ANA).click(message, 'more', { choice: 'square' });
    expect(heard.map(({ actions }) => actions[0])).toMatchObject([
      { type: 'static_select', selected_option: options[1] },
      { type: 'overflow', selected_option: options[0] },
    ]);
    const made = await started.slack.as(ANA).click(message, 'size', { choice: 'round' });
    expect(made).toEqual({ ok: false, message: 'What you clicked is no longer there.' });
  });

  test('comes from an outsider under their own team', async () => {
    await started.slack.as(TOM).click(await post('C0NORTHWIND'), 'go');
    expect(heard[0]).toMatchObject({ user: { id: TOM, team_id: 'T0NORTHWIND' }, team: { id: 'T0JUNIPER' } });
  });

  test('needs somebody who sees the message', async () => {
    const message = await post(MIRA);
    expect(await started.slack.as(GINA).click(message, 'go')).toMatchObject({ ok: false });
    const { message_ts: ts } = await started.client.chat.postEphemeral({
      channel: ATLAS,
      user: ANA,
      text: 'x',
      blocks,
    });
    expect(await started.slack.as(GINA).click({ channelId: ATLAS, ts: ts! }, 'go')).toMatchObject({ ok: false });
    expect(heard).toEqual([]);
  });

  test('in an app without interactivity goes nowhere', async () => {
    await started.stop();
    started = await startWithBot(() => {}, { manifest: manifestWith({ isInteractive: false }) });
    expect(await started.slack.as(ANA).click(await post(), 'go')).toMatchObject({ ok: false });
  });

  test('that no listener acks ends in an error', async () => {
    await started.stop();
    started = await startWithBot(() => {}, { ackDueMs: 100 });
    const answer = await started.slack.as(ANA).click(await post(), 'go');
    expect(answer).toEqual({ ok: false, message: 'That click failed with the error "operation_timeout"' });
    expect(started.slack.violations.map(({ text }) => text)).toEqual(['The click on go: no ack within three seconds.']);
  });
});

describe('what people say', () => {
  test('is escaped, and mentions those it names', async () => {
    await started.slack.as(ANA).say('<!channel> @gina & #atlas-outdoor', { channelId: ATLAS });
    expect(started.slack.messages(ATLAS).at(-1)).toMatchObject({
      userId: ANA,
      text: '&lt;!channel&gt; <@U0GINA> &amp; <#C0ATLAS>',
    });
  });

  test('goes only where they are, and not to a bot that does not listen', async () => {
    expect(await started.slack.as(GINA).say('Hi', { channelId: MIRA })).toMatchObject({ ok: false });
    expect(await started.slack.as(ANA).say('Hi', { channelId: started.slack.directMessage(ANA) })).toMatchObject({
      ok: false,
    });
    expect(await started.slack.as(ANA).say('Hi', { channelId: 'D0MARCUSANA' })).toEqual({ ok: true });
  });

  test('threads under messages', async () => {
    const { ts } = await post();
    await started.slack.as(ANA).say('Nice', { channelId: ATLAS, threadTs: ts });
    expect(started.slack.messages(ATLAS).at(-1)).toMatchObject({ text: 'Nice', threadTs: ts });
    expect(started.slack.messages(ATLAS).find((message) => message.ts === ts)?.replies).toBe(1);
    expect(await started.slack.as(ANA).say('x', { channelId: ATLAS, threadTs: '1.0' })).toMatchObject({ ok: false });
  });
});
