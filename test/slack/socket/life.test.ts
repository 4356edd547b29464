import { setTimeout as wait } from 'node:timers/promises';
import type { ApiFault } from '@inkwell/local-slack/faults.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { someOf, testLong } from '../../support/is-long.ts';
import { ANA, NORTHWIND, OLIVIA } from '../quick-slack.ts';
import { openQuickSocket, type QuickSocket } from './quick-socket.ts';

let here: QuickSocket;
beforeEach(async () => {
  here = await openQuickSocket();
});
afterEach(() => here.close());

const OPEN = 'apps.connections.open';
const command = () => here.slack.as(ANA).command('/imagine', 'a fox', { channelId: NORTHWIND });
const connections = (count: number) => here.slack.until(() => here.slack.sockets.open === count, 10_000);
const said = (message: string) => here.log.entries.filter((entry) => entry.message.includes(message));

async function start() {
  await here.bolt.start();
  await connections(2);
}

describe('over Socket Mode', () => {
  beforeEach(start);

  test('a command arrives, and is acknowledged', async () => {
    expect(await command()).toEqual({ ok: true });
    expect(here.app.of('requestImage')).toHaveLength(1);
    expect(here.slack.violations).toEqual([]);
  });

  test('an event, a form and what is wrong in it arrive', async () => {
    await here.slack.as(OLIVIA).openHome();
    await here.slack.until(() => here.slack.home(OLIVIA));
    expect(here.slack.deliveries.map(({ outcome }) => outcome?.answer)).toEqual(['acked']);
    expect(here.bolt.status?.()).toMatchObject({ isConnected: true, problem: null });
  });

  test('what comes twice, once over each connection, is done once and acknowledged twice', async () => {
    here.slack.faults.nextDelivery('duplicate');
    expect(await command()).toEqual({ ok: true });
    expect(here.slack.deliveries.map(({ outcome }) => outcome?.answer)).toEqual(['acked', 'acked']);
    expect(here.app.of('requestImage')).toHaveLength(1);
  });

  test.each(['no JSON', '[]', 'null', '{"type":"slash_commands"}', '{"envelope_id":"1","payload":[]}', '{"type":7}'])(
    '%s of Slack disturbs nothing',
    async (text) => {
      here.slack.sockets.say(text);
      expect(await command()).toEqual({ ok: true });
      expect(here.slack.sockets.opened).toBe(2);
    },
  );
});

describe('a refresh', () => {
  beforeEach(start);

  const refreshes = [
    ['of one connection, closed at once', { only: 'oldest', closeAfterMs: 0 }],
    ['of both, closed in a moment', { closeAfterMs: 500 }],
    ['of both, with a warning', { reason: 'warning', closeAfterMs: 500 }],
    ['of both, that are left to us', { closeAfterMs: null }],
  ] as const;
  test.each(someOf(refreshes, 3))('%s loses no delivery', async (_, options) => {
    let going = true;
    const answers: unknown[] = [];
    const load = (async () => {
      while (going) {
        answers.push(await command());
        await wait(2);
      }
    })();
    for (let round = 0; round < 3; round += 1) {
      const { opened } = here.slack.sockets;
      here.slack.sockets.refresh(options);
      await here.slack.until(() => here.slack.sockets.opened > opened);
      await wait(600);
    }
    going = false;
    await load;
    expect(answers.length).toBeGreaterThan(50);
    expect(answers.filter((answer) => JSON.stringify(answer) !== '{"ok":true}')).toEqual([]);
    expect(here.app.of('requestImage')).toHaveLength(answers.length);
    expect(said('lost')).toEqual([]);
  });

  const AWAY: [string, ApiFault[]][] = [
    ['500', Array(8).fill({ status: 500 })],
    ['503', Array(8).fill({ status: 503 })],
    ['a broken connection', Array(6).fill('cut_before_effect')],
    ['an error of Slack’s own', Array(4).fill({ error: 'internal_error' })],
    ['a refusal', [{ error: 'invalid_auth' }, { error: 'account_inactive' }]],
    ['429', [{ retryAfterS: 1 }]],
  ];
  test.each(someOf(AWAY, 3))('that is answered by %s is tried until it works', async (_, faults) => {
    here.slack.faults.next(OPEN, ...faults);
    here.slack.sockets.refresh();
    await here.slack.until(() => here.slack.sockets.opened === 4, 15_000);
    expect(await command()).toEqual({ ok: true });
    expect(said('opened no connection').length + said('no longer accepts').length).toBeGreaterThan(0);
  });

  test.each([
    ['is turned away', [{ status: 503 }, { status: 500 }]],
    ['breaks', ['cut_before_effect', 'lose_the_answer']],
    ['says nothing', [{ delayMs: 2_000 }, { delayMs: 2_000 }]],
  ] as [string, ApiFault[]][])('whose new connection %s is tried again', async (_, faults) => {
    here.slack.faults.next('socket', ...faults);
    here.slack.sockets.refresh();
    await here.slack.until(() => here.slack.sockets.opened >= 4, 15_000);
    expect(await command()).toEqual({ ok: true });
  });

  test('whose new connection is never greeted is tried again', async () => {
    here.slack.sockets.sayHello(false);
    here.slack.sockets.refresh();
    await wait(800);
    here.slack.sockets.sayHello(true);
    await connections(2);
    expect(await command()).toEqual({ ok: true });
    expect(said('opened no connection')[0]?.facts).toEqual({ code: 'no_hello' });
  });

  test('a 429 is not asked again before its time', async () => {
    const calls = () => here.slack.calls.filter(({ method }) => method === OPEN);
    here.slack.faults.next(OPEN, { retryAfterS: 1 }, { retryAfterS: 1 });
    here.slack.sockets.refresh({ only: 'oldest' });
    await here.slack.until(() => calls().length === 5, 10_000);
    const [, , first = 0, second = 0, third = 0] = calls().map(({ at }) => at);
    expect(second - first).toBeGreaterThanOrEqual(1_000);
    expect(third - second).toBeGreaterThanOrEqual(1_000);
  });
});

