import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import { ANA, CHANNEL, CLIENT, MARCUS, OLIVIA } from '../support/world.ts';
import { wordsIn } from './home-views.ts';
import { type Inkwell, startInkwell } from './set-up-world.ts';

/** A form is opened, others save something, and then it is sent with one change: nothing else is other than they left it. */
describe('a form that was opened before others saved', () => {
  let inkwell: Inkwell;
  let ids = 0;
  beforeAll(async () => {
    inkwell = await startInkwell();
    for (const who of [ANA, MARCUS, OLIVIA]) await inkwell.slack.as(who).openHome();
    await inkwell.idle();
    await give({ kind: 'create_team', teamId: 'film', name: 'Film' });
    await give({ kind: 'create_client', clientId: 'nova', name: 'Nova Walrus' });
    await give({
      kind: 'create_project',
      projectId: 'p1',
      clientId: CLIENT,
      name: 'Spring',
      dueAt: null,
      stage: 'concept',
    });
  });
  afterAll(() => inkwell.stop());
  afterEach(() => expect(inkwell.errors).toEqual([]));

  const give = async (wish: CommandBody) => {
    const answer = await inkwell.world.book.submit({ commandId: `stale-${++ids}`, by: OLIVIA, ...wish });
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  };
  const state = () => inkwell.world.book.now();
  const managed = () => state().members.get(MARCUS)?.manages.clientIds.toSorted();
  const home = async () => {
    await inkwell.idle();
    return inkwell.slack.home(OLIVIA)!;
  };
  type Step = [action: string, where?: { value?: string; blockId?: string; choice?: string }];
  /** Button by button; from the second on that of a form, where one is open. */
  const open = async (...steps: Step[]) => {
    await inkwell.slack.as(OLIVIA).openHome();
    for (const [action, where] of steps) {
      await inkwell.idle();
      await inkwell.slack.as(OLIVIA).click(inkwell.slack.modal(OLIVIA) ?? (await home()), action, where ?? {});
    }
    await inkwell.idle();
  };
  const openPerson = async () => {
    await inkwell.slack.as(OLIVIA).openHome();
    await inkwell.slack.as(OLIVIA).click(await home(), 'home_tab_people', { value: '[0,0,"@people"]' });
    await inkwell.slack.as(OLIVIA).click(await home(), 'people_person', { blockId: `person.${MARCUS}` });
    await inkwell.idle();
    return await inkwell.slack.until(() => inkwell.slack.modal(OLIVIA));
  };
  const submit = async (values: Record<string, string | string[]>) => {
    await inkwell.slack.as(OLIVIA).submit(inkwell.slack.modal(OLIVIA)!, values as Record<string, string>);
    await inkwell.idle();
  };

  const rule = { imagesMax: 4, priceMaxCredits: 90, models: null, qualities: null };
  const limit = (limitCredits: number, over: 'refuse' | 'ask') =>
    ({
      kind: 'set_limit',
      account: `client:${CLIENT}`,
      window: 'day',
      limitCredits,
      over,
      rollOverMaxCredits: null,
    }) as const;
  const FORMS: [string, CommandBody[], Step[], CommandBody, Record<string, string>, () => unknown, unknown][] = [
    [
      'a limit that refuses by now',
      [limit(50, 'ask')],
      [['home_tab_limits'], ['limits_open', { value: `[0,0,"@limits","client:${CLIENT}"]` }]],
      limit(50, 'refuse'),
      { day: '60' },
      () =>
        state()
          .limits.get(`client:${CLIENT}`)
          ?.find(({ window }) => window === 'day'),
      { limitCredits: 60, over: 'refuse' },
    ],
    [
      'a limit that is lower by now',
      [limit(50, 'refuse')],
      [['home_tab_limits'], ['limits_open', { value: `[0,0,"@limits","client:${CLIENT}"]` }]],
      limit(5, 'refuse'),
      { over_day: 'ask' },
      () =>
        state()
          .limits.get(`client:${CLIENT}`)
          ?.find(({ window }) => window === 'day'),
      { limitCredits: 5, over: 'ask' },
    ],
    [
      'a rule',
      [{ kind: 'set_rule', scope: `client:${CLIENT}`, rule }],
      [['home_tab_limits'], ['rule_open', { value: `[0,0,"@limits","client:${CLIENT}"]` }]],
      { kind: 'set_rule', scope: `client:${CLIENT}`, rule: { ...rule, priceMaxCredits: 9 } },
      { images_max: '2' },
      () => state().rules.get(`client:${CLIENT}`),
      { imagesMax: 2, priceMaxCredits: 9 },
    ],
    [
      'a project',
      [],
      [
        ['home_tab_clients'],
        ['home_projects', { value: `[0,0,"@clients","#0/${CLIENT}"]` }],
        ['home_project', { blockId: 'project.p1' }],
      ],
      { kind: 'change_project', projectId: 'p1', name: 'Spring', dueAt: null, stage: 'final' },
      { name: 'Summer' },
      () => state().projects.get('p1'),
      { name: 'Summer', stage: 'final' },
    ],
    [
      'the name of a team',
      [],
      [['home_tab_people'], ['people_team', { value: '[0,0,"@people","film"]' }]],
      { kind: 'rename_team', teamId: 'film', name: 'Motion' },
      {},
      () => state().teams.get('film'),
      { name: 'Motion' },
    ],
    [
      'whose a channel is',
      [],
      [['home_bind_channel'], ['set_up_channel', { choice: CHANNEL }]],
      { kind: 'bind_channel', channelId: CHANNEL, clientId: 'nova', ifUnbound: false },
      {},
      () => ({ clientId: state().channels.get(CHANNEL) }),
      { clientId: 'nova' },
    ],
  ];
  test.each(FORMS)('%s stays as others left it', async (_, before, steps, meanwhile, typed, now, expected) => {
    for (const wish of before) await give(wish);
    await open(...steps);
    await give(meanwhile);
    await submit(typed);
    if (inkwell.slack.modal(OLIVIA)?.callback_id === 'limits_rehearsed') await submit({});
    expect(now()).toMatchObject(expected as object);
    const left = inkwell.slack.modal(OLIVIA);
    if (left) await inkwell.slack.as(OLIVIA).close(left);
  });

  test.each([0, 1, 60, 300])('a person who looks after %i clients gets none back', async (count) => {
    const all = Array.from({ length: count }, (_, index) => `many-${String(index).padStart(3, '0')}`);
    for (const clientId of all) {
      if (!state().clients.has(clientId)) await give({ kind: 'create_client', clientId, name: `Client ${clientId}` });
    }
    await give({ kind: 'set_manages', memberId: MARCUS, clientIds: [...all, 'nova'], teamIds: [] });
    await openPerson();
    const left = all.slice(0, Math.floor(count / 2));
    await give({ kind: 'set_manages', memberId: MARCUS, clientIds: [...left, CLIENT], teamIds: [] });
    await submit({ [`teams.${MARCUS}`]: ['film'] });
    expect(managed()).toEqual([...left, CLIENT].toSorted());
    expect(state().members.get(MARCUS)?.teamIds).toEqual(['film']);
    await give({ kind: 'set_teams', memberId: MARCUS, teamIds: [] });

    await openPerson();
    await give({
      kind: 'set_manages',
      memberId: MARCUS,
      clientIds: [...left.slice(1), CLIENT, 'nova'],
      teamIds: ['film'],
    });
    // Of the same list: one is taken out, one is added, and what others did stays.
    const typed = [...left, ...(count > 1 ? [all.at(-1)!] : [])];
    await submit({ [`clients.${MARCUS}`]: typed });
    expect(managed()).toEqual([...typed.filter((id) => id !== left[0]), 'nova'].toSorted());
    expect(state().members.get(MARCUS)?.manages.teamIds).toEqual(['film']);
    await give({ kind: 'set_manages', memberId: MARCUS, clientIds: [CLIENT], teamIds: [] });
  });

  test('says so beside a list of which it is not known what was shown, and keeps what was typed', async () => {
    await give({ kind: 'set_manages', memberId: MARCUS, clientIds: [CLIENT, 'nova'], teamIds: [] });
    const form = await openPerson();
    // As an open form would be whose blocks Slack does not send back.
    const view = inkwell.slack.modal(OLIVIA)!;
    for (const block of view.blocks)
      if ('element' in block) Reflect.deleteProperty(block.element as object, 'initial_options');
    await give({ kind: 'set_manages', memberId: MARCUS, clientIds: [CLIENT], teamIds: [] });
    await submit({ [`clients.${MARCUS}`]: ['nova', 'many-001'] });
    const said = wordsIn(inkwell.slack.modal(OLIVIA)?.blocks ?? []);
    if (said.includes('Nothing is saved yet')) {
      expect(said).toContain('You had also chosen');
      expect(managed()).toEqual([CLIENT]);
      await inkwell.slack.as(OLIVIA).close(inkwell.slack.modal(OLIVIA)!);
    } else expect(managed()).not.toContain('nova');
    expect(form).not.toBeNull();
  });
});
