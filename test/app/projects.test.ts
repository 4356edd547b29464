import { beforeEach, describe, expect, test } from 'vitest';
import type { ImageInput } from '../../src/app/inputs.ts';
import { projectAccount } from '../../src/ledger/accounts.ts';
import { usageOf } from '../../src/ledger/usage/standings.ts';
import { clicking } from '../support/requester.ts';
import {
  bindProject,
  changeProject,
  createProject,
  repeatImage,
  requestImage,
  setClientClosed,
  setLimit,
  setProjectClosed,
  showCredits,
  showHome,
  showProjects,
} from '../support/verbs.ts';
import { ANA, CHANNEL, CLIENT, createWorld, MARCUS, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';

const THREAD = '1700000000.000100';

let world: TestWorld;
let deliveries = 0;
const by = (memberId: string) => ({ deliveryId: `d${++deliveries}`, by: memberId });
const notes = () => world.messenger.told.map(({ note }) => note);
const sheets = () => world.messenger.sheets.map(({ drawn }) => drawn);
const used = (projectId: string) => usageOf(world.book.now(), projectAccount(projectId), 'total').usedCredits;

beforeEach(async () => {
  world = await createWorld();
  await openAgency(world);
});

async function create(name: string, more: { dueOn?: string | null; clientId?: string } = {}): Promise<string> {
  const { dueOn = null, clientId = CLIENT } = more;
  const created = await createProject(world, { ...by(MARCUS), clientId, name, dueOn, stage: 'iteration' });
  if (!created.ok) throw new Error(JSON.stringify(created.refusal));
  return created.projectId ?? '';
}

async function ask(given: Partial<ImageInput> & { threadTs?: string | null } = {}): Promise<string> {
  const { threadTs = null, ...input } = given;
  const deliveryId = input.deliveryId ?? `job-${++deliveries}`;
  await requestImage(world, {
    deliveryId,
    ...clicking(ANA, CHANNEL, { threadTs }),
    prompt: 'a fox',
    options: {},
    imagesCount: 1,
    stage: null,
    project: null,
    from: 'channel',
    ...input,
  });
  return deliveryId;
}

const bind = (project: string | null, threadTs: string | null = null) =>
  bindProject(world, { ...by(MARCUS), place: { channelId: CHANNEL, threadId: threadTs }, project });

describe('a project that is named', () => {
  test.each(['Spring launch', 'spring LAUNCH', 'ｓpring launch'])(
    'is found as people see its name: %s',
    async (typed) => {
      const spring = await create('Spring launch');
      await ask({ project: typed });
      expect(used(spring)).toBe(4);
      expect(sheets()).toMatchObject([
        { projectName: 'Spring launch', job: { projectId: spring, stage: 'iteration' } },
      ]);
    },
  );

  test('is found by its id, and a stage that is said counts', async () => {
    const spring = await create('Spring launch');
    await ask({ project: spring, stage: 'final' });
    expect(used(spring)).toBe(4);
    expect(sheets()).toMatchObject([{ job: { stage: 'final' } }]);
  });

  test('comes before the one that the channel is bound to', async () => {
    const [spring, autumn] = [await create('Spring launch'), await create('Autumn')];
    await bind('Spring launch');
    await ask({ project: 'Autumn' });
    expect([used(spring), used(autumn)]).toEqual([0, 4]);
  });

  test('is not found among the projects of other clients, and nothing is made', async () => {
    await world.book.submit({
      commandId: 'other',
      by: OLIVIA,
      kind: 'create_client',
      clientId: 'atlas',
      name: 'Atlas',
    });
    const created = { ...by(OLIVIA), clientId: 'atlas', name: 'Catalogue', dueOn: null, stage: 'final' } as const;
    await createProject(world, created);
    await create('Spring launch');
    await ask({ project: 'Catalogue' });
    expect(notes()).toEqual([
      {
        kind: 'project_wrong',
        problem: { reason: 'unknown', typed: 'Catalogue', openNames: ['Spring launch'] },
        audience: 'internal',
        helpers: [],
        prompt: 'a fox',
      },
    ]);
    expect(world.maker.requests).toEqual([]);
  });

  test('is closed: that is said, and who can reopen it', async () => {
    const spring = await create('Spring launch');
    await setProjectClosed(world, { ...by(MARCUS), projectId: spring, isClosed: true });
    await ask({ project: 'Spring launch' });
    expect(notes()).toMatchObject([
      { kind: 'project_wrong', problem: { reason: 'closed', name: 'Spring launch' }, helpers: [MARCUS, OLIVIA] },
    ]);
  });

  test('is the open one where a closed one had the name before, which then is not opened again beside it', async () => {
    const first = await create('Spring launch');
    await setProjectClosed(world, { ...by(MARCUS), projectId: first, isClosed: true });
    const second = await create('Spring launch');
    await ask({ project: 'Spring launch' });
    expect([used(first), used(second)]).toEqual([0, 4]);
    const reopened = await setProjectClosed(world, { ...by(MARCUS), projectId: first, isClosed: false });
    expect(reopened).toMatchObject({ ok: false, refusal: { reason: 'name_in_use' } });
  });

  test('is the same request when the delivery comes again, and another one is noticed', async () => {
    const spring = await create('Spring launch');
    await ask({ deliveryId: 'twice', project: 'Spring launch' });
    await ask({ deliveryId: 'twice', project: 'Spring launch' });
    expect(used(spring)).toBe(4);
    await ask({ deliveryId: 'twice' });
    expect(notes()).toEqual([{ kind: 'id_reused' }]);
  });
});

describe('a place that is bound to a project', () => {
  test('needs no tag; a thread comes before its channel', async () => {
    const [spring, autumn] = [await create('Spring launch'), await create('Autumn')];
    await bind('Spring launch');
    expect(await bind('autumn', THREAD)).toEqual({ ok: true, projectName: 'Autumn' });
    await ask();
    await ask({ threadTs: THREAD, imagesCount: 2 });
    expect([used(spring), used(autumn)]).toEqual([4, 8]);
    expect(await bind(null, THREAD)).toEqual({ ok: true, projectName: null });
    await ask({ threadTs: THREAD });
    expect([used(spring), used(autumn)]).toEqual([8, 8]);
  });

  test('refuses at once when its project is closed, by name', async () => {
    const spring = await create('Spring launch');
    await bind('Spring launch');
    await setProjectClosed(world, { ...by(MARCUS), projectId: spring, isClosed: true });
    await ask();
    expect(notes()).toMatchObject([
      {
        kind: 'refused',
        refusal: { reason: 'project_closed' },
        names: { [projectAccount(spring)]: 'Spring launch' },
        helpers: [MARCUS, OLIVIA],
      },
    ]);
  });

  test('is bound by owners and the client’s managers, and to no project of another client', async () => {
    const spring = await create('Spring launch');
    const binding = (channelId: string) => ({ place: { channelId, threadId: null }, project: spring });
    expect(await bindProject(world, { ...by(ANA), ...binding(CHANNEL) })).toMatchObject({
      refusal: { reason: 'not_allowed', action: 'bind_project' },
    });
    expect(await bindProject(world, { ...by(MARCUS), ...binding('C0PITCH') })).toMatchObject({
      refusal: { reason: 'channel_unbound' },
    });
    await world.book.submit({ commandId: 'c', by: OLIVIA, kind: 'create_client', clientId: 'atlas', name: 'Atlas' });
    const decide = { kind: 'bind_channel', channelId: 'C0ATLAS', clientId: 'atlas', ifUnbound: true } as const;
    await world.book.submit({ commandId: 'b', by: OLIVIA, ...decide });
    expect(await bindProject(world, { ...by(OLIVIA), ...binding('C0ATLAS') })).toMatchObject({
      refusal: { reason: 'project_of_other_client' },
    });
  });
});

describe('a project’s budget', () => {
  test('binds besides the client’s, and a refusal says its name', async () => {
    const spring = await create('Spring launch');
    const budget = { account: projectAccount(spring), window: 'total' as const };
    expect(await setLimit(world, { ...by(MARCUS), ...budget, limitCredits: 6 })).toEqual({ ok: true });
    await ask({ project: spring });
    await ask({ project: spring });
    expect(used(spring)).toBe(4);
    expect(notes()).toMatchObject([
      {
        kind: 'refused',
        refusal: { reason: 'limit_exceeded', binding: { account: projectAccount(spring) } },
        names: { [projectAccount(spring)]: 'Spring launch' },
        helpers: [MARCUS, OLIVIA],
      },
    ]);
  });

  test('is changed without changing what happens over it', async () => {
    const spring = await create('Spring launch');
    const budget = { account: projectAccount(spring), window: 'total' as const };
    await setLimit(world, { ...by(OLIVIA), ...budget, limitCredits: 6, over: 'warn' });
    await setLimit(world, { ...by(OLIVIA), ...budget, limitCredits: 9 });
    expect(world.book.now().limits.get(budget.account)).toMatchObject([{ limitCredits: 9, over: 'warn' }]);
  });

  test('is shown where the project is bound, with when it is due', async () => {
    const spring = await create('Spring launch', { dueOn: '2026-11-22' });
    await setLimit(world, { ...by(OLIVIA), account: projectAccount(spring), window: 'total', limitCredits: 100 });
    await bind('Spring launch');
    await ask();
    const seen = await showCredits(world, { by: ANA, place: { channelId: CHANNEL, threadId: null } });
    expect(seen.project).toMatchObject({ name: 'Spring launch', of: 'channel', standings: [{ availableCredits: 96 }] });
    const look = { by: ANA, place: { channelId: CHANNEL, threadId: THREAD }, typed: 'spring launch' };
    expect(await showProjects(world, look)).toMatchObject({
      client: { clientId: CLIENT },
      bound: { of: 'channel' },
      chosenId: spring,
      mayBind: false,
      makes: true,
      projects: [{ name: 'Spring launch', budgetCredits: 100, usedCredits: 4, dueOn: '2026-11-22', isOverdue: true }],
    });
    await world.book.submit({ commandId: 'viewer', by: OLIVIA, kind: 'set_role', memberId: ANA, role: 'viewer' });
    expect(await showProjects(world, look)).toMatchObject({ chosenId: spring, makes: false });
    await changeProject(world, {
      ...by(MARCUS),
      projectId: spring,
      name: 'Spring',
      dueOn: '2026-11-23',
      stage: 'final',
    });
    const { setup } = await showHome(world, { by: MARCUS });
    expect(setup?.clients).toMatchObject([
      { projects: [{ name: 'Spring', dueOn: '2026-11-23', isOverdue: false, channelIds: [CHANNEL] }] },
    ]);
  });
});

describe('again', () => {
  test('keeps the project that the images counted for, also when the channel is bound to another one by now', async () => {
    const [spring, autumn] = [await create('Spring launch'), await create('Autumn')];
    await bind('Spring launch');
    const jobId = await ask();
    await bind('Autumn');
    await repeatImage(world, { deliveryId: 'again', ...clicking(ANA, CHANNEL), jobId });
    expect([used(spring), used(autumn)]).toEqual([8, 0]);
  });
});

describe('a client', () => {
  test('that is closed stops spending at once, and goes on when it is reopened', async () => {
    expect(await setClientClosed(world, { ...by(MARCUS), clientId: CLIENT, isClosed: true })).toMatchObject({
      refusal: { reason: 'not_allowed' },
    });
    expect(await setClientClosed(world, { ...by(OLIVIA), clientId: CLIENT, isClosed: true })).toEqual({ ok: true });
    await ask();
    expect(notes()).toMatchObject([
      { kind: 'refused', refusal: { reason: 'client_closed' }, names: { [`client:${CLIENT}`]: 'Northwind Coffee' } },
    ]);
    await setClientClosed(world, { ...by(OLIVIA), clientId: CLIENT, isClosed: false });
    await ask();
    expect(sheets()).toHaveLength(1);
  });
});

describe('a due date', () => {
  test.each(['2026-02-30', 'soon', '26-1-1'])('that is none is refused: %s', async (dueOn) => {
    const created = { ...by(MARCUS), clientId: CLIENT, name: 'Spring', dueOn, stage: 'final' } as const;
    expect(await createProject(world, created)).toMatchObject({ refusal: { reason: 'invalid', field: 'dueAt' } });
  });
});
