import { tellAlert } from '../../src/app/alerts/tell-alert.ts';
import { tendAlerts } from '../../src/app/alerts/tend-alerts.ts';
import { useAlertCard } from '../../src/app/alerts/use-alert-card.ts';
import { sendClientDigests } from '../../src/app/digest/send-client-digests.ts';
import { sendDigests } from '../../src/app/digest/send-digests.ts';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import type { Card, PrivateMessage } from '../../src/app/messenger.ts';
import { putOnceMarker } from '../../src/app/once/once-markers.ts';
import { weekOf, weeksAgo } from '../../src/app/peer-check/judge-peers.ts';
import { tellPeers } from '../../src/app/peer-check/tell-peers.ts';
import { AGENCY, limitName } from '../../src/ledger/accounts.ts';
import { INKWELL } from '../../src/ledger/commands/commands.ts';
import { exceededNow } from '../../src/ledger/rights/approval-authority.ts';
import { dateOf } from '../../src/ledger/tally/blocked.ts';
import { usageOf } from '../../src/ledger/usage/standings.ts';
import { windowKeysAt } from '../../src/ledger/usage/windows.ts';
import { MARKS, STAGES } from '../../src/ledger/work.ts';
import { announcement } from '../../src/slack/image-message/announcement.ts';
import { imageMessage } from '../../src/slack/image-message/image-message.ts';
import { cardMessage } from '../../src/slack/messenger/card.ts';
import { noteMessage } from '../../src/slack/messenger/note.ts';
import { inChannel } from '../support/requester.ts';
import { stop } from '../support/wishes.ts';
import { CHANNELS, CLIENTS, type Organisation, PEOPLE, UNBOUND } from './organisation.ts';
import type { Sight } from './tour.ts';

/** What one person was told or shown by itself, without having asked for it. */
export type Told = Sight & {
  readerIds: readonly string[];
  kind: PrivateMessage['kind'] | Card['kind'] | 'image';
  /** The first line that it may have been drawn after. */
  sinceSeq: number;
};

/**
 * Some days of work: images that are asked for, in vain and with success, decisions by whoever may and may not, people who
 * go and come. Everything that anybody is told or shown by itself is yielded as soon as it stands there.
 */
export async function* live(org: Organisation): AsyncGenerator<Told> {
  const seen = { told: 0, drawn: new Map<object, string>() };
  for (const act of acts(org)) {
    const sinceSeq = org.world.book.now().seq;
    await act();
    for (const each of news(org, seen)) yield { ...each, sinceSeq };
    org.world.clock.set(org.world.clock.now() + 60_000);
    await recoverJobs(org.world, { alone: false });
    for (const each of news(org, seen)) yield { ...each, sinceSeq };
  }
}

