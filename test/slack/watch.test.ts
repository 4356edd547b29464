import type { App as Bolt, ReceiverEvent } from '@slack/bolt';
import { describe, expect, test } from 'vitest';
import { trackDeliveries } from '../../src/slack/platform/track-deliveries.ts';
import { createPaperLog } from './quick-slack.ts';

const delivery = (ack: () => Promise<void>): ReceiverEvent => ({
  body: { type: 'block_actions', user: { id: 'U0A' }, channel: { id: 'C1' } },
  ack,
});

function watched(process: (event: ReceiverEvent) => Promise<void>) {
  const bolt = { processEvent: process } as Bolt;
  const log = createPaperLog();
  const told: unknown[] = [];
  const tell = async (hearer: unknown) => {
    told.push(hearer);
    return { kind: 'delivered' } as const;
  };
  return { bolt, log, told, watch: trackDeliveries(bolt, { tell, log }) };
}

describe('a delivery', () => {
  test('whose ack fails is worked on all the same', async () => {
    let worked = false;
    const { bolt, log, told } = watched(async ({ ack }) => {
      await ack();
      worked = true;
    });
    const hungUp = Object.assign(new Error('headers sent'), { code: 'ERR_HTTP_HEADERS_SENT' });
    await bolt.processEvent(delivery(() => Promise.reject(hungUp)));
    expect(worked).toBe(true);
    expect(log.entries).toMatchObject([
      { level: 'warn', facts: { code: 'ERR_HTTP_HEADERS_SENT' }, message: 'ack failed' },
    ]);
    expect(told).toEqual([]);
  });

  test('that nobody acknowledges is acknowledged, and the person is told', async () => {
    let acks = 0;
    const { bolt, told } = watched(async () => {});
    const ack = async () => {
      acks += 1;
    };
    await bolt.processEvent(delivery(ack));
    expect(acks).toBe(1);
    expect(told).toMatchObject([{ memberId: 'U0A', channelId: 'C1' }]);
  });

  test.each([
    ['a_form_of_last_year', { response_action: 'update', view: { type: 'modal' } }],
    ['client', undefined],
  ])(
    'of the form %s, which nobody acknowledges, is answered where it stands if it is none of ours',
    async (form, said) => {
      const { bolt, told } = watched(async () => {});
      const answers: unknown[] = [];
      await bolt.processEvent({
        body: { type: 'view_submission', user: { id: 'U0A' }, view: { callback_id: form } },
        ack: async (answer) => void answers.push(answer),
      });
      expect(answers).toEqual([said && expect.objectContaining({ ...said, view: expect.objectContaining(said.view) })]);
      expect(told).toEqual([]);
    },
  );

  test('of who can be no person is acknowledged, and nobody works on it', async () => {
    let [acks, worked] = [0, false];
    const { bolt, log, told } = watched(async () => {
      worked = true;
    });
    const ack = async () => {
      acks += 1;
    };
    await bolt.processEvent({ body: { type: 'block_actions', user: { id: 'inkwell' } }, ack });
    expect([acks, worked, told]).toEqual([1, false, []]);
    expect(log.entries).toMatchObject([{ level: 'warn', message: 'Slack delivery ignored: no user in it' }]);
  });

  test('is waited for, also when it throws', async () => {
    let release = () => {};
    const { bolt, watch } = watched(async ({ ack }) => {
      await ack();
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      throw new Error('x');
    });
    const work = bolt.processEvent(delivery(async () => {})).catch(() => 'thrown');
    let idle = false;
    const waiting = watch.idle().then(() => {
      idle = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(idle).toBe(false);
    release();
    expect(await work).toBe('thrown');
    await waiting;
    expect(idle).toBe(true);
  });
});
