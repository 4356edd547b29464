import type { LocalSlack } from '@inkwell/local-slack';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tendOpenCards } from '../src/app/approvals/tend-open-cards.ts';
import { recoverJobs } from '../src/app/images/recover-jobs.ts';
import { ACTIONS } from '../src/slack/kit/ids.ts';
import type { Running } from '../src/start/start.ts';
import { wordsIn } from './slack/home-views.ts';
import { openDemo } from './support/demo.ts';

/** Cards of open requests while Slack has a bad moment: the whole product over signed HTTP. */

const [OLIVIA, MARCUS, ANA, ATLAS] = ['U0OLIVIA', 'U0MARCUS', 'U0ANA', 'C0ATLAS'] as const;

let running: Running;
let slack: LocalSlack;
let close: () => Promise<void>;
let ids = 0;

beforeEach(async () => {
  ({ running, slack, close } = await openDemo());
  await limit(1);
  expect(await slack.as(ANA).command('/imagine', 'a red fox --n 2', { channelId: ATLAS })).toEqual({ ok: true });
  await slack.until(card, 10_000);
});
afterEach(() => close());

const limit = async (limitCredits: number) => {
  ids += 1;
  const command = { kind: 'set_limit', account: 'client:atlas', window: 'month', rollOverMaxCredits: null } as const;
  const answer = await running.context.book.submit({
    ...{ commandId: `limit-${ids}`, by: OLIVIA, ...command, limitCredits, over: 'ask' },
  });
  expect(answer.ok).toBe(true);
};
/** Marcus’s, with its buttons. */
const card = () =>
  slack
    .messages(slack.directMessage(MARCUS), { as: MARCUS })
    .find(({ blocks }) => JSON.stringify(blocks).includes(`"${ACTIONS.requestApprove}"`));
const words = () => wordsIn(card()?.blocks ?? []);
const isDrawn = (limitCredits: number) => words().includes(`Limit ${limitCredits} −`);
/** Rounds, until what they bring about can be seen. */
async function rounds(round: () => Promise<unknown>, isSeen: () => boolean): Promise<void> {
  for (let no = 0; no < 60 && !isSeen(); no += 1) {
    await round();
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  expect(isSeen()).toBe(true);
}
const tendUntil = (limitCredits: number) =>
  rounds(
    () => tendOpenCards(running.context),
    () => isDrawn(limitCredits),
  );

/** Rounds of the running product come every five seconds, beside those of the tests. */
const TIMEOUT_MS = 60_000;

describe('the card of an approver', { timeout: TIMEOUT_MS }, () => {
  test('keeps its buttons while Slack can’t say who they are, and shows the new sums after it', async () => {
    const { channels } = running.context;
    for (const method of ['users.info', 'users.list']) {
      slack.faults.next(method, ...Array(12).fill({ error: 'internal_error' }));
    }
    channels.forget({ userId: MARCUS });
    running.context.people.forget(MARCUS);
    expect(await channels.audience(null, MARCUS)).toBe('unsure');
    await limit(2);
    await tendOpenCards(running.context);
    expect(card()).toBeDefined();
    slack.faults.clear();
    await tendUntil(2);
    expect(card()).toBeDefined();
    expect(slack.violations).toEqual([]);
  });

  test('shows the new sums after Slack refused them once', async () => {
    await limit(3);
    slack.faults.next('chat.update', { error: 'invalid_blocks' }, { error: 'invalid_blocks' });
    await tendUntil(3);
    expect(slack.violations).toEqual([]);
  });

  test('is posted with its buttons where Slack could not say at first who they are', async () => {
    await slack.as(MARCUS).click({ channelId: slack.directMessage(MARCUS), ts: card()!.ts }, ACTIONS.requestApprove);
    await slack.until(() => card() === undefined || undefined, 20_000);
    slack.faults.next('users.info', ...Array(12).fill({ error: 'internal_error' }));
    running.context.people.forget(MARCUS);
    await slack.as(ANA).command('/imagine', 'a second fox --n 3', { channelId: ATLAS });
    await slack.until(() => [...running.context.book.now().requests.values()].find(({ end }) => end === null), 10_000);
    slack.faults.clear();
    await rounds(
      () => recoverJobs(running.context, { alone: false }),
      () => card() !== undefined,
    );
  });
});
