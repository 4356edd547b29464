import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AccountId } from '../../src/ledger/accounts.ts';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import { ANA, CHANNEL, MARCUS, OLIVIA } from '../support/world.ts';
import { wordsIn } from './home-views.ts';
import { type Inkwell, startInkwell } from './set-up-world.ts';

describe('grants, moved budget, rules and the policy, from Home', () => {
  let inkwell: Inkwell;
  let ids = 0;
  beforeAll(async () => {
    inkwell = await startInkwell();
    await give('inkwell', { kind: 'add_member', memberId: ANA, role: 'creator' });
    await give(OLIVIA, { kind: 'create_client', clientId: 'atlas', name: 'Atlas' });
    for (const account of ['client:atlas', `member:${ANA}`] as const) {
      const limit = { window: 'month', limitCredits: 10, over: 'refuse', rollOverMaxCredits: null } as const;
      await give(OLIVIA, { kind: 'set_limit', account, ...limit });
    }
  });
  afterAll(() => inkwell.stop());
  afterEach(() => {
    expect(inkwell.slack.violations).toEqual([]);
    expect(inkwell.errors.splice(0)).toEqual([]);
  });

  async function give(by: string, wish: CommandBody) {
    const answer = await inkwell.world.book.submit({ commandId: `given-here-${++ids}`, by, ...wish });
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  }
  const home = async (who: string) => {
    await inkwell.idle();
    return inkwell.slack.home(who)!;
  };
  const words = async (who: string) => wordsIn((await home(who)).blocks);
  const modal = (who: string) => inkwell.slack.modal(who)!;
  const inModal = (who: string) => wordsIn(modal(who).blocks);
  const openTab = async (who: string) => {
    await inkwell.slack.as(who).openHome();
    await inkwell.slack.as(who).click(await home(who), 'home_tab_limits');
  };
  const click = async (who: string, action: string, account?: string) => {
    const value = account === undefined ? {} : { value: JSON.stringify([0, 0, '@limits', account]) };
    await inkwell.slack.as(who).click(await home(who), action, value);
    await inkwell.idle();
  };
  const submit = async (who: string, values: Record<string, string | string[]>) => {
    await inkwell.slack.as(who).submit(modal(who), values);
    await inkwell.idle();
  };
  const close = (who: string) => inkwell.slack.as(who).close(modal(who));
  const state = () => inkwell.world.book.now();
  const grants = (account: AccountId) => state().grants.get(account) ?? [];

  test('an owner grants credits until the end of a day, once', async () => {
    await openTab(OLIVIA);
    await click(OLIVIA, 'grant_open', 'client:northwind');
    await submit(OLIVIA, { amount: '0', reason: 'For the pitch' });
    expect(modal(OLIVIA).errors.amount).toContain('at least 1');
    inkwell.slack.faults.nextDelivery('duplicate');
    await submit(OLIVIA, { amount: '50', until: '2099-12-24', reason: 'For the *pitch*' });
    expect(grants('client:northwind')).toMatchObject([
      { amountCredits: 50, expiresAt: Date.UTC(2099, 11, 25), reason: 'For the *pitch*' },
    ]);
    expect(await words(OLIVIA)).toContain('Saved: 50 extra credits for Northwind Coffee.');
    expect(await words(OLIVIA)).toContain('+ 50 extra');
    await click(OLIVIA, 'grant_open', 'client:northwind');
    await submit(OLIVIA, { amount: '5', until: '2001-01-01', reason: 'Too late' });
    expect(modal(OLIVIA).errors.until).toContain('must lie in the future.');
    await close(OLIVIA);
    expect(grants('client:northwind')).toHaveLength(1);
  });

  test('a manager grants nothing: there is no button, and the door knows it too', async () => {
    await openTab(OLIVIA);
    expect(await words(OLIVIA)).toContain('Add credits…');
    await openTab(MARCUS);
    expect(await words(MARCUS)).not.toContain('Add credits…');
  });

  test('budget moves, shows on both sides, and moves back', async () => {
    await openTab(OLIVIA);
    await click(OLIVIA, 'move_open', 'client:northwind');
    expect(inModal(OLIVIA)).toContain('Atlas');
    await submit(OLIVIA, { amount: '30', account: 'month client:atlas' });
    expect(await words(OLIVIA)).toContain('Saved: 30 credits moved from Northwind Coffee to Atlas, this month.');
    expect(await words(OLIVIA)).toContain('limit 100 − 30 moved away');
    for (const [account, trace] of [
      ['client:northwind', '30 credits moved away to Atlas, this month, by @U0OLIVIA'],
      ['client:atlas', '30 credits moved here from Northwind Coffee, this month, by @U0OLIVIA'],
    ] as const) {
      await click(OLIVIA, 'limits_open', account);
      expect(inModal(OLIVIA)).toContain(trace);
      await close(OLIVIA);
    }
    await click(OLIVIA, 'move_undo');
    expect(await words(OLIVIA)).toContain('limit 100');
  });

  test('to a person too; never more than is there, and not where a manager has no say', async () => {
    await openTab(OLIVIA);
    await click(OLIVIA, 'move_open', 'client:northwind');
    await submit(OLIVIA, { amount: '5', account: `month member:${ANA}` });
    expect(
      state()
        .use.get(`member:${ANA}`)
        ?.find(({ key }) => key.startsWith('month'))?.movedCredits,
    ).toBe(5);
    await click(OLIVIA, 'move_open', 'client:northwind');
    await submit(OLIVIA, { amount: '5000', account: 'month client:atlas' });
    expect(modal(OLIVIA).errors.amount).toContain('50 of what is left are extra credits, which can’t be moved.');
    await close(OLIVIA);
    await openTab(MARCUS);
    await click(MARCUS, 'move_open', 'client:northwind');
    expect(inModal(MARCUS)).toContain('Nothing you manage has a limit for the same period');
    expect(modal(MARCUS).submit ?? null).toBeNull();
    await close(MARCUS);
  });

  test('to what a person may use of one client, and from there: both sides say so, and /credits does', async () => {
    const account = `member:${ANA}@client:northwind` as const;
    const limit = { window: 'month', limitCredits: 20, over: 'refuse', rollOverMaxCredits: null } as const;
    await give(OLIVIA, { kind: 'set_limit', account, ...limit });
    await openTab(MARCUS);
    await click(MARCUS, 'move_open', 'client:northwind');
    expect(inModal(MARCUS)).toContain('Ana for Northwind Coffee');
    await submit(MARCUS, { amount: '7', account: `month ${account}` });
    expect(await words(MARCUS)).toContain('limit 20 + 7 moved here');
    await openTab(OLIVIA);
    for (const [of, trace] of [
      ['client:northwind', `7 credits moved away to @${ANA} for Northwind Coffee, this month, by @${MARCUS}`],
      [account, `7 credits moved here from Northwind Coffee, this month, by @${MARCUS}`],
    ] as const) {
      await click(OLIVIA, 'limits_open', of);
      expect(inModal(OLIVIA)).toContain(trace);
      await close(OLIVIA);
    }
    await inkwell.slack.as(ANA).command('/credits', '', { channelId: CHANNEL });
    await inkwell.idle();
    const told = inkwell.slack.messages(CHANNEL, { as: ANA }).at(-1);
    expect(wordsIn(told?.blocks as never)).toContain('20 limit + 7 moved here');
    await click(MARCUS, 'move_open', account);
    await submit(MARCUS, { amount: '7', account: 'month client:northwind' });
    expect(await words(MARCUS)).not.toContain('moved here');
  });

  test('not to a share of a client that a manager does not look after, nor not any more', async () => {
    const elsewhere = `member:${ANA}@client:atlas` as const;
    const limit = { window: 'month', limitCredits: 8, over: 'refuse', rollOverMaxCredits: null } as const;
    await give(OLIVIA, { kind: 'set_limit', account: elsewhere, ...limit });
    const shares = () => JSON.stringify(modal(MARCUS).blocks.find(({ block_id: id }) => id === 'account'));
    const open = async () => {
      await openTab(MARCUS);
      await click(MARCUS, 'move_open', 'client:northwind');
    };
    const look = (clientIds: string[]) =>
      give(OLIVIA, { kind: 'set_manages', memberId: MARCUS, clientIds, teamIds: [] });
    await open();
    expect(shares()).toContain(`@client:northwind`);
    expect(shares()).not.toContain(`@client:atlas`);
    await close(MARCUS);
    await look(['northwind', 'atlas']);
    await open();
    expect(shares()).toContain(`@client:atlas`);
    await look(['northwind']);
    await submit(MARCUS, { amount: '1', account: `month ${elsewhere}` });
    expect(inModal(MARCUS)).toContain('can move credits. You’re a manager.');
    await close(MARCUS);
    expect(state().use.get(elsewhere) ?? []).toEqual([]);
  });

  test('rules for a client: set, shown again, unchanged, and taken away', async () => {
    await openTab(MARCUS);
    await click(MARCUS, 'rule_open', 'client:northwind');
    await submit(MARCUS, { images_max: '99' });
    expect(modal(MARCUS).errors.images_max).toContain('from 1 to 10');
    await submit(MARCUS, { images_max: '2', qualities: ['draft', 'standard'] });
    const rule = { imagesMax: 2, priceMaxCredits: null, models: null, qualities: ['draft', 'standard'] };
    expect(state().rules.get('client:northwind')).toEqual(rule);
    const { seq } = state();
    await click(MARCUS, 'rule_open', 'client:northwind');
    await submit(MARCUS, {});
    expect(await words(MARCUS)).toContain('Nothing was changed.');
    expect(state().seq).toBe(seq);
    await click(MARCUS, 'rule_open', 'client:northwind');
    expect(inModal(MARCUS)).toContain('Only an owner can loosen them.');
    await submit(MARCUS, { images_max: '', qualities: [] });
    expect(inModal(MARCUS)).toContain('You can make a client’s rules stricter.');
    await close(MARCUS);
    expect(state().rules.get('client:northwind')).toEqual(rule);
    await openTab(OLIVIA);
    await click(OLIVIA, 'rule_open', 'client:northwind');
    expect(inModal(OLIVIA)).not.toContain('Only an owner can loosen them.');
    await submit(OLIVIA, { images_max: '', qualities: [] });
    expect(state().rules.get('client:northwind')).toBeUndefined();
  });

  test('rules for a role are an owner’s', async () => {
    await openTab(OLIVIA);
    await click(OLIVIA, 'rule_creators');
    await submit(OLIVIA, { price_max: '8' });
    expect(state().rules.get('role:creator')).toMatchObject({ priceMaxCredits: 8 });
    for (const role of ['manager', 'owner', 'viewer']) {
      await click(OLIVIA, `rule_${role}s`);
      expect(inModal(OLIVIA)).toContain(`everyone with the role ${role}`);
      await submit(OLIVIA, { images_max: '3', qualities: ['draft'] });
      expect(state().rules.get(`role:${role}` as 'role:owner')).toMatchObject({ imagesMax: 3, qualities: ['draft'] });
    }
    await openTab(MARCUS);
    expect(await words(MARCUS)).not.toContain('Rules for');
  });

  test('rules for one person stand in the form about them, for whoever looks after them', async () => {
    await give(OLIVIA, { kind: 'create_team', teamId: 'design', name: 'Design' });
    await give(OLIVIA, { kind: 'set_teams', memberId: ANA, teamIds: ['design'] });
    await inkwell.slack.as(MARCUS).openHome();
    await inkwell.slack.as(MARCUS).click(await home(MARCUS), 'home_tab_people');
    expect(JSON.stringify(await home(MARCUS))).not.toContain('person_rules');
    await give(OLIVIA, { kind: 'set_manages', memberId: MARCUS, clientIds: ['northwind'], teamIds: ['design'] });
    await inkwell.slack.as(MARCUS).click(await home(MARCUS), 'home_tab_people');
    await inkwell.idle();
    const person = JSON.stringify([0, 0, '@people', ANA]);
    await inkwell.slack.as(MARCUS).click(await home(MARCUS), 'people_person', { value: person });
    await inkwell.idle();
    await inkwell.slack.as(MARCUS).click(modal(MARCUS), 'person_rules');
    await inkwell.idle();
    await submit(MARCUS, { price_max: '9' });
    expect(state().rules.get(`member:${ANA}`)).toMatchObject({ priceMaxCredits: 9 });
  });

  test('how the agency is run: only what was changed is written', async () => {
    await openTab(OLIVIA);
    await click(OLIVIA, 'policy_open');
    await submit(OLIVIA, { burst_count: '5' });
    expect(modal(OLIVIA).errors.burst_minutes).toBe('Write a number of minutes from 0.02 to 1,440.');
    const { seq } = state();
    await submit(OLIVIA, { burst_count: '5', burst_minutes: '1', escalate_hours: '0,5', default_role: 'viewer' });
    expect(state().settings).toMatchObject({
      burst: { requestsMax: 5, withinMs: 60_000 },
      lapseAfterMs: 86_400_000,
      escalateAfterMs: 1_800_000,
      defaultRole: 'viewer',
    });
    expect(state().seq).toBe(seq + 3);
    expect(await words(OLIVIA)).toContain('Unanswered requests also go to owners after 30 minutes.');
    await click(OLIVIA, 'policy_open');
    await submit(OLIVIA, {});
    expect(await words(OLIVIA)).toContain('Nothing was changed.');
  });
});
