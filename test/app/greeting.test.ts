import { beforeEach, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app/app.ts';
import type { Greeting } from '../../src/app/clients/greeting-view.ts';
import { redrawDecided } from '../../src/app/clients/redraw-decided.ts';
import type { Audience } from '../../src/ports/ports.ts';
import { greetingMessage } from '../../src/slack/clients/greeting.ts';
import { bindChannel, renameClient, setClientClosed } from '../support/verbs.ts';
import { ANA, CHANNEL, CLIENT, createWorld, OLIVIA, openAgency, type TestWorld, UNBOUND } from '../support/world.ts';

let world: TestWorld;
let audience: Audience;
beforeEach(async () => {
  audience = 'internal';
  world = await createWorld();
  await openAgency(world);
  world.channels.audience = async () => audience;
});

const greet = (channelId: string) => createApp(world).greetChannel({ channelId });
const greetings = () => world.messenger.cards.map(({ card }) => card).filter(({ kind }) => kind === 'greeting');
const said = () => greetingMessage(greetings().at(-1) as Greeting).text;

describe('Inkwell in a channel that it was invited to', () => {
  test.each([
    [CHANNEL, 'It belongs to Northwind Coffee'],
    [UNBOUND, 'this channel doesn’t belong to a client yet'],
  ])('says once what it does in %s, and what is missing', async (channelId, words) => {
    await Promise.all([greet(channelId), greet(channelId)]);
    await greet(channelId);
    expect(greetings()).toHaveLength(1);
    expect(said()).toContain('Inkwell makes AI images in this channel');
    expect(said()).toContain(words);
  });

  test.each(['shared', 'unsure'] as const)('names nothing where the readers are %s', async (who) => {
    audience = who;
    for (const channelId of [CHANNEL, UNBOUND]) {
      await greet(channelId);
      expect(said()).not.toMatch(/Northwind|belong|missing|credits|Home/);
    }
    expect(greetings()).toHaveLength(2);
  });

  test('says the client as soon as it is decided, in the same message', async () => {
    await greet(UNBOUND);
    const bind = async (deliveryId: string, decision: Parameters<typeof bindChannel>[1]['decision']) => {
      const change = { deliveryId, by: OLIVIA, channelId: UNBOUND, decision, ifUnbound: false };
      expect(await bindChannel(world, change)).toEqual({ ok: true });
    };
    await bind('d1', { kind: 'client', clientId: CLIENT });
    expect(said()).toContain('It belongs to Northwind Coffee');
    await bind('d2', { kind: 'none' });
    expect(said()).toContain('this channel has no client');
    expect(greetings()).toHaveLength(1);
  });

  test.each([
    ['Slack takes no drawing', () => world.messenger.answerNext('redrawCard', { kind: 'failed', code: 'ratelimited' })],
    [
      'Slack can’t say who reads it',
      () => {
        audience = 'unsure';
      },
    ],
    [
      'the process dies',
      () => {
        world.messenger.redrawCard = () => new Promise<never>(() => {});
      },
    ],
  ])('says it later where %s at first', async (_why, fail) => {
    const { redrawCard } = world.messenger;
    await greet(UNBOUND);
    const before = said();
    fail();
    const decision = { kind: 'client', clientId: CLIENT } as const;
    void bindChannel(world, { deliveryId: 'd1', by: OLIVIA, channelId: UNBOUND, decision, ifUnbound: false });
    await world.clock.advance(1_000);
    expect(said()).toBe(before);
    world.messenger.redrawCard = redrawCard;
    audience = 'internal';
    const next = await createWorld({ ...world, processId: 'p2' });
    for (let round = 0; round < 2; round += 1) await redrawDecided(next);
    expect(said()).toContain('It belongs to Northwind Coffee');
  });

  test('of a closed client says that no images are made', async () => {
    await setClientClosed(world, { deliveryId: 'd1', by: OLIVIA, clientId: CLIENT, isClosed: true });
    await greet(CHANNEL);
    expect(said()).toContain('Northwind Coffee, which is closed');
  });

  test('says what is so once the client is renamed, closed and reopened, in the same message', async () => {
    await greet(CHANNEL);
    await renameClient(world, { deliveryId: 'd1', by: OLIVIA, clientId: CLIENT, name: 'Southwind Tea' });
    expect(said()).toContain('It belongs to Southwind Tea');
    for (const [deliveryId, isClosed] of [
      ['d2', true],
      ['d3', false],
    ] as const) {
      await setClientClosed(world, { deliveryId, by: OLIVIA, clientId: CLIENT, isClosed });
      expect(said().includes('which is closed')).toBe(isClosed);
    }
    expect(greetings()).toHaveLength(1);
    const refused = await renameClient(world, { deliveryId: 'd4', by: ANA, clientId: CLIENT, name: 'Eastwind' });
    expect(refused.ok).toBe(false);
    expect(said()).toContain('Southwind Tea');
  });

  test('says it too where a process died before it drew', async () => {
    await greet(CHANNEL);
    await world.book.submit({ commandId: 'died', by: OLIVIA, kind: 'close_client', clientId: CLIENT });
    expect(said()).not.toContain('closed');
    await redrawDecided(world);
    expect(said()).toContain('which is closed');
  });

  test('names nothing anymore once people from outside join, and is drawn again only where that changes it', async () => {
    await greet(CHANNEL);
    const { redrawCard } = world.messenger;
    let drawnCount = 0;
    world.messenger.redrawCard = async (...card) => {
      drawnCount += 1;
      return await redrawCard(...card);
    };
    const check = (channelId = CHANNEL) => createApp(world).checkGreeting({ channelId });
    for (let joined = 0; joined < 5; joined += 1) await check();
    expect(drawnCount).toBe(0);
    for (const [who, isNamed] of [
      ['shared', false],
      ['internal', true],
      // It stays as it is until Slack says who reads it.
      ['unsure', true],
    ] as const) {
      audience = who;
      for (let again = 0; again < 3; again += 1) await check();
      expect(said().includes('Northwind')).toBe(isNamed);
    }
    expect(drawnCount).toBe(2);
    await check(UNBOUND);
    expect(drawnCount).toBe(2);
    expect(greetings()).toHaveLength(1);
  });

  test('that Slack did not redraw is tried again at the next look', async () => {
    await greet(CHANNEL);
    audience = 'shared';
    world.messenger.answerNext('redrawCard', { kind: 'failed', code: 'fatal_error' });
    await createApp(world).checkGreeting({ channelId: CHANNEL });
    expect(said()).toContain('Northwind');
    await createApp(world).checkGreeting({ channelId: CHANNEL });
    expect(said()).not.toContain('Northwind');
  });

  test('whose message could not be posted tries again at the next invitation', async () => {
    world.messenger.answerNext('postCardIn', { kind: 'unreachable', code: 'not_in_channel' });
    await greet(UNBOUND);
    expect(greetings()).toEqual([]);
    await greet(UNBOUND);
    expect(greetings()).toHaveLength(1);
  });
});