function* acts(org: Organisation): Generator<() => Promise<unknown>> {
  const { app, world, roll, seed } = org;
  let count = 0;
  const by = (memberId: string, channelId: string | null = null) => {
    count += 1;
    const requester = channelId === null ? { memberId, replyTo: null } : inChannel(memberId, channelId);
    return { deliveryId: `live-${seed}-${count}`, by: memberId, requester };
  };
  const image = (memberId: string, channelId: string) => () =>
    app.requestImage({
      ...by(memberId, channelId),
      place: { channelId, threadId: null },
      prompt: 'a zebra',
      options: {},
      imagesCount: 1 + roll.below(3),
      from: 'channel',
      stage: null,
      project: null,
    });
  for (let rounds = 0; rounds < 12; rounds += 1) {
    const channelId = roll.one([...CHANNELS, ...CHANNELS, UNBOUND]);
    const there = PEOPLE.filter((memberId) => org.isIn(channelId, memberId));
    if (there.length > 0) yield image(roll.one(there), channelId);
  }
  const open = () => [...world.book.now().requests.values()].filter(({ end }) => end === null);
  const anybody = () => ({ ...by(roll.one(PEOPLE)) });
  for (const { requestId } of open()) {
    yield () => app.denyRequest({ ...anybody(), requestId, reason: 'Not this one' });
    yield () => app.coachRequester({ ...anybody(), requestId });
    yield () => app.approveRequest({ ...anybody(), requestId, how: { kind: 'once' }, seen: [] });
  }
  for (const request of open()) {
    const [exceeded] = exceededNow(world.book.now(), request, world.clock.now()).filter(
      ({ account }) => account !== AGENCY,
    );
    if (!exceeded) continue;
    const { account: to, window } = exceeded;
    const others = [...world.book.now().limits].filter(
      ([account, set]) => account !== to && set.some((each) => each.window === window),
    );
    for (const [from] of others.slice(0, 2)) {
      const move = { requestId: request.requestId, from, to, window, amountCredits: 1 };
      for (const memberId of [roll.one(PEOPLE), 'U0OLIV']) yield () => app.moveForRequest({ ...by(memberId), ...move });
    }
  }
  yield () => app.setRole({ ...by('U0OLIV'), memberId: 'U0MAVI', role: roll.one(['creator', 'manager'] as const) });
  for (const [index, request] of open().entries()) {
    const seen = exceededNow(world.book.now(), request, world.clock.now()).map(limitName);
    const { requestId } = request;
    yield () => app.approveRequest({ ...anybody(), requestId, how: { kind: 'once' }, seen });
    if (index % 3 === 0) yield () => app.denyRequest({ ...by('U0OLIV'), requestId, reason: 'Enough of these' });
    if (index % 2 === 1) yield () => app.withdrawRequest({ ...by(request.memberId), requestId });
    // Blindly first: whoever asked is told which limits are in the way besides.
    for (const shown of [[], seen]) {
      yield () => app.approveRequest({ ...by('U0OLIV'), requestId, how: { kind: 'once' }, seen: shown });
    }
  }
  yield () => tendAlerts(world);
  for (const memberId of PEOPLE) {
    yield () => app.muteAlerts({ ...by(memberId), account: 'client:clid1', until: 'day' });
    const ofClient = { account: 'client:clid1', window: 'month' } as const;
    yield () => app.capQuality({ ...by(memberId), ...ofClient, isLifted: false });
    yield () => app.capQuality({ ...by(memberId), ...ofClient, isLifted: true });
    yield () => app.askOwners({ ...by(memberId), ...ofClient, reason: 'For the launch' });
    yield () => app.expectUse({ ...by(memberId), account: 'client:clid1', date: '2026-11-24', hour: null });
  }
  yield () => app.muteAlerts({ ...by('U0OLIV'), account: 'client:clid1', until: null });
  for (const channelId of [...CHANNELS, UNBOUND]) yield () => app.greetChannel({ channelId });
  yield () => app.runWaiting({ channelId: UNBOUND });
  yield () => tellOfUse(org);
  for (const memberId of PEOPLE) yield () => app.previewDigest(by(memberId));
  yield () => app.sendDigestNow(by('U0OLIV'));
  yield () => tellClients(org);
  yield () => tellOfPeers(org);
  for (const memberId of PEOPLE) yield () => app.sayDifferent({ by: memberId, memberId: 'U0CBOB', week: '2026-11-16' });
  for (const memberId of PEOPLE) {
    for (const clientId of CLIENTS) yield () => app.previewClientDigest({ ...by(memberId), clientId });
  }
  const decision = { kind: 'client' as const, clientId: 'clid1' };
  for (const channelId of [...CHANNELS, UNBOUND]) yield () => app.greetChannel({ channelId });
  yield () => app.bindChannel({ ...by('U0OLIV'), channelId: UNBOUND, decision, ifUnbound: true });
  yield () => app.checkGreeting({ channelId: UNBOUND });
  yield () => app.setDelegate({ ...by('U0MCAT'), away: { toId: 'U0CEVE', untilDate: '2027-12-01' } });
  yield () => app.removePerson({ ...by('U0OLIV'), memberId: 'U0CBOB', reason: 'Left' });
  const stopId = `live-${seed}-stop`;
  yield () => world.book.submit({ commandId: stopId, by: INKWELL, ...stop() });
  yield image(roll.one(PEOPLE), roll.one(CHANNELS));
  for (const memberId of [roll.one(PEOPLE), 'U0OLIV']) yield () => app.resumeSpending({ ...by(memberId), stopId });
  yield async () => world.clock.set(world.clock.now() + 3 * 3_600_000);
  for (const memberId of PEOPLE) {
    const done = org.world.book.now().holds.size;
    yield async () => {
      const { workspace } = world.book;
      const [jobId] = await world.records.jobs.latest({ workspace, memberId, jobsMax: 1 });
      if (!jobId || done < 0) return;
      const channelId = roll.one(CHANNELS);
      const place = { channelId, threadId: null };
      const at = () => ({
        ...by(roll.one(PEOPLE.filter((each) => org.isIn(channelId, each))), channelId),
        place,
        jobId,
      });
      await app.markImage({ ...at(), imageNo: 1, mark: roll.one([...MARKS, null]) });
      await app.setStage({ ...at(), stage: roll.one(STAGES) });
      const [sheet] = world.messenger.sheets;
      if (sheet) await app.markByReaction({ ...by(memberId), message: sheet.place, emoji: 'star', isAdded: true });
      await app.cancelImages({ ...by(memberId), jobId });
      await app.deleteImage({ ...by(roll.one(PEOPLE)), jobId });
      await app.repeatImage({ ...by(memberId), place: null, jobId });
      await app.askForHelp({ ...by(memberId), jobId });
      await app.askForRole({ ...by(memberId) });
      await app.declineRole({ ...by('U0OLIV'), memberId });
      const made = { imagesCount: 1, model: 'sketch', size: '1024x1024', quality: 'draft' };
      await app.makeInstead({ ...by(memberId), place: null, jobId, made, shownCredits: 1_000 });
    };
  }
}

