import { beforeEach, describe, expect, test } from 'vitest';
import type { PeopleLook } from '../../src/app/people/people-view.ts';
import { showChanges } from '../../src/app/people/show-changes.ts';
import { type CommandBody, INKWELL } from '../../src/ledger/commands/commands.ts';
import type { Line } from '../../src/ledger/lines.ts';
import { PeopleFault } from '../../src/ports/ports.ts';
import { actsIn } from '../support/acts.ts';
import { showPeople, showPerson, showTeams } from '../support/verbs.ts';
import {
  ANA,
  BEN,
  CLIENT,
  createWorld,
  GINA,
  MARCUS,
  OLIVIA,
  openAgency,
  type TestWorld,
  WORKSPACE,
} from '../support/world.ts';

let world: TestWorld;
const { as, spend } = actsIn(() => world);

beforeEach(async () => {
  world = await createWorld();
  await openAgency(world);
  const add = (memberId: string, role: 'creator' | 'viewer'): CommandBody => ({ kind: 'add_member', memberId, role });
  await as(INKWELL, add(ANA, 'creator'), add(BEN, 'creator'), add(GINA, 'viewer'));
  await as(
    OLIVIA,
    { kind: 'create_team', teamId: 'design', name: 'Design' },
    { kind: 'create_team', teamId: 'film', name: 'Film' },
    { kind: 'set_teams', memberId: ANA, teamIds: ['design'] },
    { kind: 'create_client', clientId: 'nova', name: 'Nova Walrus' },
    { kind: 'bind_channel', channelId: 'C0NOVA', clientId: 'nova', ifUnbound: true },
    { kind: 'set_manages', memberId: MARCUS, clientIds: [CLIENT], teamIds: ['design'] },
  );
});

const people = (by: string, look: Partial<PeopleLook> = {}) =>
  showPeople(world, { by, find: '', filter: 'all', page: 0, ...look });
const found = async (by: string, look: Partial<PeopleLook> = {}) =>
  (await people(by, look))?.rows.map(({ memberId }) => memberId);

describe('the people somebody sees', () => {
  test('are all for an owner, those who look after things first', async () => {
    expect(await found(OLIVIA)).toEqual([OLIVIA, MARCUS, ANA, BEN, GINA]);
  });

  test('are none for creators, viewers, and whoever is no full member now', async () => {
    expect(await people(ANA)).toBeNull();
    expect(await people(GINA)).toBeNull();
    world.channels.audience = async () => 'shared';
    expect(await people(OLIVIA)).toBeNull();
    expect(await showPerson(world, { by: OLIVIA, memberId: ANA })).toBeNull();
    expect(await showChanges(world, { by: OLIVIA, page: 0 })).toBeNull();
  });

  test('are a manager’s own: their team in full, and of others what they used of their clients', async () => {
    await spend(ANA, 5);
    await spend(ANA, 3, 'C0NOVA');
    await spend(BEN, 7);
    await spend(BEN, 11, 'C0NOVA');
    expect(await found(MARCUS)).toEqual([MARCUS, ANA, BEN]);
    const rows = (await people(MARCUS))?.rows;
    expect(rows?.find(({ memberId }) => memberId === ANA)).toMatchObject({ figures: 'all', usedThisMonthCredits: 8 });
    expect(rows?.find(({ memberId }) => memberId === BEN)).toMatchObject({
      figures: 'of_clients',
      usedThisMonthCredits: 7,
      standings: [],
    });
    expect(JSON.stringify(await people(MARCUS))).not.toContain('Nova Walrus');
  });

  test.each([
    ['ana', [ANA]],
    ['ANA creator', [ANA]],
    ['design', [ANA]],
    ['@ben', [BEN]],
    ['manager', [MARCUS]],
    ['U0GINA', [GINA]],
    ['nobody', []],
  ])('are found by name, id, role and team: %s', async (find, who) => {
    expect(await found(OLIVIA, { find })).toEqual(who);
  });

  test('are found without names where Slack cannot be asked, and that is said', async () => {
    world.people.names = () => Promise.reject(new PeopleFault('timeout'));
    const view = await people(OLIVIA, { find: 'U0BEN' });
    expect(view).toMatchObject({ withoutNames: true, rows: [{ memberId: BEN }] });
  });

  test('are filtered: managers, suspended, removed; and removed people are only there', async () => {
    await as(
      OLIVIA,
      { kind: 'suspend_member', memberId: ANA, reason: '' },
      { kind: 'remove_member', memberId: BEN, reason: '' },
    );
    expect(await found(OLIVIA, { filter: 'managers' })).toEqual([OLIVIA, MARCUS]);
    expect(await found(OLIVIA, { filter: 'suspended' })).toEqual([ANA]);
    expect(await found(OLIVIA, { filter: 'removed' })).toEqual([BEN]);
    expect(await found(OLIVIA)).not.toContain(BEN);
  });

  test('come twenty a page, quickly, also where there are a thousand', async () => {
    const many = Array.from({ length: 1_000 }, (_, index) => `U${String(index).padStart(6, '0')}`);
    await Promise.all(many.map((memberId) => as(INKWELL, { kind: 'add_member', memberId, role: 'creator' })));
    world.people.names = async () => new Map(many.map((memberId, index) => [memberId, `Person ${index} Ümlaut`]));
    const view = await people(OLIVIA, { page: 50 });
    expect(view).toMatchObject({ foundCount: 1_005, pagesCount: 51, look: { page: 50 } });
    expect(view?.rows).toHaveLength(5);
    expect((await people(OLIVIA, { page: 9_999 }))?.look.page).toBe(50);
    const begun = performance.now();
    expect(await found(OLIVIA, { find: 'umlaut 999' })).toEqual(['U000999']);
    expect(performance.now() - begun).toBeLessThan(500);
  });
});

