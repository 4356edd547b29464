import { beforeEach, describe, expect, test } from 'vitest';
import { imageInput } from '../support/image-input.ts';
import {
  bindChannel,
  createClient,
  renameClient,
  requestImage,
  setLimit,
  setRole,
  showCredits,
} from '../support/verbs.ts';
import {
  ANA,
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
const notes = () => world.messenger.told.map(({ note }) => note);

beforeEach(async () => {
  world = await createWorld();
  await openAgency(world);
});

const ask = async (by: string, channelId: string) =>
  await requestImage(world, imageInput({ deliveryId: `job-${by}-${channelId}`, by, channelId }));

describe('the question which client a channel belongs to', () => {
  test('answered on one card is shown on all, and said to whoever waits', async () => {
    await ask(ANA, UNBOUND);
    const decision = { kind: 'client', clientId: CLIENT } as const;
    expect(
      await bindChannel(world, { deliveryId: 'd1', by: MARCUS, channelId: UNBOUND, decision, ifUnbound: true }),
    ).toEqual({ ok: true });
    const decided = { kind: 'client_card', decided: { clientName: 'Northwind Coffee' } };
    expect(world.messenger.cards.map(({ card }) => card)).toMatchObject([decided, decided]);
    expect(notes().at(-1)).toEqual({
      kind: 'channel_bound',
      channelId: UNBOUND,
      clientName: 'Northwind Coffee',
      by: MARCUS,
    });
    await requestImage(world, imageInput({ deliveryId: 'job-now', channelId: UNBOUND }));
    expect(world.messenger.sheets).toHaveLength(1);
  });

  test('answered by two people at once counts once; the second is told what the first decided', async () => {
    await ask(ANA, UNBOUND);
    const answers = await Promise.all([
      bindChannel(world, {
        deliveryId: 'd1',
        by: MARCUS,
        channelId: UNBOUND,
        decision: { kind: 'none' },
        ifUnbound: true,
      }),
      bindChannel(world, {
        deliveryId: 'd2',
        by: OLIVIA,
        channelId: UNBOUND,
        decision: { kind: 'client', clientId: CLIENT },
        ifUnbound: true,
      }),
    ]);
    expect(answers).toEqual([
      { ok: true },
      { ok: false, refusal: { reason: 'channel_decided', channelId: UNBOUND, clientId: null } },
    ]);
    expect(world.book.now().channels.get(UNBOUND)).toBeNull();
  });

  test('“none” means that images are refused there, with a sentence', async () => {
    await bindChannel(world, {
      deliveryId: 'd1',
      by: OLIVIA,
      channelId: UNBOUND,
      decision: { kind: 'none' },
      ifUnbound: false,
    });
    await ask(ANA, UNBOUND);
    expect(notes()).toMatchObject([{ kind: 'refused', refusal: { reason: 'channel_without_client' } }]);
    expect(world.messenger.cards).toHaveLength(0);
  });

  test('is not answered by a creator or a guest', async () => {
    for (const by of [ANA, GINA]) {
      const changed = await bindChannel(world, {
        deliveryId: `d-${by}`,
        by,
        channelId: UNBOUND,
        decision: { kind: 'client', clientId: CLIENT },
        ifUnbound: true,
      });
      expect(changed).toMatchObject({ ok: false, refusal: { reason: 'not_allowed' } });
    }
    expect(world.book.now().channels.has(UNBOUND)).toBe(false);
  });
});

describe('setting up', () => {
  test('a client, its name, and a double click on it', async () => {
    const [first, second] = await Promise.all([
      createClient(world, { deliveryId: 'd1', by: OLIVIA, name: 'Atlas Outdoor' }),
      createClient(world, { deliveryId: 'd1', by: OLIVIA, name: 'Atlas Outdoor' }),
    ]);
    expect(first).toEqual(second);
    expect(world.book.now().clients.size).toBe(2);
    const clientId = first.clientId ?? '';
    expect(await renameClient(world, { deliveryId: 'd2', by: OLIVIA, clientId, name: 'Atlas' })).toEqual({ ok: true });
    expect(await createClient(world, { deliveryId: 'd3', by: OLIVIA, name: 'ATLAS' })).toMatchObject({
      ok: false,
      refusal: { reason: 'name_taken' },
    });
  });

  test('a limit for somebody who was never met makes them known', async () => {
    const limit = { account: `member:${ANA}`, window: 'month', limitCredits: 10 } as const;
    expect(await setLimit(world, { deliveryId: 'd1', by: OLIVIA, ...limit })).toEqual({ ok: true });
    expect(world.book.now().members.get(ANA)?.role).toBe('creator');
  });

  test('a guest made a creator may make images; made a viewer again, no more', async () => {
    await setRole(world, { deliveryId: 'd1', by: OLIVIA, memberId: GINA, role: 'creator' });
    await ask(GINA, CHANNEL);
    expect(world.messenger.sheets).toHaveLength(1);
    await setRole(world, { deliveryId: 'd2', by: OLIVIA, memberId: GINA, role: 'viewer' });
    expect(world.book.now().members.get(GINA)?.role).toBe('viewer');
  });

  test('the last owner stays one', async () => {
    const demoted = await setRole(world, { deliveryId: 'd1', by: OLIVIA, memberId: OLIVIA, role: 'viewer' });
    expect(demoted).toEqual({ ok: false, refusal: { reason: 'last_owner', memberId: OLIVIA } });
  });

  test.each([
    [MARCUS, 'manager'],
    [ANA, 'creator'],
    [GINA, 'viewer'],
  ])('limits and roles are not %s’s to set, a %s', async (by, role) => {
    const limit = { account: 'agency', window: 'month', limitCredits: 1 } as const;
    const refused = { ok: false, refusal: { reason: 'not_allowed', role } };
    expect(await setLimit(world, { deliveryId: 'd1', by, ...limit })).toMatchObject(refused);
    expect(await setRole(world, { deliveryId: 'd2', by, memberId: by, role: 'owner' })).toMatchObject(refused);
  });
});

describe('/credits', () => {
  test('shows a creator own and client, an owner the agency and every client too', async () => {
    const ana = await showCredits(world, { by: ANA, place: { channelId: CHANNEL, threadId: null } });
    expect(ana).toMatchObject({ role: 'creator', agency: null, clients: [], client: { name: 'Northwind Coffee' } });
    expect(ana.client?.standings).toMatchObject([{ limitCredits: 100, balanceCredits: 100, availableCredits: 100 }]);
    const olivia = await showCredits(world, { by: OLIVIA, place: null });
    expect(olivia).toMatchObject({ agency: { standings: [] }, clients: [{ name: 'Northwind Coffee' }], client: null });
  });

  test('shows a guest the client’s allowance and nothing of the agency', async () => {
    const gina = await showCredits(world, { by: GINA, place: { channelId: CHANNEL, threadId: null } });
    expect(gina).toMatchObject({ role: 'viewer', agency: null, clients: [] });
  });
});
