import { beforeEach, describe, expect, test } from 'vitest';
import type { RequestCard } from '../../src/app/approvals/cards.ts';
import { endOfDay } from '../../src/app/approvals/end-of-day.ts';
import { postCards } from '../../src/app/approvals/post-cards.ts';
import { loadJob } from '../../src/app/images/job-lease.ts';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import type { ImageInput } from '../../src/app/inputs.ts';
import type { PrivateMessage } from '../../src/app/messenger.ts';
import { type AccountId, clientAccount, type LimitName, limitName } from '../../src/ledger/accounts.ts';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import type { Answer } from '../../src/ledger/lines.ts';
import type { OnExceeded } from '../../src/ledger/state.ts';
import { imageInput } from '../support/image-input.ts';
import { inChannel } from '../support/requester.ts';
import {
  approveRequest,
  coachRequester,
  denyRequest,
  openRequest,
  removePerson,
  requestImage,
  setDelegate,
  setManages,
  setRole,
  setSuspended,
  withdrawRequest,
} from '../support/verbs.ts';
import {
  ANA,
  BEN,
  CHANNEL,
  CLIENT,
  createWorld,
  MARCUS,
  OLIVIA,
  openAgency,
  type TestWorld,
} from '../support/world.ts';

const HOUR_MS = 3_600_000;
const MONTHLY: LimitName = 'client:northwind month';

let world: TestWorld;
let deliveries = 0;
const nextId = () => `delivery-${++deliveries}`;

beforeEach(async () => {
  world = await createWorld();
  await openAgency(world, { monthCredits: 6 });
  await limit(`client:${CLIENT}`, 6, 'ask');
});

const submit = async (by: string, wish: CommandBody): Promise<Answer> =>
  await world.book.submit({ commandId: nextId(), by, ...wish });
const limit = (account: AccountId, limitCredits: number, over: OnExceeded) =>
  submit(OLIVIA, { kind: 'set_limit', account, window: 'month', limitCredits, over, rollOverMaxCredits: null });

const input = (given: Partial<ImageInput> = {}): ImageInput => imageInput({ imagesCount: 2, ...given });
const by = (memberId: string) => inChannel(memberId, CHANNEL);
const approve = (memberId: string, more: Partial<Parameters<typeof approveRequest>[1]> = {}) =>
  approveRequest(world, {
    deliveryId: nextId(),
    requester: by(memberId),
    requestId: 'job-1',
    how: { kind: 'once' },
    seen: [MONTHLY],
    ...more,
  });
const told = (memberId: string) => world.messenger.told.filter(({ to }) => to.memberId === memberId);
const heard = (memberId: string): PrivateMessage['kind'][] => told(memberId).map(({ note }) => note.kind);
const lastNote = (memberId: string) => told(memberId).at(-1)?.note;
const cardOf = (memberId: string) => world.messenger.cards.find((each) => each.memberId === memberId)?.card;
const request = () => world.book.now().requests.get('job-1');
const used = () =>
  world.book
    .now()
    .use.get(clientAccount(CLIENT))
    ?.find(({ key }) => key === 'total') ?? { usedCredits: 0, heldCredits: 0 };
const sweeps = () => recoverJobs(world, { alone: true });

