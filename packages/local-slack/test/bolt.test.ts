import { afterEach, describe, expect, test } from 'vitest';
import { ANA, button, GINA, NORTHWIND, plain, type StartedWithBot, section, startWithBot } from './support.ts';

describe('a Bolt app against the local Slack', () => {
  let started: StartedWithBot;
  afterEach(async () => {
    await started.stop();
  });

  test('hears a command, posts, hears the click and updates its message', async () => {
    started = await startWithBot((app) => {
      app.command('/imagine', async ({ ack, command, client }) => {
        await ack();
        await client.chat.postMessage({
          channel: command.channel_id,
          text: `Making “${command.text}” for <@${command.user_id}>`,
          blocks: [section('Making …'), { type: 'actions', elements: [button('more', 'More & more', 'nonce-1')] }],
        });
      });
      app.action('more', async ({ ack, body, client, action, respond }) => {
        await ack();
        if (body.type !== 'block_actions' || action.type !== 'button') return;
        await client.chat.update({
          channel: body.channel!.id,
          ts: body.message!.ts,
          text: `Once more: ${action.value}`,
        });
        await respond('Only you see this.');
      });
    });
    const { slack } = started;

    expect(await slack.as(ANA).command('/imagine', 'a red fox & <friends>', { channelId: NORTHWIND })).toEqual({
      ok: true,
    });
    const posted = await slack.until(() => slack.messages(NORTHWIND).find(({ blocks }) => blocks.length > 0));
    expect(posted.text).toBe('Making “a red fox &amp; &lt;friends&gt;” for <@U0ANA>');

    expect(await slack.as(ANA).click({ channelId: NORTHWIND, ts: posted.ts }, 'more')).toEqual({ ok: true });
    const reply = await slack.until(() => slack.messages(NORTHWIND, { as: ANA }).find(({ ephemeral }) => ephemeral));
    expect(reply.text).toBe('Only you see this.');
    expect(slack.messages(NORTHWIND, { as: 'U0BEN' }).some(({ ephemeral }) => ephemeral)).toBe(false);
    const updated = slack.messages(NORTHWIND).find(({ ts }) => ts === posted.ts);
    expect(updated).toMatchObject({ text: 'Once more: nonce-1', blocks: [], edited: true });
    expect(slack.violations).toEqual([]);
  });

  test('opens a modal, answers a submission with errors, then takes it', async () => {
    const heard: unknown[] = [];
    started = await startWithBot((app) => {
      app.command('/imagine', async ({ ack, client, command }) => {
        await ack();
        await client.views.open({
          trigger_id: command.trigger_id,
          view: {
            type: 'modal',
            callback_id: 'make',
            private_metadata: 'kept & raw',
            title: plain('Make an image'),
            submit: plain('Make'),
            blocks: [
              {
                type: 'input',
                block_id: 'prompt',
                label: plain('Prompt'),
                element: { type: 'plain_text_input', action_id: 'text', max_length: 40 },
              },
              {
                type: 'input',
                block_id: 'size',
                label: plain('Size'),
                element: {
                  type: 'static_select',
                  action_id: 'chosen',
                  options: [
                    { text: plain('Square'), value: 'square' },
                    { text: plain('Wide'), value: 'wide' },
                  ],
                  initial_option: { text: plain('Square'), value: 'square' },
                },
              },
            ],
          },
        });
      });
      app.view('make', async ({ ack, view }) => {
        heard.push(view.state.values, view.private_metadata);
        const prompt = view.state.values.prompt?.text?.value ?? '';
        if (prompt.includes('logo')) {
          await ack({ response_action: 'errors', errors: { prompt: 'No logos, please.' } });
          return;
        }
        await ack();
      });
    });
    const { slack } = started;

    await slack.as(ANA).command('/imagine', '', { channelId: NORTHWIND });
    const modal = await slack.until(() => slack.modal(ANA));
    expect(modal).toMatchObject({ type: 'modal', callback_id: 'make', root_view_id: modal.id, previous_view_id: null });

    expect(await slack.as(ANA).submit(modal)).toMatchObject({ ok: false });
    expect(slack.modal(ANA)?.errors).toEqual({ prompt: 'Please complete this required field.' });
    expect(heard).toEqual([]);

    expect(await slack.as(ANA).submit(modal, { prompt: 'a logo' })).toMatchObject({ ok: false });
    expect(slack.modal(ANA)?.errors).toEqual({ prompt: 'No logos, please.' });

    expect(await slack.as(ANA).submit(modal, { prompt: 'a fox & a hen', size: 'wide' })).toEqual({ ok: true });
    expect(slack.modal(ANA)).toBeNull();
    expect(heard.slice(2)).toEqual([
      {
        prompt: { text: { type: 'plain_text_input', value: 'a fox & a hen' } },
        size: { chosen: { type: 'static_select', selected_option: { text: plain('Wide'), value: 'wide' } } },
      },
      'kept & raw',
    ]);
  });

  test('publishes Home when it is opened, and hears clicks there', async () => {
    const heard: string[] = [];
    started = await startWithBot((app) => {
      app.event('app_home_opened', async ({ event, client }) => {
        heard.push(`opened ${event.view === undefined ? 'empty' : 'with a view'}`);
        await client.views.publish({
          user_id: event.user,
          view: { type: 'home', blocks: [{ type: 'actions', elements: [button('refresh', 'Refresh')] }] },
        });
      });
      app.action('refresh', async ({ ack, body }) => {
        await ack();
        heard.push(`refresh by ${body.user.id}`);
      });
    });
    const { slack } = started;

    await slack.as(GINA).openHome();
    const home = await slack.until(() => slack.home(GINA));
    await slack.as(GINA).click(home, 'refresh');
    await slack.as(GINA).openHome();
    await slack.until(() => slack.calls.filter(({ status }) => status === 200).length === 2);
    expect(heard).toEqual(['opened empty', `refresh by ${GINA}`, 'opened with a view']);
  });
});
