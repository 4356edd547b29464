import { beforeEach, describe, expect, test } from 'vitest';
import { removeDeactivated } from '../../src/app/people/commands.ts';
import { finishOffBoardings } from '../../src/app/people/off-board.ts';
import type { LeavingReceipt } from '../../src/app/people/receipt-view.ts';
import { syncMember } from '../../src/app/people/sync-member.ts';
import type { ImageOutcome } from '../../src/images/image-provider.ts';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import type { Person } from '../../src/ports/ports.ts';
import { imageInput } from '../support/image-input.ts';
import { bringBackPerson, invitePerson, removePerson, requestImage } from '../support/verbs.ts';
import { ANA, CLIENT, createWorld, DONE, MARCUS, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await createWorld();
  await openAgency(world, { monthCredits: 1_000 });
});

let ids = 0;
const as = async (by: string, wish: CommandBody) => {
  const answer = await world.book.submit({ commandId: `as-${++ids}`, by, ...wish });
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
};
const ask = (deliveryId: string, by = ANA, imagesCount = 1) =>
  requestImage(world, imageInput({ deliveryId, by, imagesCount }));
const remove = (by = OLIVIA, reason = '') =>
  removePerson(world, { deliveryId: `remove-${++ids}`, by, memberId: ANA, reason });
const status = (memberId: string) => world.book.now().members.get(memberId)?.status;
const used = () =>
  world.book
    .now()
    .use.get(`client:${CLIENT}`)
    ?.find(({ key }) => key === 'total');
const receipts = (of = OLIVIA) =>
  world.messenger.cards.flatMap(({ memberId, card }) =>
    memberId === of && card.kind === 'leaving_receipt' ? [card satisfies LeavingReceipt] : [],
  );
const turns = async (count = 30) => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};
const become = (kind: Person['kind']) => {
  world.people.look = async (userId) => ({ userId, name: 'x', kind, timeZone: null });
};

/** Jobs whose first images are at the provider, until they are let go. */
async function atWork(jobsCount: number) {
  const letGo: (() => void)[] = [];
  for (let count = 0; count < 4; count += 1) {
    world.maker.answerNext(() => new Promise<ImageOutcome>((resolve) => void letGo.push(() => resolve(DONE))));
  }
  const jobs = Array.from({ length: jobsCount }, (_, index) => ask(`job-${index}`));
  await turns();
  return { finish: () => Promise.all([Promise.all(jobs), letGo.forEach((go) => void go())]) };
}

describe('removing somebody', () => {
  test('stops 20 queued jobs at once, and lets those at the provider come to their end at the agency’s expense', async () => {
    const { finish } = await atWork(24);
    expect(world.maker.requests).toHaveLength(4);
    const removed = remove(OLIVIA, 'Contract ended');
    for (let looks = 0; looks < 20; looks += 1) await world.clock.advance(100);
    expect(await removed).toEqual({ ok: true });
    expect(world.book.now().holds.size).toBe(4);
    expect(receipts()).toHaveLength(1);
    expect(receipts()[0]?.leaving).toMatchObject({
      removal: { by: OLIVIA, reason: 'Contract ended' },
      givenBack: { imagesCount: 20 },
      beingMade: { imagesCount: 4 },
      finished: { imagesCount: 0 },
    });

    await finishOffBoardings(world);
    expect(receipts()[0]?.leaving).toMatchObject({ beingMade: { imagesCount: 4 } });
    await finish();
    expect(world.maker.requests).toHaveLength(4);
    // As after a restart: nothing but the books and the records tells that there is something left to be drawn.
    world.messenger.answerNext('redrawCard', { kind: 'failed', code: 'timeout' });
    await finishOffBoardings(world);
    expect(receipts()[0]?.leaving).toMatchObject({ beingMade: { imagesCount: 4 } });
    await finishOffBoardings(world);
    expect(receipts()).toHaveLength(1);
    expect(receipts()[0]?.leaving).toMatchObject({
      givenBack: { imagesCount: 20 },
      beingMade: { imagesCount: 0, credits: 0 },
      finished: { imagesCount: 4 },
    });
    expect(world.book.now().holds.size).toBe(0);
    expect(used()).toMatchObject({ usedCredits: 0, heldCredits: 0 });
    expect(
      world.book
        .now()
        .use.get('agency')
        ?.find(({ key }) => key === 'total')?.usedCredits,
    ).toBeGreaterThan(0);
    const drawn = world.messenger.sheets.map(({ drawn: view }) => view?.job.images[0]);
    expect(drawn.filter((image) => image?.settled?.as === 'captured' && image.settled.credits === 0)).toHaveLength(4);
    expect(drawn.filter((image) => image?.answer?.kind === 'withdrawn' && image.settled?.as === 'voided')).toHaveLength(
      20,
    );
  });

  test('tells what they used in the last 30 days, by client', async () => {
    await ask('job-1', ANA, 2);
    await ask('job-2');
    await remove();
    const { used: lately } = receipts()[0]!.leaving;
    expect(lately).toMatchObject({
      requestsCount: 2,
      imagesCount: 3,
      byClient: [{ clientId: CLIENT, imagesCount: 3 }],
    });
    expect(lately.credits).toBe(used()?.usedCredits);
    expect(receipts()[0]?.clientNames).toEqual({ [CLIENT]: 'Northwind Coffee' });
  });

  test('tells every owner once, however often it is repeated', async () => {
    await as(OLIVIA, { kind: 'set_role', memberId: MARCUS, role: 'owner' });
    await syncMember(world, ANA);
    await remove();
    await finishOffBoardings(world);
    await finishOffBoardings(world);
    expect(receipts()).toHaveLength(1);
    expect(receipts(MARCUS)).toHaveLength(1);
  });

  test('tells an owner whom Slack could not reach later', async () => {
    await syncMember(world, ANA);
    world.messenger.answerNext('postCard', { kind: 'failed', code: 'timeout' });
    await remove();
    expect(receipts()).toHaveLength(0);
    await finishOffBoardings(world);
    expect(receipts()).toHaveLength(1);
  });

  test('is the manager’s who looks after their team, and nobody else’s', async () => {
    await syncMember(world, ANA);
    expect(await remove(MARCUS)).toMatchObject({ ok: false, refusal: { reason: 'not_allowed' } });
    await as(OLIVIA, { kind: 'create_team', teamId: 'design', name: 'Design' });
    await as(OLIVIA, { kind: 'set_teams', memberId: ANA, teamIds: ['design'] });
    await as(OLIVIA, { kind: 'set_manages', memberId: MARCUS, clientIds: [CLIENT], teamIds: ['design'] });
    expect(await remove(MARCUS)).toEqual({ ok: true });
    expect(receipts()[0]?.leaving.removal.by).toBe(MARCUS);
    expect(receipts(MARCUS)).toHaveLength(0);
  });

  test('refuses the last owner', async () => {
    const wish = { deliveryId: 'last', by: OLIVIA, memberId: OLIVIA, reason: '' };
    expect(await removePerson(world, wish)).toMatchObject({ ok: false, refusal: { reason: 'last_owner' } });
    expect(status(OLIVIA)).toBe('active');
  });

  test('leaves them nothing: every request is refused, and they are told why once each', async () => {
    await syncMember(world, ANA);
    await remove();
    await ask('job-9');
    expect(world.messenger.told.map(({ note }) => note)).toMatchObject([
      { kind: 'refused', refusal: { reason: 'member_not_active', status: 'removed' } },
    ]);
    expect(world.maker.requests).toHaveLength(0);
  });
});