describe('over a limit that asks', () => {
  test('nothing is held; who asked, and who may approve, are each shown it once', async () => {
    await requestImage(world, input());
    await sweeps();
    await sweeps();
    expect(request()).toMatchObject({ memberId: ANA, end: null });
    expect(used()).toMatchObject({ usedCredits: 0, heldCredits: 0 });
    expect(heard(ANA)).toEqual(['approval_asked']);
    expect(world.messenger.cards.map(({ memberId, card }) => [memberId, card.kind])).toEqual([
      [ANA, 'asked_card'],
      [MARCUS, 'request_card'],
    ]);
    expect(cardOf(MARCUS)).toMatchObject({
      requesterId: ANA,
      prompt: 'a red fox at dusk',
      requestedCredits: 8,
      exceeded: [{ account: 'client:northwind', window: 'month', availableCredits: 6 }],
      recent: { requestsCount: 0, usedCredits: 0 },
    });
  });

  test('whoever finds it open too late shows it to nobody any more: its cards have been closed', async () => {
    await requestImage(world, input());
    const asked = request();
    if (!asked) throw new Error('nobody was asked');
    await withdrawRequest(world, { deliveryId: nextId(), requester: by(ANA), requestId: 'job-1' });
    const cardsCount = world.messenger.cards.length;
    await submit(OLIVIA, { kind: 'set_manages', memberId: BEN, clientIds: [CLIENT], teamIds: [] });
    await submit(OLIVIA, { kind: 'set_role', memberId: BEN, role: 'manager' });
    await submit(OLIVIA, { kind: 'set_manages', memberId: BEN, clientIds: [CLIENT], teamIds: [] });
    await postCards(world, asked);
    expect(world.messenger.cards).toHaveLength(cardsCount);
  });

  test('a job that waits is left alone: no step a minute', async () => {
    await requestImage(world, input());
    const steps = (await loadJob(world, 'job-1'))?.stepsCount;
    for (let minute = 0; minute < 5; minute += 1) {
      await world.clock.advance(60_000);
      await sweeps();
    }
    expect((await loadJob(world, 'job-1'))?.stepsCount).toBe(steps);
  });

  test('in the client’s channel for approvals, if nobody from outside reads it; who is not in it is asked directly', async () => {
    await submit(OLIVIA, { kind: 'set_approvals_channel', clientId: CLIENT, channelId: 'C0APPROVE' });
    await requestImage(world, input());
    expect(world.messenger.cards.map(({ memberId }) => memberId)).toEqual([ANA, 'C0APPROVE']);

    world.channels = { ...world.channels, audience: async (channelId) => (channelId ? 'shared' : 'internal') };
    await requestImage(world, input({ deliveryId: 'job-2' }));
    expect(world.messenger.cards.slice(2).map(({ memberId }) => memberId)).toEqual([ANA, MARCUS]);

    world.channels = { ...world.channels, audience: async () => 'internal', has: async () => false };
    await requestImage(world, input({ deliveryId: 'job-3' }));
    expect(world.messenger.cards.slice(4).map(({ memberId }) => memberId)).toEqual([ANA, MARCUS]);
  });

  test('over the agency’s limit or a team’s, whoever decides is asked directly: the channel reads only of its client', async () => {
    await submit(OLIVIA, { kind: 'set_approvals_channel', clientId: CLIENT, channelId: 'C0APPROVE' });
    await submit(OLIVIA, { kind: 'add_member', memberId: ANA, role: 'creator' });
    await submit(OLIVIA, { kind: 'create_team', teamId: 'design', name: 'Design' });
    await submit(OLIVIA, { kind: 'set_teams', memberId: ANA, teamIds: ['design'] });
    for (const [account, deliveryId] of [
      ['agency', 'of-agency'],
      ['team:design', 'of-team'],
    ] as const) {
      await limit(account, 1, 'ask');
      await requestImage(world, input({ deliveryId }));
      expect(world.messenger.cards.splice(0).map(({ memberId }) => memberId)).toEqual([ANA, OLIVIA]);
      await limit(account, 900, 'ask');
    }

    // The limit comes into the way while the card stands in the channel.
    await requestImage(world, input({ deliveryId: 'before' }));
    expect(world.messenger.cards.map(({ memberId }) => memberId)).toEqual([ANA, 'C0APPROVE']);
    expect(cardOf('C0APPROVE')).toMatchObject({ audience: 'internal' });
    await limit('agency', 1, 'ask');
    await approve(OLIVIA, { requestId: 'before' });
    expect(lastNote(OLIVIA)).toMatchObject({ kind: 'decision_refused', refusal: { reason: 'other_limits' } });
    expect(cardOf('C0APPROVE')).toMatchObject({ audience: 'shared', standsIn: 'channel' });
    expect(world.messenger.cards.map(({ memberId }) => memberId)).toEqual([ANA, 'C0APPROVE', OLIVIA]);
  });

  test('a card that Slack did not take is posted by the next sweep', async () => {
    world.messenger.answerNext('postCard', { kind: 'failed', code: 'lost' }, { kind: 'failed', code: 'lost' });
    await requestImage(world, input());
    expect(world.messenger.cards).toEqual([]);
    await sweeps();
    expect(world.messenger.cards).toHaveLength(2);
  });
});

