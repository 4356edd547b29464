import { describe, expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/kit/ids.ts';
import { ANA, CHANNEL, CLIENT } from '../support/world.ts';
import { wordsIn } from './home-views.ts';
import { twoProcesses } from './two-processes.ts';

const { here, giveElsewhere: give, lines, ...people } = twoProcesses();
const setPrice = (markupBasisPoints: number) =>
  give({ kind: 'set_policy', policy: { name: 'markupBasisPoints', value: markupBasisPoints } });
const heldCredits = async () =>
  (await lines()).flatMap((line) =>
    line.kind === 'held' ? [line.holds.length * (line.holds[0]?.amountCredits ?? 0)] : [],
  );
const whispers = () => people.whispers(ANA);
const said = () => wordsIn(whispers().at(-1)?.blocks ?? []);
const imagine = (text: string) => people.imagine(text, ANA);
/** While Slack takes its time to say who is in the channel, the price rises, and this process learns of it. */
const risesMeanwhile = async (markupBasisPoints: number, act: () => Promise<unknown>) => {
  const { channels, book } = here.all[0]!.world;
  const { has } = channels;
  channels.has = async (...asked) => {
    const isIn = await has(...asked);
    await setPrice(markupBasisPoints);
    await book.read();
    channels.has = has;
    return isIn;
  };
  await act();
  await here.idle();
};

describe('a price that rises between what was shown and what is held', () => {
  test.each([
    ['', 'This now costs 8 credits instead of 4.', 20_000],
    ['--n 3', 'This now costs 36 credits instead of 12.', 30_000],
  ])('the form %s: nothing is made, and the prompt is given back', async (options, words, markup) => {
    await imagine(options);
    const sent = { prompt: 'a red fox' };
    await setPrice(markup);
    await here.slack.as(ANA).submit(here.slack.modal(ANA)!, sent);
    await here.idle();
    expect(await heldCredits()).toEqual([]);
    expect(said()).toContain(words);
    expect(said()).toContain('a red fox');
  });

  test('Again: nothing is made, and the new price is asked about', async () => {
    await imagine('a fox --n 2');
    const { ts } = here.slack.messages(CHANNEL).findLast(({ ephemeral }) => !ephemeral)!;
    here.clock.set(here.clock.now() + 10_000);
    const again = () => here.slack.as(ANA).click({ channelId: CHANNEL, ts }, ACTIONS.again);
    await risesMeanwhile(20_000, again);
    expect(await heldCredits()).toEqual([8]);
    expect(said()).toContain('Again · 16 credits');
    await here.slack.as(ANA).click({ channelId: CHANNEL, ts: whispers().at(-1)!.ts }, ACTIONS.again);
    await here.idle();
    expect(await heldCredits()).toEqual([8, 16]);
  });

  test('a choice below a refusal, clicked in its channel or elsewhere: the same', async () => {
    const limit = { account: `client:${CLIENT}`, window: 'month', over: 'refuse', rollOverMaxCredits: null } as const;
    await give({ kind: 'set_limit', ...limit, limitCredits: 13 });
    await imagine('a fox --n 4');
    const { ts } = whispers().at(-1)!;
    await give({ kind: 'set_limit', ...limit, limitCredits: 100 });
    await setPrice(20_000);
    await here.all[0]!.world.book.read();
    await here.slack.as(ANA).click({ channelId: CHANNEL, ts }, ACTIONS.insteadFirst);
    await here.idle();
    expect(await heldCredits()).toEqual([]);
    expect(said()).toContain('Make 3 for 24 credits');
    here.clock.set(here.clock.now() + 10_000);
    await here.slack.as(ANA).click({ channelId: CHANNEL, ts: whispers().at(-1)!.ts }, ACTIONS.insteadFirst);
    await here.idle();
    expect(await heldCredits()).toEqual([24]);
  });
});
