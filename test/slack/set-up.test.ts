import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ANA, MARCUS, OLIVIA } from '../support/world.ts';
import { wordsIn } from './home-views.ts';
import { type Inkwell, startInkwell } from './set-up-world.ts';

describe('setting up from Home', () => {
  let inkwell: Inkwell;
  beforeAll(async () => {
    inkwell = await startInkwell();
  });
  afterAll(() => inkwell.stop());
  afterEach(() => {
    inkwell.override({});
    expect(inkwell.slack.violations).toEqual([]);
  });

  const home = async (who: string) => {
    await inkwell.idle();
    return inkwell.slack.home(who)!;
  };
  const words = async (who: string) => wordsIn((await home(who)).blocks);
  const click = async (
    who: string,
    action: string,
    more: { value?: string; choice?: string; blockId?: string } = {},
  ) => {
    await inkwell.slack.as(who).click(await home(who), action, more);
    return await inkwell.slack.until(() => inkwell.slack.modal(who));
  };
  const submit = async (who: string, values: Record<string, string>) => {
    const answer = await inkwell.slack.as(who).submit(inkwell.slack.modal(who)!, values);
    await inkwell.idle();
    return answer;
  };
  const open = (who: string) => inkwell.slack.as(who).openHome();
  const openPeople = async (who: string) => {
    await open(who);
    await inkwell.slack.as(who).click(await home(who), 'home_tab_people', { value: '[0,0,"@people"]' });
  };
  const state = () => inkwell.world.book.now();
  const limits = (account: 'agency' | `client:${string}` | `member:${string}`) => state().limits.get(account) ?? [];

  test('opens with the agency as it is', async () => {
    await open(OLIVIA);
    expect(await words(OLIVIA)).toContain('100 of 100 left this month');
    await open(ANA);
    expect(await words(ANA)).not.toContain('Setup');
  });

  test('creates a client with budget and channel, and says so on top', async () => {
    await open(OLIVIA);
    await click(OLIVIA, 'home_create_client');
    await submit(OLIVIA, { name: '*Atlas* <!channel>', month: '1,200', channel: 'C0ATLAS' });
    const atlas = state().clients.find(({ name }) => name === '*Atlas* <!channel>')!;
    expect(limits(`client:${atlas.clientId}`)).toMatchObject([{ window: 'month', limitCredits: 1_200 }]);
    expect(state().channels.get('C0ATLAS')).toBe(atlas.clientId);
    expect(inkwell.slack.modal(OLIVIA)).toBeNull();
    expect(await words(OLIVIA)).toMatch(/Saved: The client \*Atlas\* <!channel> was created/);
    expect(await words(OLIVIA)).toContain('has 1,200 credits a month');
  });

  test.each([
    ['quarter', 'a quarter'],
    ['year', 'a year'],
    ['total', 'in total'],
    ['day', 'a day'],
  ])('creates a client with a budget for a %s', async (window, per) => {
    await open(OLIVIA);
    await click(OLIVIA, 'home_create_client');
    await submit(OLIVIA, { name: `Of ${window}`, month: '900', window });
    const created = state().clients.find(({ name }) => name === `Of ${window}`)!;
    expect(limits(`client:${created.clientId}`)).toMatchObject([{ window, limitCredits: 900 }]);
    expect(await words(OLIVIA)).toContain(`900 credits ${per}`);
  });

  test.each([
    [{ name: '  ', month: '' }, 'name', 'Write a name.'],
    [{ name: 'Mira', month: '12.5' }, 'month', 'Credits are whole numbers.'],
    [{ name: 'Mira', month: '-1' }, 'month', 'below 0'],
    [{ name: 'Mira', month: '1000000001' }, 'month', 'The maximum is'],
  ])('says beside the field what is wrong: %j', async (given, blockId, sentence) => {
    await open(OLIVIA);
    await click(OLIVIA, 'home_create_client');
    await submit(OLIVIA, given);
    expect(inkwell.slack.modal(OLIVIA)?.errors[blockId]).toContain(sentence);
    await inkwell.slack.as(OLIVIA).close(inkwell.slack.modal(OLIVIA)!);
    expect(state().clients.some(({ name }) => name === 'Mira')).toBe(false);
  });

  test('says a refusal in people’s words at its field, and saves all of it once that is mended', async () => {
    await open(OLIVIA);
    await click(OLIVIA, 'home_client', { value: '[0,0,"northwind"]' });
    await submit(OLIVIA, { name: '*Atlas* <!channel>', channel: 'C0PITCH' });
    expect(inkwell.slack.modal(OLIVIA)?.errors).toEqual({
      name: 'There’s already a client called *Atlas* <!channel>.',
    });
    expect(state().channels.get('C0PITCH')).toBeUndefined();
    await submit(OLIVIA, { name: 'Northwind Coffee', channel: 'C0PITCH' });
    expect(inkwell.slack.modal(OLIVIA)).toBeNull();
    expect(state().channels.get('C0PITCH')).toBe('northwind');
    expect(state().clients.get('northwind')?.name).toBe('Northwind Coffee');
  });

  test('takes a name back, but not when somebody has changed it since', async () => {
    const rename = async (to: string) => {
      await click(OLIVIA, 'home_client', { value: '[0,0,"northwind"]' });
      await submit(OLIVIA, { name: to });
    };
    await open(OLIVIA);
    await rename('Northwind Tea');
    await inkwell.slack.as(OLIVIA).click(await home(OLIVIA), 'home_undo');
    expect(await words(OLIVIA)).toContain('Undone: Northwind Tea was renamed Northwind Coffee.');
    expect(state().clients.get('northwind')?.name).toBe('Northwind Coffee');

    await rename('Northwind Tea');
    const change = { kind: 'rename_client', clientId: 'northwind', name: 'Northwind Cocoa' } as const;
    await inkwell.world.book.submit({ commandId: 'meanwhile', by: OLIVIA, ...change });
    await inkwell.slack.as(OLIVIA).click(await home(OLIVIA), 'home_undo');
    expect(await words(OLIVIA)).toContain('someone changed it since');
    expect(state().clients.get('northwind')?.name).toBe('Northwind Cocoa');
  });

  test('changes only what was changed in the form', async () => {
    await open(OLIVIA);
    await click(OLIVIA, 'home_client', { value: '[0,0,"northwind"]' });
    const change = {
      kind: 'set_limit',
      account: 'client:northwind',
      window: 'month',
      limitCredits: 800,
      over: 'refuse',
      rollOverMaxCredits: null,
    } as const;
    await inkwell.world.book.submit({ commandId: 'meanwhile-2', by: OLIVIA, ...change });
    await submit(OLIVIA, { name: 'Northwind' });
    expect(state().clients.get('northwind')?.name).toBe('Northwind');
    expect(limits('client:northwind')).toMatchObject([{ window: 'month', limitCredits: 800 }]);
    await click(OLIVIA, 'home_client', { value: '[0,0,"northwind"]' });
    await submit(OLIVIA, {});
    expect(await words(OLIVIA)).toContain('Nothing was changed.');
  });

  test('binds a channel, showing first whose it is', async () => {
    await open(MARCUS);
    const form = await click(MARCUS, 'home_bind_channel');
    await inkwell.slack.as(MARCUS).click(form, 'set_up_channel', { choice: 'C0NORTHWIND' });
    await inkwell.idle();
    expect(wordsIn(inkwell.slack.modal(MARCUS)!.blocks)).toContain('It currently belongs to Northwind.');
    await submit(MARCUS, { 'client.C0NORTHWIND': 'none:' });
    expect(state().channels.get('C0NORTHWIND')).toBeNull();
    await inkwell.slack.as(MARCUS).click(await home(MARCUS), 'home_undo');
    await inkwell.idle();
    expect(state().channels.get('C0NORTHWIND')).toBe('northwind');
  });

  test('sets the limit of somebody Inkwell has not met', async () => {
    await openPeople(OLIVIA);
    await click(OLIVIA, 'home_member_limit');
    await submit(OLIVIA, { member: 'U0BEN' });
    await inkwell.slack.as(OLIVIA).click(inkwell.slack.modal(OLIVIA)!, 'limits_more');
    await inkwell.idle();
    await submit(OLIVIA, { month: '50', total: '' });
    await submit(OLIVIA, {});
    expect(limits('member:U0BEN')).toMatchObject([{ window: 'month', limitCredits: 50 }]);
    expect(await words(OLIVIA)).toContain('Saved: @U0BEN has 50 credits a month.');
  });

  test('opens somebody’s limits on top of the form about them', async () => {
    await openPeople(OLIVIA);
    await click(OLIVIA, 'people_person', { value: '[0,0,"@people","U0BEN"]' });
    const person = inkwell.slack.modal(OLIVIA)!;
    await inkwell.slack.as(OLIVIA).click(person, 'person_limits');
    await inkwell.slack.until(() => inkwell.slack.modal(OLIVIA)?.callback_id === 'limits');
    await inkwell.slack.as(OLIVIA).click(inkwell.slack.modal(OLIVIA)!, 'limits_more');
    await inkwell.idle();
    await submit(OLIVIA, { week: '9' });
    await submit(OLIVIA, {});
    expect(limits('member:U0BEN')).toMatchObject([{ window: 'week', limitCredits: 9 }, { window: 'month' }]);
    expect(inkwell.slack.modal(OLIVIA)?.id).toBe(person.id);
    await inkwell.slack.as(OLIVIA).close(person);
  });

  test('appoints a manager, whose Home then has more in it', async () => {
    await open(ANA);
    await openPeople(OLIVIA);
    await click(OLIVIA, 'people_person', { value: `[0,0,"@people","${ANA}"]` });
    await submit(OLIVIA, { [`role.${ANA}`]: 'manager' });
    expect(state().members.get(ANA)?.role).toBe('manager');
    expect(await words(OLIVIA)).toContain('Saved: @U0ANA became manager.');
    expect(await words(ANA)).toContain('Setup');
  });

  test('sets the agency’s limit', async () => {
    await open(OLIVIA);
    await click(OLIVIA, 'home_agency_limit');
    await inkwell.slack.as(OLIVIA).click(inkwell.slack.modal(OLIVIA)!, 'limits_more');
    await inkwell.idle();
    await submit(OLIVIA, { month: '2 000', total: '10.000' });
    await submit(OLIVIA, {});
    expect(limits('agency')).toMatchObject([
      { window: 'month', limitCredits: 2_000 },
      { window: 'total', limitCredits: 10_000 },
    ]);
    expect(await words(OLIVIA)).toContain('Saved: The agency has 10,000 credits in total.');
  });

  test('counts a form that is sent twice once', async () => {
    await open(OLIVIA);
    await click(OLIVIA, 'home_create_client');
    inkwell.slack.faults.nextDelivery('duplicate');
    await submit(OLIVIA, { name: 'Only once' });
    expect(state().clients.filter(({ name }) => name === 'Only once').size).toBe(1);
    expect(await words(OLIVIA)).toContain('Only once');
    expect(inkwell.errors).toEqual([]);
  });

  test('lets nobody do from an old button what they may not do any more', async () => {
    await open(MARCUS);
    const change = { kind: 'set_role', memberId: MARCUS, role: 'creator' } as const;
    await inkwell.world.book.submit({ commandId: 'demote', by: OLIVIA, ...change });
    const form = await click(MARCUS, 'home_create_client');
    expect(wordsIn(form.blocks)).toContain('Only owners and managers can create clients.');
    await inkwell.slack.as(MARCUS).close(form);
  });

  test('authorises a form again when it is sent', async () => {
    const role = (to: 'manager' | 'creator', id: string) =>
      inkwell.world.book.submit({ commandId: id, by: OLIVIA, kind: 'set_role', memberId: MARCUS, role: to });
    await role('manager', 'promote-2');
    await open(MARCUS);
    await click(MARCUS, 'home_create_client');
    await role('creator', 'demote-2');
    await submit(MARCUS, { name: 'Sneaky' });
    expect(state().clients.some(({ name }) => name === 'Sneaky')).toBe(false);
    expect(wordsIn(inkwell.slack.modal(MARCUS)!.blocks)).toContain('Only owners and managers can create clients.');
    await inkwell.slack.as(MARCUS).close(inkwell.slack.modal(MARCUS)!);
  });

  test('opens a form in time also where the figures take long', async () => {
    await open(OLIVIA);
    const seen = await inkwell.world.book.read().then(() => inkwell.slack.home(OLIVIA)!);
    const slow = await import('../../src/app/app.ts').then(({ createApp }) => createApp(inkwell.world));
    inkwell.override({
      showLimits: async (look) => {
        await new Promise((done) => setTimeout(done, 1_900));
        return await slow.showLimits(look);
      },
    });
    await inkwell.slack.as(OLIVIA).click(seen, 'home_agency_limit');
    const waiting = await inkwell.slack.until(() => inkwell.slack.modal(OLIVIA));
    expect(waiting.title?.text).toBe('One moment');
    await inkwell.slack.until(() => inkwell.slack.modal(OLIVIA)?.title?.text === 'Limits');
    await inkwell.slack.as(OLIVIA).close(inkwell.slack.modal(OLIVIA)!);
  });

  test('tells whoever it was when the books cannot be written', async () => {
    await open(OLIVIA);
    await click(OLIVIA, 'home_create_client');
    inkwell.override({
      setUpClient: () =>
        Promise.reject(Object.assign(new Error('disk'), { name: 'JournalFault', code: 'unavailable' })),
    });
    await submit(OLIVIA, { name: 'Never' });
    const told = inkwell.slack.messages(inkwell.slack.directMessage(OLIVIA)).at(-1);
    expect(told?.text).toContain('can’t save anything right now');
    const form = inkwell.slack.modal(OLIVIA)!;
    expect(wordsIn(form.blocks)).toContain('can’t save anything right now');
    expect(inkwell.errors.splice(0)).toHaveLength(1);
    await inkwell.slack.as(OLIVIA).close(form);
  });
});
