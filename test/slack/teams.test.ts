import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import { ANA, BEN, CLIENT, GINA, MARCUS, OLIVIA } from '../support/world.ts';
import { wordsIn } from './home-views.ts';
import { type Inkwell, startInkwell } from './set-up-world.ts';

type Values = Record<string, string | string[]>;

describe('the form of a team', () => {
  let inkwell: Inkwell;
  let ids = 0;
  beforeAll(async () => {
    inkwell = await startInkwell();
    for (const who of [ANA, MARCUS]) await inkwell.slack.as(who).openHome();
    await give({ kind: 'create_team', teamId: 'film', name: 'Film' });
    await inkwell.idle();
  });
  afterAll(() => inkwell.stop());
  afterEach(async () => {
    for (const who of [OLIVIA, MARCUS]) {
      for (let open = inkwell.slack.modal(who); open; open = inkwell.slack.modal(who)) {
        await inkwell.slack.as(who).close(open);
      }
    }
    expect(inkwell.slack.violations).toEqual([]);
    expect(inkwell.errors).toEqual([]);
  });

  const give = async (wish: CommandBody, by = OLIVIA) => {
    const answer = await inkwell.world.book.submit({ commandId: `given-here-${++ids}`, by, ...wish });
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  };
  const state = () => inkwell.world.book.now();
  const teamsOf = (memberId: string) => state().members.get(memberId)?.teamIds;
  const home = async () => {
    await inkwell.idle();
    return inkwell.slack.home(OLIVIA)!;
  };
  const words = async () => wordsIn((await home()).blocks);
  const openPeople = async () => {
    await inkwell.slack.as(OLIVIA).openHome();
    await inkwell.slack.as(OLIVIA).click(await home(), 'home_tab_people', { value: '[0,0,"@people"]' });
  };
  const form = async (callback: string) => {
    await inkwell.idle();
    return await inkwell.slack.until(() => {
      const open = inkwell.slack.modal(OLIVIA);
      return open?.callback_id === callback ? open : null;
    });
  };
  const open = async (teamId: string) => {
    await openPeople();
    await inkwell.slack.as(OLIVIA).click(await home(), 'people_team', { value: `[0,0,"@people","${teamId}"]` });
    return await form('rename_team');
  };
  const send = async (values: Values) => {
    await inkwell.slack.as(OLIVIA).submit(inkwell.slack.modal(OLIVIA)!, values as Record<string, string>);
    await inkwell.idle();
    return inkwell.slack.modal(OLIVIA);
  };
  const undo = async () => {
    await inkwell.slack.as(OLIVIA).click(await home(), 'home_undo');
    await inkwell.idle();
  };

  test('creates it with its people, also those whom Inkwell has not met', async () => {
    await openPeople();
    await inkwell.slack.as(OLIVIA).click(await home(), 'people_create_team');
    await form('create_team');
    expect(await send({ name: '*Design* <!channel>', 'people.new': [ANA, BEN, GINA] })).toBeNull();
    const { teamId } = state().teams.find(({ name }) => name.startsWith('*Design'))!;
    expect([ANA, BEN, GINA].map(teamsOf)).toEqual([[teamId], [teamId], [teamId]]);
    expect(state().members.get(GINA)).toMatchObject({ role: 'viewer', roleBy: 'inkwell' });
    const seen = await words();
    expect(seen).toContain('Saved: The team *Design* <!channel> was created.');
    expect(seen).toContain('Saved: @U0ANA, @U0BEN and @U0GINA joined *Design* <!channel>.');
    expect(JSON.stringify(await home())).not.toContain('home_undo');
  });

  test('creates it whole or not at all', async () => {
    await openPeople();
    await inkwell.slack.as(OLIVIA).click(await home(), 'people_create_team');
    await form('create_team');
    const { size } = state().teams;
    const kept = await send({ name: 'Art', 'people.new': [ANA, 'U0BOT'] });
    expect(kept?.errors['people.new']).toBe('bot isn’t an active person in Inkwell.');
    expect(await send({ name: 'film', 'people.new': [ANA] })).toMatchObject({
      errors: { name: expect.stringContaining('film') as string },
    });
    expect(state().teams.size).toBe(size);
    expect(await send({ name: 'Art', 'people.new': [ANA] })).toBeNull();
    expect(state().teams.size).toBe(size + 1);
  });

  test('puts people in and takes them out, which Undo takes back', async () => {
    await give({ kind: 'set_teams', memberId: ANA, teamIds: ['film'] });
    await give({ kind: 'set_teams', memberId: BEN, teamIds: [] });
    expect(wordsIn((await open('film')).blocks)).toContain('The team’s limit applies to everyone in it.');
    expect(await send({ 'people.film': [BEN, MARCUS] })).toBeNull();
    expect([ANA, BEN, MARCUS].map(teamsOf)).toEqual([[], ['film'], ['film']]);
    expect(await words()).toContain('Saved: @U0BEN and @U0MARCUS joined Film.');
    expect(await words()).toContain('Saved: @U0ANA left Film.');
    await undo();
    expect([ANA, BEN, MARCUS].map(teamsOf)).toEqual([['film'], [], []]);
  });

  test('changes name and people at once, and nothing where nothing was changed', async () => {
    await open('film');
    expect(await send({ name: 'Motion', 'people.film': [ANA, BEN] })).toBeNull();
    expect(await words()).toContain('Saved: Film was renamed Motion.');
    expect(await words()).toContain('Saved: @U0BEN joined Motion.');
    const { seq } = state();
    await open('film');
    expect(await send({})).toBeNull();
    expect(await words()).toContain('Nothing was changed.');
    expect(state().seq).toBe(seq);
    await give({ kind: 'rename_team', teamId: 'film', name: 'Film' });
  });

  test('keeps what others changed meanwhile', async () => {
    await open('film');
    await give({ kind: 'set_teams', memberId: ANA, teamIds: [] });
    await give({ kind: 'set_teams', memberId: MARCUS, teamIds: ['film'] });
    expect(await send({ 'people.film': [ANA] })).toBeNull();
    // Ben was taken out here; Ana left and Marcus joined elsewhere.
    expect([ANA, BEN, MARCUS].map(teamsOf)).toEqual([[], [], ['film']]);
    await give({ kind: 'set_teams', memberId: MARCUS, teamIds: [] });
  });

  test.each([
    ['a person who is in five teams', BEN, 'ben is already in 5 teams.'],
    ['a person who has left Slack', 'U0GONE', 'gone isn’t an active person in Inkwell.'],
  ])('says at the people that %s cannot join, and changes no one', async (_, memberId, says) => {
    for (const teamId of ['a', 'b', 'c', 'd', 'e']) {
      if (!state().teams.has(teamId)) await give({ kind: 'create_team', teamId, name: `Team ${teamId}` });
    }
    await give({ kind: 'set_teams', memberId: BEN, teamIds: ['a', 'b', 'c', 'd', 'e'] });
    await open('film');
    const kept = await send({ name: 'Other', 'people.film': [ANA, memberId] });
    expect(kept?.errors['people.film']).toBe(says);
    expect(state().teams.get('film')?.name).toBe('Film');
    expect(teamsOf(ANA)).toEqual([]);
    await give({ kind: 'set_teams', memberId: BEN, teamIds: [] });
  });

  test('deletes it once it was said what becomes of it, and Undo restores all of it', async () => {
    const limit = { window: 'month', limitCredits: 7, over: 'ask', rollOverMaxCredits: null } as const;
    await give({ kind: 'set_limit', account: 'team:film', ...limit });
    await give({ kind: 'set_teams', memberId: ANA, teamIds: ['film'] });
    await give({ kind: 'set_manages', memberId: MARCUS, clientIds: [CLIENT], teamIds: ['film'] });
    await inkwell.slack.as(OLIVIA).click(await open('film'), 'team_delete');
    const asked = wordsIn((await form('delete_team')).blocks);
    expect(asked).toContain('Film will be deleted.');
    expect(asked).toContain('1 member will leave it and stay in Inkwell.');
    expect(asked).toContain('1 manager will no longer manage it.');
    expect(asked).toContain('Its credit limit ends: 7 a month, then asks for approval. All other limits still apply.');
    expect(await send({})).toBeNull();
    expect(state().teams.has('film')).toBe(false);
    expect([teamsOf(ANA), state().members.get(MARCUS)?.manages.teamIds]).toEqual([[], []]);
    expect(await words()).toContain('Saved: The team Film was deleted.');
    expect(await words()).not.toContain('Film · ');
    await undo();
    expect(await words()).toContain('Undone: The team Film was restored.');
    expect([teamsOf(ANA), state().members.get(MARCUS)?.manages.teamIds]).toEqual([['film'], ['film']]);
    expect(state().limits.get('team:film')).toMatchObject([limit]);
  });

  test('is not restored over another team of its name, and Changes still names it', async () => {
    await inkwell.slack.as(OLIVIA).click(await open('film'), 'team_delete');
    await form('delete_team');
    await send({});
    await give({ kind: 'create_team', teamId: 'film-2', name: 'FILM' });
    await undo();
    expect(state().teams.has('film')).toBe(false);
    expect(await words()).toContain('That change wasn’t made.');
    await inkwell.slack.as(OLIVIA).click(await home(), 'home_tab_changes');
    expect(await words()).toContain('The team Film was deleted.');
    expect(await words()).toContain('The team Film was restored.');
    expect(await words()).toContain('@U0ANA is in Film.');
    await give({ kind: 'delete_team', teamId: 'film-2' });
    await give({ kind: 'restore_team', teamId: 'film' });
  });

  test('a team that is gone by then says so, and nothing is changed', async () => {
    await open('film');
    await give({ kind: 'delete_team', teamId: 'film' });
    const kept = await send({ name: 'Motion', 'people.film': [BEN] });
    expect(JSON.stringify(kept)).toMatch(/team/);
    expect(teamsOf(BEN)).toEqual([]);
    await openPeople();
    await inkwell.slack.as(OLIVIA).click(await home(), 'people_create_team');
    await give({ kind: 'restore_team', teamId: 'film' });
  });

  test.each([
    ['rename_team', { name: { field: { type: 'plain_text_input', value: 'Mine' } } }],
    ['delete_team', {}],
  ])('%s, forged by a manager, does nothing', async (callback, values) => {
    if (callback === 'rename_team') await open('film');
    else {
      await inkwell.slack.as(OLIVIA).click(await open('film'), 'team_delete');
      await form('delete_team');
    }
    const view = { ...inkwell.slack.modal(OLIVIA)!, state: { values } };
    const payload = { type: 'view_submission', team: { id: 'T0JUNIPER' }, user: { id: MARCUS }, view };
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    const { seq } = state();
    const headers = { 'content-type': 'application/x-www-form-urlencoded', ...inkwell.slack.sign(body) };
    await inkwell.slack.deliver(body, headers);
    await inkwell.idle();
    expect(state().teams.get('film')?.name).toBe('Film');
    expect(state().seq).toBe(seq);
  });
});