describe('one person', () => {
  const mays = async (by: string, memberId: string) => {
    const person = await showPerson(world, { by, memberId });
    return Object.entries(person?.may ?? {}).flatMap(([what, may]) => (may ? [what] : []));
  };

  test('is offered what the ledger lets one do, and nothing else', async () => {
    expect(await mays(OLIVIA, ANA)).toEqual([
      'setRole',
      'setTeams',
      'setManages',
      'suspend',
      'remove',
      'limit',
      'rule',
    ]);
    expect(await mays(MARCUS, ANA)).toEqual(['suspend', 'remove', 'limit', 'rule']);
    expect(await mays(MARCUS, MARCUS)).toEqual([]);
    expect(await showPerson(world, { by: MARCUS, memberId: BEN })).toBeNull();
    expect(await showPerson(world, { by: ANA, memberId: BEN })).toBeNull();
  });

  test('is neither suspended nor removed as the last owner, and brought back only once removed', async () => {
    expect(await mays(OLIVIA, OLIVIA)).toEqual(['setRole', 'setTeams', 'setManages', 'limit', 'rule']);
    expect((await showPerson(world, { by: OLIVIA, memberId: OLIVIA }))?.isLastOwner).toBe(true);
    await as(OLIVIA, { kind: 'remove_member', memberId: ANA, reason: '' });
    expect(await mays(OLIVIA, ANA)).toEqual(['bringBack']);
  });
});

describe('teams', () => {
  test('are a manager’s own, with who is in the one that was named', async () => {
    await spend(ANA, 5);
    expect((await showTeams(world, { by: OLIVIA, named: '' }))?.teams.map(({ name }) => name)).toEqual([
      'Design',
      'Film',
    ]);
    expect(await showTeams(world, { by: MARCUS, named: 'design' })).toMatchObject({
      teams: [{ name: 'Design', membersCount: 1, members: [{ memberId: ANA, usedThisMonthCredits: 5 }] }],
    });
    expect(await showTeams(world, { by: MARCUS, named: 'Film' })).toEqual({ teams: [], isUnknown: true });
    expect(await showTeams(world, { by: ANA, named: '' })).toBeNull();
  });
});

describe('the last changes', () => {
  const kinds = async (by: string, page = 0) =>
    (await showChanges(world, { by, page }))?.rows.map(({ facts }) => facts.kind);

  test('are all for an owner, newest first, and nothing that was spent', async () => {
    await spend(ANA, 5);
    const all = await kinds(OLIVIA);
    expect(all?.[0]).toBe('manages_set');
    expect(all?.at(-1)).toBe('workspace_opened');
    expect(all).not.toContain('held');
  });

  test('are a manager’s own, and none of another client', async () => {
    const view = await showChanges(world, { by: MARCUS, page: 0 });
    expect(view?.rows.map(({ facts }) => facts.kind).sort()).toEqual(
      ['channel_bound', 'client_created', 'limit_set', 'member_added', 'team_created', 'teams_set'].sort(),
    );
    expect(JSON.stringify(view)).not.toContain('Nova Walrus');
    expect(await kinds(ANA)).toBeUndefined();
  });

  test('leave out what changed nothing, also in lines of earlier versions', async () => {
    await as(OLIVIA, { kind: 'rename_client', clientId: CLIENT, name: 'Twice' });
    const { journal, book } = world;
    const first = book.now().seq;
    const [line] = await journal.read({ workspace: WORKSPACE, afterSeq: first - 1, linesMax: 1 });
    const [added] = (await journal.read({ workspace: WORKSPACE, afterSeq: 0, linesMax: 50 })).filter(
      (each) => each.kind === 'member_added' && each.memberId === ANA,
    );
    const later = { at: book.now().lastAt + 1_000, commandHash: 'x' };
    await journal.append([
      { ...line!, ...later, seq: first + 1, commandId: 'old-1' },
      { ...added!, ...later, seq: first + 2, commandId: 'old-2', by: OLIVIA },
    ] as Line[]);
    await book.read();
    const view = await showChanges(world, { by: OLIVIA, page: 0 });
    expect(view?.rows[0]).toMatchObject({ seq: first, facts: { kind: 'client_renamed', name: 'Twice' } });
  });

  test('come by in pages, each once', async () => {
    for (let count = 0; count < 45; count += 1)
      await as(OLIVIA, { kind: 'rename_client', clientId: CLIENT, name: `Name ${count}` });
    const all = [];
    for (let page = 0; page < 4; page += 1) {
      const view = await showChanges(world, { by: OLIVIA, page });
      all.push(...(view?.rows ?? []).map(({ seq }) => seq));
      expect(view?.hasMore).toBe(page < 2);
    }
    expect(new Set(all).size).toBe(all.length);
    expect(all).toEqual(all.toSorted((a, b) => b - a));
  });

  test('are looked for in the last 5,000 lines, however long the journal is', async () => {
    await as(OLIVIA, { kind: 'rename_client', clientId: CLIENT, name: 'Long ago' });
    const wishes = Array.from({ length: 5_200 }, (_, index) => ({ commandId: `no-${index}`, by: BEN }));
    await Promise.all(
      wishes.map((each) => world.book.submit({ ...each, kind: 'create_client', clientId: 'x', name: 'x' })),
    );
    let linesCount = 0;
    const { read } = world.journal;
    world.journal.read = async (query) => {
      linesCount += query.linesMax;
      return await read(query);
    };
    const view = await showChanges(world, { by: OLIVIA, page: 0 });
    expect(view).toMatchObject({ rows: [], hasMore: false, lookedBackEnough: false });
    expect(linesCount).toBeLessThanOrEqual(5_000 + 256);
  });
});