describe('an approval', () => {
  beforeEach(() => requestImage(world, input()));

  test('runs the blocked prompt at once, is charged, and is drawn everywhere', async () => {
    await approve(MARCUS);
    expect(world.maker.requests.map(({ prompt }) => prompt)).toEqual(['a red fox at dusk', 'a red fox at dusk']);
    expect(world.messenger.sheets[0]?.drawn?.job.images.map(({ settled }) => settled?.as)).toEqual([
      'captured',
      'captured',
    ]);
    expect(used()).toMatchObject({ usedCredits: 8, heldCredits: 0 });
    for (const memberId of [ANA, MARCUS])
      expect(cardOf(memberId)).toMatchObject({ end: { as: 'approved', by: MARCUS } });
    expect((await loadJob(world, 'job-1'))?.finished).toBe(true);
  });

  test('long after it was asked for still has all the time that an image has', async () => {
    await world.clock.advance(20 * HOUR_MS);
    world.messenger.answerNext('upload', { kind: 'failed', code: 'lost' }, { kind: 'failed', code: 'lost' });
    await approve(MARCUS);
    await world.clock.advance(6 * HOUR_MS);
    await sweeps();
    expect(world.messenger.sheets[0]?.drawn?.job.images.every(({ fileId }) => fileId)).toBe(true);
  });

  test('that a process did not live to act upon is not made an hour later: the credits go back', async () => {
    await submit(MARCUS, { kind: 'approve', requestId: 'job-1', how: { kind: 'once' }, seen: [MONTHLY] });
    await world.clock.advance(HOUR_MS);
    await sweeps();
    expect(lastNote(ANA)).toMatchObject({ kind: 'too_late' });
    expect(world.maker.requests).toEqual([]);
    expect(world.book.now().holds.size).toBe(0);
  });

  test('is one of two managers’ in the same moment: the other is told, and the image is made once', async () => {
    await submit(OLIVIA, { kind: 'set_role', memberId: BEN, role: 'manager' });
    await submit(OLIVIA, { kind: 'set_manages', memberId: BEN, clientIds: [CLIENT], teamIds: [] });
    await Promise.all([approve(MARCUS), approve(BEN)]);
    expect(world.maker.requests).toHaveLength(2);
    expect([...told(MARCUS), ...told(BEN)].map(({ note }) => note)).toMatchObject([
      { kind: 'decision_refused', refusal: { reason: 'request_ended', end: { as: 'approved' } } },
    ]);
  });

  test.each([
    ['own request', ANA, 'own_request'],
    ['no manager of it', BEN, 'not_allowed'],
  ])('is refused: %s', async (_name, memberId, reason) => {
    await submit(OLIVIA, { kind: 'add_member', memberId: BEN, role: 'creator' });
    await approve(memberId);
    expect(lastNote(memberId)).toMatchObject({ kind: 'decision_refused', refusal: { reason } });
    expect(request()?.end).toBeNull();
    expect(world.maker.requests).toEqual([]);
  });

  test('by somebody demoted meanwhile is refused, and who manages now is shown it', async () => {
    await submit(OLIVIA, { kind: 'set_role', memberId: MARCUS, role: 'creator' });
    await approve(MARCUS);
    expect(lastNote(MARCUS)).toMatchObject({ refusal: { reason: 'not_allowed' } });
    await sweeps();
    expect(cardOf(OLIVIA)).toMatchObject({ kind: 'request_card' });
  });

  test('does not go over limits that the card did not show: both are told, and it shows them', async () => {
    await limit(`member:${ANA}`, 3, 'ask');
    await submit(OLIVIA, { kind: 'create_team', teamId: 'design', name: 'Design' });
    await submit(OLIVIA, { kind: 'set_teams', memberId: ANA, teamIds: ['design'] });
    await submit(OLIVIA, { kind: 'set_manages', memberId: MARCUS, clientIds: [CLIENT], teamIds: ['design'] });
    await approve(MARCUS);
    await approve(MARCUS);
    const more = [{ account: 'member:U0ANA', window: 'month' }];
    expect(lastNote(MARCUS)).toMatchObject({ refusal: { reason: 'other_limits', exceeded: more } });
    expect(told(ANA).filter(({ note }) => note.kind === 'more_in_the_way')).toMatchObject([
      { note: { by: MARCUS, exceeded: more } },
    ]);
    const seen = (cardOf(MARCUS) as RequestCard).exceeded.map(limitName);
    expect(seen).toEqual([MONTHLY, 'member:U0ANA month']);
    await approve(MARCUS, { seen });
    expect(request()?.end).toMatchObject({ as: 'approved' });
  });

  test('until a day, and by raising the limit', async () => {
    const form = await openRequest(world, { requester: by(OLIVIA), requestId: 'job-1', action: 'approve' });
    expect(form).toMatchObject({ leastCredits: 2, limits: [{ maySet: true, setCredits: 6, enoughCredits: 8 }] });
    await approve(MARCUS, { how: { kind: 'until', amountCredits: 20, untilDate: '2026-11-27' } });
    const [grant] = world.book.now().grants.get(clientAccount(CLIENT)) ?? [];
    expect(grant).toMatchObject({ amountCredits: 20, expiresAt: Date.UTC(2026, 10, 28), by: MARCUS });

    await requestImage(world, input({ deliveryId: 'job-2', imagesCount: 6 }));
    const limits = [{ account: clientAccount(CLIENT), window: 'month' as const, limitCredits: 100 }];
    await approve(OLIVIA, { requestId: 'job-2', how: { kind: 'raise', limits } });
    expect(world.book.now().requests.get('job-2')?.end).toMatchObject({ as: 'approved', by: OLIVIA });
  });
});