/** The week of each client, as if it were over, in its channels; in one of them Inkwell cannot post. */
async function tellClients({ world, roll }: Organisation): Promise<void> {
  const { book, clock, messenger } = world;
  for (const clientId of CLIENTS) {
    const commandId = `digest-of-${clientId}`;
    await book.submit({ commandId, by: 'U0OLIV', kind: 'set_client_digest', clientId, isOn: true });
  }
  if (roll.chance(2)) messenger.answerNext('postCardIn', { kind: 'unreachable', code: 'is_archived' });
  await sendClientDigests(world, new Date(clock.now() + 7 * 86_400_000).toISOString().slice(0, 10));
}

/** As after a week of unlike work: random days have too few kept images for it. */
async function tellOfPeers({ world }: Organisation): Promise<void> {
  const { book, clock } = world;
  await book.submit({
    commandId: 'peers-on',
    by: 'U0OLIV',
    kind: 'set_policy',
    policy: { name: 'peerCheck', value: true },
  });
  const finding = { stage: 'concept', modelClass: 'sketch', keptCount: 24, peersKeptCount: 40 } as const;
  const figures = { creditsPerKept: 9_871, peersCreditsPerKept: 4_321 };
  const found = Object.fromEntries(
    PEOPLE.map((memberId) => [memberId, { finding: { memberId, ...finding, ...figures }, tips: [] }]),
  );
  const date = dateOf(windowKeysAt(clock.now(), book.now().settings!));
  const week = weekOf(book.now(), date);
  for (const each of [week, ...[1, 2, 3].map((count) => weeksAgo(week, -count))]) {
    await putOnceMarker(world, `peer-check/week/${each}`, JSON.stringify({ at: clock.now(), found }));
  }
  await tellPeers(world, date);
  await sendDigests(world, weeksAgo(date, -3));
}

