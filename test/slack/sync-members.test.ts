import { expect, test } from 'vitest';
import { createApp } from '../../src/app/app.ts';
import { byOf } from '../../src/ledger/principal.ts';
import { syncMembers } from '../../src/slack/platform/sync-members.ts';
import { clicking } from '../support/requester.ts';
import { ANA, CHANNEL, createWorld, MARCUS, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';
import { createFakeApp } from './fake-app.ts';

const clicks = clicking(ANA, CHANNEL);

/** What the use cases ask Slack about people. */
function lookedUp(world: TestWorld): string[] {
  const asked: string[] = [];
  const { look } = world.people;
  world.people.look = async (userId) => {
    asked.push(userId);
    return await look(userId);
  };
  return asked;
}

test('who calls a verb is synced first, and then the verb answers', async () => {
  const fake = createFakeApp();
  const order: string[] = [];
  const app = syncMembers({
    ...fake,
    syncMember: async ({ by }) => {
      order.push(by);
      return null;
    },
    showHome: async (look) => {
      order.push('showHome');
      return await fake.showHome(look);
    },
    openImage: async () => {
      order.push('openImage');
      return null;
    },
  });
  expect((await app.showHome({ by: MARCUS })).memberId).toBe('U0ANA');
  expect(await app.openImage({ ...clicks, jobId: 'job-1' })).toBeNull();
  expect(order).toEqual([MARCUS, 'showHome', ANA, 'openImage']);
});

test('the door answers at once, and looks nobody up', async () => {
  const world = await createWorld();
  await openAgency(world);
  const asked = lookedUp(world);
  const app = syncMembers(createApp(world));
  expect(app.refusedAtDoor({ by: MARCUS, right: 'set_role' })).toMatchObject({ reason: 'not_allowed' });
  await app.claimClick({ by: ANA, button: 'b', at: 0, deliveryId: 'd' });
  expect(asked).toEqual([]);
});

test('a person who calls for the first time becomes a member by it', async () => {
  const world = await createWorld();
  await openAgency(world);
  await syncMembers(createApp(world)).showCredits({ by: ANA, place: null });
  expect(world.book.now().members.get(ANA)?.role).toBe('creator');
});

test('the use cases themselves look nobody up who acts', async () => {
  const world = await createWorld();
  await openAgency(world);
  const asked = lookedUp(world);
  const app = createApp(world);
  await app.showHome({ by: OLIVIA });
  await app.createClient({ deliveryId: 'd-1', by: OLIVIA, name: 'Halcyon' });
  await app.openImage({ ...clicks, jobId: 'none' });
  expect(asked).toEqual([]);
});

test('an API key is never looked up in Slack, and becomes no member', async () => {
  const world = await createWorld();
  await openAgency(world);
  const asked = lookedUp(world);
  const by = byOf({ kind: 'api_key', keyId: 'k1' });
  const app = syncMembers(createApp(world));
  expect(await app.syncMember({ by })).toBeNull();
  expect(await app.createClient({ deliveryId: 'd-1', by, name: 'Halcyon' })).toMatchObject({ ok: false });
  expect(asked).toEqual([]);
  expect(world.book.now().members.has(by)).toBe(false);
});
