import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { BEN, MARCUS, OLIVIA } from '../support/world.ts';
import { wordsIn } from './home-views.ts';
import { type Inkwell, startInkwell } from './set-up-world.ts';

describe('a form that is refused stays open, with the reason at its field', () => {
  let inkwell: Inkwell;
  let commands = 0;
  beforeAll(async () => {
    inkwell = await startInkwell();
    const client = { kind: 'create_client', clientId: 'atlas', name: 'Atlas' } as const;
    await give(OLIVIA, client);
    await give(OLIVIA, { kind: 'create_team', teamId: 'design', name: 'Design' });
    await give(OLIVIA, { kind: 'create_team', teamId: 'film', name: 'Film' });
  });
  afterAll(() => inkwell.stop());
  afterEach(async () => {
    inkwell.override({});
    for (const who of [OLIVIA, MARCUS]) {
      const open = inkwell.slack.modal(who);
      if (open) await inkwell.slack.as(who).close(open);
    }
    expect(inkwell.slack.violations).toEqual([]);
  });

  type Body = Parameters<Inkwell['world']['book']['submit']>[0] extends infer Command ? Command : never;
  const give = (by: string, body: Record<string, unknown>) => {
    commands += 1;
    return inkwell.world.book.submit({ commandId: `kept-${commands}`, by, ...body } as Body);
  };
  const state = () => inkwell.world.book.now();
  const modal = (who = OLIVIA) => inkwell.slack.modal(who);

  async function open(who: string, action: string, { tab, value }: { tab?: string; value?: string } = {}) {
    await inkwell.slack.as(who).openHome();
    await inkwell.idle();
    if (tab) await inkwell.slack.as(who).click(inkwell.slack.home(who)!, tab, { value: `[0,0,"@${tab.slice(9)}"]` });
    await inkwell.idle();
    await inkwell.slack.as(who).click(inkwell.slack.home(who)!, action, value === undefined ? {} : { value });
    return await inkwell.slack.until(() => inkwell.slack.modal(who));
  }
  const send = async (values: Record<string, string | string[]>, who = OLIVIA) => {
    await inkwell.slack.as(who).submit(inkwell.slack.modal(who)!, values);
    await inkwell.idle();
  };

  test.each([
    ['a client', 'home_create_client', undefined, undefined, { name: 'ATLAS', month: '70', channel: 'C0PITCH' }],
    ['a team', 'people_create_team', 'home_tab_people', undefined, { name: 'design' }],
    ['another name of a team', 'people_team', 'home_tab_people', '[0,0,"@people","film"]', { name: 'DESIGN' }],
    ['another name of a client', 'home_client', undefined, '[0,0,"northwind"]', { name: 'aTLAS', channel: 'C0PITCH' }],
  ])('a taken name: %s', async (_, action, tab, value, typed) => {
    const seqBefore = state().seq;
    await open(OLIVIA, action, { ...(tab ? { tab } : {}), ...(value ? { value } : {}) });
    await send(typed);
    expect(modal()?.errors.name).toMatch(/^There’s already a (client|team) called/);
    expect(state().channels.has('C0PITCH')).toBe(false);
    // A form of one command leaves the line that refuses it; one of several is rehearsed and leaves none.
    expect(state().seq - seqBefore).toBeLessThanOrEqual(1);
  });

  test('is saved whole once it is mended', async () => {
    await open(OLIVIA, 'home_create_client');
    await send({ name: 'Atlas', month: '70', channel: 'C0PITCH' });
    await send({ name: 'Borealis', month: '70', channel: 'C0PITCH' });
    const made = state().clients.find(({ name }) => name === 'Borealis');
    expect(modal()).toBeNull();
    expect(state().channels.get('C0PITCH')).toBe(made?.clientId);
    expect(state().limits.get(`client:${made?.clientId ?? ''}`)).toMatchObject([{ limitCredits: 70 }]);
  });

  test('can be sent again as it is, when what was in the way is gone', async () => {
    await open(OLIVIA, 'people_create_team', { tab: 'home_tab_people' });
    await send({ name: 'Film' });
    expect(modal()?.errors.name).toContain('already');
    await give(OLIVIA, { kind: 'rename_team', teamId: 'film', name: 'Motion' });
    await send({ name: 'Film' });
    expect(modal()).toBeNull();
    expect([...state().teams.values()].map(({ name }) => name)).toContain('Film');
  });

  test('what has no field of its own is said above the form, once, and the form is the same', async () => {
    await give(OLIVIA, { kind: 'set_manages', memberId: MARCUS, clientIds: ['atlas'], teamIds: [] });
    const form = await open(MARCUS, 'home_client', { value: '[0,0,"atlas"]' });
    await give(OLIVIA, { kind: 'set_manages', memberId: MARCUS, clientIds: [], teamIds: [] });
    for (const name of ['Atlas East', 'Atlas West']) {
      await send({ name }, MARCUS);
      const words = wordsIn(modal(MARCUS)!.blocks);
      expect(words.match(/Only owners and the managers responsible can rename clients/g)).toHaveLength(1);
      expect(modal(MARCUS)?.blocks.slice(-form.blocks.length)).toEqual(form.blocks);
    }
    await give(OLIVIA, { kind: 'set_manages', memberId: MARCUS, clientIds: ['northwind'], teamIds: [] });
  });

  test('people: who cannot cover for others, and who cannot look after an agency', async () => {
    await give(OLIVIA, { kind: 'set_role', memberId: BEN, role: 'viewer' });
    await open(MARCUS, 'home_away');
    await send({ who: BEN, until: '2099-01-01' }, MARCUS);
    expect(modal(MARCUS)?.errors.who).toBe(
      'This person can’t cover your approvals. Choose someone who can make images.',
    );
    await send({ who: OLIVIA, until: '2001-01-01' }, MARCUS);
    expect(modal(MARCUS)?.errors.until).toMatch(/must lie in the future/);
    await give(OLIVIA, { kind: 'set_role', memberId: BEN, role: 'creator' });
  });

  test('what takes longer than Slack waits for is said in the form, and its end too', async () => {
    const setUpClient = async () => {
      await new Promise((done) => setTimeout(done, 2_300));
      return { saved: [], refusals: [{ reason: 'name_taken' as const, name: 'Slow', clientId: 'c-1' }] };
    };
    await open(OLIVIA, 'home_create_client');
    inkwell.override({ setUpClient });
    await inkwell.slack.as(OLIVIA).submit(modal()!, { name: 'Slow' });
    expect(wordsIn(modal()!.blocks)).toContain('One moment…');
    await inkwell.idle();
    expect(wordsIn(modal()!.blocks)).toContain('There’s already a client called Slow.');
    expect(wordsIn(modal()!.blocks)).not.toContain('One moment…');
  });

  test.each(['C0ATLAS', 'C0SUMMER'])(
    'who may choose the client of a channel is asked in it at once: %s',
    async (channelId) => {
      const ran: unknown[] = [];
      inkwell.override({ runWaiting: async (which) => void ran.push(which) });
      await inkwell.slack.as(OLIVIA).command('/imagine', 'a red fox', { channelId });
      const form = await inkwell.slack.until(() => modal());
      expect(wordsIn(form.blocks)).toContain('Your prompt is kept and runs once you choose one.');
      await send({ [`client.${channelId}`]: 'northwind' });
      expect(state().channels.get(channelId)).toBe('northwind');
      expect(ran).toEqual([{ channelId }]);
      expect(inkwell.requests.splice(0)).toMatchObject([{ prompt: 'a red fox' }]);
    },
  );

  test('a prompt is not lost with a channel that the person is not in', async () => {
    const { has } = inkwell.world.channels;
    inkwell.world.channels.has = async () => false;
    await open(OLIVIA, 'home_imagine');
    await inkwell.idle();
    await send({ prompt: 'a red fox', channel: 'C0NOWHERE' });
    inkwell.world.channels.has = has;
    expect(modal()?.errors.channel).toContain('aren’t in this channel');
    expect(inkwell.requests).toEqual([]);
  });
});
