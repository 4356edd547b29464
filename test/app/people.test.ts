import { beforeEach, describe, expect, test } from 'vitest';
import { loadJob } from '../../src/app/images/job-lease.ts';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import { syncMember } from '../../src/app/people/sync-member.ts';
import { PeopleFault, type Person } from '../../src/ports/ports.ts';
import { imageInput } from '../support/image-input.ts';
import { requestImage, setRole, showCredits } from '../support/verbs.ts';
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
});

const notes = () => world.messenger.told.map(({ note }) => note);
const roleOf = (userId: string) => world.book.now().members.get(userId)?.role;
const become = (kind: Person['kind']) => {
  world.people.look = async (userId) => ({ userId, name: 'x', kind, timeZone: null });
};
const ask = async (deliveryId: string, change: { by?: string; from?: 'channel' | 'form' } = {}) =>
  await requestImage(world, imageInput({ deliveryId, by: change.by ?? ANA, from: change.from ?? 'channel' }));

describe('who somebody is in Slack', () => {
  test.each(['guest', 'outsider'] as const)('a creator who has become %s makes no more images', async (kind) => {
    await ask('job-1');
    become(kind);
    await ask('job-2');
    expect(roleOf(ANA)).toBe('viewer');
    expect(world.messenger.sheets).toHaveLength(1);
    expect(notes()).toMatchObject([{ kind: 'refused', refusal: { reason: 'not_allowed', role: 'viewer' } }]);
  });

  test('a guest whom an owner made a creator stays one; once deactivated, no more', async () => {
    await setRole(world, { deliveryId: 'd1', by: OLIVIA, memberId: GINA, role: 'creator' });
    await ask('job-1', { by: GINA });
    expect(world.messenger.sheets).toHaveLength(1);
    become('deactivated');
    expect(await syncMember(world, GINA)).toBeNull();
    expect(world.book.now().members.get(GINA)?.status).toBe('removed');
  });

  test('of whom Slack takes no message any more it is asked who they are: a lost event leaves no job open', async () => {
    await ask('job-1', { by: GINA });
    world.messenger.tell = async () => {
      become('deactivated');
      return { kind: 'failed', code: 'user_disabled' };
    };
    await ask('job-2', { by: GINA });
    expect(world.book.now().members.get(GINA)?.status).toBe('removed');
    expect((await loadJob(world, 'job-2'))?.finished).toBe(true);
  });

  test('where Slack cannot be asked, who is known stays who they are, and nobody new is met', async () => {
    await ask('job-1');
    world.people.look = () => Promise.reject(new PeopleFault('timeout'));
    await ask('job-2');
    expect(world.messenger.sheets).toHaveLength(2);
    await expect(ask('job-3', { by: GINA })).rejects.toMatchObject({ name: 'PeopleFault' });
  });

  test.each(['owner', 'manager'] as const)('a guest cannot be made %s', async (role) => {
    const changed = await setRole(world, { deliveryId: 'd1', by: OLIVIA, memberId: GINA, role });
    expect(changed).toEqual({ ok: false, refusal: { reason: 'not_one_of_us', memberId: GINA, role } });
    expect(roleOf(GINA)).toBe('viewer');
  });

  test('nobody acts as the product itself', async () => {
    await expect(ask('job-1', { by: 'inkwell' })).rejects.toThrow('nobody may act as the product itself');
    await expect(setRole(world, { deliveryId: 'd1', by: 'inkwell', memberId: GINA, role: 'owner' })).rejects.toThrow();
    expect(world.messenger.sheets).toHaveLength(0);
  });
});

describe('a channel that came from a form', () => {
  test('is looked at: who is not in it makes nothing there', async () => {
    world.channels.has = async () => false;
    await ask('job-1', { from: 'form' });
    expect(notes()).toEqual([{ kind: 'not_in_channel', channelId: CHANNEL, prompt: 'a red fox at dusk' }]);
    expect(world.maker.requests).toHaveLength(0);
    await ask('job-2', { from: 'channel' });
    expect(world.messenger.sheets).toHaveLength(1);
  });
});

describe('the sweeper', () => {
  test('gets to jobs behind hundreds that are stuck, and lets none of them slip', async () => {
    const failing = { kind: 'failed', code: 'timeout' };
    world.messenger.answerNext('announce', ...Array.from({ length: 520 }, () => failing));
    await world.book.submit({
      commandId: 'more',
      by: OLIVIA,
      kind: 'set_limit',
      account: 'client:northwind',
      window: 'month',
      limitCredits: 10_000,
      over: 'refuse',
      rollOverMaxCredits: null,
    });
    for (let count = 1; count <= 520; count += 1) await ask(`job-${String(count).padStart(4, '0')}`);
    await recoverJobs(world, { alone: true });
    expect((await loadJob(world, 'job-0520'))?.finished).toBe(true);
    expect(world.book.now().slips.size).toBe(0);
  });
});

describe('a picture that Slack never takes', () => {
  test('ends the job with a message that says so, once', async () => {
    world.messenger.answerNext('upload', { kind: 'failed', code: 'file_uploads_disabled' });
    await ask('job-1');
    const job = await loadJob(world, 'job-1');
    expect(job).toMatchObject({
      finished: true,
      shown: 'final',
      images: [{ fileId: '', settled: { as: 'captured' } }],
    });
  });

  test('for a day, ends it as well', async () => {
    const failed = { kind: 'failed', code: 'timeout' };
    world.messenger.answerNext('upload', ...Array.from({ length: 3 }, () => failed));
    await ask('job-1');
    await recoverJobs(world, { alone: true });
    expect((await loadJob(world, 'job-1'))?.finished).toBe(false);
    await world.clock.advance(25 * 3_600_000);
    await recoverJobs(world, { alone: true });
    expect((await loadJob(world, 'job-1'))?.finished).toBe(true);
  });
});

describe('what somebody is told of credits', () => {
  test('is the client of a channel that they are in, and of no other that a form may name', async () => {
    world.channels.audience = async (_, readerId) => (readerId === GINA ? 'shared' : 'internal');
    const clientFor = async (by: string, from: 'channel' | 'form' = 'form') =>
      (await showCredits(world, { by, place: { channelId: CHANNEL, threadId: null }, from })).client?.name;
    expect(await clientFor(GINA)).toBe('Northwind Coffee');
    world.channels.has = async (_, memberId) => memberId === BEN;
    for (const away of [GINA, ANA, MARCUS]) expect(await clientFor(away)).toBeUndefined();
    expect(await clientFor(BEN)).toBe('Northwind Coffee');
    world.channels.has = () => Promise.reject(new PeopleFault('timeout'));
    expect(await clientFor(ANA)).toBeUndefined();
    // Where somebody typed, they are.
    expect(await clientFor(ANA, 'channel')).toBe('Northwind Coffee');
  });

  test('never comes with the card that lists the clients, whatever they look after', async () => {
    world.channels.audience = async (_, readerId) => (readerId === MARCUS ? 'shared' : 'internal');
    await requestImage(world, imageInput({ channelId: UNBOUND }));
    expect(world.messenger.cards.map(({ memberId }) => memberId)).toEqual([OLIVIA]);
    expect(notes()).toMatchObject([{ kind: 'client_asked', askedIds: [OLIVIA] }]);
  });
});
