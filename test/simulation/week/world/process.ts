import PQueue from 'p-queue';
import { tendAlerts } from '../../../../src/app/alerts/tend-alerts.ts';
import type { AppContext } from '../../../../src/app/context.ts';
import { createMemberRemovedSignal } from '../../../../src/app/people/member-removed-signal.ts';
import { Book } from '../../../../src/book/book.ts';
import { rateCardAt } from '../../../../src/images/rate-card.ts';
import type { Audience, Clock, Log } from '../../../../src/ports/ports.ts';
import { runDue } from '../../../../src/scheduler/run-due.ts';
import { SCHEDULE } from '../../../../src/scheduler/schedule.ts';
import { createMessenger } from '../../../../src/slack/messenger/messenger.ts';
import { createTrustedClock, type TrustedClock } from '../../../../src/start/trusted-clock.ts';
import type { Stores } from '../../world/stores.ts';
import type { Timeline } from '../../world/timeline.ts';
import type { Sender, Wire } from '../../world/wire.ts';
import { GUEST, WORKSPACE } from './agency.ts';
import type { Edge } from './edge.ts';
import type { Work } from './work.ts';

/** A process from its start to its death, as far as digests and alerts need it: a book, a clock, a messenger. */
export type WeekProcess = Sender & {
  /** How far its machine's clock is from the right time. */
  skewMs: number;
  diedAt: number | null;
  /** Null until its book has been read. */
  world: AppContext | null;
  isLooking: boolean;
};

/** One round of a process: what is due is done, what is to be told is told. */
export type Look = {
  by: WeekProcess;
  beganAt: number;
  endedAt: number;
  error: unknown;
  /** Nobody else was at it at the same time. */
  isAlone: boolean;
};

export type ProcessParts = {
  timeline: Timeline;
  stores: Stores;
  wire: Wire;
  edge: Edge;
  work: Work;
  logged(process: WeekProcess, facts: Record<string, unknown>, message: string): void;
  failed(process: WeekProcess, doing: string, error: unknown): void;
  looked(look: Look): void;
};

const OPEN_AGAIN_MS = 60_000;
/** A look at the books at night is the other simulation's subject. */
const ROWS = SCHEDULE.filter(({ name }) => name !== 'self-check');
const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

export async function live(process: WeekProcess, parts: ProcessParts): Promise<void> {
  const clock = clockOf(process, parts);
  const { journal, records } = parts.stores.reachedBy(process);
  while (process.world === null) {
    try {
      const book = await Book.open({ journal, clock, workspace: WORKSPACE });
      process.world = { book, journal, records, ...around(process, clock, parts) };
    } catch (error) {
      parts.failed(process, 'open', error);
      await clock.sleep(OPEN_AGAIN_MS);
    }
  }
}

/** One at a time, as rounds are. What a process that dies has begun is never answered. */
export async function look(process: WeekProcess, parts: ProcessParts): Promise<void> {
  const { world } = process;
  if (!world || !process.isAlive || process.isLooking) return;
  process.isLooking = true;
  const beganAt = parts.timeline.now();
  const end = parts.work.begin(process);
  await world.clock.askAround?.();
  // Other rounds of a process read the lines three times a minute.
  await world.book.read().catch(() => undefined);
  const ends = await Promise.allSettled([runDue(world, ROWS), tendAlerts(world)]);
  process.isLooking = false;
  const [failed] = ends.filter((each) => each.status === 'rejected');
  if (failed) parts.failed(process, 'look', failed.reason);
  parts.looked({ by: process, beganAt, endedAt: parts.timeline.now(), error: failed?.reason ?? null, isAlone: end() });
}

/** Its machine's clock, held against Slack's; whoever is dead never wakes. */
function clockOf(process: WeekProcess, { timeline, edge }: ProcessParts): TrustedClock {
  const after = (ms: number, happen: () => void) => timeline.after(ms, () => process.isAlive && happen());
  const machine: Clock = {
    now: () => timeline.now() + process.skewMs,
    elapsedMs: timeline.now,
    sleep: (ms) => new Promise((resolve) => void after(ms, resolve)),
    after,
  };
  const clock = createTrustedClock(machine, silent);
  clock.heard('slack', timeline.now());
  clock.askBy(async () => clock.heard('slack', await edge.askTime(process)));
  return clock;
}

let card: ReturnType<typeof rateCardAt> | undefined;

function around(process: WeekProcess, clock: Clock, parts: ProcessParts) {
  card ??= rateCardAt(Date.UTC(2026, 10, 23));
  const rates = card;
  const error = (facts: Record<string, unknown>, message: string) => parts.logged(process, facts, message);
  const log: Log = { ...silent, error };
  let ids = 0;
  const nobody = () => Promise.resolve(null);
  return {
    clock,
    log,
    messenger: createMessenger({ client: parts.edge.clientFor(process), clock, log }),
    channels: { has: async () => true, audience: audienceFor(process, parts), forget: () => {} },
    people: { look: nobody, names: async () => new Map<string, string>(), forget: () => {} },
    providers: {
      images: { make: () => Promise.reject(new Error('no images here')) },
      names: new Set(['sketch'] as const),
    },
    rateCard: () => rates,
    rateCardOf: () => rates,
    newId: () => `${process.name}-${++ids}`,
    newReference: () => 'REF',
    imageQueue: new PQueue({ concurrency: 1 }),
    running: new Set<string>(),
    memberRemoved: createMemberRemovedSignal(),
    processId: process.name,
    settings: { imageRetentionMs: 90 * 86_400_000, straysMs: 120_000, safetyKey: 'key' },
  };
}

/** Where Slack does not say who reads along, nobody knows. */
const audienceFor =
  (process: WeekProcess, { wire }: ProcessParts) =>
  (_: string | null, readerId: string): Promise<Audience> =>
    wire<Audience>(process, {
      port: 'people',
      verb: `audience ${readerId}`,
      faults: ['lost', 'late'],
      act: async () => (readerId === GUEST ? 'shared' : 'internal'),
      failure: () => 'unsure',
      isLook: true,
    });