describe('a connection', () => {
  beforeEach(start);

  test('whose pings stay unanswered is replaced', async () => {
    here.slack.sockets.answerPings(false);
    await here.slack.until(() => here.slack.sockets.opened >= 4);
    here.slack.sockets.answerPings(true);
    await connections(2);
    expect(await command()).toEqual({ ok: true });
  });

  test('that is cut mid-way is replaced, and the ack of what it brought does not disturb', async () => {
    here.slack.sockets.cut();
    await here.slack.until(() => here.slack.sockets.opened === 4);
    expect(await command()).toEqual({ ok: true });
  });

  testLong(
    'is missed in the log and in the status, however long Slack is away, and its return is told',
    async () => {
      here.slack.faults.next(OPEN, ...Array<ApiFault>(10).fill({ status: 503 }));
      here.slack.sockets.cut();
      await here.slack.until(() => said('connection to Slack lost').length > 0, 10_000);
      expect(here.bolt.status?.()).toMatchObject({ isConnected: false, problem: 'http_503' });
      await here.slack.until(() => said('connection to Slack is back').length > 0, 20_000);
      expect(here.bolt.status?.()).toMatchObject({ isConnected: true, problem: null });
      expect(said('connection to Slack lost')).toHaveLength(1);
      expect(await command()).toEqual({ ok: true });
    },
    30_000,
  );
});

describe('a start', () => {
  test('waits while Slack is away for a moment', async () => {
    here.slack.faults.next(OPEN, { status: 500 }, 'cut_before_effect', { retryAfterS: 1 });
    await start();
    expect(await command()).toEqual({ ok: true });
  });

  test.each(['invalid_auth', 'not_authed', 'account_inactive', 'token_revoked', 'missing_scope'])(
    'with a token that Slack refuses (%s) ends with a sentence',
    async (error) => {
      here.slack.faults.next(OPEN, { error });
      await expect(here.bolt.start()).rejects.toThrow(
        new RegExp(`^Slack does not accept SLACK_APP_TOKEN \\(${error}\\)\\..* connections:write\\.$`),
      );
    },
  );

  test('with another token, or the bot’s, ends with a sentence', async () => {
    const other = await openQuickSocket({ appToken: 'xapp-other' });
    await expect(other.bolt.start()).rejects.toThrow('invalid_auth');
    await other.close();
    const bots = await openQuickSocket({ appToken: 'xoxb-test' });
    await expect(bots.bolt.start()).rejects.toThrow('not_allowed_token_type');
    await bots.close();
  });
});

describe('a stop', () => {
  test('in the middle lets work be acknowledged, closes every connection, and opens none', async () => {
    await start();
    const answers = Promise.all([command(), command(), command()]);
    await here.slack.until(() => here.slack.deliveries.length === 3);
    await here.bolt.stop();
    await answers;
    await connections(0);
    await wait(300);
    expect(here.slack.sockets.opened).toBe(2);
  });

  test('while Slack is away ends at once', async () => {
    await start();
    here.slack.faults.next(OPEN, ...Array<ApiFault>(20).fill({ status: 503 }));
    here.slack.sockets.cut();
    await wait(200);
    await here.bolt.stop();
    const { length } = here.slack.calls;
    await wait(500);
    expect(here.slack.calls).toHaveLength(length);
  });

  test('while a connection is being opened leaves none behind', async () => {
    await start();
    here.slack.faults.next('socket', { delayMs: 150 }, { delayMs: 150 });
    here.slack.sockets.refresh();
    await wait(50);
    await here.bolt.stop();
    await wait(300);
    expect(here.slack.sockets.open).toBe(0);
  });
});
