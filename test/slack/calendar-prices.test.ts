import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { windowEndsAt, windowKeysAt } from '../../src/ledger/usage/windows.ts';
import { MARCUS, OLIVIA } from '../support/world.ts';
import { wordsIn } from './home-views.ts';
import { type Inkwell, startInkwell } from './set-up-world.ts';

describe('calendar and prices, from Home', () => {
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
  const modal = () => inkwell.slack.modal(OLIVIA)!;
  const inModal = () => wordsIn(modal().blocks);
  const settings = () => inkwell.world.book.now().settings!;
  const click = async (action: string) => {
    await inkwell.slack.as(OLIVIA).click(await home(OLIVIA), action);
    await inkwell.idle();
  };
  const submit = async (values: Record<string, string>) => {
    await inkwell.slack.as(OLIVIA).submit(modal(), values);
    await inkwell.idle();
  };
  const openForm = async () => {
    await inkwell.slack.as(OLIVIA).openHome();
    await click('home_tab_limits');
    await click('calendar_prices_open');
  };

  test('are offered to owners alone', async () => {
    await inkwell.slack.as(OLIVIA).openHome();
    await click('home_tab_limits');
    expect(await words(OLIVIA)).toContain('Calendar and prices…');
    await inkwell.slack.as(MARCUS).openHome();
    await inkwell.slack.as(MARCUS).click(await home(MARCUS), 'home_tab_limits');
    expect(await words(MARCUS)).not.toContain('Calendar and prices…');
  });

  test('say what will happen, are saved from there, told in Changes, and taken back', async () => {
    const now = inkwell.world.clock.now();
    const before = settings();
    const endsAt = windowEndsAt('month', now, before) ?? 0;
    await openForm();
    await submit({ time_zone: 'new york', week_starts_on: '0', credit_value: '0.02', markup: '150' });
    expect(settings()).toBe(before);
    const said = inModal();
    expect(said).toContain('Time zone: Europe/London → America/New_York');
    expect(said).toContain('The week starts on: Monday → Sunday');
    expect(said).toMatch(
      /This month ends as announced, .*00:00 Europe\/London time\. The next one ends .*00:00 America\/New_York time/,
    );
    expect(said).toContain('What was used until then stays counted');
    expect(said).toMatch(/One credit is worth: \$0\.01 → \$0\.02/);
    await inkwell.slack.as(OLIVIA).click(modal(), 'calendar_prices_back');
    await inkwell.idle();
    expect(JSON.stringify(modal().blocks)).toContain('America/New_York');
    await submit({});
    await submit({});
    const after = {
      timeZone: 'America/New_York',
      weekStartsOn: 0,
      creditValueMicroUsd: 20_000,
      markupBasisPoints: 25_000,
    };
    expect(settings()).toMatchObject(after);
    expect(windowEndsAt('month', now, settings())).toBe(endsAt);
    expect(windowKeysAt(now, settings())).toEqual(windowKeysAt(now, before));
    expect(await words(OLIVIA)).toContain('Days, weeks, months, quarters and years follow America/New_York time');
    await click('calendar_prices_undo');
    expect(settings()).toEqual(before);
    await click('home_tab_changes');
    expect(await words(OLIVIA)).toContain('One credit is worth $0.02');
  });

  test('are not undone once somebody has changed them since', async () => {
    await openForm();
    await submit({ markup: '75' });
    await submit({});
    const wish = { kind: 'set_policy', policy: { name: 'markupBasisPoints', value: 30_000 } } as const;
    await inkwell.world.book.submit({ commandId: 'elsewhere', by: OLIVIA, ...wish });
    await click('calendar_prices_undo');
    expect(settings().markupBasisPoints).toBe(30_000);
    expect(await words(OLIVIA)).toContain('Not undone, because someone changed it since.');
  });

  test.each([
    [{ time_zone: 'Europe/Berlni' }, 'time_zone', /Did you mean Europe\/Berlin/],
    [{ time_zone: '+02:00' }, 'time_zone', /region and a city/],
    [{ credit_value: '0' }, 'credit_value', /more than 0/],
    [{ credit_value: 'ten' }, 'credit_value', /such as 0\.01/],
    [{ markup: '-100' }, 'markup', /more than −100/],
  ])('%j is answered beside its field, and nothing is saved', async (values, field, sentence) => {
    await openForm();
    const before = settings();
    await submit(values);
    expect(modal().errors[field]).toMatch(sentence);
    expect(settings()).toBe(before);
  });

  test('a form that was not changed changes nothing', async () => {
    await openForm();
    const { seq } = inkwell.world.book.now();
    await submit({});
    expect(inkwell.world.book.now().seq).toBe(seq);
    expect(await words(OLIVIA)).toContain('Nothing was changed.');
  });
});
