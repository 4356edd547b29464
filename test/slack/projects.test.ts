import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import { ANA, MARCUS, OLIVIA } from '../support/world.ts';
import { wordsIn } from './home-views.ts';
import { type Inkwell, startInkwell } from './set-up-world.ts';

const NORTHWIND = 'C0NORTHWIND';

/** One story after the other, on one agency: what one test has created is there in the next. */
describe('projects, in use', () => {
  let inkwell: Inkwell;
  beforeAll(async () => {
    inkwell = await startInkwell();
  });
  afterAll(() => inkwell.stop());
  afterEach(() => {
    inkwell.requests.length = 0;
    expect(inkwell.slack.violations).toEqual([]);
    expect(inkwell.errors).toEqual([]);
  });

  const state = () => inkwell.world.book.now();
  const project = (name: string) => state().projects.find((each) => each.name === name)!;
  const home = (who: string) => inkwell.slack.home(who)!;
  const words = (who: string) => wordsIn(home(who).blocks);
  const modal = (who = ANA) => inkwell.slack.modal(who)!;
  const click = async (who: string, action: string, more: { value?: string; blockId?: string } = {}) => {
    await inkwell.slack.as(who).click(home(who), action, more);
    await inkwell.idle();
  };
  const edit = async (who: string, name: string) =>
    await click(who, 'home_project', { blockId: `project.${project(name).projectId}` });
  const submit = async (who: string, values: Record<string, string>) => {
    await inkwell.slack.as(who).submit(modal(who), values);
    await inkwell.idle();
  };
  const openProjects = async (who: string) => {
    await inkwell.slack.as(who).openHome();
    await inkwell.idle();
    await click(who, 'home_tab_clients');
    await click(who, 'home_projects');
  };
  const answer = async (who: string, command: string, text: string): Promise<string> => {
    await inkwell.slack.as(who).command(command, text, { channelId: NORTHWIND });
    await inkwell.idle();
    const said = inkwell.slack.messages(NORTHWIND, { as: who }).filter(({ ephemeral }) => ephemeral);
    return wordsIn(said.at(-1)?.blocks);
  };
  let given = 0;
  const decide = async (...wishes: CommandBody[]) => {
    for (const wish of wishes) {
      given += 1;
      const { ok } = await inkwell.world.book.submit({ commandId: `given-p${given}`, by: OLIVIA, ...wish });
      expect(ok).toBe(true);
    }
  };

  test('a manager creates one with its budget, due date and channel', async () => {
    // Managers raise a project's budget only under a limit that stops it.
    await decide({
      ...{ kind: 'set_limit', account: 'agency', window: 'total', limitCredits: 100_000 },
      ...{ over: 'refuse', rollOverMaxCredits: null },
    });
    await openProjects(MARCUS);
    expect(words(MARCUS)).toContain('No projects yet.');
    await click(MARCUS, 'home_create_project');
    await submit(MARCUS, {
      name: 'Spring <!channel> launch',
      total: '1,200',
      due: '2026-11-22',
      stage: 'iteration',
      channel: NORTHWIND,
    });
    const { projectId } = project('Spring <!channel> launch');
    expect(state().limits.get(`project:${projectId}`)).toMatchObject([{ window: 'total', limitCredits: 1_200 }]);
    expect(state().places.get(NORTHWIND)).toBe(projectId);
    expect(words(MARCUS)).toContain('Saved: The project Spring <!channel> launch was created.');
    expect(words(MARCUS)).toContain('@C0NORTHWIND counts toward the project Spring <!channel> launch.');
    expect(words(MARCUS)).toContain('0 of 1,200 used');
    expect(words(MARCUS)).toContain(':warning: iteration · due 22 Nov 2026, overdue');
  });

  test('is edited, and every change is taken back with one click', async () => {
    await openProjects(MARCUS);
    await edit(MARCUS, 'Spring <!channel> launch');
    await submit(MARCUS, { name: 'Spring launch', total: '1500', due: '2027-03-01', stage: 'final' });
    expect(words(MARCUS)).toContain(
      'Spring <!channel> launch was renamed Spring launch, is now due 1 Mar 2027, is now at the stage final.',
    );
    expect(words(MARCUS)).toContain('The project Spring launch has 1,500 credits in total, previously 1,200.');
    await click(MARCUS, 'home_undo');
    expect(project('Spring <!channel> launch')).toMatchObject({ stage: 'iteration' });
    expect(words(MARCUS)).toContain('0 of 1,200 used');
    await edit(MARCUS, 'Spring <!channel> launch');
    await submit(MARCUS, { name: 'Spring launch' });
    expect(project('Spring launch')).toMatchObject({ stage: 'iteration' });
  });

  test('a budget above the client’s is refused at its field, and nothing is saved before it is mended', async () => {
    await decide({
      kind: 'set_limit',
      account: 'client:northwind',
      window: 'total',
      limitCredits: 2_000,
      over: 'refuse',
      rollOverMaxCredits: null,
    });
    await openProjects(MARCUS);
    await click(MARCUS, 'home_create_project');
    await submit(MARCUS, { name: 'Autumn', total: '5000' });
    const errors = () => inkwell.slack.modal(MARCUS)?.errors;
    expect(errors()).toEqual({ total: expect.stringContaining('That’s above the limit it falls under (2,000)') });
    expect(project('Autumn')).toBeUndefined();
    await submit(MARCUS, { name: 'Autumn', total: '' });
    expect(words(MARCUS)).toContain('Saved: The project Autumn was created.');
    await click(MARCUS, 'home_create_project');
    await submit(MARCUS, { name: 'autumn' });
    expect(errors()).toEqual({ name: 'There’s already a project called autumn.' });
    await inkwell.slack.as(MARCUS).close(inkwell.slack.modal(MARCUS)!);
  });

  test('/credits project shows what a channel is bound to, and binds it', async () => {
    expect(await answer(ANA, '/credits', 'project')).toContain(
      'Images made in this channel count toward Spring launch.',
    );
    expect(await answer(ANA, '/credits', 'project')).toMatch(
      /Spring launch {2}0 of 1,200 used, 1,200 left · less is left of the client’s budget · iteration/,
    );
    expect(await answer(ANA, '/credits', '')).toContain('Spring launch, this channel’s project');
    expect(await answer(ANA, '/credits', 'project Autumn')).toContain('can link channels to projects');
    expect(await answer(MARCUS, '/credits', 'project autum')).toContain('Did you mean Autumn?');
    expect(await answer(MARCUS, '/credits', 'Project “AUTUMN”')).toContain('now count toward Autumn');
    expect(state().places.get(NORTHWIND)).toBe(project('Autumn').projectId);
    expect(await answer(MARCUS, '/credits', 'project none')).toContain('now count toward no project');
    expect(state().places.get(NORTHWIND)).toBeUndefined();
    expect(await answer(OLIVIA, '/credits', 'project Spring launch')).toContain('now count toward Spring launch');
  });

  test('/credits project binds one thread by the link of its message', async () => {
    const message = inkwell.slack.messages(NORTHWIND, { as: ANA }).find(({ ephemeral }) => !ephemeral)!;
    const link = `https://juniper.slack.com/archives/${NORTHWIND}/p${message.ts.replace('.', '')}`;
    expect(await answer(MARCUS, '/credits', `project Autumn ${link}`)).toContain(
      'in this thread now count toward Autumn',
    );
    expect(state().places.get(`${NORTHWIND} ${message.ts}`)).toBe(project('Autumn').projectId);
    expect(await answer(MARCUS, '/credits', `project ${link}`)).toContain('in this thread count toward Autumn.');
    const elsewhere = link.replace(NORTHWIND, 'C0ATLAS');
    expect(await answer(MARCUS, '/credits', `project Autumn ${elsewhere}`)).toContain('is in another channel');
    await inkwell.slack.as(ANA).command('/imagine', `a fox --thread ${link}`, { channelId: NORTHWIND });
    await inkwell.idle();
    expect(inkwell.requests).toMatchObject([{ place: { channelId: NORTHWIND, threadId: message.ts }, project: null }]);
  });

  test('a client’s channels and threads are listed, each with Unbind; what is bound elsewhere since stays', async () => {
    await openProjects(MARCUS);
    expect(words(MARCUS)).toMatch(/Channels and threads · \d.*Belongs to Northwind Coffee.*Counts toward /s);
    const thread = [...state().places.keys()].find((place) => place.includes(' '))!;
    const unbindThread = { blockId: `counts.${thread.replace(' ', '.')}` };
    const twice = home(MARCUS);
    const clicks = [1, 2].map(() => inkwell.slack.as(MARCUS).click(twice, 'home_unbind_project', unbindThread));
    await Promise.all(clicks);
    await inkwell.idle();
    expect(state().places.has(thread)).toBe(false);
    expect(words(MARCUS)).toContain('counts toward no project');
    await click(MARCUS, 'home_undo');
    expect(state().places.get(thread)).toBe(project('Autumn').projectId);

    const spring = state().places.get(NORTHWIND);
    expect(spring).toBe(project('Spring launch').projectId);
    await decide({
      kind: 'bind_project',
      channelId: NORTHWIND,
      threadTs: null,
      projectId: project('Autumn').projectId,
    });
    await click(MARCUS, 'home_unbind_project', { blockId: `counts.${NORTHWIND}` });
    expect(words(MARCUS)).toContain('someone decided otherwise since: @C0NORTHWIND counts toward the project Autumn');
    await decide({ kind: 'bind_project', channelId: NORTHWIND, threadTs: null, projectId: spring! });

    await click(MARCUS, 'home_unbind_channel', { blockId: `belongs.${NORTHWIND}` });
    expect(state().channels.get(NORTHWIND)).toBeNull();
    expect(words(MARCUS)).toContain('@C0NORTHWIND belongs to no client');
    await click(MARCUS, 'home_undo');
    expect(state().channels.get(NORTHWIND)).toBe('northwind');
  });

  test('who may not bind is refused by the ledger, and nothing is unbound', async () => {
    await openProjects(MARCUS);
    await decide({ kind: 'set_manages', memberId: MARCUS, clientIds: [], teamIds: [] });
    await click(MARCUS, 'home_unbind_channel', { blockId: `belongs.${NORTHWIND}` });
    await decide({ kind: 'set_manages', memberId: MARCUS, clientIds: ['northwind'], teamIds: [] });
    expect(state().channels.get(NORTHWIND)).toBe('northwind');
    expect(words(MARCUS)).toMatch(/Only owners and the managers responsible .*can/);
  });

  test('/imagine takes a project’s name in quotes', async () => {
    const text = 'a fox --project “Spring launch”';
    await inkwell.slack.as(ANA).command('/imagine', text, { channelId: NORTHWIND });
    await inkwell.idle();
    expect(inkwell.requests).toMatchObject([{ prompt: 'a fox', project: 'Spring launch', stage: null }]);
  });

  test('the form preselects what the channel is bound to; another one brings its own stage', async () => {
    await inkwell.slack.as(ANA).command('/imagine', '', { channelId: NORTHWIND });
    await inkwell.idle();
    const { projectId } = project('Spring launch');
    expect(JSON.stringify(modal().blocks)).toContain(
      `"initial_option":{"text":{"type":"plain_text","text":"Spring launch"`,
    );
    expect(wordsIn(modal().blocks)).not.toContain('No project');
    expect(wordsIn(modal().blocks)).toContain('count toward Spring launch unless you choose another');
    const autumn = project('Autumn').projectId;
    const choice = { blockId: 'project.northwind', choice: autumn, typed: { prompt: 'a fox' } };
    await inkwell.slack.as(ANA).click(modal(), 'imagine_choose', choice);
    await inkwell.idle();
    expect(modal().blocks.map(({ block_id: id }) => id)).toContain(`stage.${autumn}`);
    await submit(ANA, { prompt: 'a fox' });
    expect(inkwell.requests).toMatchObject([{ prompt: 'a fox', project: autumn, stage: null, from: 'form' }]);
    expect(projectId).not.toBe(autumn);
  });

  test('the form keeps what was typed, and says what is wrong with it', async () => {
    await inkwell.slack.as(ANA).command('/imagine', '--project autumn --stage final', { channelId: NORTHWIND });
    await inkwell.idle();
    await submit(ANA, { prompt: 'a fox' });
    expect(inkwell.requests).toMatchObject([{ project: project('Autumn').projectId, stage: 'final' }]);
    await inkwell.slack.as(ANA).command('/imagine', '--project sumer', { channelId: NORTHWIND });
    await inkwell.idle();
    expect(wordsIn(modal().blocks)).toContain('This client has no project called sumer. It has Autumn, Spring launch.');
    await inkwell.slack.as(ANA).close(modal());
  });

  test('is closed in its form: it is offered no more, and the channel says so', async () => {
    await openProjects(MARCUS);
    await edit(MARCUS, 'Spring launch');
    await submit(MARCUS, { state: 'closed' });
    expect(words(MARCUS)).toContain('Saved: The project Spring launch was closed.');
    expect(words(MARCUS)).toContain('closed · iteration');
    expect(await answer(ANA, '/credits', 'project')).toContain('It’s closed, so no images are made');
    await click(MARCUS, 'home_undo');
    expect(project('Spring launch').closedAt).toBeNull();
  });

  test('owners close and reopen a client; managers are not offered it, and may not', async () => {
    await openProjects(MARCUS);
    expect(JSON.stringify(home(MARCUS).blocks)).not.toContain('home_close_client');
    await openProjects(OLIVIA);
    await click(OLIVIA, 'home_close_client');
    expect(state().clients.get('northwind')?.closedAt).not.toBeNull();
    expect(words(OLIVIA)).toContain('Saved: Northwind Coffee was closed.');
    expect(words(OLIVIA)).toContain('Northwind Coffee · closed');
    expect(JSON.stringify(home(OLIVIA).blocks)).not.toContain('home_create_project');
    await click(OLIVIA, 'home_reopen_client');
    expect(state().clients.get('northwind')?.closedAt).toBeNull();
    await click(OLIVIA, 'home_all_clients');
    expect(words(OLIVIA)).toContain('Clients · 1');
  });

  test('a hundred of them are paged', async () => {
    await decide(
      ...Array.from({ length: 100 }, (_, at): CommandBody => {
        const name = `Wave ${String(at + 1).padStart(3, '0')}`;
        const made = { projectId: `wave-${at}`, clientId: 'northwind', dueAt: null, stage: 'concept' } as const;
        return { kind: 'create_project', name, ...made };
      }),
    );
    await openProjects(OLIVIA);
    expect(words(OLIVIA)).toContain('1–20 of 102');
    await click(OLIVIA, 'home_page');
    expect(words(OLIVIA)).toContain('21–40 of 102');
    expect(words(OLIVIA)).toContain('Wave 030');
    await click(OLIVIA, 'home_project', { blockId: 'project.wave-29' });
    await submit(OLIVIA, { total: '10' });
    expect(words(OLIVIA)).toContain('21–40 of 102');
    expect(words(OLIVIA)).toContain('0 of 10 used');
    expect(await answer(ANA, '/credits', 'project')).toContain('and 82 more, in Inkwell’s Home');
    await inkwell.slack.as(ANA).command('/imagine', '', { channelId: NORTHWIND });
    await inkwell.idle();
    await submit(ANA, { prompt: 'a fox', 'project.northwind': 'wave-99' });
    expect(inkwell.requests).toMatchObject([{ project: 'wave-99' }]);
  });

  test('where people from outside are, what one full member reads alone holds the projects, and binding works', async () => {
    await inkwell.world.channels.forget({ channelId: NORTHWIND });
    const audience = inkwell.world.channels.audience;
    let formFace: 'internal' | 'shared' = 'internal';
    inkwell.world.channels.audience = async (channelId) => (channelId === null ? formFace : 'shared');
    expect(await answer(ANA, '/credits', 'project')).toMatch(/Spring launch.*Only you can see this/s);
    expect(await answer(ANA, '/credits', '')).toContain('Spring launch, this channel’s project');
    expect(await answer(MARCUS, '/credits', 'project autumn')).toContain('now count toward Autumn');
    await decide(
      { kind: 'create_client', clientId: 'atlas', name: 'Atlas' },
      { kind: 'create_project', projectId: 'secret', clientId: 'atlas', name: 'Secret', dueAt: null, stage: 'concept' },
    );
    await inkwell.slack.as(ANA).command('/imagine', '--project autumn', { channelId: NORTHWIND });
    await inkwell.idle();
    // In the form, which nobody else sees, there are the projects of this channel's client, and of no other.
    const drawn = JSON.stringify(modal().blocks);
    expect(drawn).toMatch(/Autumn.*Spring launch/s);
    expect(drawn).toContain('No message here names it');
    expect(drawn).not.toMatch(/of 1,200|Secret/);
    await inkwell.slack.as(ANA).close(modal());
    formFace = 'shared';
    await inkwell.slack.as(ANA).command('/imagine', '--project autumn', { channelId: NORTHWIND });
    await inkwell.idle();
    expect(wordsIn(modal().blocks)).not.toMatch(/Autumn|Spring|Wave/);
    // Other words than before: the same ones within three seconds are one click.
    await submit(ANA, { prompt: 'a fox among strangers' });
    expect(inkwell.requests).toMatchObject([{ project: project('Autumn').projectId }]);
    inkwell.world.channels.audience = audience;
  });
});
