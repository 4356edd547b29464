import { beforeEach, describe, expect, test } from 'vitest';
import type { ReportQuestion } from '../../src/app/reports/report-view.ts';
import { type CommandBody, INKWELL } from '../../src/ledger/commands/commands.ts';
import { bestValue } from '../../src/reports/value.ts';
import { reportCsv } from '../../src/words/report-csv.ts';
import { actsIn } from '../support/acts.ts';
import { showReport } from '../support/verbs.ts';
import {
  ANA,
  BEN,
  CHANNEL,
  CLIENT,
  createWorld,
  GINA,
  MARCUS,
  OLIVIA,
  openAgency,
  type TestWorld,
} from '../support/world.ts';

let world: TestWorld;
const { as, spend } = actsIn(() => world);
const ask = (by: string, given: Partial<ReportQuestion> = {}) =>
  showReport(world, { by, channelId: null, kind: null, named: '', memberId: null, dimension: null, ...given });
const viewOf = async (by: string, given: Partial<ReportQuestion> = {}) => {
  const answer = await ask(by, given);
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return answer.view;
};

beforeEach(async () => {
  world = await createWorld();
  await openAgency(world);
  await as(
    INKWELL,
    { kind: 'add_member', memberId: ANA, role: 'creator' },
    { kind: 'add_member', memberId: BEN, role: 'creator' },
    { kind: 'add_member', memberId: GINA, role: 'viewer' },
  );
  await as(
    OLIVIA,
    { kind: 'create_team', teamId: 'design', name: 'Design' },
    { kind: 'set_teams', memberId: ANA, teamIds: ['design'] },
    { kind: 'create_client', clientId: 'nova', name: 'Nova Walrus' },
    { kind: 'bind_channel', channelId: 'C0NOVA', clientId: 'nova', ifUnbound: true },
    { kind: 'set_manages', memberId: MARCUS, clientIds: [CLIENT], teamIds: ['design'] },
  );
  await spend(ANA, 5);
  await spend(ANA, 3, 'C0NOVA');
  await spend(BEN, 7);
  await spend(BEN, 11, 'C0NOVA', 'other');
});

