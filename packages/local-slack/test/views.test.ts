import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { afterEach, describe, expect, test } from 'vitest';
import {
  ANA,
  BOT,
  button,
  errorOf,
  modalView,
  plain,
  problemsOf,
  type StartedWithBot,
  startWithBot,
  triggerOf,
} from './support.ts';

let started: StartedWithBot;
afterEach(() => started.stop());

const start = async (listen: (app: App) => void = () => {}) => {
  started = await startWithBot(listen);
};
const open = (trigger: string, view = modalView()) => started.client.views.open({ trigger_id: trigger, view });

describe('a trigger', () => {
  test('opens one view', async () => {
    await start();
    const trigger = await triggerOf(started);
    expect(await errorOf(open(trigger))).toBeNull();
    expect(await errorOf(open(trigger))).toBe('exchanged_trigger_id');
  });

  test('lives three seconds', async () => {
    await start();
    const [inTime, late] = [await triggerOf(started), await triggerOf(started)];
    started.clock.advance(3_000);
    expect(await errorOf(open(inTime))).toBeNull();
    started.clock.advance(1);
    expect(await errorOf(open(late))).toBe('expired_trigger_id');
  });

  test('is not spent on a view that is refused, and cannot be made up', async () => {
    await start();
    const trigger = await triggerOf(started);
    expect(await errorOf(open(trigger, modalView({ title: plain('x'.repeat(25)) })))).toBe('invalid_arguments');
    expect(await errorOf(open(trigger))).toBeNull();
    expect(await errorOf(open('1.2.made-up'))).toBe('invalid_trigger_id');
  });
});

describe('a view', () => {
  const REFUSED: [name: string, view: Partial<ModalView>, problem: string][] = [
    [
      'a long title',
      { title: plain('x'.repeat(25)) },
      'must be less than 25 characters [json-pointer:/view/title/text]',
    ],
    [
      'a long submit',
      { submit: plain('x'.repeat(25)) },
      'must be less than 25 characters [json-pointer:/view/submit/text]',
    ],
    [
      'a long close',
      { close: plain('x'.repeat(25)) },
      'must be less than 25 characters [json-pointer:/view/close/text]',
    ],
    [
      'long metadata',
      { private_metadata: 'x'.repeat(3001) },
      'must be less than 3001 characters [json-pointer:/view/private_metadata]',
    ],
    [
      '101 blocks',
      { blocks: Array.from({ length: 101 }, () => ({ type: 'divider' })) },
      'no more than 100 items allowed [json-pointer:/view/blocks]',
    ],
    [
      'a table',
      { blocks: [{ type: 'table', rows: [] }] },
      'unsupported type: table [json-pointer:/view/blocks/0/type]',
    ],
  ];
  test.each(REFUSED)('is refused for %s', async (_, more, problem) => {
    await start();
    expect(await problemsOf(open(await triggerOf(started), modalView(more)))).toEqual([`[ERROR] ${problem}`]);
  });

  test('with inputs needs a way to submit them', async () => {
    await start();
    const { submit: _, ...noSubmit } = modalView();
    const problem = 'submit is required when an input block is within the blocks array [json-pointer:/view]';
    expect(await problemsOf(open(await triggerOf(started), noSubmit))).toEqual([`[ERROR] ${problem}`]);
  });

  test('over 250 kB is too large', async () => {
    await start();
    const blocks = Array.from({ length: 90 }, () => ({ type: 'section' as const, text: plain('x'.repeat(3000)) }));
    expect(await errorOf(open(await triggerOf(started), modalView({ blocks })))).toBe('view_too_large');
  });

  test('is updated by id or external id, against a hash', async () => {
    await start();
    const { view } = await open(await triggerOf(started), modalView({ external_id: 'mine' }));
    const update = (args: object) =>
      errorOf(started.client.apiCall('views.update', { view: modalView({ external_id: 'mine' }), ...args }));
    expect(await update({ view_id: view!.id, hash: view!.hash })).toBeNull();
    expect(await update({ view_id: view!.id, hash: view!.hash })).toBe('hash_conflict');
    expect(await update({ external_id: 'mine' })).toBeNull();
    expect([await update({ view_id: 'V0NONE' }), await update({})]).toEqual(['not_found', 'not_found']);
    expect(started.slack.modal(ANA)?.id).toBe(view!.id);
    expect(await errorOf(open(await triggerOf(started), modalView({ external_id: 'mine' })))).toBe(
      'duplicate_external_id',
    );
  });

  test('stacks three high, from triggers of the modal itself', async () => {
    const errors: (string | null)[] = [];
    await start((app) => {
      app.action('calm', async ({ ack }) => ack());
      app.action('deeper', async ({ ack, body, client }) => {
        await ack();
        if (body.type === 'block_actions') {
          errors.push(await errorOf(client.views.push({ trigger_id: body.trigger_id, view: modalView() })));
        }
      });
    });
    await open(await triggerOf(started));
    const home = { type: 'home' as const, blocks: [{ type: 'actions' as const, elements: [button('calm', 'Calm')] }] };
    await started.client.views.publish({ user_id: ANA, view: home });
    await started.slack.as(ANA).click(started.slack.home(ANA)!, 'calm');
    const payload = new URLSearchParams(started.slack.deliveries.at(-1)?.body).get('payload')!;
    const outside = (JSON.parse(payload) as { trigger_id: string }).trigger_id;
    for (const pushes of [1, 2, 3]) {
      await started.slack.as(ANA).click(started.slack.modal(ANA)!, 'deeper');
      await started.slack.until(() => errors.length === pushes);
    }
    expect(errors).toEqual([null, null, 'push_limit_reached']);
    const top = started.slack.modal(ANA)!;
    expect(top.previous_view_id).not.toBe(top.root_view_id);
    expect(await errorOf(started.client.views.push({ trigger_id: outside, view: modalView() }))).toBe('not_found');
  });
});

test('Home keeps its id, and is published only to people', async () => {
  await start();
  const home = { type: 'home' as const, blocks: [] };
  const first = await started.client.views.publish({ user_id: ANA, view: home });
  const second = await started.client.views.publish({ user_id: ANA, view: home, hash: first.view!.hash! });
  expect(second.view!.id).toBe(first.view!.id);
  expect(await errorOf(started.client.views.publish({ user_id: ANA, view: home, hash: first.view!.hash! }))).toBe(
    'hash_conflict',
  );
  expect(await errorOf(started.client.views.publish({ user_id: 'U0NOBODY', view: home }))).toBe('invalid_arguments');
  expect(first.view).toMatchObject({ bot_id: 'B0INKWELL', team_id: 'T0JUNIPER', type: 'home', state: { values: {} } });
  expect(BOT).toBe('U0INKWELL');
});
