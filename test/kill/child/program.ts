// The product in a process of its own that may die at any point: see `load.cjs`. It is told its `Life` as JSON.
import { randomUUID } from 'node:crypto';
import PQueue from 'p-queue';
import { createApp } from '../../../src/app/app.ts';
import type { AppContext } from '../../../src/app/context.ts';
import { recoverJobs } from '../../../src/app/images/recover-jobs.ts';
import { createMemberRemovedSignal } from '../../../src/app/people/member-removed-signal.ts';
import { Book } from '../../../src/book/book.ts';
import { rateCardAt } from '../../../src/images/rate-card.ts';
import { openPeers } from '../../../src/peers/open.ts';
import { runDue } from '../../../src/scheduler/run-due.ts';
import { syncMembers } from '../../../src/slack/platform/sync-members.ts';
import { steadyClock } from '../../../src/start/real-clock.ts';
import { type Life, SECRET } from '../life.ts';
import { perform } from './acts.ts';
import { type ChildClock, createChildClock } from './clock.ts';
import { connect } from './outside.ts';
import { createPoints, type Points, say } from './points.ts';
import { type GuardedStores, openGuarded } from './stores.ts';

void live(JSON.parse(process.argv.at(-1) ?? '') as Life);

async function live(life: Life): Promise<void> {
  const points = createPoints(life.doom);
  const clock = createChildClock(life.laterMs);
  const stores = await openGuarded(life.store, points, life.name);
  const world = await buildWorld(life, { stores, clock, points });
  const app = syncMembers(createApp(world));
  say({ say: 'open' });

  const sweepOnce = oneAtATime(async () => {
    points.reach('sweep:round:before');
    await recoverJobs(world, { alone: life.alone });
    points.reach('sweep:round:after');
  });
  const cronOnce = oneAtATime(async () => {
    points.reach('cron:round:before');
    await runDue(world);
    points.reach('cron:round:after');
  });
  const first = sweepOnce().catch(() => undefined);
  const hands = { world, app, clock, sweepOnce, cronOnce };
  const threads = life.threads.map((thread, index) => perform(hands, thread, index));
  await Promise.all([first, ...threads]);
  if (life.doom.kind === 'none') return await end(world, stores);
  await sweepOnce().catch(() => undefined);
  say({ say: 'idle' });
  // Whoever is to be killed waits for it, and not for ever where nobody is left to do it.
  const parent = process.ppid;
  setInterval(() => void (process.ppid !== parent && process.exit(1)), 1_000);
}

type Parts = { stores: GuardedStores; clock: ChildClock; points: Points };

/** As `start.ts` does it, without Bolt: deliveries come from the plan, and what goes out goes to the parent. */
async function buildWorld(life: Life, { stores, clock, points }: Parts): Promise<AppContext> {
  const { name, outside } = life;
  const { messenger, maker } = connect(`${outside}/${name}`, points);
  const card = rateCardAt(clock.now());
  return {
    book: await openBook(life, { stores, clock, points }),
    journal: stores.journal,
    records: stores.records,
    messenger,
    providers: { images: maker, names: new Set(['openai']) },
    rateCard: () => card,
    rateCardOf: () => card,
    people: {
      look: async (userId) => ({ userId, name: userId, kind: 'member', timeZone: 'Europe/London' }),
      names: async () => new Map(),
      forget: () => {},
    },
    channels: { has: async () => true, audience: async () => 'internal', forget: () => {} },
    clock,
    newId: randomUUID,
    newReference: () => randomUUID().slice(0, 8),
    log: { info: logAs('info'), warn: logAs('warn'), error: logAs('error') },
    imageQueue: new PQueue({ concurrency: 3 }),
    running: new Set(),
    memberRemoved: createMemberRemovedSignal(),
    processId: name,
    settings: { imageRetentionMs: 90 * 86_400_000, straysMs: 0, safetyKey: SECRET },
  };
}

/** On a database with the other processes of it. */
async function openBook({ name, workspace }: Life, { stores, clock }: Parts): Promise<Book> {
  const { journal, openLeases } = stores;
  const log = { info: logAs('info'), warn: logAs('warn'), error: logAs('error') };
  const peers = openLeases
    ? await openPeers({
        ...{ host: '127.0.0.1', port: 0, processId: name, newId: randomUUID, key: SECRET, rules: 'same' },
        ...{ workspace, leases: await openLeases(), clock, steady: steadyClock, log },
      })
    : null;
  const book = await Book.open({ journal, clock, workspace, writer: peers?.writer ?? null });
  await peers?.serve(book);
  return book;
}

const logAs = (level: string) => (facts: Record<string, unknown>, message: string) =>
  void process.stderr.write(`${JSON.stringify({ level, ...facts, message })}\n`);

/** The product's rounds never overlap either. */
function oneAtATime(round: () => Promise<void>): () => Promise<void> {
  let turn: Promise<void> = Promise.resolve();
  return () => {
    const done = turn.then(round);
    turn = done.catch(() => undefined);
    return done;
  };
}

async function end({ book }: AppContext, { close }: GuardedStores): Promise<void> {
  await book.close();
  await close();
  say({ say: 'idle' });
  process.exit(0);
}
