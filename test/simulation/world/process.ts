import PQueue from 'p-queue';
import { type App, createApp } from '../../../src/app/app.ts';
import type { AppContext } from '../../../src/app/context.ts';
import { recoverJobs } from '../../../src/app/images/recover-jobs.ts';
import { createMemberRemovedSignal } from '../../../src/app/people/member-removed-signal.ts';
import { Book } from '../../../src/book/book.ts';
import type { RateCard } from '../../../src/images/rates/card.ts';
import type { OneWriter } from '../../../src/peers/one-writer.ts';
import type { Clock, Log } from '../../../src/ports/ports.ts';
import { runDue } from '../../../src/scheduler/run-due.ts';
import { SCHEDULE } from '../../../src/scheduler/schedule.ts';
import { syncMembers } from '../../../src/slack/platform/sync-members.ts';
import { createTrustedClock, type TrustedClock } from '../../../src/start/trusted-clock.ts';
import type { SimulatedPeers } from './peers.ts';
import type { SimulatedProvider } from './provider.ts';
import type { SimulatedSlack } from './slack.ts';
import type { Stores } from './stores.ts';
import type { Timeline } from './timeline.ts';
import type { Sender } from './wire.ts';

/** A process from its start to its death: the whole app, with a book of its own, on the stores that all share. */
export type Process = Sender & {
  /** How far its idea of the time is from the right one. */
  readonly skewMs: number;
  /** How far its machine's clock is: a little always, and more since `offSinceAt`. */
  ownSkewMs: number;
  offMs: number;
  offSinceAt: number | null;
  /** Null until its book has been read. */
  app: App | null;
  world: AppContext | null;
  /** Which process writes for all, as this one knows it. */
  writer: OneWriter | null;
};

export type ProcessParts = {
  workspace: string;
  timeline: Timeline;
  stores: Stores;
  peers: SimulatedPeers;
  slack: SimulatedSlack;
  provider: SimulatedProvider;
  card: RateCard;
  newId: () => string;
  /** No other process works on these records. */
  alone: boolean;
  sweepEveryMs: () => number;
  /** What was caught and told to the operator; what was not caught. */
  logged(process: Process, facts: Record<string, unknown>, message: string): void;
  failed(process: Process, doing: string, error: unknown): void;
  swept(): void;
  /** What is done once a day, as it begins and has been done; and the round that it was part of, as it ends. */
  dailyBegins(process: Process, name: string, tick: string): void;
  dailyIsDone(process: Process): void;
  dailiesEnd(process: Process, how: 'noted' | 'failed'): void;
  /** A look at every command and its answer. */
  watch(process: Process, book: Book): void;
};

const OPEN_AGAIN_MS = 2_000;
/** A start has enough to do. */
const FIRST_CRON_AFTER_MS = 60_000;

/** Reads the book, as often as it takes; then it sweeps, and does what is due, at intervals until it dies. */
export async function live(process: Process, parts: ProcessParts): Promise<void> {
  const clock = clockOf(process, parts);
  const quiet: Log = { info: () => {}, warn: () => {}, error: () => {} };
  process.writer = parts.peers.writerOf(process, clock, quiet);
  const book = await openBook(process, clock, parts);
  parts.watch(process, book);
  process.world = worldOf(process, book, clock, parts);
  process.app = syncMembers(createApp(process.world));
  await Promise.all([sweepNowAndThen(process.world, process, parts), cronNowAndThen(process.world, process, parts)]);
}

async function sweepNowAndThen(world: AppContext, process: Process, parts: ProcessParts): Promise<void> {
  while (process.isAlive) {
    try {
      await recoverJobs(world, { alone: parts.alone });
      parts.swept();
    } catch (error) {
      parts.failed(process, 'sweep', error);
    }
    await world.clock.sleep(parts.sweepEveryMs());
  }
}

async function cronNowAndThen(world: AppContext, process: Process, parts: ProcessParts): Promise<void> {
  const schedule = SCHEDULE.map((daily) => ({
    ...daily,
    run: async (of: AppContext, tick: string) => {
      parts.dailyBegins(process, daily.name, tick);
      await daily.run(of, tick);
      parts.dailyIsDone(process);
    },
  }));
  await world.clock.sleep(FIRST_CRON_AFTER_MS);
  while (process.isAlive) {
    try {
      await runDue(world, schedule);
      parts.dailiesEnd(process, 'noted');
    } catch (error) {
      parts.dailiesEnd(process, 'failed');
      parts.failed(process, 'cron', error);
    }
    await world.clock.sleep(parts.sweepEveryMs());
  }
}

async function openBook(process: Process, clock: Clock, { stores, workspace, failed }: ProcessParts): Promise<Book> {
  const { journal } = stores.reachedBy(process);
  for (;;) {
    try {
      return await Book.open({ journal, clock, workspace, writer: process.writer });
    } catch (error) {
      failed(process, 'open', error);
      await clock.sleep(OPEN_AGAIN_MS);
    }
  }
}

/**
 * Its machine's clock, held against Slack's, which it has heard of when it begins; whoever is dead never wakes. The counter
 * that nobody sets is the timeline itself.
 */
function clockOf(process: Process, { timeline, slack }: ProcessParts): TrustedClock {
  const after = (ms: number, happen: () => void) => timeline.after(ms, () => process.isAlive && happen());
  const machine: Clock = {
    now: () => timeline.now() + process.ownSkewMs + process.offMs,
    elapsedMs: timeline.now,
    sleep: (ms) => new Promise((resolve) => void after(ms, resolve)),
    after,
  };
  const clock = createTrustedClock(machine, { info: () => {}, warn: () => {}, error: () => {} });
  clock.heard('slack', timeline.now());
  clock.askBy(async () => clock.heard('slack', await slack.askTime(process)));
  return clock;
}

function worldOf(process: Process, book: Book, clock: Clock, parts: ProcessParts): AppContext {
  const { stores, slack, provider, card, newId, logged } = parts;
  const log = (facts: Record<string, unknown>, message: string) => logged(process, facts, message);
  const operator: Log = { info: () => {}, warn: log, error: log };
  return {
    book,
    ...stores.reachedBy(process),
    ...slack.reachedBy(process),
    providers: { images: provider.reachedBy(process), names: new Set(['openai', 'sketch']) },
    rateCard: () => card,
    rateCardOf: () => card,
    clock,
    newId,
    newReference: newId,
    log: operator,
    imageQueue: new PQueue({ concurrency: 3 }),
    running: new Set(),
    memberRemoved: createMemberRemovedSignal(),
    processId: process.name,
    settings: { imageRetentionMs: 90 * 86_400_000, straysMs: 120_000, safetyKey: 'key' },
  };
}
