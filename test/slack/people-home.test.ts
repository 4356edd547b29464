import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/slack/kit/ids.ts';
import { ANA, BEN, CLIENT, MARCUS, OLIVIA } from '../support/world.ts';
import { wordsIn } from './home-views.ts';
import { type Inkwell, startInkwell } from './set-up-world.ts';

const PEOPLE = '[0,0,"@people"]';

describe('people in Home', () => {
  let inkwell: Inkwell;
  beforeAll(async () => {
    inkwell = await startInkwell();
    for (const who of [ANA, BEN, MARCUS]) await inkwell.slack.as(who).openHome();
    await inkwell.idle();
  });
  afterAll(() => inkwell.stop());
  afterEach(() => {
    expect(inkwell.slack.violations).toEqual([]);
    expect(inkwell.errors).toEqual([]);
  });

  const home = async (who: string) => {
    await inkwell.idle();
    return inkwell.slack.home(who)!;
  };
  const words = async (who: string) => wordsIn((await home(who)).blocks);
  const openPeople = async (who: string) => {
    await inkwell.slack.as(who).openHome();
    await inkwell.slack.as(who).click(await home(who), 'home_tab_people', { value: PEOPLE });
    await inkwell.idle();
  };
  const modal = async (who: string, callback?: string) => {
    await inkwell.idle();
    return await inkwell.slack.until(() => {
      const open = inkwell.slack.modal(who);
      return open && (callback === undefined || open.callback_id === callback) ? open : null;
    });
  };
  const openPerson = async (who: string, about: string) => {
    await openPeople(who);
    await inkwell.slack.as(who).click(await home(who), 'people_person', { blockId: `person.${about}` });
    return await modal(who);
  };
  const submit = async (who: string, values: Record<string, string | string[]>) => {
    const answer = await inkwell.slack.as(who).submit(inkwell.slack.modal(who)!, values as Record<string, string>);
    await inkwell.idle();
    return answer;
  };
  const close = async (who: string) => {
    for (let open = inkwell.slack.modal(who); open; open = inkwell.slack.modal(who))
      await inkwell.slack.as(who).close(open);
  };
  const member = (memberId: string) => inkwell.world.book.now().members.get(memberId);

  test('are found by typing and Enter, filtered, and all shown again', async () => {
    await openPeople(OLIVIA);
    expect(await words(OLIVIA)).toContain('People · 4');
    await inkwell.slack.as(OLIVIA).click(await home(OLIVIA), 'people_find', { choice: 'ben' });
    expect(await words(OLIVIA)).toContain('People · 1');
    expect(await words(OLIVIA)).toContain(`<@${BEN}> · creator`);
    await inkwell.slack
      .as(OLIVIA)
      .click(await home(OLIVIA), 'people_filter', { choice: '[0,0,"@people","!suspended","?ben"]' });
    expect(await words(OLIVIA)).toContain('Suspended · 0');
    await inkwell.slack.as(OLIVIA).click(await home(OLIVIA), 'home_page');
    expect(await words(OLIVIA)).toContain('Suspended · 0');
  });

  test('get a team, a role and something to look after in one form, and it can be undone', async () => {
    await openPeople(OLIVIA);
    await inkwell.slack.as(OLIVIA).click(await home(OLIVIA), 'people_create_team');
    await modal(OLIVIA, 'create_team');
    await submit(OLIVIA, { name: '*Design* <!channel>' });
    expect(await words(OLIVIA)).toContain('Saved: The team *Design* <!channel> was created.');
    const teamId = inkwell.world.book.now().teams.first()!.teamId;

    await openPerson(OLIVIA, BEN);
    await submit(OLIVIA, { [`role.${BEN}`]: 'viewer', [`teams.${BEN}`]: [teamId] });
    expect(member(BEN)).toMatchObject({ role: 'viewer', teamIds: [teamId] });
    expect(await words(OLIVIA)).toContain('@U0BEN became viewer.');
    expect(await words(OLIVIA)).toContain('@U0BEN is in *Design* <!channel>.');
    await inkwell.slack.as(OLIVIA).click(await home(OLIVIA), 'home_undo');
    await inkwell.idle();
    expect(member(BEN)).toMatchObject({ role: 'creator', teamIds: [] });

    await openPerson(OLIVIA, MARCUS);
    await submit(OLIVIA, { [`leads.${MARCUS}`]: [teamId] });
    expect(member(MARCUS)?.manages).toEqual({ clientIds: [CLIENT], teamIds: [teamId] });
    await openPerson(OLIVIA, ANA);
    await submit(OLIVIA, { [`teams.${ANA}`]: [teamId] });
    expect(member(ANA)?.teamIds).toEqual([teamId]);
  });

  test('of a team have a limit of its own, which is rehearsed and saved from among the teams', async () => {
    await openPeople(OLIVIA);
    await inkwell.slack.as(OLIVIA).click(await home(OLIVIA), 'people_team_limits');
    await modal(OLIVIA, 'limits');
    await submit(OLIVIA, { month: '70' });
    await modal(OLIVIA, 'limits_rehearsed');
    await submit(OLIVIA, {});
    expect(await words(OLIVIA)).toContain('The team *Design* <!channel> has 70 credits a month.');
    const teamId = inkwell.world.book.now().teams.first()!.teamId;
    expect(inkwell.world.book.now().limits.get(`team:${teamId}`)).toMatchObject([{ limitCredits: 70 }]);
    expect(await words(OLIVIA)).toContain('Teams · 1');
  });

  test('are a manager’s own: no roles, no other people, and their team’s suspension', async () => {
    await openPeople(MARCUS);
    const seen = await words(MARCUS);
    expect(seen).toContain(`<@${ANA}>`);
    expect(seen).not.toContain(`<@${BEN}>`);
    expect(JSON.stringify(await home(MARCUS))).not.toMatch(
      /policy_open|people_create_team|people_team"|people_team_limits/,
    );
    const form = await openPerson(MARCUS, ANA);
    expect(JSON.stringify(form)).not.toContain('"role.');
    await inkwell.slack.as(MARCUS).click(form, 'person_suspend');
    await inkwell.idle();
    expect(member(ANA)?.status).toBe('suspended');
    expect(wordsIn((await modal(MARCUS)).blocks)).toContain('^since {date_short_pretty}');
    expect(await words(MARCUS)).toContain('@U0ANA was suspended.');
    await inkwell.slack.as(MARCUS).click(await modal(MARCUS), 'person_resume');
    await inkwell.idle();
    expect(member(ANA)?.status).toBe('active');
    await close(MARCUS);
  });

  test('a forged form of a manager changes no role', async () => {
    const form = await openPerson(OLIVIA, BEN);
    const payload = {
      type: 'view_submission',
      team: { id: 'T0JUNIPER' },
      user: { id: MARCUS },
      view: {
        ...form,
        state: {
          values: { [`role.${BEN}`]: { field: { type: 'static_select', selected_option: { value: 'owner' } } } },
        },
      },
    };
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    await inkwell.slack.deliver(body, {
      'content-type': 'application/x-www-form-urlencoded',
      ...inkwell.slack.sign(body),
    });
    await inkwell.idle();
    expect(member(BEN)?.role).toBe('creator');
    await close(OLIVIA);
  });

  test('the last owner is offered no way out, and refused one in words', async () => {
    const form = await openPerson(OLIVIA, OLIVIA);
    expect(wordsIn(form.blocks)).toContain('The only owner');
    expect(JSON.stringify(form)).not.toMatch(/person_suspend|person_remove/);
    await submit(OLIVIA, { [`role.${OLIVIA}`]: 'viewer' });
    expect(member(OLIVIA)?.role).toBe('owner');
    expect(inkwell.slack.modal(OLIVIA)?.errors[`role.${OLIVIA}`]).toBe(
      'This person is the only owner. Make someone else an owner first.',
    );
    await close(OLIVIA);
  });

  test('are removed in one act, and brought back by an owner', async () => {
    const form = await openPerson(OLIVIA, BEN);
    await inkwell.slack.as(OLIVIA).click(form, 'person_remove');
    await modal(OLIVIA, 'remove_person');
    await submit(OLIVIA, { reason: 'Contract ended' });
    expect(member(BEN)?.status).toBe('removed');
    expect(inkwell.slack.modal(OLIVIA)).toBeNull();
    expect(await words(OLIVIA)).toContain('@U0BEN was removed.');
    const card = inkwell.world.messenger.cards.find(({ memberId }) => memberId === OLIVIA);
    expect(card?.card).toMatchObject({ kind: 'leaving_receipt', memberId: BEN });

    await inkwell.slack.as(BEN).command(COMMANDS.credits, '', { channelId: 'C0ATLAS' });
    await inkwell.idle();
    const whispered = inkwell.slack.messages('C0ATLAS', { as: BEN }).filter(({ ephemeral }) => ephemeral);
    expect(whispered.map(({ text }) => text).join()).toContain('no longer a member');

    await inkwell.slack.as(OLIVIA).click(await home(OLIVIA), 'people_filter', { choice: '[0,0,"@people","!removed"]' });
    await inkwell.slack.as(OLIVIA).click(await home(OLIVIA), 'people_person', { blockId: `person.${BEN}` });
    await inkwell.slack.as(OLIVIA).click(await modal(OLIVIA), 'person_bring_back');
    await modal(OLIVIA, 'bring_back');
    await submit(OLIVIA, {});
    expect(member(BEN)).toMatchObject({ status: 'active', role: 'creator' });
    expect(inkwell.world.messenger.cards[0]?.card).toMatchObject({ leaving: { broughtBack: { by: OLIVIA } } });
  });

  test('are invited, with a role and a team; whoever is there already stays what they are', async () => {
    await openPeople(OLIVIA);
    await inkwell.slack.as(OLIVIA).click(await home(OLIVIA), 'people_invite');
    await modal(OLIVIA, 'invite');
    const teamId = inkwell.world.book.now().teams.first()!.teamId;
    const gina = { person: 'U0GINA', 'role.invited': 'creator', teams: [teamId] };
    await submit(OLIVIA, gina);
    await submit(OLIVIA, gina);
    expect(member('U0GINA')).toMatchObject({ role: 'creator', roleBy: OLIVIA, teamIds: [teamId] });
    await inkwell.slack.as(MARCUS).openHome();
    await openPeople(MARCUS);
    await inkwell.slack.as(MARCUS).click(await home(MARCUS), 'people_invite');
    expect(JSON.stringify(await modal(MARCUS, 'invite'))).not.toContain('"manager"');
    await submit(MARCUS, { person: OLIVIA, 'role.invited': 'viewer' });
    expect(member(OLIVIA)?.role).toBe('owner');
    expect(await words(MARCUS)).toContain('is already in Inkwell');
  });

  test('begin as what an owner chose', async () => {
    await openPeople(OLIVIA);
    expect(await words(OLIVIA)).toContain('New full members start as creator.');
    await inkwell.slack.as(OLIVIA).click(await home(OLIVIA), 'policy_open');
    const form = await modal(OLIVIA, 'policy');
    await inkwell.slack.as(OLIVIA).submit(form, { default_role: 'viewer' });
    expect(await words(OLIVIA)).toContain('New full members start as viewer.');
    expect(inkwell.world.book.now().settings?.defaultRole).toBe('viewer');
  });

  test('are among the last changes, in words', async () => {
    await inkwell.slack.as(OLIVIA).openHome();
    await inkwell.slack.as(OLIVIA).click(await home(OLIVIA), 'home_tab_changes');
    const seen = await words(OLIVIA);
    expect(seen).toContain('New full members start as viewer.');
    expect(seen).toContain('@U0BEN was removed: “Contract ended”.');
    expect(seen).toContain('The team *Design* <!channel> was created.');
    expect(seen).toContain('@U0MARCUS manages Northwind Coffee, *Design* <!channel>.');
  });

  const typed = async (who: string, text: string, channelId = 'C0ATLAS') => {
    await inkwell.slack.as(who).command(COMMANDS.credits, text, { channelId });
    await inkwell.idle();
    return (
      inkwell.slack
        .messages(channelId, { as: who })
        .filter(({ ephemeral }) => ephemeral)
        .at(-1)?.text ?? ''
    );
  };

  test('are there for those who type, by their rights', async () => {
    expect(await typed(OLIVIA, 'people ben')).toContain('<@U0BEN> · creator · No team · 0 credits used this month');
    expect(await typed(OLIVIA, 'people nobody')).toContain('No one matches “nobody”.');
    expect(await typed(MARCUS, 'people')).not.toContain('U0BEN');
    expect(await typed(OLIVIA, 'team')).toContain('*Design* &lt;!channel&gt; · 2 members');
    expect(await typed(MARCUS, 'TEAM *design')).toContain('<@U0ANA> · 0 credits used this month');
    expect(await typed(BEN, 'people')).toContain('Only owners and managers can see people.');
    expect(await typed(BEN, 'help')).toContain('people');
  });

  test('reports answer who types, by their rights', async () => {
    expect(await typed(OLIVIA, 'report this week')).toMatch(/^(The agency|\*.*\*) · /);
    expect(await typed(OLIVIA, 'report @ana last month --by model')).toContain('Use of <@U0ANA> · ');
    expect(await typed(OLIVIA, 'report Globex')).toContain('There’s no client, project or team “Globex”');
    expect(await typed(OLIVIA, 'report —by weather')).toContain('can’t be split by “weather”');
    expect(await typed(ANA, 'report')).toContain('Your use · ');
    expect(await typed(ANA, 'report @ben')).toContain('Reports are for owners');
    expect(await typed(OLIVIA, 'report help')).toContain('--by model');
    expect(await typed(OLIVIA, 'reporting')).toContain('knows no command, client, project, team or person “reporting”');
  });

  test('a report comes as a file, in direct messages, where that is asked for', async () => {
    expect(await typed(OLIVIA, 'report this year --csv')).toBe('The file is in your messages with Inkwell.');
    const direct = inkwell.slack.directMessage(OLIVIA);
    const [file] = inkwell.slack
      .messages(direct ?? '', { as: OLIVIA })
      .flatMap(({ files }) => files)
      .slice(-1);
    expect(file?.url).toMatch(/inkwell-report-\d{4}-01-01-\d{4}-12-31\.csv/);
    const bytes = inkwell.slack.fileBytes(file?.fileId ?? '');
    expect(Buffer.from(bytes ?? []).toString('utf8')).toMatch(/^\ufefffrom,to,client/);
  });

  test.each([
    ['files.completeUploadExternal', 'lose_the_answer'],
    ['files.completeUploadExternal', { status: 502 }],
    ['upload', 'cut_before_effect'],
    ['upload', { status: 500 }],
    ['files.getUploadURLExternal', { error: 'storage_limit_reached' }],
  ] as const)('a report’s file is never there twice, and its absence is said: %s, %j', async (step, fault) => {
    const direct = inkwell.slack.directMessage(OLIVIA);
    const filesCount = () => inkwell.slack.messages(direct, { as: OLIVIA }).flatMap(({ files }) => files).length;
    const before = filesCount();
    inkwell.slack.faults.next(step, fault);
    const said = await typed(OLIVIA, 'report this year --csv');
    const added = filesCount() - before;
    expect(added).toBeLessThanOrEqual(1);
    if (added === 0) expect(said).toContain('Slack didn’t confirm the file.');
    else expect(said).toMatch(/The file is in your messages|didn’t confirm the file/);
  });

  test('are told to the person who asks alone, also where people from outside read along', async () => {
    inkwell.world.channels.audience = async (channelId) => (channelId === 'C0NORTHWIND' ? 'shared' : 'internal');
    const said = await typed(OLIVIA, 'people', 'C0NORTHWIND');
    expect(said).toContain('<@U0MARCUS> · manager');
    inkwell.world.channels.audience = async () => 'internal';
  });
});
