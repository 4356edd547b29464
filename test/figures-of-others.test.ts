import type { LocalSlack } from '@inkwell/local-slack';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CommandBody } from '../src/ledger/commands/commands.ts';
import type { Running } from '../src/start/start.ts';
import { openDemo } from './support/demo.ts';

/** The whole product on the local Slack: figures that are none of a person’s business, whatever they choose and type. */

const [OLIVIA, MARCUS, BEN] = ['U0OLIVIA', 'U0MARCUS', 'U0BEN'] as const;
const MIRA = 'C0MIRA';

let running: Running;
let slack: LocalSlack;
let close: () => Promise<void>;

beforeEach(async () => {
  ({ running, slack, close } = await openDemo());
});
afterEach(async () => {
  expect(slack.violations).toEqual([]);
  await close();
});

let wishes = 0;
const given = async (wish: CommandBody) => {
  wishes += 1;
  const answer = await running.context.book.submit({ commandId: `given-${wishes}`, by: OLIVIA, ...wish });
  expect(answer).toMatchObject({ ok: true });
};
const limit = (account: 'agency' | 'client:mira', over: 'refuse' | 'ask') =>
  ({ kind: 'set_limit', account, window: 'month', limitCredits: 3, over, rollOverMaxCredits: null }) as const;

/** What a form tells beyond what was chosen in it. */
const TOLD = /Mira|is closed|needs approval|can’t be made|This client|Try anyway|Ask for/;
const toldIn = (words: string) => TOLD.exec(words)?.[0] ?? null;
const wordsOf = (who: string) => JSON.stringify(slack.modal(who));

/** Home’s form, once it is drawn for a channel that was chosen in it. */
async function chosen(who: string, channelId: string, typed: Record<string, string> = {}): Promise<string> {
  await slack.as(who).openHome();
  await slack.as(who).click(await slack.until(() => slack.home(who)), 'home_imagine');
  await slack.until(() => wordsOf(who)?.includes('You: '));
  const before = slack.modal(who)!;
  await slack.as(who).click(before, 'imagine_choose', { blockId: 'channel', choice: channelId, typed });
  await slack.until(() => slack.modal(who)?.hash !== before.hash);
  return wordsOf(who);
}

describe('the form for a channel that its reader is not in', () => {
  test.each([
    ['a limit that refuses', BEN, limit('client:mira', 'refuse')],
    ['a limit that asks', BEN, limit('client:mira', 'ask')],
    ['a closed client', BEN, { kind: 'close_client', clientId: 'mira' } as const],
    ['a limit, to a manager of others', MARCUS, limit('client:mira', 'refuse')],
  ])('tells nothing of what the ledger would answer: %s', async (_, who, wish) => {
    await given(wish);
    expect(toldIn(await chosen(who, MIRA))).not.toBe(null);
    await slack.as(who).close(slack.modal(who)!);
    await slack.leave(MIRA, who);
    const words = await chosen(who, MIRA);
    expect(words).toContain('Make for 6 credits');
    expect(toldIn(words)).toBe(null);
  });

  test('is told at the field once it is sent, and still without a figure', async () => {
    await given(limit('client:mira', 'refuse'));
    await slack.leave(MIRA, BEN);
    await chosen(BEN, MIRA);
    await slack.as(BEN).submit(slack.modal(BEN)!, { prompt: 'a fox' });
    const answer = JSON.stringify(await slack.until(() => slack.modal(BEN)));
    expect(toldIn(answer)).toBe(null);
  });
});
