import { beforeEach, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app/app.ts';
import { PeopleFault } from '../../src/ports/ports.ts';
import { foundMessage } from '../../src/slack/credits/credits-named.ts';
import { createClient, setClientClosed } from '../support/verbs.ts';
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
  UNBOUND,
} from '../support/world.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await createWorld();
  await openAgency(world);
  for (const [id, name] of [
    ['atlas', 'Atlas Outdoor'],
    ['atlantic', 'Atlantic Line'],
  ] as const) {
    await createClient(world, { deliveryId: id, by: OLIVIA, name });
  }
  for (const by of [ANA, BEN]) await createApp(world).syncMember({ by });
});

const find = (
  by: string,
  typed: string,
  { channelId = null, memberId = null }: { channelId?: string | null; memberId?: string | null } = {},
) => createApp(world).findCredits({ by, channelId, typed, memberId });
const text = async (...args: Parameters<typeof find>) => {
  const found = await find(...args);
  return found.kind === 'own' || found.kind === 'report' ? found.kind : foundMessage(found).text;
};

describe('/credits and a name', () => {
  test.each(['Northwind Coffee', 'northwind coffee', 'North'])('%s is the client', async (typed) => {
    expect(await find(OLIVIA, typed)).toMatchObject({ kind: 'account', name: 'Northwind Coffee', isReported: true });
    expect(await text(OLIVIA, typed)).toContain('100 credits left this month');
  });

  test('of a closed client says so', async () => {
    const { clientId } = [...world.book.now().clients.values()].find(({ name }) => name === 'Atlas Outdoor')!;
    await setClientClosed(world, { deliveryId: 'c', by: OLIVIA, clientId, isClosed: true });
    expect(await text(OLIVIA, 'Atlas Outdoor')).toContain('It’s closed');
  });

  test('that two names begin with is not guessed', async () => {
    expect(await find(OLIVIA, 'Atla')).toMatchObject({ kind: 'unknown' });
  });

  test.each(['ben', 'Ben'])('%s is the person, for those who may see people', async (typed) => {
    expect(await find(OLIVIA, typed)).toMatchObject({ kind: 'people', people: { rows: [{ memberId: BEN }] } });
    expect(await find(ANA, typed)).toMatchObject({ kind: 'unknown' });
  });

  test('a mention is the person; of oneself one’s own credits', async () => {
    expect(await find(OLIVIA, '', { memberId: BEN })).toMatchObject({ kind: 'person', person: { memberId: BEN } });
    expect(await find(ANA, '', { memberId: ANA })).toEqual({ kind: 'own' });
    expect(await find(ANA, 'me')).toEqual({ kind: 'own' });
    expect(await find(ANA, '', { memberId: BEN })).toMatchObject({ kind: 'unknown', names: [] });
  });

  test.each([
    ['last month', { named: 'last month', memberId: null }],
    ['this week', { named: 'this week', memberId: null }],
    ['2026-10', { named: '2026-10', memberId: null }],
    ['october', { named: 'october', memberId: null }],
    ['Northwind Coffee last month', { named: 'Northwind Coffee last month', memberId: null }],
    ['ben last 30 days', { named: 'last 30 days', memberId: BEN }],
    ['last month ben', { named: 'last month', memberId: BEN }],
  ])('%s is a report', async (typed, report) => {
    expect(await find(OLIVIA, typed)).toEqual({ kind: 'report', ...report });
  });
});

describe('a person who is called like a period', () => {
  const called = (...people: [string, string][]) => {
    world.people.names = async () => new Map(people);
  };

  test.each<[string, string, string]>([
    ['May', 'May', 'may'],
    ['April Summers', 'April Summers', 'april summers'],
    ['June 2026', 'June 2026', 'june 2026'],
    ['Ägust', 'August', 'AUGUST'],
  ])('%s is the person by the whole name', async (_, name, typed) => {
    called([BEN, name], [ANA, 'Ana']);
    expect(await find(OLIVIA, typed)).toMatchObject({ kind: 'person', person: { memberId: BEN } });
    expect(await find(ANA, typed)).toMatchObject({ kind: 'report' });
  });

  test('is asked for where the name has more words, or is that of several', async () => {
    called([BEN, 'May Chen'], [ANA, 'Ana May']);
    expect(await find(OLIVIA, 'may')).toMatchObject({ kind: 'period_or_person', typed: 'may' });
    const said = await text(OLIVIA, 'may');
    for (const each of [`<@${ANA}>`, `<@${BEN}>`, '/credits report may']) expect(said).toContain(each);
    expect(await find(OLIVIA, 'may 2026')).toMatchObject({ kind: 'report', named: 'may 2026' });
    called([BEN, 'May'], [ANA, 'May']);
    expect(await find(OLIVIA, 'may')).toMatchObject({ kind: 'period_or_person', memberIds: [ANA, BEN].sort() });
    expect(await find(OLIVIA, 'may ben')).toMatchObject({ kind: 'report' });
  });

  test('does not hide a client or a project of that name, nor a period that no one is called by', async () => {
    called([BEN, 'May'], [ANA, 'Ana']);
    await createClient(world, { deliveryId: 'may', by: OLIVIA, name: 'May' });
    expect(await find(OLIVIA, 'May')).toMatchObject({ kind: 'account', name: 'May' });
    expect(await find(OLIVIA, 'June')).toMatchObject({ kind: 'report' });
  });

  test('is a period where Slack returns no names', async () => {
    world.people.names = async () => {
      throw new PeopleFault('no_answer_in_time');
    };
    expect(await find(OLIVIA, 'may')).toMatchObject({ kind: 'report' });
  });
});

