import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AccountId } from '../../src/ledger/accounts.ts';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import { WINDOWS } from '../../src/ledger/usage/windows.ts';
import { hold } from '../support/fixtures.ts';
import { ANA, BEN, CHANNEL, MARCUS, OLIVIA } from '../support/world.ts';
import { wordsIn } from './home-views.ts';
import { type Inkwell, startInkwell } from './set-up-world.ts';

describe('limits, from Home', () => {
  let inkwell: Inkwell;
  let ids = 0;
  beforeAll(async () => {
    inkwell = await startInkwell();
    await give('inkwell', { kind: 'add_member', memberId: ANA, role: 'creator' });
    await give('inkwell', { kind: 'add_member', memberId: BEN, role: 'creator' });
    for (const by of [ANA, ANA, MARCUS]) await made(by, 6);
  });
  afterAll(() => inkwell.stop());
  afterEach(() => {
    inkwell.override({});
    expect(inkwell.slack.violations).toEqual([]);
    expect(inkwell.errors.splice(0)).toEqual([]);
  });

  async function give(by: string, wish: CommandBody, commandId = `given-here-${++ids}`) {
    const answer = await inkwell.world.book.submit({ commandId, by, ...wish });
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
    return commandId;
  }
  async function made(by: string, credits: number) {
    const id = await give(by, hold(credits, { by, channelId: CHANNEL }));
    await give('inkwell', { kind: 'capture', holdId: `${id}/1`, capturedCredits: credits, costMicroUsd: 1 });
  }

  const home = async (who: string) => {
    await inkwell.idle();
    return inkwell.slack.home(who)!;
  };
  const words = async (who: string) => wordsIn((await home(who)).blocks);
  const modal = (who: string) => inkwell.slack.modal(who)!;
  const fieldsIn = (who: string) =>
    modal(who).blocks.flatMap(({ block_id: id = '' }) => WINDOWS.filter((window) => window === id));
  const inModal = (who: string) => wordsIn(modal(who).blocks);
  /** Home, at the part about limits. */
  const openTab = async (who: string) => {
    await inkwell.slack.as(who).openHome();
    await inkwell.slack.as(who).click(await home(who), 'home_tab_limits');
  };
  const click = async (who: string, action: string, more: { value?: string; choice?: string } = {}) => {
    await inkwell.slack.as(who).click(await home(who), action, more);
    await inkwell.idle();
  };
  const clickInModal = async (who: string, action: string) => {
    await inkwell.slack.as(who).click(modal(who), action);
    await inkwell.idle();
  };
  const submit = async (who: string, values: Record<string, string>) => {
    await inkwell.slack.as(who).submit(modal(who), values);
    await inkwell.idle();
  };
  /** The form of an account's limits, with the fields of every period. */
  const openLimits = async (who: string, account: AccountId) => {
    await click(who, 'limits_open', { value: at(account) });
    await clickInModal(who, 'limits_more');
  };
  const at = (account: AccountId) => JSON.stringify([0, 0, '@limits', account]);
  const limits = (account: AccountId) => inkwell.world.book.now().limits.get(account) ?? [];

  test('every account with its windows, for whoever looks after it', async () => {
    await openTab(OLIVIA);
    const seen = await words(OLIVIA);
    expect(seen).toContain('The agency');
    expect(seen).toContain('Northwind Coffee');
    expect(seen).toContain('82 credits left this month · limit 100 − 18 used');
    expect(seen).toContain('Agency settings…');
    await openTab(MARCUS);
    expect(await words(MARCUS)).not.toContain('The agency');
    expect(await words(MARCUS)).not.toContain('Agency settings…');
  });

  test('a limit is saved only after what it would have done was shown', async () => {
    await openTab(OLIVIA);
    await openLimits(OLIVIA, 'client:northwind');
    expect(inModal(OLIVIA)).toContain('limit 100 − 18 used');
    await submit(OLIVIA, { day: '12', over_day: 'ask', total: '10' });
    expect(modal(OLIVIA).title?.text).toBe('Review before saving');
    const seen = inModal(OLIVIA);
    expect(seen).toContain('Day: no limit a day → 12 credits a day, then asks for approval');
    expect(seen).toContain('blocked 2 requests (12 credits), of @U0ANA, @U0MARCUS, for Northwind Coffee');
    expect(seen).toContain('12 credits would have been saved.');
    expect(seen).toContain('18 credits used in total, 8 credits more than this limit allows');
    expect(seen).toContain('Images in progress will finish.');
    expect(limits('client:northwind')).toMatchObject([{ window: 'month' }]);

    await submit(OLIVIA, {});
    expect(inkwell.slack.modal(OLIVIA)).toBeNull();
    expect(limits('client:northwind')).toMatchObject([
      { window: 'day', limitCredits: 12, over: 'ask' },
      { window: 'month', limitCredits: 100 },
      { window: 'total', limitCredits: 10, over: 'refuse' },
    ]);
    expect(await words(OLIVIA)).toContain('Saved: Northwind Coffee has 10 credits in total.');
  });

  test('it is taken back as it was, but not when somebody has changed it since', async () => {
    await click(OLIVIA, 'limits_undo');
    expect(limits('client:northwind')).toMatchObject([{ window: 'month', limitCredits: 100 }]);
    expect(await words(OLIVIA)).toContain('Northwind Coffee has no limit in total, previously 10.');
    const old = await home(OLIVIA);
    await give(OLIVIA, {
      kind: 'set_limit',
      account: 'client:northwind',
      window: 'day',
      limitCredits: 3,
      over: 'warn',
      rollOverMaxCredits: null,
    });
    await inkwell.slack.as(OLIVIA).click(old, 'limits_undo');
    expect(await words(OLIVIA)).toContain('Not undone, because someone changed it since.');
    expect(limits('client:northwind')[0]).toMatchObject({ window: 'day', limitCredits: 3 });
  });

  test('the way back leads to the form as it was left', async () => {
    await openTab(OLIVIA);
    await openLimits(OLIVIA, 'client:northwind');
    await submit(OLIVIA, { week: '40', over_week: 'warn', roll_over: '25' });
    expect(inModal(OLIVIA)).toContain('100 credits a month; up to 25 credits roll over');
    await clickInModal(OLIVIA, 'limits_back');
    expect(modal(OLIVIA).title?.text).toBe('Limits');
    const week = modal(OLIVIA).blocks.find(({ block_id: id }) => id === 'week');
    expect(week).toMatchObject({ element: { initial_value: '40' } });
    await submit(OLIVIA, { week: '', roll_over: '' });
    expect(inkwell.slack.modal(OLIVIA)).toBeNull();
    expect(await words(OLIVIA)).toContain('Nothing was changed.');
  });

  test.each([
    ['agency', [], ['month']],
    ['client:many', [], ['month']],
    [`member:${ANA}`, ['quarter'], ['month', 'quarter']],
    [`member:${ANA}@client:many`, ['day'], ['day', 'month']],
    ['team:film', ['year', 'week'], ['week', 'month', 'year']],
    ['project:launch', [], ['total']],
    ['project:launch', ['total', 'month'], ['month', 'total']],
    ['client:full', WINDOWS, WINDOWS],
  ] as const)('%s with limits for %j asks for %j first, and for all on request', async (account, set, first) => {
    await give(OLIVIA, { kind: 'create_client', clientId: 'many', name: 'Many' }, 'many');
    await give(OLIVIA, { kind: 'create_client', clientId: 'full', name: 'Full' }, 'full');
    await give(OLIVIA, { kind: 'create_team', teamId: 'film', name: 'Film' }, 'film');
    await give(
      OLIVIA,
      { kind: 'create_project', clientId: 'many', projectId: 'launch', name: 'Launch', stage: 'concept', dueAt: null },
      'launch',
    );
    const wish = { kind: 'set_limit', account, over: 'ask', rollOverMaxCredits: null } as const;
    for (const window of set) await give(OLIVIA, { ...wish, window, limitCredits: 900 });
    await openTab(OLIVIA);
    await click(OLIVIA, 'limits_open', { value: at(account) });
    expect(fieldsIn(OLIVIA)).toEqual(first);
    if (first.length === WINDOWS.length) {
      expect(JSON.stringify(modal(OLIVIA))).not.toContain('limits_more');
    } else {
      const before = modal(OLIVIA);
      await inkwell.slack.as(OLIVIA).click(before, 'limits_more', { typed: { [first[0]]: '70x' } });
      await inkwell.idle();
      // Slack keeps what was typed in a field of the same name and kind: those that were there are there as they were.
      const kept = modal(OLIVIA).blocks.filter(({ type }) => type === 'input');
      const inputs = before.blocks.filter(({ type }) => type === 'input');
      expect(kept.slice(0, inputs.length)).toEqual(inputs);
      expect(fieldsIn(OLIVIA).toSorted()).toEqual(WINDOWS.toSorted());
      expect(JSON.stringify(modal(OLIVIA))).not.toContain('limits_more');
      await submit(OLIVIA, { [first[0]]: '70x' });
      expect(modal(OLIVIA).errors[first[0]]).toContain('Write a whole number');
    }
    await inkwell.slack.as(OLIVIA).close(modal(OLIVIA));
    expect(limits(account).map(({ window }) => window)).toEqual(
      WINDOWS.filter((window) => set.some((each) => each === window)),
    );
  });

  test('what others set meanwhile in a period that is not shown is neither changed nor shown as one’s own', async () => {
    await openTab(OLIVIA);
    await click(OLIVIA, 'limits_open', { value: at('client:many') });
    const wish = { kind: 'set_limit', account: 'client:many', over: 'ask', rollOverMaxCredits: null } as const;
    await give(OLIVIA, { ...wish, window: 'quarter', limitCredits: 777 });
    await clickInModal(OLIVIA, 'limits_more');
    await submit(OLIVIA, { month: '300' });
    expect(inModal(OLIVIA)).not.toContain('Quarter:');
    await submit(OLIVIA, {});
    expect(limits('client:many')).toMatchObject([
      { window: 'month', limitCredits: 300, over: 'refuse' },
      { window: 'quarter', limitCredits: 777, over: 'ask' },
    ]);
    await give(OLIVIA, { ...wish, window: 'month', limitCredits: null, over: 'refuse' });
    await give(OLIVIA, { ...wish, window: 'quarter', limitCredits: null, over: 'refuse' });
  });

  test('what somebody else saved meanwhile stays, where the form did not touch it', async () => {
    await openTab(OLIVIA);
    await openLimits(OLIVIA, 'client:northwind');
    await give(OLIVIA, {
      kind: 'set_limit',
      account: 'client:northwind',
      window: 'month',
      limitCredits: 90,
      over: 'ask',
      rollOverMaxCredits: null,
    });
    await submit(OLIVIA, { week: '40' });
    expect(inModal(OLIVIA)).not.toContain('Month:');
    await submit(OLIVIA, {});
    expect(limits('client:northwind')).toMatchObject([
      { window: 'day', limitCredits: 3 },
      { window: 'week', limitCredits: 40 },
      { window: 'month', limitCredits: 90, over: 'ask' },
    ]);
  });

  test('says beside the field what is wrong', async () => {
    await openTab(OLIVIA);
    await openLimits(OLIVIA, 'agency');
    await submit(OLIVIA, { day: '1.5', roll_over: '10' });
    expect(modal(OLIVIA).errors.day).toContain('Credits are whole numbers.');
    expect(modal(OLIVIA).errors.roll_over).toContain('Set a monthly limit first');
    await inkwell.slack.as(OLIVIA).close(modal(OLIVIA));
  });

  test('a manager limits people within their client, and hears at the rehearsal what the ledger would refuse', async () => {
    await openTab(MARCUS);
    await click(MARCUS, 'home_member_limit');
    await submit(MARCUS, { member: BEN, client: 'northwind' });
    expect(inModal(MARCUS)).toContain('@U0BEN for Northwind Coffee');
    await submit(MARCUS, { month: '500' });
    expect(modal(MARCUS).errors.month).toContain('That’s above the limit it falls under (');
    await submit(MARCUS, { month: '50' });
    expect(inModal(MARCUS)).toContain('No credits were used here in the last 30 days');
    await submit(MARCUS, {});
    expect(limits(`member:${BEN}@client:northwind`)).toMatchObject([{ window: 'month', limitCredits: 50 }]);
  });

  test('authorises at every step: the form, the rehearsal, and the saving', async () => {
    await openTab(MARCUS);
    const own = `member:${BEN}@client:northwind` as const;
    await openLimits(MARCUS, own);
    await submit(MARCUS, { day: '2' });
    await give(OLIVIA, { kind: 'set_manages', memberId: MARCUS, clientIds: [], teamIds: [] });
    await submit(MARCUS, {});
    expect(limits(own)).toHaveLength(1);
    expect(inModal(MARCUS)).toMatch(/^Only owners and the managers responsible can set limits/);
    await inkwell.slack.as(MARCUS).close(modal(MARCUS));
    await give(OLIVIA, { kind: 'set_manages', memberId: MARCUS, clientIds: ['northwind'], teamIds: [] });
  });

  test('finds by name, and says where nothing is called that', async () => {
    await openTab(OLIVIA);
    await click(OLIVIA, 'limits_find', { choice: 'ben' });
    expect(await words(OLIVIA)).toContain('@U0BEN');
    expect(await words(OLIVIA)).not.toContain('The agency');
    await click(OLIVIA, 'limits_find', { choice: 'nobody' });
    expect(await words(OLIVIA)).toContain('No matches.');
    await click(OLIVIA, 'limits_find', { choice: '' });
    expect(await words(OLIVIA)).toContain('The agency');
  });

  test('pages on', async () => {
    for (let count = 0; count < 16; count += 1) {
      await give(OLIVIA, { kind: 'create_client', clientId: `many-${count}`, name: `Many ${count}` });
    }
    await openTab(OLIVIA);
    expect(await words(OLIVIA)).toContain('Page 1 of 2');
    await click(OLIVIA, 'limits_page');
    expect(await words(OLIVIA)).toContain('Page 2 of 2');
    await click(OLIVIA, 'limits_page_back');
    expect(await words(OLIVIA)).toContain('Page 1 of 2');
  });

  test('opens from the form of a client, and leads back to it', async () => {
    await inkwell.slack.as(OLIVIA).openHome();
    await click(OLIVIA, 'home_client', { value: '[0,0,"northwind"]' });
    await clickInModal(OLIVIA, 'limits_open');
    expect(modal(OLIVIA).title?.text).toBe('Limits');
    expect(fieldsIn(OLIVIA)).toEqual(['day', 'week', 'month']);
    await submit(OLIVIA, { week: '41' });
    await submit(OLIVIA, {});
    expect(modal(OLIVIA).title?.text).toBe('Edit client');
    expect(limits('client:northwind')).toMatchObject([{}, { window: 'week', limitCredits: 41 }, {}]);
    await inkwell.slack.as(OLIVIA).close(modal(OLIVIA));
  });

  test('says so where the last days cannot be read, and saves nothing', async () => {
    await openTab(OLIVIA);
    await openLimits(OLIVIA, 'agency');
    inkwell.override({
      rehearseLimits: () =>
        Promise.reject(Object.assign(new Error('disk'), { name: 'JournalFault', code: 'unavailable' })),
    });
    await submit(OLIVIA, { day: '9' });
    expect(inModal(OLIVIA)).toContain('Inkwell can’t save anything right now');
    expect(modal(OLIVIA).title?.text).toBe('Limits');
    await inkwell.slack.as(OLIVIA).close(modal(OLIVIA));
    expect(inkwell.errors.splice(0)).toHaveLength(1);
    expect(limits('agency')).toEqual([]);
  });
});
