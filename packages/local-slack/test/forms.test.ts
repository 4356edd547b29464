import type { App } from '@slack/bolt';
import { afterEach, describe, expect, test } from 'vitest';
import { ANA, modalView, plain, type StartedWithBot, startWithBot, triggerOf } from './support.ts';

let started: StartedWithBot;
afterEach(() => started.stop());

const start = async (listen: (app: App) => void = () => {}) => {
  started = await startWithBot(listen);
};
const open = (trigger: string, view = modalView()) => started.client.views.open({ trigger_id: trigger, view });

describe('a submission', () => {
  const answering = (answer: object) => (app: App) =>
    app.view('form', async ({ ack }) => {
      await ack(answer as never);
    });
  const submitted = async (answer: object) => {
    await start(answering(answer));
    await open(await triggerOf(started));
    return started.slack.as(ANA).submit(started.slack.modal(ANA)!);
  };

  test('may update the view, push one above it, or clear them all', async () => {
    expect(await submitted({ response_action: 'update', view: modalView({ title: plain('Updated') }) })).toEqual({
      ok: true,
    });
    const updated = started.slack.modal(ANA);
    expect(updated).toMatchObject({ title: { text: 'Updated' }, previous_view_id: null });
    await started.stop();

    expect(await submitted({ response_action: 'push', view: modalView({ title: plain('Pushed') }) })).toEqual({
      ok: true,
    });
    const pushed = started.slack.modal(ANA)!;
    expect(pushed).toMatchObject({ title: { text: 'Pushed' }, previous_view_id: pushed.root_view_id });
    await started.slack.as(ANA).close(pushed);
    expect(started.slack.modal(ANA)).toMatchObject({ title: { text: 'A form' } });
    await started.stop();

    expect(await submitted({ response_action: 'clear' })).toEqual({ ok: true });
    expect(started.slack.modal(ANA)).toBeNull();
  });

  test.each([
    ['errors beside nothing', { response_action: 'errors', errors: { nowhere: 'Sorry' } }],
    ['no errors', { response_action: 'errors', errors: {} }],
    ['a view that is refused', { response_action: 'update', view: modalView({ title: plain('x'.repeat(25)) }) }],
    ['an action that does not exist', { response_action: 'close' }],
  ])('answered with %s is trouble, and the form stays', async (_, answer) => {
    expect(await submitted(answer)).toEqual({ ok: false, message: 'We had some trouble connecting. Try again?' });
    expect(started.slack.modal(ANA)).not.toBeNull();
    expect(started.slack.violations).toHaveLength(1);
  });

  test('is sent once, however often the button is pressed', async () => {
    let submissions = 0;
    await start((app) =>
      app.view('form', async ({ ack }) => {
        submissions += 1;
        await ack();
      }),
    );
    await open(await triggerOf(started));
    const view = started.slack.modal(ANA)!;
    const answers = await Promise.all([started.slack.as(ANA).submit(view), started.slack.as(ANA).submit(view)]);
    expect(answers).toEqual([{ ok: true }, { ok: false, message: 'This form is already on its way.' }]);
    expect(submissions).toBe(1);
  });

  test('that is answered after its form was closed leaves other forms alone', async () => {
    let answer = () => {};
    await start((app) =>
      app.view('form', async ({ ack }) => {
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
        await ack();
      }),
    );
    await open(await triggerOf(started));
    const submitted = started.slack.as(ANA).submit(started.slack.modal(ANA)!);
    await started.slack.until(() => started.slack.deliveries.at(-1)?.kind === 'view_submission');
    await started.slack.as(ANA).close(started.slack.modal(ANA)!);
    const { view } = await open(await triggerOf(started));
    answer();
    expect(await submitted).toEqual({ ok: true });
    expect(started.slack.modal(ANA)?.id).toBe(view?.id);
  });

  test('of another than the top view is refused, without the app', async () => {
    await start();
    await open(await triggerOf(started));
    const answer = await started.slack.as(ANA).submit({ id: 'V0OTHER' }, {});
    expect(answer).toEqual({ ok: false, message: 'This form is no longer open.' });
  });

  test('finds its values whole, in the payload of a click too', async () => {
    const seen: unknown[] = [];
    await start((app) =>
      app.action('deeper', async ({ ack, body }) => {
        await ack();
        if (body.type === 'block_actions') seen.push(body.view?.state.values, body.container, body.actions);
      }),
    );
    await open(await triggerOf(started));
    const view = started.slack.modal(ANA)!;
    await started.slack.as(ANA).click(view, 'deeper', { typed: { name: 'Bea' } });
    expect(seen).toEqual([
      { name: { text: { type: 'plain_text_input', value: 'Bea' } } },
      { type: 'view', view_id: view.id },
      [{ type: 'button', action_id: 'deeper', block_id: 'row', text: plain('Deeper'), action_ts: expect.any(String) }],
    ]);
  });
});

test('closing is told only where the view asks for it', async () => {
  const closed: boolean[] = [];
  await start((app) =>
    app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, body }) => {
      await ack();
      if (body.type === 'view_closed') closed.push(body.is_cleared);
    }),
  );
  for (const more of [{}, { notify_on_close: true }, { notify_on_close: true, clear_on_close: true }]) {
    await open(await triggerOf(started), modalView(more));
    await started.slack.as(ANA).close(started.slack.modal(ANA)!);
    expect(started.slack.modal(ANA)).toBeNull();
  }
  expect(closed).toEqual([false, true]);
});
