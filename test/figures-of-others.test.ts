import type { LocalSlack } from '@inkwell/local-slack';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AccountId } from '../src/ledger/accounts.ts';
import type { CommandBody } from '../src/ledger/commands/commands.ts';
import type { OnExceeded } from '../src/ledger/state.ts';
import { standings } from '../src/ledger/usage/standings.ts';
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
const limit = (account: AccountId, over: OnExceeded, limitCredits = 3) =>
  ({ kind: 'set_limit', account, window: 'month', limitCredits, over, rollOverMaxCredits: null }) as const;

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

/** All that stands before a person, in the channel, directly, in a form or in Home. */
const standsBefore = (who: string) =>
  JSON.stringify([
    slack.messages(MIRA, { as: who }).filter(({ ephemeral }) => ephemeral),
    slack.messages(slack.directMessage(who), { as: who }),
    slack.modal(who),
    slack.home(who),
  ]);
const whispered = (who: string) => slack.messages(MIRA, { as: who }).filter(({ ephemeral }) => ephemeral).length;

describe('what the agency has left, to a person who may not see it', () => {
  beforeEach(async () => {
    await given({
      kind: 'set_limit',
      account: 'client:mira',
      window: 'month',
      limitCredits: 9_000,
      over: 'warn',
      rollOverMaxCredits: null,
    });
    const { usedCredits } = await used();
    await given(limit('agency', 'refuse', usedCredits + 3));
  });

  const used = async () => {
    const state = await running.context.book.read();
    const [agencys] = standings(state, 'agency', running.context.clock.now());
    return agencys!;
  };
  const sums = async () => {
    const { limitCredits, usedCredits } = await used();
    const [limited, spent] = [limitCredits, usedCredits].map((each) => each.toLocaleString('en-US'));
    return new RegExp(`Limit ${limited}|− ${spent} used|agency’s monthly|has 3 credits left`);
  };

  test.each<[string, string, boolean]>([
    ['a creator', BEN, false],
    ['a manager of other clients', MARCUS, false],
    ['an owner', OLIVIA, true],
  ])('is said in a form, a refusal, a warning and a card to %s: %s, %s', async (_, who, isTold) => {
    const exact = await sums();
    const told = () => exact.exec(standsBefore(who))?.[0];
    await slack.as(who).command('/imagine', '', { channelId: MIRA });
    await slack.until(() => wordsOf(who)?.includes('be made now'));
    expect(standsBefore(who)).toContain('agency');
    expect(told() !== undefined).toBe(isTold);
    await slack.as(who).close(slack.modal(who)!);
    await slack.as(who).command('/imagine', 'a fox', { channelId: MIRA });
    await slack.until(() => whispered(who) > 0);
    expect(told() !== undefined).toBe(isTold);
    if (isTold) return;
    await given({ ...limit('agency', 'ask', (await used()).limitCredits) });
    await slack.as(who).command('/imagine', 'another fox', { channelId: MIRA });
    await slack.until(() => standsBefore(who).includes('Withdraw'));
    expect(standsBefore(who)).toContain('The agency’s limit');
    expect(told()).toBe(undefined);
    await given({ ...limit('agency', 'warn', (await used()).limitCredits) });
    await slack.as(who).command('/imagine', 'a third fox', { channelId: MIRA });
    await slack.until(() => standsBefore(who).includes('only warns'));
    expect(told()).toBe(undefined);
  });
});
