import { beforeEach, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app/app.ts';
import { foundMessage } from '../../src/slack/credits/credits-named.ts';
import { createClient, setClientClosed } from '../support/verbs.ts';
import {
  ANA,
  BEN,
  CHANNEL,
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
      audience: 'shared',
    });
    expect(await find(OLIVIA, '', { channelId: CHANNEL, memberId: BEN })).toMatchObject({ kind: 'elsewhere' });
    expect(await find(OLIVIA, 'Atlas Outdor', { channelId: CHANNEL })).toMatchObject({ names: ['Northwind Coffee'] });
  });
});
