import type {
  Announced,
  Card,
  Delivered,
  JobView,
  Messenger,
  PrivateMessage,
  Redrawn,
} from '../../../src/app/messenger.ts';
import type { Requester } from '../../../src/app/requester.ts';
import { type Audience, type Channels, type People, PeopleFault, type Person } from '../../../src/ports/ports.ts';
import { createTtlCache } from '../../../src/slack/platform/ttl-cache.ts';
import type { MessagePlace } from '../../../src/storage/records/job-step.ts';
import type { FaultKind } from './weather.ts';
import type { Sender, Wire } from './wire.ts';

/** A job's message, as people see it. */
export type Sheet = { place: MessagePlace; jobId: string; drawn: JobView | null; isGone: boolean };
/** `isAsStated`: an older drawing arrived behind a newer one, and nobody can say any more what it should show. */
export type PostedCard = { place: MessagePlace; to: string; card: Card; isGone: boolean; isOvertaken: boolean };
/** `delivery`: of which command or click it is an answer, where it says so. */
export type Heard = { memberId: string; note: PrivateMessage; delivery: string | null; at: number };

/** Slack as far as the use cases know it: who is who, and what was said to whom. What it did is there to be looked at. */
export type SimulatedSlack = {
  kinds: Map<string, Person['kind']>;
  /** Channels that can be posted to no more, for a while. */
  archived: Set<string>;
  sheets: Map<string, Sheet>;
  cards: Map<string, PostedCard>;
  heard: Heard[];
  files: Set<string>;
  /** Jobs whose message an older drawing overtook. */
  overtaken: Set<string>;
  reachedBy(sender: Sender): { messenger: Messenger; people: People; channels: Channels };
  /** Whole seconds, as its answers say it. */
  askTime(sender: Sender): Promise<number>;
};

export type SlackWitness = {
  posted(sheet: Sheet, by: Sender): void;
  said(heard: Heard, by: Sender): void;
  cardStands(card: PostedCard, by: Sender): void;
};

/** Nobody posts for us a second time: what is sent again is sent again by the use cases. */
const POSTS: readonly FaultKind[] = ['lost', 'late', 'answer_lost', 'overtaken'];
const DRAWS: readonly FaultKind[] = ['lost', 'late', 'answer_lost', 'doubled'];
const LOOKS: readonly FaultKind[] = ['lost', 'late'];
const FAILED = (about: 'never' | 'perhaps') => ({
  kind: 'failed' as const,
  code: about === 'never' ? 'http_500' : 'lost',
});

type Parts = { wire: Wire; now: () => number; witness: SlackWitness };