describe('a report', () => {
  test('of everything is the whole agency for an owner, and a manager’s clients for a manager', async () => {
    const all = await viewOf(OLIVIA);
    expect(all).toMatchObject({ subject: { kind: 'all' }, isOfManaged: false, total: { credits: 26, imagesCount: 4 } });
    expect(all.rows.map(({ name, usage }) => [name, usage.credits])).toEqual([
      ['Nova Walrus', 14],
      [world.book.now().clients.get(CLIENT)?.name, 12],
    ]);
    expect(await viewOf(MARCUS)).toMatchObject({
      isOfManaged: true,
      total: { credits: 12 },
      creditValueMicroUsd: null,
    });
  });

  test('in a client’s channel is of that client, for those who look after it', async () => {
    expect(await viewOf(MARCUS, { channelId: CHANNEL })).toMatchObject({
      subject: { kind: 'client', clientId: CLIENT },
      by: 'member',
      rows: [
        { value: BEN, usage: { credits: 7 } },
        { value: ANA, usage: { credits: 5 } },
      ],
    });
    expect(await viewOf(MARCUS, { channelId: 'C0NOVA' })).toMatchObject({ subject: { kind: 'all' } });
  });

  test.each([ANA, BEN])('is of their own use for a creator, whatever channel they are in: %s', async (by) => {
    const view = await viewOf(by, { channelId: 'C0NOVA' });
    expect(view).toMatchObject({ subject: { kind: 'own', memberId: by } });
    expect(view.rows.map(({ name }) => name)).toContain('Nova Walrus');
  });

  test.each([
    [MARCUS, { named: 'Nova Walrus' }],
    [MARCUS, { named: 'client nova walrus'.slice(7) }],
    [ANA, { named: 'Design' }],
    [ANA, { memberId: BEN }],
    [GINA, { memberId: ANA }],
  ])('is not shown of what one may not see: %s %j', async (by, given) => {
    const answer = await ask(by, given);
    expect(answer.ok).toBe(false);
    expect(JSON.stringify(answer)).not.toMatch(/"usage"|"nova"/);
  });

  test('of a person who works for others too names only the manager’s own clients', async () => {
    const view = await viewOf(MARCUS, { memberId: ANA });
    expect(view.rows.map(({ name, value }) => name ?? value)).toEqual([
      world.book.now().clients.get(CLIENT)?.name,
      'others',
    ]);
    expect(await viewOf(MARCUS, { memberId: BEN })).toMatchObject({ total: { credits: 7 } });
  });

  test('takes a period and a name in any order, and the beginning of a name that is clear', async () => {
    for (const named of ['nova this month', 'this month Nova Walrus', 'NOVA']) {
      expect(await viewOf(OLIVIA, { named, dimension: 'model' })).toMatchObject({
        subject: { kind: 'client', clientId: 'nova' },
        rows: [
          { value: 'other', usage: { credits: 11 } },
          { value: 'sketch', usage: { credits: 3 } },
        ],
      });
    }
    expect(await viewOf(OLIVIA, { named: 'nova last year' })).toMatchObject({ total: { credits: 0 }, rows: [] });
  });

  test('is of what is called like a period, where that is the whole name', async () => {
    await as(OLIVIA, { kind: 'rename_client', clientId: 'nova', name: '2025 Campaign' });
    expect(await viewOf(OLIVIA, { named: '2025 Campaign' })).toMatchObject({
      subject: { clientId: 'nova' },
      total: { credits: 14 },
    });
  });

  test('of a project says whose it is, and asks which one where two clients have one of that name', async () => {
    const project = (projectId: string, clientId: string, name: string): CommandBody => ({
      ...({ kind: 'create_project', projectId, clientId, name, dueAt: null, stage: 'concept' } as const),
    });
    await as(OLIVIA, project('p1', CLIENT, 'Spring'), project('p2', 'nova', 'Fall'));
    expect(await viewOf(OLIVIA, { named: 'spring' })).toMatchObject({
      subject: { projectId: 'p1', name: 'Spring · Northwind Coffee' },
    });
    await as(OLIVIA, project('p3', 'nova', 'Spring'));
    expect(await ask(OLIVIA, { named: 'spring this month' })).toMatchObject({
      problem: 'unknown',
      near: ['Spring · Northwind Coffee', 'Spring · Nova Walrus'],
    });
    expect(await viewOf(OLIVIA, { named: 'Spring · Nova Walrus this month' })).toMatchObject({
      subject: { projectId: 'p3' },
    });
    expect(await viewOf(MARCUS, { named: 'Spring' })).toMatchObject({ subject: { projectId: 'p1' } });
  });

  test('says which names there are where one is not known', async () => {
    const answer = await ask(OLIVIA, { named: 'Globex' });
    expect(answer).toMatchObject({ ok: false, problem: 'unknown', typed: 'Globex' });
    expect(JSON.stringify(answer)).toContain('Nova Walrus');
  });

  test('is not shown where people from outside read along', async () => {
    world.channels.audience = async () => 'shared';
    expect(await ask(OLIVIA)).toEqual({ ok: false, problem: 'shared_channel', audience: 'shared' });
  });
});

describe('what credits bought', () => {
  test('is compared between rows that have enough kept images', async () => {
    const mark = async (by: string, channelId: string, count: number, credits: number) => {
      for (let n = 0; n < count; n += 1) {
        const holdId = await spend(by, credits, channelId);
        await as(by, { kind: 'mark_image', holdId, mark: n % 2 === 0 ? 'keep' : 'final' });
      }
    };
    await mark(ANA, CHANNEL, 6, 4);
    await mark(BEN, 'C0NOVA', 4, 1);
    expect(bestValue((await viewOf(OLIVIA)).rows)).toBeNull();
    await mark(BEN, 'C0NOVA', 1, 1);
    expect(bestValue((await viewOf(OLIVIA)).rows)).toMatchObject({
      best: { value: 'nova', usage: { keptCount: 5 } },
      least: { value: CLIENT, usage: { keptCount: 6, finalCount: 3, credits: 36 } },
    });
  });
});

describe('a report’s file', () => {
  test('has a byte order mark, a row for each, and no formula of anybody’s', async () => {
    await as(OLIVIA, { kind: 'rename_client', clientId: 'nova', name: '=HYPERLINK("x";"y")' });
    const csv = reportCsv(await viewOf(OLIVIA), () => '');
    const [head, first] = csv.split('\r\n');
    expect(head?.startsWith('\ufefffrom,to,client_id,client,requests')).toBe(true);
    expect(first).toContain(`nova,"'=HYPERLINK(""x"";""y"")",`);
    expect(head).toContain('provider_cost_micro_usd');
    expect(csv.trimEnd().split('\r\n')).toHaveLength(3);
  });

  test('has no money for a manager, and names of people', async () => {
    const csv = reportCsv(await viewOf(MARCUS, { channelId: CHANNEL }), (memberId) => `+${memberId}`);
    expect(csv).not.toContain('micro_usd');
    expect(csv).toContain(`${BEN},'+${BEN},`);
  });
});