describe('somebody whom Slack has deactivated', () => {
  test('is removed by the product, and the owner told once, also when the event comes again', async () => {
    await syncMember(world, ANA);
    become('deactivated');
    await removeDeactivated(world, { memberId: ANA });
    await removeDeactivated(world, { memberId: ANA });
    expect(status(ANA)).toBe('removed');
    expect(receipts()).toHaveLength(1);
    expect(receipts()[0]?.leaving.removal.by).toBe('inkwell');
  });

  test('is asked of Slack: an event that comes late removes nobody', async () => {
    await syncMember(world, ANA);
    await removeDeactivated(world, { memberId: ANA });
    expect(status(ANA)).toBe('active');
  });

  test('stays where they are the last owner, and writes no line at each look', async () => {
    become('deactivated');
    const { seq } = world.book.now();
    await removeDeactivated(world, { memberId: OLIVIA });
    expect(status(OLIVIA)).toBe('active');
    expect(world.book.now().seq).toBe(seq);
  });

  test('is nobody new to Inkwell', async () => {
    become('deactivated');
    await removeDeactivated(world, { memberId: 'U0NEVER' });
    expect(world.book.now().members.has('U0NEVER')).toBe(false);
  });
});

describe('coming back', () => {
  const bringBack = (by: string) =>
    bringBackPerson(world, { deliveryId: `back-${++ids}`, by, memberId: ANA, role: 'creator' });
  beforeEach(async () => {
    await syncMember(world, ANA);
    await remove();
  });

  test('needs an owner: neither a look at them nor an invitation does it', async () => {
    await syncMember(world, ANA);
    expect(status(ANA)).toBe('removed');
    const invite = { deliveryId: 'invite', by: OLIVIA, memberId: ANA, role: 'creator' as const, teamIds: [] };
    expect(await invitePerson(world, invite)).toMatchObject({ ok: false, refusal: { reason: 'member_not_active' } });
    expect(await bringBack(MARCUS)).toMatchObject({ ok: false, refusal: { reason: 'not_allowed' } });
    expect(await bringBack(OLIVIA)).toEqual({ ok: true });
    expect(status(ANA)).toBe('active');
  });

  test('is drawn into the receipt, so that no button is left', async () => {
    await bringBack(OLIVIA);
    expect(receipts()).toHaveLength(1);
    expect(receipts()[0]?.leaving.broughtBack).toMatchObject({ by: OLIVIA });
  });

  test('waits until they are active in Slack again', async () => {
    become('deactivated');
    expect(await bringBack(OLIVIA)).toMatchObject({ ok: false, refusal: { reason: 'not_a_member' } });
  });

  test('can end in a second removal, with a receipt of its own', async () => {
    await bringBack(OLIVIA);
    await world.clock.advance(60_000);
    await remove();
    expect(receipts()).toHaveLength(2);
  });
});
