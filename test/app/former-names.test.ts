import { beforeEach, describe, expect, test } from 'vitest';
import { recentChanges as changesOfLimits } from '../../src/app/limits/recent-changes.ts';
import { tellAffected } from '../../src/app/limits/tell-affected.ts';
import { recentChanges } from '../../src/app/people/recent-changes.ts';
import { showChanges } from '../../src/app/people/show-changes.ts';
import type { AccountId } from '../../src/ledger/accounts.ts';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import { words } from '../../src/slack/kit/message.ts';
import { cardMessage } from '../../src/slack/messenger/card.ts';
import { describeRow } from '../../src/words/describe-change.ts';
import { actsIn } from '../support/acts.ts';
import { ANA, CLIENT, createWorld, MARCUS, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';

/** A history tells a change with the names of its time. What was renamed since is found by the row that renamed it. */

let world: TestWorld;
const { as } = actsIn(() => world);
const limit = (account: AccountId, limitCredits: number) =>
  ({ kind: 'set_limit', account, window: 'month', limitCredits, over: 'refuse', rollOverMaxCredits: null }) as const;
const rename = (name: string): CommandBody => ({ kind: 'rename_client', clientId: CLIENT, name });

/** What a reader of Home sees, newest first: on the page of changes, and in the overview. */
async function rows(rowsMax: number, at = world): Promise<string[][]> {
  const page = await showChanges(at, { by: OLIVIA, page: 0 });
  const overview = await recentChanges(at, await at.book.read(), { by: OLIVIA, rowsMax });
  return [page, overview].map((view) =>
    (view?.rows ?? []).slice(0, rowsMax).map((row) => words([describeRow(row, view?.names ?? {})])),
  );
}

beforeEach(async () => {
  world = await createWorld();
  await openAgency(world);
  await as(OLIVIA, { kind: 'add_member', memberId: ANA, role: 'creator' });
});

const SUBJECTS: [string, AccountId, CommandBody[], (name: string) => CommandBody][] = [
  ['client', `client:${CLIENT}`, [rename('Old Name')], rename],
  ['client, of a limit for a person there', `member:${ANA}@client:${CLIENT}`, [rename('Old Name')], rename],
  [
    'team',
    'team:design',
    [{ kind: 'create_team', teamId: 'design', name: 'Old Name' }],
    (name) => ({ kind: 'rename_team', teamId: 'design', name }),
  ],
  [
    'project',
    'project:spring',
    [
      {
        kind: 'create_project',
        projectId: 'spring',
        clientId: CLIENT,
        name: 'Old Name',
        dueAt: null,
        stage: 'concept',
      },
    ],
    (name) => ({ kind: 'change_project', projectId: 'spring', name, dueAt: null, stage: 'final' }),
  ],
];

describe.each(SUBJECTS)('a %s that is renamed', (_what, account, given, renamed) => {
  test.each(['in the same process', 'in one that starts later'])('keeps its names in old rows: %s', async (where) => {
    await as(OLIVIA, ...given, limit(account, 50), renamed('New Name'), limit(account, 40));
    await as(OLIVIA, renamed('Newest Name'), limit(account, 30));
    const at = where === 'in the same process' ? world : await createWorld({ ...world, processId: 'p2' });
    for (const [newest, second, middle, first, oldest] of await rows(5, at)) {
      expect(newest).toMatch(/Newest Name.*30 credits/);
      expect(second).toMatch(/Newest Name/);
      expect(middle).toMatch(/New Name.*40 credits/);
      expect(first).toMatch(/New Name/);
      expect(oldest).toMatch(/Old Name.*50 credits/);
    }
  });

  test('and gets its name back, has each where it held', async () => {
    await as(OLIVIA, ...given, limit(account, 50), renamed('New Name'), limit(account, 40));
    await as(OLIVIA, renamed('Old Name'), limit(account, 30));
    for (const [newest, , middle, , oldest] of await rows(5)) {
      expect([newest, middle, oldest]).toEqual([
        expect.stringContaining('Old Name'),
        expect.stringContaining('New Name'),
        expect.stringContaining('Old Name'),
      ]);
    }
  });
});

test('a team that was deleted, or restored, keeps its names in old rows', async () => {
  await as(OLIVIA, { kind: 'create_team', teamId: 'design', name: 'Old Name' }, limit('team:design', 50));
  await as(OLIVIA, { kind: 'rename_team', teamId: 'design', name: 'New Name' }, limit('team:design', 40));
  await as(OLIVIA, { kind: 'delete_team', teamId: 'design' });
  for (const found of await rows(4)) {
    expect(found[0]).toContain('New Name');
    expect(found[1]).toMatch(/New Name.*40/);
    expect(found[3]).toMatch(/Old Name.*50/);
  }
  await as(OLIVIA, { kind: 'restore_team', teamId: 'design' });
  for (const found of await rows(5)) expect(found[4]).toMatch(/Old Name.*50/);
});

test('a project whose date alone is changed has no other name', async () => {
  const project = { projectId: 'spring', name: 'Spring', dueAt: null, stage: 'concept' } as const;
  await as(OLIVIA, { kind: 'create_project', clientId: CLIENT, ...project });
  await as(OLIVIA, { kind: 'change_project', ...project, stage: 'final' });
  expect(world.book.now().projects.get('spring')).not.toHaveProperty('formerNames');
});

test('the last changes of a limit name the other side of a move as it was called then', async () => {
  await as(OLIVIA, { kind: 'create_client', clientId: 'nova', name: 'Nova' }, limit('client:nova', 50));
  const move = { kind: 'move_budget', from: 'client:nova', to: `client:${CLIENT}`, window: 'month' } as const;
  await as(OLIVIA, { ...move, amountCredits: 5 });
  await as(OLIVIA, { kind: 'rename_client', clientId: 'nova', name: 'Supernova' }, { ...move, amountCredits: 6 });
  const query = { by: OLIVIA, account: `client:${CLIENT}`, at: world.clock.now() } as const;
  const changes = await changesOfLimits(world, world.book.now(), query);
  expect(changes.slice(0, 2)).toMatchObject([{ other: { name: 'Supernova' } }, { other: { name: 'Nova' } }]);
});

test('news says the name that the change was made under, and no name that its reader may not know', async () => {
  await as(OLIVIA, { kind: 'create_client', clientId: 'nova', name: 'Nova' }, limit('client:nova', 50));
  await world.clock.advance(20 * 60_000);
  await as(OLIVIA, {
    ...{ kind: 'move_budget', from: 'client:nova', to: `client:${CLIENT}` },
    ...{ window: 'month', amountCredits: 5 },
  });
  await as(OLIVIA, rename('Northwind Roasters'), { kind: 'rename_client', clientId: 'nova', name: 'Supernova' });
  await tellAffected(world);
  const toMarcus = world.messenger.news.filter(({ memberId }) => memberId === MARCUS);
  expect(toMarcus.map(({ card }) => cardMessage(card).text)).toEqual([
    expect.stringContaining('5 credits moved to Northwind Coffee'),
  ]);
  expect(JSON.stringify(toMarcus)).not.toMatch(/Nova|Supernova/);
});