describe('no approval', () => {
  beforeEach(() => requestImage(world, input()));

  test('a denial is told with its reason, and drawn', async () => {
    await denyRequest(world, {
      deliveryId: nextId(),
      requester: by(MARCUS),
      requestId: 'job-1',
      reason: 'Enough foxes.',
    });
    expect(lastNote(ANA)).toMatchObject({ kind: 'not_approved', end: { as: 'denied', reason: 'Enough foxes.' } });
    expect(cardOf(ANA)).toMatchObject({ end: { as: 'denied' } });
    expect((await loadJob(world, 'job-1'))?.finished).toBe(true);
    await approve(MARCUS);
    expect(lastNote(MARCUS)).toMatchObject({ refusal: { reason: 'request_ended' } });
  });

  test('who withdraws hears nothing but sees it; nobody else may', async () => {
    await withdrawRequest(world, { deliveryId: nextId(), requester: by(MARCUS), requestId: 'job-1' });
    expect(lastNote(MARCUS)).toMatchObject({ refusal: { reason: 'not_allowed' } });
    await withdrawRequest(world, { deliveryId: nextId(), requester: by(ANA), requestId: 'job-1' });
    expect(heard(ANA)).toEqual(['approval_asked']);
    expect(cardOf(MARCUS)).toMatchObject({ end: { as: 'withdrawn' } });
  });

  test('whoever is removed is not spoken to; their cards say that it ended', async () => {
    await submit(OLIVIA, { kind: 'remove_member', memberId: ANA, reason: 'left' });
    await sweeps();
    expect(heard(ANA)).toEqual(['approval_asked']);
    expect(cardOf(MARCUS)).toMatchObject({ end: { as: 'withdrawn', by: OLIVIA } });
    expect((await loadJob(world, 'job-1'))?.finished).toBe(true);
  });

  test('after two hours owners are asked too, after a day it lapses: each once, by two processes', async () => {
    const other = await createWorld({ ...world, processId: 'p2' });
    await world.clock.advance(2 * HOUR_MS);
    await Promise.all([recoverJobs(world, { alone: false }), recoverJobs(other, { alone: false })]);
    await sweeps();
    expect(world.messenger.cards.map(({ memberId }) => memberId)).toEqual([ANA, MARCUS, OLIVIA]);
    expect(cardOf(MARCUS)).toMatchObject({ escalatedAt: expect.any(Number) });
    await world.clock.advance(22 * HOUR_MS);
    await Promise.all([recoverJobs(world, { alone: false }), recoverJobs(other, { alone: false })]);
    expect(told(ANA).filter(({ note }) => note.kind === 'not_approved')).toMatchObject([
      { note: { end: { as: 'lapsed' } } },
    ]);
    for (const memberId of [ANA, MARCUS, OLIVIA]) expect(cardOf(memberId)).toMatchObject({ end: { as: 'lapsed' } });
    const lines = await world.journal.read({ workspace: 'T1', afterSeq: 0, linesMax: 1_000 });
    expect(lines.filter(({ kind }) => kind === 'escalated' || kind === 'lapsed')).toHaveLength(2);
  });
});