describe('what the reader may not see', () => {
  test('is unknown, and not suggested', async () => {
    expect(await find(MARCUS, 'Atlas Outdoor')).toMatchObject({ kind: 'unknown', names: ['Northwind Coffee'] });
    expect(await find(ANA, 'Northwind Coffee')).toMatchObject({ kind: 'unknown', names: [] });
    expect(await find(ANA, 'Northwind Coffee', { channelId: UNBOUND })).toMatchObject({ kind: 'unknown' });
  });

  test('but the channel’s own client is for those in it', async () => {
    const found = await find(ANA, 'northwind coffee', { channelId: CHANNEL });
    expect(found).toMatchObject({ kind: 'account', name: 'Northwind Coffee', isReported: false });
    expect(await find(GINA, 'atlas outdoor', { channelId: CHANNEL })).toMatchObject({ kind: 'unknown' });
  });

  test('with people from outside in the channel, other clients and people are left out', async () => {
    world.channels.audience = async (channelId) => (channelId === null ? 'internal' : 'shared');
    expect(await find(OLIVIA, 'Northwind Coffee', { channelId: CHANNEL })).toMatchObject({ kind: 'account' });
    expect(await find(OLIVIA, 'Atlas Outdoor', { channelId: CHANNEL })).toEqual({
      kind: 'elsewhere',
      audience: 'alone',
    });
    expect(await find(OLIVIA, '', { channelId: CHANNEL, memberId: BEN })).toMatchObject({ kind: 'elsewhere' });
    expect(await find(OLIVIA, 'Atlas Outdor', { channelId: CHANNEL })).toMatchObject({ names: ['Northwind Coffee'] });
  });

  test.each<[string, string, string, boolean]>([
    ['an owner', OLIVIA, 'Spring', true],
    ['an owner, by its beginning', OLIVIA, 'Spri', true],
    ['a manager', MARCUS, 'Spring', true],
    ['a creator', ANA, 'Spring', true],
    ['a creator, of another client', ANA, 'Autumn', false],
  ])('beside them a project of the channel’s client is told to %s alone', async (_, by, typed, isTold) => {
    const atlas = world.book.now().clients.find(({ name }) => name === 'Atlas Outdoor')?.clientId ?? '';
    for (const [clientId, name] of [
      [CLIENT, 'Spring'],
      [atlas, 'Autumn'],
    ] as const) {
      const project = {
        kind: 'create_project',
        projectId: name,
        clientId,
        name,
        dueAt: null,
        stage: 'concept',
      } as const;
      await world.book.submit({ commandId: name, by: OLIVIA, ...project });
    }
    world.channels.audience = async (channelId) => (channelId === null ? 'internal' : 'shared');
    const found = await find(by, typed, { channelId: CHANNEL });
    if (!isTold) return expect(found).toMatchObject({ kind: 'unknown' });
    expect(found).toMatchObject({ kind: 'account', name: expect.stringContaining('Spring'), audience: 'alone' });
    expect(await text(by, typed, { channelId: CHANNEL })).toContain('Spring');
    expect(await find(OLIVIA, 'Autumn', { channelId: CHANNEL })).toEqual({ kind: 'elsewhere', audience: 'alone' });
  });

  test('a manager who is a guest reads the channel’s client, no project, and of no report, which does not open', async () => {
    const project = {
      kind: 'create_project',
      projectId: 'p',
      clientId: CLIENT,
      name: 'Spring',
      dueAt: null,
      stage: 'concept',
    } as const;
    await world.book.submit({ commandId: 'p', by: OLIVIA, ...project });
    world.channels.audience = async () => 'shared';
    const found = await find(MARCUS, 'Northwind Coffee', { channelId: CHANNEL });
    expect(found).toMatchObject({ kind: 'account', isReported: false, audience: 'shared' });
    expect(await text(MARCUS, 'Northwind Coffee', { channelId: CHANNEL })).not.toContain('report');
    expect(await find(MARCUS, 'Spring', { channelId: CHANNEL })).toEqual({ kind: 'elsewhere', audience: 'shared' });
  });
});
