import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { MARCUS, OLIVIA } from '../support/world.ts';
import { wordsIn } from './home-views.ts';
import { type Inkwell, startInkwell } from './set-up-world.ts';

describe('the weekly digest, from Home', () => {
  let inkwell: Inkwell;
  beforeAll(async () => {
    inkwell = await startInkwell();
  });
  afterAll(() => inkwell.stop());
  afterEach(() => {
    expect(inkwell.slack.violations).toEqual([]);
    expect(inkwell.errors.splice(0)).toEqual([]);
  });

  const home = async (who: string) => {
    await inkwell.idle();
    return inkwell.slack.home(who)!;
  };
  const words = async (who: string) => wordsIn((await home(who)).blocks);
  const click = async (action: string, who = OLIVIA) => {
    await inkwell.slack.as(who).click(await home(who), action);
    await inkwell.idle();
  };
  const openLimits = async (who = OLIVIA) => {
    await inkwell.slack.as(who).openHome();
    await click('home_tab_limits', who);
  };
  const digests = () =>
    inkwell.world.messenger.cards.filter(({ card }) => card.kind === 'digest_card').map(({ memberId }) => memberId);

  test('is set by owners alone', async () => {
    await openLimits(MARCUS);
    expect(await words(MARCUS)).not.toContain('digest');
    await openLimits();
    await click('digest_open');
    const form = inkwell.slack.modal(OLIVIA)!;
    expect(JSON.stringify(form.blocks)).toContain('9:00 AM');
    await inkwell.slack.as(OLIVIA).submit(form, { weekday: '5', time: '990', readers: 'owners' });
    expect(await words(OLIVIA)).toContain('The weekly digest goes to owners on Friday at 4:30 PM.');
    expect(inkwell.world.book.now().settings?.digest).toEqual({ weekday: 5, minuteOfDay: 990, readers: 'owners' });
  });

  test('sent as it was, the form changes nothing, also where it was changed meanwhile', async () => {
    await openLimits();
    await click('digest_open');
    const form = inkwell.slack.modal(OLIVIA)!;
    const value = { weekday: 2, minuteOfDay: 600, readers: 'owners_and_managers' } as const;
    const { book } = inkwell.world;
    await book.submit({ commandId: 'meanwhile', by: OLIVIA, kind: 'set_policy', policy: { name: 'digest', value } });
    await inkwell.slack.as(OLIVIA).submit(form, {});
    expect(await words(OLIVIA)).toContain('Nothing was changed.');
    expect(book.now().settings?.digest).toEqual(value);
  });

  test('comes as a preview to the owner, and at once to all, however often the finger shakes', async () => {
    await openLimits();
    const view = await home(OLIVIA);
    for (let times = 0; times < 3; times += 1) await inkwell.slack.as(OLIVIA).click(view, 'digest_preview');
    await inkwell.idle();
    expect(digests()).toEqual([OLIVIA]);
    expect(await words(OLIVIA)).toContain('The preview is in your messages from Inkwell.');
    await openLimits();
    await click('digest_send');
    expect(digests().toSorted()).toEqual([MARCUS, OLIVIA, OLIVIA]);
    expect(await words(OLIVIA)).toContain('The digest went to 2 people.');
  });
});