export function createSlack({ wire, now, witness }: Parts): SimulatedSlack {
  const sheets = new Map<string, Sheet>();
  const cards = new Map<string, PostedCard>();
  const heard: Heard[] = [];
  const files = new Set<string>();
  const kinds = new Map<string, Person['kind']>();
  const archived = new Set<string>();
  const overtaken = new Set<string>();
  let stamps = 0;
  let uploads = 0;
  const placeIn = (channelId: string): MessagePlace => ({ channelId, ts: `${1_764_000_000 + ++stamps}.000100` });

  const announce = (view: JobView, channelId: string, by: Sender): Announced => {
    if (archived.has(channelId)) return { kind: 'unreachable', code: 'is_archived' };
    const sheet: Sheet = { place: placeIn(channelId), jobId: view.job.jobId, drawn: null, isGone: false };
    sheets.set(sheet.place.ts, sheet);
    witness.posted(sheet, by);
    return { kind: 'posted', place: sheet.place };
  };

  const redraw = (view: JobView, { ts }: MessagePlace): Redrawn => {
    const sheet = sheets.get(ts);
    if (!sheet || sheet.isGone) return { kind: 'gone', code: 'message_not_found' };
    if (sheet.drawn && sheet.drawn.job.stepsCount > view.job.stepsCount) overtaken.add(view.job.jobId);
    sheet.drawn = view;
    return { kind: 'drawn' };
  };

  const tell = ({ memberId, replyTo }: Requester, note: PrivateMessage, by: Sender, onceKey?: string): Delivered => {
    if (kinds.get(memberId) === 'deactivated') return { kind: 'failed', code: 'user_disabled' };
    const delivery = jobOf(onceKey) ?? replyTo?.responseUrl?.split('/').at(-1) ?? null;
    const said = { memberId, note, delivery, at: now() };
    heard.push(said);
    witness.said(said, by);
    return { kind: 'delivered' };
  };

  const postCard = (to: string, card: Card, by: Sender): Announced => {
    const posted: PostedCard = { place: placeIn(`D-${to}`), to, card, isGone: false, isOvertaken: false };
    cards.set(posted.place.ts, posted);
    witness.cardStands(posted, by);
    return { kind: 'posted', place: posted.place };
  };

  const redrawCard = ({ ts }: MessagePlace, card: Card): Redrawn => {
    const posted = cards.get(ts);
    if (!posted || posted.isGone) return { kind: 'gone', code: 'message_not_found' };
    if (endOf(posted.card) !== null && endOf(card) === null) posted.isOvertaken = true;
    posted.card = card;
    return { kind: 'drawn' };
  };

  return {
    kinds,
    archived,
    sheets,
    cards,
    heard,
    files,
    overtaken,
    askTime: (sender) =>
      wire(sender, {
        port: 'slack',
        verb: 'time',
        faults: LOOKS,
        act: async () => Math.floor(now() / 1_000) * 1_000,
        failure: () => {
          throw new PeopleFault();
        },
      }),
    reachedBy: (sender) => {
      const on = <Result>(verb: string, faults: readonly FaultKind[], act: () => Result) =>
        wire<Result | { kind: 'failed'; code: string }>(sender, {
          port: 'slack',
          verb,
          faults,
          act: async () => act(),
          failure: FAILED,
        });
      return {
        messenger: {
          announce: (view, to) => {
            const channelId = to.in === 'channel' ? view.job.place.channelId : `D-${view.job.memberId}`;
            return on(`announce ${view.job.jobId}`, POSTS, () => announce(view, channelId, sender));
          },
          redraw: (view, place) => on(`redraw ${view.job.jobId}`, DRAWS, () => redraw(view, place)),
          upload: () =>
            on('upload', POSTS, () => {
              uploads += 1;
              const fileId = `F${uploads}`;
              files.add(fileId);
              return { kind: 'uploaded' as const, fileId };
            }),
          removeFile: (fileId) =>
            on('remove file', DRAWS, () => {
              files.delete(fileId);
              return { kind: 'delivered' as const };
            }),
          tell: (to, note, once) =>
            on(`tell ${to.memberId} ${note.kind}`, POSTS, () => tell(to, note, sender, once?.onceKey)),
          postCard: (memberId, card) => on(`card ${memberId}`, POSTS, () => postCard(memberId, card, sender)),
          postCardIn: (channelId, card) => on(`card in ${channelId}`, POSTS, () => postCard(channelId, card, sender)),
          redrawCard: (place, card) => on(`redraw card ${place.ts}`, DRAWS, () => redrawCard(place, card)),
        },
        ...directory({ kinds, wire, now, sender }),
      };
    },
  };
}

/** How a card says that its request, or the stop of spending, ended; null while it is open, and on other cards. */
const endOf = (card: Card) => (card.kind === 'stop_card' ? card.stop.resumed : 'end' in card ? card.end : null);

type Directory = { kinds: Map<string, Person['kind']>; wire: Wire; now: () => number; sender: Sender };

/** As long as the real ones remember what Slack said: whoever is not told of a change goes on with what was. */
const REMEMBERED = { person: { forMs: 5 * 60_000, max: 100 }, channel: { forMs: 60_000, max: 100 } } as const;

function directory({ kinds, wire, now, sender }: Directory): { people: People; channels: Channels } {
  const ask = <Result>(verb: string, act: () => Result) =>
    wire<Result>(sender, { port: 'people', verb, faults: LOOKS, act: async () => act(), failure, isLook: true });
  const failure = (): never => {
    throw new PeopleFault();
  };
  const persons = createTtlCache<Person | null>({ now }, REMEMBERED.person);
  const audiences = createTtlCache<Audience>({ now }, REMEMBERED.channel);
  const personOf = (userId: string): Person | null => {
    const kind = kinds.get(userId);
    return kind ? { userId, name: userId.toLowerCase(), kind, timeZone: 'Europe/London' } : null;
  };
  const look = (userId: string) => persons.recall(userId, () => ask('look', () => personOf(userId)));
  const faceOf = (channelId: string): Audience => (channelId === SHARED_CHANNEL ? 'shared' : 'internal');
  return {
    people: {
      look,
      names: () => ask('names', () => new Map([...kinds.keys()].map((id) => [id, id.toLowerCase()]))),
      forget: (userId) => persons.forget(userId),
    },
    channels: {
      has: (channelId, userId) => ask('has', () => kinds.get(userId) === 'member' || channelId === SHARED_CHANNEL),
      async audience(channelId, readerId) {
        try {
          if ((await look(readerId))?.kind !== 'member') return 'shared';
          return channelId === null
            ? 'internal'
            : await audiences.recall(channelId, () => ask('face', () => faceOf(channelId)));
        } catch {
          return 'shared';
        }
      },
      forget: (changed) => 'channelId' in changed && audiences.forget(changed.channelId),
    },
  };
}

/** The one that a client's people read along in. */
export const SHARED_CHANNEL = 'C0SHARED';

/** Of a message that says how a job ended. */
const jobOf = (onceKey: string | undefined): string | null => /^told\/(.+)\/[^/]+$/.exec(onceKey ?? '')?.[1] ?? null;
