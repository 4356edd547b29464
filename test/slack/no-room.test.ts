import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { Bounds } from '../../src/slack/platform/room.ts';
import { TOO_MUCH } from '../../src/slack/platform/too-much.ts';
import { testLong } from '../support/is-long.ts';
import { openQuickBolt, type QuickBolt } from './quick-bolt.ts';
import { NORTHWIND, SIGNING_SECRET } from './quick-slack.ts';

let here: QuickBolt;
let release: () => void;
afterEach(async () => {
  release();
  await here.close();
});

/** A Bolt whose images take until they are released. */
async function open(bounds?: Bounds) {
  here = await openQuickBolt({}, bounds ? { bounds } : {});
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  for (let n = 0; n < 2_500; n += 1) here.app.answerNext('requestImage', () => held);
}

const SMALL: Bounds = { all: 4, images: 3, ofOnePerson: 2, turnedBack: 1 };
let count = 0;

async function post(raw: string, type: string): Promise<{ status: number; said: string }> {
  const seconds = Math.floor(Date.now() / 1000);
  const digest = createHmac('sha256', SIGNING_SECRET).update(`v0:${seconds}:${raw}`).digest('hex');
  const headers = {
    'content-type': type,
    'x-slack-request-timestamp': String(seconds),
    'x-slack-signature': `v0=${digest}`,
  };
  const response = await fetch(here.url, { method: 'POST', body: raw, headers });
  return { status: response.status, said: await response.text() };
}

const asForm = (fields: Record<string, string>) =>
  post(new URLSearchParams(fields).toString(), 'application/x-www-form-urlencoded');

const typed = (by: string, command = '/imagine', text = 'a fox') =>
  asForm({
    command,
    text,
    team_id: 'T0JUNIPER',
    user_id: by,
    channel_id: NORTHWIND,
    trigger_id: `1.${++count}.1`,
    response_url: `${here.slack.url}/actions/none`,
  });
const acted = (payload: object) => asForm({ payload: JSON.stringify({ trigger_id: `1.${++count}.1`, ...payload }) });

const event = (id: string) =>
  post(
    JSON.stringify({
      type: 'event_callback',
      team_id: 'T0JUNIPER',
      event_id: id,
      event: { type: 'app_home_opened', user: 'U0EVE', tab: 'home', channel: 'D1' },
    }),
    'application/json',
  );

const isTurnedBack = ({ status, said }: { status: number; said: string }) => status === 200 && said.includes(TOO_MUCH);

describe('where there is too much at work', () => {
  test('one asker after the other is told in the answer itself, and later is heard again', async () => {
    await open(SMALL);
    const first = [await typed('U0P1'), await typed('U0P2'), await typed('U0P3')];
    expect(first.map(isTurnedBack)).toEqual([false, false, false]);
    const late = await typed('U0P4');
    expect(JSON.parse(late.said)).toMatchObject({ response_type: 'ephemeral', text: TOO_MUCH });
    // What costs no image has room of its own.
    expect(isTurnedBack(await typed('U0P4', '/credits', 'help'))).toBe(false);
    release();
    await here.bolt.idle();
    expect(isTurnedBack(await typed('U0P4'))).toBe(false);
    expect(here.app.of('requestImage')).toHaveLength(4);
  });

  test('one person alone does not take the room of the others', async () => {
    await open({ ...SMALL, all: 10, images: 10 });
    const own = [await typed('U0P1'), await typed('U0P1'), await typed('U0P1')];
    expect(own.map(isTurnedBack)).toEqual([false, false, true]);
    expect(isTurnedBack(await typed('U0P2'))).toBe(false);
  });

  test('an event is not acknowledged, so that Slack brings it again, and is heard then', async () => {
    await open({ ...SMALL, all: 1 });
    await typed('U0P1');
    expect((await event('Ev1')).status).toBe(503);
    expect(here.app.of('showHome')).toHaveLength(0);
    release();
    await here.bolt.idle();
    expect((await event('Ev1')).status).toBe(200);
    await here.bolt.idle();
    expect(here.app.of('showHome')).toHaveLength(1);
  });

  test('a form stays open as it was filled in, and says so at its first field', async () => {
    await open({ ...SMALL, all: 1 });
    await typed('U0P1');
    const view = {
      id: 'V1',
      callback_id: 'client',
      state: { values: {} },
      blocks: [
        { type: 'section', block_id: 'words' },
        { type: 'input', block_id: 'name' },
      ],
    };
    const body = { type: 'view_submission', team: { id: 'T0JUNIPER' }, user: { id: 'U0P2' } };
    const kept = await acted({ ...body, view });
    expect(JSON.parse(kept.said)).toEqual({ response_action: 'errors', errors: { name: TOO_MUCH } });
    const without = await acted({ ...body, view: { ...view, blocks: [{ type: 'section', block_id: 'words' }] } });
    expect(JSON.parse(without.said)).toMatchObject({ response_action: 'update', view: { type: 'modal' } });
    expect(without.said).toContain(TOO_MUCH);
  });

  test('a click is answered by a message; beyond what can be told, Slack says that it did not work', async () => {
    await open({ ...SMALL, all: 1, turnedBack: 0 });
    await typed('U0P1');
    const click = {
      type: 'block_actions',
      team: { id: 'T0JUNIPER' },
      user: { id: 'U0ANA' },
      channel: { id: NORTHWIND },
      container: { type: 'message', channel_id: NORTHWIND, message_ts: '1.1' },
      actions: [{ action_id: 'image_delete', block_id: 'b', action_ts: '1.1', type: 'button' }],
    };
    expect((await acted(click)).status).toBe(503);
    release();
    await here.close();
    await open({ ...SMALL, all: 1 });
    await typed('U0P1');
    expect((await acted(click)).status).toBe(200);
    await here.slack.until(
      () => here.slack.messages(NORTHWIND, { as: 'U0ANA' }).some(({ text }) => text === TOO_MUCH) || null,
      10_000,
    );
  });
});

testLong(
  'two thousand people who ask at the same moment are all answered, and few enough are worked on',
  async () => {
    await open();
    const answers: { status: number; said: string }[] = [];
    for (let n = 0; n < 2_000; n += 100) {
      answers.push(...(await Promise.all(Array.from({ length: 100 }, (_, each) => typed(`U0P${n + each}`)))));
    }
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(here.app.of('requestImage')).toHaveLength(500);
    expect(answers.filter(isTurnedBack).length).toBe(1_500);
    // Meanwhile anything else is answered.
    expect(isTurnedBack(await typed('U0P1', '/credits', 'help'))).toBe(false);
  },
  120_000,
);