/** As Slack’s links make it: without one an image is not drawn. */
function linked(card: Card): Card {
  if (card.kind !== 'client_digest') return card;
  return { ...card, kept: card.kept.map((image) => ({ ...image, url: 'https://slack.com/archives/C0/p1' })) };
}

/** As after a busy hour: random days have no usual hours that one could be held against. */
async function tellOfUse({ world }: Organisation): Promise<void> {
  const [account, at, state] = ['client:clid1' as const, world.clock.now(), world.book.now()];
  const actualCredits = usageOf(state, account, 'total').usedCredits;
  const cause = { by: 'project', value: 'pjid1', share: 0.8 } as const;
  const figures = { actualCredits, expectedCredits: 1, hourMaxCredits: 10, cause };
  const told = { at, finding: { account, date: '2026-11-24', hour: 9, ...figures } };
  const cardFor = (memberId: string) => useAlertCard(state, { account, told, memberId, at });
  await tellAlert(world, state, { key: 'use', account, stateNo: 1, isStanding: true, cardFor });
}

function requestIn(note: PrivateMessage): string | null {
  if ('requestId' in note) return note.requestId;
  return note.kind === 'decision_refused' && 'requestId' in note.refusal ? note.refusal.requestId : null;
}

type Seen = { told: number; drawn: Map<object, string> };

function* news(org: Organisation, seen: Seen): Generator<Omit<Told, 'sinceSeq'>> {
  const { told, cards, news: changes, sheets } = org.world.messenger;
  const { requests } = org.world.book.now();
  for (const { to, note } of told.slice(seen.told)) {
    const { memberId, replyTo } = to;
    const requestId = requestIn(note);
    const request = requestId === null ? undefined : requests.get(requestId);
    const place = replyTo === null ? {} : { channelId: replyTo.channelId };
    yield {
      kind: note.kind,
      what: `told ${note.kind}`,
      readerIds: [memberId],
      view: null,
      drawn: [noteMessage(note, to)],
      // It is about the channel in which they asked.
      occasion: {
        channelIds: ['channelId' in note ? note.channelId : (replyTo?.channelId ?? memberId)],
        requests: request ? [request] : [],
        spentBy: memberId,
      },
      isPrivate: true,
      ...place,
    };
  }
  seen.told = told.length;
  for (const { memberId, card } of [...cards, ...changes]) {
    const text = JSON.stringify(card);
    if (seen.drawn.get(card) === text) continue;
    seen.drawn.set(card, text);
    const isChannel = /^C/.test(memberId);
    const requestId = 'requestId' in card ? card.requestId : '';
    const request = requests.get(requestId);
    yield {
      kind: card.kind,
      what: `the card ${card.kind} for ${memberId}`,
      readerIds: isChannel ? PEOPLE.filter((each) => org.isIn(memberId, each)) : [memberId],
      view: null,
      drawn: [cardMessage(linked(card))],
      // A digest adds up what its reader manages; a figure of any one account is still found.
      sums: card.kind === 'digest_card' || card.kind === 'client_digest',
      occasion: {
        requests: request ? [request] : [],
        askedIn: isChannel ? memberId : null,
        weekIn: isChannel && (card.kind === 'client_digest' || card.kind === 'greeting') ? memberId : null,
      },
      channelId: isChannel ? memberId : null,
    };
  }
  for (const sheet of sheets) {
    const view = sheet.drawn ?? sheet.announced;
    if (seen.drawn.has(view)) continue;
    seen.drawn.set(view, '');
    const { channelId } = sheet.place;
    const isChannel = /^C/.test(channelId);
    yield {
      kind: 'image',
      what: `the image in ${channelId}`,
      readerIds: isChannel ? PEOPLE.filter((each) => org.isIn(channelId, each)) : [view.job.memberId],
      view: null,
      drawn: sheet.drawn ? [imageMessage(sheet.drawn)] : [announcement(sheet.announced, { in: sheet.audience })],
      occasion: { channelIds: [channelId], jobs: [view.job] },
      channelId: isChannel ? channelId : null,
    };
  }
}
