import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LimitAlertCard } from '../../src/app/alerts/limit-alert-card.ts';
import type { Announced, Messenger } from '../../src/app/messenger.ts';
import { createMessenger } from '../../src/slack/messenger/messenger.ts';
import { NORTHWIND, OLIVIA, openQuickSlack, type QuickSlack } from './quick-slack.ts';

let here: QuickSlack;
let messenger: Messenger;
let keys = 0;

beforeAll(async () => {
  here = await openQuickSlack();
});
beforeEach(() => {
  here.slack.faults.clear();
  here.clock.pass(3_600_000);
  messenger = createMessenger(here);
});
afterAll(() => here.slack.close());

const card = (percent: number): LimitAlertCard => ({
  kind: 'limit_alert',
  at: 0,
  label: { account: 'client:acme', kind: 'client', name: 'Acme', memberId: null },
  window: 'month',
  now: {
    ...{ at: 0, percent, burn: null, left: null, isOver: false },
    figures: {
      ...{ limitCredits: 100, rolledCredits: 0, grantsCredits: 0, usedCredits: percent, heldCredits: 0 },
      ...{ availableCredits: 100 - percent, resetsAt: null },
    },
  },
  reached: [],
  muted: null,
  cap: null,
  may: { raise: false, move: false, mute: false, cap: false, ask: false },
});
const heads = () =>
  here.slack.messages(here.slack.directMessage(OLIVIA)).map(({ text }) => text.split('\n')[0]?.match(/\d+%/)?.[0]);
const added = async (work: () => Promise<unknown>) => {
  const before = heads().length;
  await work();
  return heads().slice(before);
};
const place = (answer: Announced) => (answer.kind === 'posted' ? answer.place : answer);

describe('a message that is to stand once', () => {
  test('does so where the answer is lost, and another process asks again', async () => {
    const key = `once-${++keys}`;
    const answers: Announced[] = [];
    const stands = await added(async () => {
      here.slack.faults.next('chat.postMessage', 'lose_the_answer');
      answers.push(await messenger.postCard(OLIVIA, card(50), key));
      here.slack.faults.next('chat.postMessage', 'lose_the_answer', 'lose_the_answer');
      answers.push(await createMessenger(here).postCard(OLIVIA, card(50), key));
      answers.push(await createMessenger(here).postCard(OLIVIA, card(50), key));
    });
    expect(stands).toEqual(['50%']);
    expect(answers[1]).toMatchObject({ kind: 'failed' });
    expect(place(answers[0]!)).toEqual(place(answers[2]!));
    expect(answers[2]).not.toHaveProperty('isEarlier');
  });

  test.each([
    ['denied', 'not_approved'],
    ['lapsed', 'not_approved'],
    ['approved', 'request_approved'],
  ] as const)('says by a new direct message how a wait ended, wherever it was typed: %s', async (as, kind) => {
    const end = { as, by: 'U0MARCUS', at: 0, reason: null };
    const note = { kind, end, channelId: 'C1', clientName: 'Acme', prompt: null, imagesCount: 1, requestedCredits: 3 };
    const key = `once-${++keys}`;
    const replyTo = { channelId: NORTHWIND, threadTs: null, responseUrl: 'https://hooks.slack.com/commands/gone' };
    const say = (from: Messenger) => from.tell({ memberId: OLIVIA, replyTo }, note, { onceKey: key });
    const before = here.slack.messages(here.slack.directMessage(OLIVIA)).length;
    here.slack.faults.next('chat.postMessage', 'lose_the_answer', 'lose_the_answer');
    expect(await say(messenger)).toMatchObject({ kind: 'failed' });
    expect(await say(createMessenger(here))).toEqual({ kind: 'delivered' });
    expect(await say(createMessenger(here))).toEqual({ kind: 'delivered' });
    const said = here.slack.messages(here.slack.directMessage(OLIVIA)).slice(before);
    expect(said.map(({ ephemeral }) => ephemeral ?? false)).toEqual([false]);
    expect(here.slack.messages(NORTHWIND, { as: OLIVIA }).filter(({ ephemeral }) => ephemeral)).toEqual([]);
  });

  test('is known to be an earlier one where it says something else by now', async () => {
    const key = `once-${++keys}`;
    const stands = await added(async () => {
      expect(await messenger.postCard(OLIVIA, card(50), key)).not.toHaveProperty('isEarlier');
      expect(await messenger.postCard(OLIVIA, card(80), key)).toMatchObject({ kind: 'posted', isEarlier: true });
    });
    expect(stands).toEqual(['50%']);
  });

  test.each(['duplicate_message_not_found', 'duplicate_channel_not_found'])(
    'is posted anew where Slack cannot find the first one (%s)',
    async (error) => {
      here.slack.faults.next('chat.postMessage', { error });
      const stands = await added(() => messenger.postCard(OLIVIA, card(80), `once-${++keys}`));
      expect(stands).toEqual(['80%']);
    },
  );

  test('is another one under another key, for another person, and without a key', async () => {
    const stands = await added(async () => {
      await messenger.postCard(OLIVIA, card(50), `once-${++keys}`);
      await messenger.postCard(OLIVIA, card(50), `once-${++keys}`);
      await messenger.postCard(OLIVIA, card(50), undefined);
      await messenger.postCard(OLIVIA, card(50), undefined);
    });
    expect(stands).toEqual(['50%', '50%', '50%', '50%']);
  });
});