describe('around approvals', () => {
  test('who keeps exceeding is told so on the card, and can be sent tips: once a click', async () => {
    for (const requestId of ['job-2', 'job-3', 'job-4']) {
      await requestImage(world, input({ deliveryId: requestId }));
      await approve(MARCUS, { requestId });
      await limit(`client:${CLIENT}`, 2, 'ask');
    }
    await requestImage(world, input());
    const card = world.messenger.cards.findLast(({ memberId }) => memberId === MARCUS)?.card;
    expect(card).toMatchObject({ approvals: { count: 3, isOften: true }, recent: { requestsCount: 3 } });
    const decision = { deliveryId: 'click-1', requester: by(MARCUS), requestId: 'job-1' };
    await coachRequester(world, decision);
    await coachRequester(world, decision);
    expect(heard(ANA).filter((kind) => kind === 'coaching')).toHaveLength(1);
    expect(lastNote(MARCUS)).toEqual({ kind: 'coaching_sent', memberId: ANA, wasSent: true });
    await coachRequester(world, { ...decision, deliveryId: 'click-2', requester: by(ANA) });
    expect(lastNote(ANA)).toMatchObject({ refusal: { reason: 'own_request' } });
  });

  test('a card stays where it is, and says no figures any more once its requester may not decide', async () => {
    await requestImage(world, input());
    const cardOfMarcus = () => world.messenger.cards.findLast(({ memberId }) => memberId === MARCUS)?.card;
    expect(cardOfMarcus()).toMatchObject({ audience: 'internal' });
    await setRole(world, { deliveryId: 'demoted', by: OLIVIA, memberId: MARCUS, role: 'creator' });
    expect(cardOfMarcus()).toMatchObject({ audience: 'shared', end: null });
  });

  test('who decides for somebody away is told, is shown what waits, and may until the day is over', async () => {
    await submit(OLIVIA, { kind: 'add_member', memberId: BEN, role: 'creator' });
    await requestImage(world, input());
    const away = { toId: BEN, untilDate: '2026-11-24' };
    expect(await setDelegate(world, { deliveryId: nextId(), by: MARCUS, away })).toEqual({ ok: true });
    expect(lastNote(BEN)).toMatchObject({ kind: 'delegate_named', by: MARCUS, untilAt: Date.UTC(2026, 10, 25) });
    expect(cardOf(BEN)).toMatchObject({ kind: 'request_card' });
    await approve(BEN);
    expect(request()?.end).toMatchObject({ as: 'approved', by: BEN });
    await requestImage(world, input({ deliveryId: 'job-2' }));
    await world.clock.advance(40 * HOUR_MS);
    await approve(BEN, { requestId: 'job-2' });
    expect(lastNote(BEN)).toMatchObject({ kind: 'decision_refused' });
  });

  test.each([
    ['the delegate asks for themselves', ANA, [OLIVIA]],
    ['the delegate has left Slack, and the event was lost', BEN, [OLIVIA]],
    ['the delegate is the owner', OLIVIA, [OLIVIA]],
  ])('with the only manager away somebody is asked at once who can answer: %s', async (_name, toId, expected) => {
    await submit(OLIVIA, { kind: 'add_member', memberId: BEN, role: 'creator' });
    await requestImage(world, input());
    const hasLeft = (memberId: string) => memberId === BEN && toId === BEN;
    world.channels = {
      ...world.channels,
      audience: async (_, memberId) => (hasLeft(memberId) ? 'shared' : 'internal'),
    };
    await setDelegate(world, { deliveryId: nextId(), by: MARCUS, away: { toId, untilDate: '2026-11-24' } });
    expect(cardOf(ANA)).toMatchObject({ approverIds: expected });
    // The one who is away has the card from before, and may still decide.
    await requestImage(world, input({ deliveryId: 'job-2' }));
    const second = world.messenger.cards.filter(({ card }) => 'requestId' in card && card.requestId === 'job-2');
    expect(second.map(({ memberId }) => memberId)).toEqual([ANA, ...expected]);
    expect(second[0]?.card).toMatchObject({ approverIds: expected });
  });

  test('whoever comes back is asked again, at once', async () => {
    await submit(OLIVIA, { kind: 'add_member', memberId: BEN, role: 'creator' });
    await setDelegate(world, { deliveryId: nextId(), by: MARCUS, away: { toId: BEN, untilDate: '2026-11-24' } });
    await requestImage(world, input());
    expect(world.messenger.cards.map(({ memberId }) => memberId)).toEqual([ANA, BEN]);
    expect(cardOf(ANA)).toMatchObject({ approverIds: [BEN] });
    await setDelegate(world, { deliveryId: nextId(), by: MARCUS, away: null });
    expect(world.messenger.cards.map(({ memberId }) => memberId)).toEqual([ANA, BEN, MARCUS]);
    expect(cardOf(ANA)).toMatchObject({ approverIds: [MARCUS] });
    expect(cardOf(BEN)).toMatchObject({ audience: 'shared' });
  });

  test.each([
    [[50, 80, 100], []],
    [[50, 80], ['limit_warning']],
  ])(
    'a limit that warns is exceeded and told once; its managers hear it so where no alert comes at %j',
    async (percents, managers) => {
      await submit(OLIVIA, { kind: 'set_policy', policy: { name: 'alerts', value: { percents, quiet: null } } });
      await limit(`client:${CLIENT}`, 6, 'warn');
      await requestImage(world, input());
      await requestImage(world, input({ deliveryId: 'job-2' }));
      expect(heard(ANA)).toEqual(['limit_warning']);
      expect(heard(MARCUS)).toEqual(managers);
      expect(heard(OLIVIA)).toEqual([]);
      expect(world.maker.requests).toHaveLength(4);
    },
  );

  test.each([
    ['Europe/London', '2026-11-27', Date.UTC(2026, 10, 28)],
    ['Pacific/Kiritimati', '2026-11-27', Date.UTC(2026, 10, 27, 10)],
    ['Pacific/Pago_Pago', '2026-11-27', Date.UTC(2026, 10, 28, 11)],
    ['Europe/London', '2026-02-31', null],
    ['Europe/London', 'soon', null],
  ])('a day ends at midnight: %s %s', (timeZone, date, at) => {
    expect(endOfDay(date, { timeZone, weekStartsOn: 1 })).toBe(at);
  });
});

