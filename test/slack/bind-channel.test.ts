import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import { requestImage } from '../support/verbs.ts';
import { BEN, MARCUS, OLIVIA } from '../support/world.ts';
import { wordsIn } from './home-views.ts';
import { type Inkwell, startInkwell } from './set-up-world.ts';

const ROOM = 'C0SUMMER';
const KEPT = 'Your prompt is kept';

describe('the form that asks which client a channel belongs to', () => {
  let inkwell: Inkwell;
  beforeEach(async () => {
    inkwell = await startInkwell();
    await give(OLIVIA, { kind: 'create_client', clientId: 'atlas', name: 'Atlas' });
  });
  afterEach(async () => {
    expect(inkwell.slack.violations).toEqual([]);
    await inkwell.stop();
  });

  async function give(by: string, command: CommandBody) {
    const { book, newId } = inkwell.world;
    const answer = await book.submit({ commandId: newId(), by, ...command });
    expect(answer.ok).toBe(true);
  }
  const boundTo = () => inkwell.world.book.now().channels.get(ROOM);
  const modal = (who = OLIVIA) => inkwell.slack.modal(who);
  const imagine = async (who = OLIVIA, prompt = 'a red fox') => {
    await inkwell.slack.as(who).command('/imagine', prompt, { channelId: ROOM });
    return await inkwell.slack.until(() => modal(who));
  };
  const choose = async (clientId: string, who = OLIVIA) => {
    await inkwell.slack.as(who).submit(modal(who)!, { [`client.${ROOM}`]: clientId });
    await inkwell.idle();
  };
  const openFromHome = async (who = OLIVIA) => {
    await inkwell.slack.as(who).openHome();
    await inkwell.idle();
    await inkwell.slack.as(who).click(inkwell.slack.home(who)!, 'home_bind_channel');
    const form = await inkwell.slack.until(() => modal(who));
    await inkwell.slack.as(who).click(form, 'set_up_channel', { choice: ROOM });
    await inkwell.idle();
  };
  const bind = (by: string, clientId: string | null) =>
    give(by, { kind: 'bind_channel', channelId: ROOM, clientId, ifUnbound: false });

  test.each([
    [
      'to a client',
      MARCUS,
      'northwind',
      'Marcus already linked this channel to Northwind Coffee. Nothing was changed.',
    ],
    ['to none', MARCUS, null, 'Marcus already decided that this channel has no client. Nothing was changed.'],
    [
      'by themselves',
      OLIVIA,
      'northwind',
      'Olivia already linked this channel to Northwind Coffee. Nothing was changed.',
    ],
  ])('leaves it alone where it was linked meanwhile %s', async (_, by, clientId, said) => {
    await imagine();
    await bind(by, clientId);
    await choose('atlas');
    expect(boundTo()).toBe(clientId);
    expect(modal()?.errors.channel).toBe(said);
    // Sent again as it is, it still was made without knowing that.
    await choose('atlas');
    expect(boundTo()).toBe(clientId);
  });

  test('does not name a client that its reader does not know', async () => {
    await openFromHome(MARCUS);
    await bind(OLIVIA, 'atlas');
    await choose('northwind', MARCUS);
    expect(boundTo()).toBe('atlas');
    expect(modal(MARCUS)?.errors.channel).toBe(
      'Olivia already linked this channel to another client. Nothing was changed.',
    );
  });

  test.each([
    ['northwind', 'atlas', null],
    ['atlas', null, 'northwind'],
    [null, 'northwind', 'atlas'],
  ])('that showed %s changes nothing where it is %s by now', async (shown, meanwhile, chosen) => {
    await bind(OLIVIA, shown);
    await openFromHome();
    await bind(OLIVIA, meanwhile);
    await choose(chosen ?? 'none:');
    expect(boundTo()).toBe(meanwhile);
    expect(modal()?.errors.channel).toContain('Nothing was changed.');
  });

  test('of two that are sent at the same time the first counts', async () => {
    await imagine(OLIVIA);
    await openFromHome(MARCUS);
    const [ours, theirs] = [modal(OLIVIA)!, modal(MARCUS)!];
    await Promise.all([
      inkwell.slack.as(OLIVIA).submit(ours, { [`client.${ROOM}`]: 'atlas' }),
      inkwell.slack.as(MARCUS).submit(theirs, { [`client.${ROOM}`]: 'northwind' }),
    ]);
    await inkwell.idle();
    const loser = boundTo() === 'atlas' ? MARCUS : OLIVIA;
    expect(modal(loser)?.errors.channel).toContain('already linked this channel to');
    expect(modal(loser === MARCUS ? OLIVIA : MARCUS)).toBeNull();
  });

  describe('says that the prompt is kept', () => {
    const real = () =>
      inkwell.override({
        requestImage: async (input) => {
          inkwell.requests.push(input);
          return await requestImage(inkwell.world, input);
        },
      });

    test('where it is, and then it runs', async () => {
      real();
      expect(wordsIn((await imagine()).blocks)).toContain(KEPT);
      await choose('atlas');
      expect(inkwell.world.maker.requests).toMatchObject([{ prompt: 'a red fox' }]);
    });

    test('to a manager, too, and lists the clients that they look after', async () => {
      real();
      const form = await imagine(MARCUS);
      expect(wordsIn(form.blocks)).toContain(KEPT);
      expect(JSON.stringify(form.blocks)).not.toContain('Atlas');
      await choose('northwind', MARCUS);
      expect(inkwell.world.maker.requests).toMatchObject([{ prompt: 'a red fox' }]);
    });

    test.each([
      ['who looks after nothing', MARCUS],
      ['who manages nothing', BEN],
    ])('and asks no one %s', async (_, who) => {
      real();
      await give(OLIVIA, { kind: 'set_manages', memberId: MARCUS, clientIds: [], teamIds: [] });
      await inkwell.slack.as(who).command('/imagine', 'a red fox', { channelId: ROOM });
      await inkwell.idle();
      expect(modal(who)).toBeNull();
      expect(inkwell.world.messenger.told.at(-1)?.note).toMatchObject({ kind: 'client_asked' });
    });

    test('and does not where no image service is set up', async () => {
      real();
      (inkwell.world.providers.names as Set<string>).clear();
      expect(wordsIn((await imagine()).blocks)).not.toContain(KEPT);
      expect(inkwell.world.messenger.told).toMatchObject([{ note: { kind: 'no_offer', prompt: 'a red fox' } }]);
    });

    test('and does not where it came too fast', async () => {
      real();
      await give(OLIVIA, {
        kind: 'set_policy',
        policy: { name: 'burst', value: { requestsMax: 1, withinMs: 60_000 } },
      });
      expect(wordsIn((await imagine()).blocks)).toContain(KEPT);
      await inkwell.slack.as(OLIVIA).close(modal()!);
      expect(wordsIn((await imagine(OLIVIA, 'a pear')).blocks)).not.toContain(KEPT);
      expect(inkwell.world.messenger.told.at(-1)?.note).toMatchObject({ refusal: { reason: 'too_fast' } });
      await choose('northwind');
      await inkwell.world.clock.advance(60_000);
      await recoverJobs(inkwell.world, { alone: true });
      expect(inkwell.world.maker.requests).toMatchObject([{ prompt: 'a red fox' }]);
    });

    test('and does not where the books could not be written', async () => {
      inkwell.override({ requestImage: () => Promise.reject(new Error('broken')) });
      expect(wordsIn((await imagine()).blocks)).not.toContain(KEPT);
      await inkwell.idle();
      expect(inkwell.errors).toHaveLength(1);
    });

    test('of the form for images, once that was sent', async () => {
      real();
      await inkwell.slack.as(OLIVIA).command('/imagine', '', { channelId: ROOM });
      await inkwell.slack.until(() => modal());
      await inkwell.idle();
      await inkwell.slack.as(OLIVIA).submit(modal()!, { prompt: 'a red fox' });
      await inkwell.idle();
      expect(wordsIn(modal()!.blocks)).toContain(KEPT);
      await choose('northwind');
      await recoverJobs(inkwell.world, { alone: true });
      expect(inkwell.world.maker.requests).toMatchObject([{ prompt: 'a red fox' }]);
    });
  });

  test('a form for one channel keeps what was typed where the person is not in that channel', async () => {
    await inkwell.slack.as(OLIVIA).command('/imagine', '', { channelId: ROOM });
    await inkwell.slack.until(() => modal());
    await inkwell.idle();
    const { has } = inkwell.world.channels;
    inkwell.world.channels.has = async () => false;
    await inkwell.slack.as(OLIVIA).submit(modal()!, { prompt: 'a red fox' });
    await inkwell.idle();
    expect(modal()?.errors.prompt).toContain('aren’t in this channel');
    expect(inkwell.requests).toEqual([]);
    inkwell.world.channels.has = has;
    await inkwell.slack.as(OLIVIA).submit(modal()!, { prompt: 'a red fox' });
    await inkwell.idle();
    expect(inkwell.requests).toMatchObject([{ prompt: 'a red fox' }]);
  });
});
