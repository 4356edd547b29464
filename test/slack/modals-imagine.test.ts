import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app/app.ts';
import { clicking } from '../support/requester.ts';
import { ANA, CLIENT, OLIVIA } from '../support/world.ts';
import { wordsIn } from './home-views.ts';
import { type Inkwell, startInkwell } from './set-up-world.ts';

const NORTHWIND = { channelId: 'C0NORTHWIND' };

describe('the imagine modal, in use', () => {
  let inkwell: Inkwell;
  beforeAll(async () => {
    inkwell = await startInkwell();
  });
  afterAll(() => inkwell.stop());
  afterEach(() => {
    inkwell.override({});
    inkwell.requests.length = 0;
    expect(inkwell.slack.violations).toEqual([]);
    expect(inkwell.errors).toEqual([]);
  });

  const modal = (who = ANA) => inkwell.slack.modal(who);
  const open = async (text = '') => {
    await inkwell.slack.as(ANA).command('/imagine', text, NORTHWIND);
    await inkwell.idle();
    return modal()!;
  };
  const choose = async (blockId: string, choice: string, typed = {}) => {
    await inkwell.slack.as(ANA).click(modal()!, 'imagine_choose', { blockId, choice, typed });
    await inkwell.idle();
  };
  const submit = async (values: Record<string, string>, who = ANA) => {
    await inkwell.slack.as(who).submit(modal(who)!, values);
    await inkwell.idle();
  };
  const words = (who = ANA) => wordsIn(modal(who)?.blocks);

  test('opens with a price, and then with what is left', async () => {
    await open();
    expect(words()).toContain('1 image × 4 credits = 4 credits');
    expect(words()).toContain('You: no limit · 100 credits left this month for Northwind Coffee');
    const [first] = inkwell.slack.calls.filter(({ method }) => method === 'views.open');
    expect(first?.args.view).not.toContain('100 credits left');
  });

  test.each(['size.sketch', 'quality.sketch', 'count'])(
    'says on each option of %s what is charged once it is chosen',
    async (blockId) => {
      type Select = { block_id?: string; element?: { options?: { text: { text: string }; value: string }[] } };
      await open();
      const field = () => ((modal()?.blocks ?? []) as Select[]).find((block) => block.block_id === blockId);
      const options = field()?.element?.options ?? [];
      expect(options.length).toBeGreaterThan(1);
      for (const { text, value } of options) {
        await choose(blockId, value);
        const price = / · ([\d,]+ credits?)$/.exec(text.text)?.[1];
        expect(modal()?.submit?.text).toBe(`Make for ${price}`);
      }
      await inkwell.slack.as(ANA).close(modal()!);
    },
  );

  test('follows every choice with its price, and keeps what was typed', async () => {
    await open();
    await choose('size.sketch', '1536x1024', { prompt: 'a red *fox* <!channel>' });
    expect(words()).toContain('1 image × 6 credits = 6 credits');
    await choose('count', '10', { prompt: 'a red *fox* <!channel>', 'size.sketch': '1536x1024' });
    expect(words()).toContain('10 images × 6 credits = 60 credits');
    expect(modal()?.submit?.text).toBe('Make for 60 credits');
    await choose('quality.sketch', 'fine', { count: '10', 'size.sketch': '1536x1024' });
    expect(words()).toContain('This can’t be made now.');
    await submit({ prompt: 'a red *fox* <!channel>' });
    expect(modal()?.errors).toEqual({ count: expect.stringContaining('has 100 credits left. This needs 120.') });
    const month = { account: `client:${CLIENT}`, window: 'month', over: 'refuse', rollOverMaxCredits: null } as const;
    const set = async (limitCredits: number) => {
      const command = {
        commandId: `set-${limitCredits}`,
        by: OLIVIA,
        kind: 'set_limit',
        ...month,
        limitCredits,
      } as const;
      await inkwell.world.book.submit(command);
    };
    await set(120);
    await submit({ prompt: 'a red *fox* <!channel>' });
    expect(inkwell.requests).toEqual([
      expect.objectContaining({
        prompt: 'a red *fox* <!channel>',
        options: { model: 'sketch', size: '1536x1024', quality: 'fine' },
        imagesCount: 10,
        stage: null,
        requester: { memberId: ANA, replyTo: expect.objectContaining(NORTHWIND) },
        place: expect.objectContaining(NORTHWIND),
      }),
    ]);
    expect(modal()).toBeNull();
    await set(100);
  });

  test.each([
    ['as it was shown', {}, null],
    ['as it was chosen', { stage: 'final' }, 'final'],
  ])('sends a stage %s, also after other choices', async (_how, chosen, stage) => {
    await open();
    await choose('count', '2', { prompt: 'a fox', ...chosen });
    await submit({ prompt: 'a fox' });
    expect(inkwell.requests).toMatchObject([{ prompt: 'a fox', imagesCount: 2, stage }]);
  });

  test('says beside the prompt that it is empty', async () => {
    await open();
    await submit({ prompt: ' \u200b ' });
    expect(modal()?.errors).toEqual({ prompt: 'Describe the image.' });
    expect(inkwell.requests).toEqual([]);
  });

  test('asks once more where the price is higher than what was shown', async () => {
    await open();
    await submit({ prompt: 'a fox', count: '5' });
    expect(inkwell.requests).toEqual([]);
    expect(words()).toContain('This now costs 20 credits.');
    await submit({});
    expect(inkwell.requests).toEqual([expect.objectContaining({ prompt: 'a fox', imagesCount: 5 })]);
  });

  test('counts a form that is sent twice once', async () => {
    await open();
    inkwell.slack.faults.nextDelivery('duplicate');
    await submit({ prompt: 'a fox' });
    const ids = inkwell.requests.map(({ deliveryId }) => deliveryId);
    expect(new Set(ids).size).toBe(1);
    expect(ids.length).toBe(2);
  });

  test('makes two of two forms with the same words, unless they were sent within three seconds', async () => {
    for (const [pauseMs, count] of [
      [0, 1],
      [0, 1],
      [3_100, 2],
    ] as const) {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      await open();
      await submit({ prompt: 'two foxes' });
      expect(inkwell.requests).toHaveLength(count);
    }
    expect(new Set(inkwell.requests.map(({ deliveryId }) => deliveryId)).size).toBe(2);
  });

  test('opens from Home, asks for the channel, and shows what its client has left', async () => {
    await inkwell.slack.as(OLIVIA).openHome();
    await inkwell.idle();
    await inkwell.slack.as(OLIVIA).click(inkwell.slack.home(OLIVIA)!, 'home_imagine');
    await inkwell.idle();
    expect(words(OLIVIA)).not.toContain('Northwind');
    const channel = { blockId: 'channel', choice: 'C0NORTHWIND' };
    await inkwell.slack.as(OLIVIA).click(modal(OLIVIA)!, 'imagine_choose', channel);
    await inkwell.idle();
    expect(words(OLIVIA)).toContain('100 credits left this month for Northwind Coffee');
    await submit({ prompt: 'a fox' }, OLIVIA);
    expect(inkwell.requests).toEqual([expect.objectContaining(clicking(OLIVIA, 'C0NORTHWIND'))]);
  });

  test('does not take a direct message for a channel', async () => {
    await inkwell.slack.as(OLIVIA).click(inkwell.slack.home(OLIVIA)!, 'home_imagine');
    await inkwell.idle();
    await submit({ prompt: 'a fox', channel: inkwell.slack.directMessage(OLIVIA) }, OLIVIA);
    expect(modal(OLIVIA)?.errors.channel).toContain('has no client');
    await inkwell.slack.as(OLIVIA).close(modal(OLIVIA)!);
  });

  test.each([
    [0, 150],
    [150, 0],
  ])('shows the latest of two choices, whichever takes longer: %i ms, %i ms', async (...waits) => {
    await open();
    const real = createApp(inkwell.world);
    inkwell.override({
      showCredits: async (look) => {
        await new Promise((done) => setTimeout(done, 50 + (waits.shift() ?? 0)));
        return await real.showCredits(look);
      },
    });
    const form = modal()!;
    const click = (choice: string) => inkwell.slack.as(ANA).click(form, 'imagine_choose', { blockId: 'count', choice });
    await click('2');
    await click('7');
    await inkwell.idle();
    expect(words()).toContain('7 images × 4 credits = 28 credits');
    await inkwell.slack.as(ANA).close(modal()!);
  });

  test('is drawn without what is left where that cannot be had', async () => {
    inkwell.override({ showCredits: () => Promise.reject(Object.assign(new Error('no'), { code: 'unavailable' })) });
    await open();
    expect(words()).toContain('1 image × 4 credits = 4 credits');
    await choose('count', '3');
    expect(words()).toContain('3 images × 4 credits = 12 credits');
    await inkwell.slack.as(ANA).close(modal()!);
  });
});

describe('/credits, in use', () => {
  let inkwell: Inkwell;
  beforeAll(async () => {
    inkwell = await startInkwell();
  });
  afterAll(() => inkwell.stop());

  const say = async (who: string, text: string, channelId = 'C0NORTHWIND') => {
    await inkwell.slack.as(who).command('/credits', text, { channelId });
    await inkwell.idle();
    const answer = inkwell.slack.messages(channelId, { as: who }).at(-1)!;
    expect(answer.ephemeral).toBe(true);
    return wordsIn(answer.blocks);
  };

  test('shows own, client’s and, for owners, the agency’s credits, to nobody else', async () => {
    expect(await say(ANA, '')).toContain('Northwind Coffee, this channel’s client');
    expect(await say(ANA, '')).not.toContain('The agency');
    expect(await say(OLIVIA, '')).toContain('The agency');
    expect(inkwell.errors).toEqual([]);
  });

  test('helps, also with what it does not know', async () => {
    expect(await say(ANA, 'help')).toContain('last month');
    expect(await say(ANA, 'gimme <!channel> &amp; more')).toContain('“gimme');
    expect(inkwell.slack.violations).toEqual([]);
  });
});