describe('when people change', () => {
  const requestCards = (memberId: string) =>
    world.messenger.cards.filter((each) => each.memberId === memberId && each.card.kind === 'request_card');

  test('whoever asked is removed: the request is withdrawn, the job ends, and the cards say so', async () => {
    await requestImage(world, input());
    expect(requestCards(MARCUS)).toHaveLength(1);
    await removePerson(world, { deliveryId: nextId(), by: OLIVIA, memberId: ANA, reason: '' });
    expect(request()?.end).toMatchObject({ as: 'withdrawn', by: OLIVIA });
    expect((await loadJob(world, 'job-1'))?.finished).toBe(true);
    expect(cardOf(MARCUS)).toMatchObject({ end: { as: 'withdrawn' } });
    expect(used()).toMatchObject({ usedCredits: 0, heldCredits: 0 });
    const receipt = world.messenger.cards.find(({ card }) => card.kind === 'leaving_receipt')?.card;
    expect(receipt).toMatchObject({ leaving: { withdrawnCount: 1 } });
  });

  test.each(['removed', 'suspended'] as const)('the only approver is %s: owners are asked instead', async (how) => {
    await requestImage(world, input());
    expect(requestCards(OLIVIA)).toHaveLength(0);
    const change = { deliveryId: nextId(), by: OLIVIA, memberId: MARCUS };
    if (how === 'removed') await removePerson(world, { ...change, reason: '' });
    else await setSuspended(world, { ...change, isSuspended: true });
    expect(requestCards(OLIVIA)).toHaveLength(1);
    expect(cardOf(ANA)).toMatchObject({ kind: 'asked_card', approverIds: [OLIVIA] });
    await approve(MARCUS);
    expect(request()?.end).toBeNull();
    await approve(OLIVIA);
    expect(request()?.end?.as).toBe('approved');
  });

  test('somebody begins to look after the client: it is shown to them too', async () => {
    await requestImage(world, input());
    await submit('inkwell', { kind: 'add_member', memberId: BEN, role: 'manager' });
    const manages = { clientIds: [CLIENT], teamIds: [] };
    await setManages(world, { deliveryId: nextId(), by: OLIVIA, memberId: BEN, manages });
    expect(requestCards(BEN)).toHaveLength(1);
  });
});
