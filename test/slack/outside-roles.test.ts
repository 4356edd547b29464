import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { PeopleFault } from '../../src/ports/ports.ts';
import { ANA, BEN, GINA, MARCUS, OLIVIA, TOM } from '../support/world.ts';
import { wordsIn } from './home-views.ts';
import { type Inkwell, startInkwell } from './set-up-world.ts';

const PEOPLE = '[0,0,"@people"]';
type Values = Record<string, string | string[]>;

describe('a role for someone from outside the agency', () => {
  let inkwell: Inkwell;
  beforeAll(async () => {
    inkwell = await startInkwell();
    for (const who of [ANA, MARCUS]) await inkwell.slack.as(who).openHome();
    await inkwell.idle();
  });
  afterAll(() => inkwell.stop());
  afterEach(async () => {
    for (let open = inkwell.slack.modal(OLIVIA); open; open = inkwell.slack.modal(OLIVIA)) {
      await inkwell.slack.as(OLIVIA).close(open);
    }
    expect(inkwell.slack.violations).toEqual([]);
    expect(inkwell.errors).toEqual([]);
  });

  const home = async (who: string) => {
    await inkwell.idle();
    return inkwell.slack.home(who)!;
  };
  const form = async (who: string, callback: string) => {
    await inkwell.idle();
    return await inkwell.slack.until(() => {
      const open = inkwell.slack.modal(who);
      return open?.callback_id === callback ? open : null;
    });
  };
  const openPeople = async (who: string, filter: 'all' | 'removed' = 'all') => {
    await inkwell.slack.as(who).openHome();
    await inkwell.slack.as(who).click(await home(who), 'home_tab_people', { value: PEOPLE });
    if (filter === 'all') return;
    const choice = PEOPLE.replace(']', `,"!${filter}"]`);
    await inkwell.slack.as(who).click(await home(who), 'people_filter', { choice });
  };
  const send = async (who: string, values: Values) => {
    await inkwell.slack.as(who).submit(inkwell.slack.modal(who)!, values as Record<string, string>);
    await inkwell.idle();
    return inkwell.slack.modal(who);
  };
  const open = {
    invite: async (who: string) => {
      await openPeople(who);
      await inkwell.slack.as(who).click(await home(who), 'people_invite');
      return await form(who, 'invite');
    },
    person: async (memberId: string, filter: 'all' | 'removed' = 'all') => {
      await openPeople(OLIVIA, filter);
      await inkwell.slack.as(OLIVIA).click(await home(OLIVIA), 'people_person', { blockId: `person.${memberId}` });
      await inkwell.idle();
      return inkwell.slack.modal(OLIVIA)!;
    },
    bringBack: async (memberId: string) => {
      await inkwell.slack.as(OLIVIA).click(await open.person(memberId, 'removed'), 'person_bring_back');
      return await form(OLIVIA, 'bring_back');
    },
  };
  const member = (memberId: string) => inkwell.world.book.now().members.get(memberId);
  const remove = async (memberId: string) => {
    await inkwell.slack.as(OLIVIA).click(await open.person(memberId), 'person_remove');
    await form(OLIVIA, 'remove_person');
    await send(OLIVIA, { reason: '' });
    expect(member(memberId)?.status).toBe('removed');
  };

  test.each([
    { kind: 'a guest', memberId: GINA, first: 'viewer', second: 'creator', says: 'is a guest in this workspace' },
    { kind: 'an outsider', memberId: TOM, first: 'creator', second: 'viewer', says: 'is from another organization' },
  ] as const)('$kind is invited once that was asked, for each role', async ({ memberId, first, second, says }) => {
    await open.invite(OLIVIA);
    const asked = await send(OLIVIA, { person: memberId, 'role.invited': first });
    expect(asked).toMatchObject({ callback_id: 'invite', submit: { text: 'Invite them' } });
    expect(wordsIn(asked!.blocks)).toContain(`<@${memberId}> ${says}`);
    expect(wordsIn(asked!.blocks)).toContain(`As a ${first}, they can`);
    expect(member(memberId)).toBeUndefined();
    const again = await send(OLIVIA, { person: memberId, 'role.invited': second });
    expect(wordsIn(again!.blocks)).toContain(`As a ${second}, they can`);
    expect(wordsIn(again!.blocks)).not.toContain(`As a ${first}, they can`);
    expect(member(memberId)).toBeUndefined();
    expect(await send(OLIVIA, { person: memberId, 'role.invited': second })).toBeNull();
    expect(member(memberId)).toMatchObject({ role: second, roleBy: OLIVIA, status: 'active' });
  });

  test('a manager is asked as well, and nothing is asked about those who are there', async () => {
    await remove(GINA);
    await open.invite(MARCUS);
    const asked = await send(MARCUS, { person: GINA, 'role.invited': 'viewer' });
    expect(wordsIn(asked!.blocks)).toContain('is a guest in this workspace');
    await inkwell.slack.as(MARCUS).close(asked!);
    await open.invite(OLIVIA);
    expect(await send(OLIVIA, { person: TOM, 'role.invited': 'creator' })).toBeNull();
    expect(wordsIn((await home(OLIVIA)).blocks)).toContain('is already in Inkwell');
  });

  test.each([
    { memberId: GINA, role: 'creator' },
    { memberId: GINA, role: 'viewer' },
  ])('$memberId is brought back as $role once that was asked', async ({ memberId, role }) => {
    if (member(memberId)?.status !== 'removed') await remove(memberId);
    await open.bringBack(memberId);
    const asked = await send(OLIVIA, { [`role.${memberId}`]: role });
    expect(asked).toMatchObject({ callback_id: 'bring_back', submit: { text: 'Bring them back' } });
    expect(member(memberId)?.status).toBe('removed');
    await send(OLIVIA, { [`role.${memberId}`]: role });
    expect(member(memberId)).toMatchObject({ status: 'active', role });
  });

  test.each([TOM, GINA])('%s is promoted once that was asked, and what else was changed is kept', async (memberId) => {
    await inkwell.world.book.submit({
      commandId: `t/${memberId}`,
      by: OLIVIA,
      kind: 'create_team',
      teamId: `t-${memberId}`,
      name: `Team ${memberId}`,
    });
    await open.person(memberId);
    const values = { [`role.${memberId}`]: 'creator', [`teams.${memberId}`]: [`t-${memberId}`] };
    const asked = await send(OLIVIA, values);
    expect(asked).toMatchObject({ callback_id: 'person', submit: { text: 'Give role' } });
    expect(wordsIn(asked!.blocks)).toContain('they can make images in every client channel they’re in');
    expect(member(memberId)).toMatchObject({ role: 'viewer', teamIds: [] });
    await send(OLIVIA, values);
    expect(member(memberId)).toMatchObject({ role: 'creator', teamIds: [`t-${memberId}`] });
  });

  test('less than before is not asked about, nor what stays as it is', async () => {
    await open.person(TOM);
    expect(await send(OLIVIA, { [`teams.${TOM}`]: [] })).toBeNull();
    expect(member(TOM)).toMatchObject({ role: 'creator', teamIds: [] });
    await open.person(TOM);
    expect(await send(OLIVIA, { [`role.${TOM}`]: 'viewer' })).toBeNull();
    expect(member(TOM)?.role).toBe('viewer');
  });

  test.each(['owner', 'manager'])('they never become %s, which is said at the role', async (role) => {
    await open.person(TOM);
    const kept = await send(OLIVIA, { [`role.${TOM}`]: role });
    expect(kept?.errors[`role.${TOM}`]).toContain('from outside the agency');
    expect(member(TOM)?.role).toBe('viewer');
  });

  test('a full member gets theirs at once', async () => {
    await open.invite(OLIVIA);
    expect(await send(OLIVIA, { person: BEN, 'role.invited': 'viewer' })).toBeNull();
    expect(member(BEN)?.role).toBe('viewer');
    await open.person(BEN);
    expect(await send(OLIVIA, { [`role.${BEN}`]: 'manager' })).toBeNull();
    expect(member(BEN)?.role).toBe('manager');
  });

  test('while Slack doesn’t say where a person is from, nothing is done, and the form says so', async () => {
    const { people } = inkwell.world;
    const { look } = people;
    await open.person(TOM);
    people.look = async (userId) => {
      if (userId === TOM) throw new PeopleFault('users.info: no_answer_in_time');
      return await look(userId);
    };
    const kept = await send(OLIVIA, { [`role.${TOM}`]: 'creator' });
    people.look = look;
    expect(kept?.callback_id).toBe('person');
    expect(member(TOM)?.role).toBe('viewer');
    expect(inkwell.errors.splice(0)).toHaveLength(1);
    expect(wordsIn(kept!.blocks)).toMatch(/Slack/);
  });
});
