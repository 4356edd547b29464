import { randomUUID } from 'node:crypto';
import { TEND_ALERTS_EVERY_MS, tendAlerts } from '../app/alerts/tend-alerts.ts';
import { createApp } from '../app/app.ts';
import { TEND_CARDS_EVERY_MS, tendOpenCards } from '../app/approvals/tend-open-cards.ts';
import { tendClock } from '../app/clock/correct-clock.ts';
import type { AppContext } from '../app/context.ts';
import { stopArrived } from '../app/images/arrived-images.ts';
import { recoverJobs } from '../app/images/recover-jobs.ts';
import { noticeModels } from '../app/troubles/notice-models.ts';
import type { Config } from '../config.ts';
import { privateAddress } from '../peers/address.ts';
import type { PeersOptions } from '../peers/open.ts';
import { describe } from '../ports/describe-error.ts';
import type { Clock, Log } from '../ports/ports.ts';
import { withTimeout } from '../ports/with-timeout.ts';
import { type Alarms, createAlarms } from '../scheduler/alarms.ts';
import { createIntervals, type Intervals } from '../scheduler/intervals.ts';
import { runDue } from '../scheduler/run-due.ts';
import { createBolt } from '../slack/bolt.ts';
import { buildContext, newReference } from './build-context.ts';
import { openDemoClock } from './demo-clock.ts';
import { createWeeks } from './demo-week.ts';
import { lockDataFolder } from './lock-folder.ts';
import { obstacleOf, openServer } from './open-server.ts';
import { closeStores, openStores, type Stores, startingFault } from './open-stores.ts';
import { openWorld } from './open-world.ts';
import { createImageProviders, type ImageProviders, LOOK_AT_RATE_CARD_EVERY_MS } from './providers.ts';
import { steadyClock } from './real-clock.ts';
import { openSlackConnection, type SlackConnection, StartFault } from './slack-connection.ts';
import { createStops, type Stops } from './stops.ts';
import { createTrustedClock, type TrustedClock } from './trusted-clock.ts';

const SWEEP_EVERY_MS = 60_000;
/** What was slept through. The first time after as long: a start has enough to do. */
const MAKE_UP_EVERY_MS = 60_000;
const SET_ALARMS_EVERY_MS = 1_000;
/** How often it is asked whether it is time to look at the providers' models. */
const LOOK_AT_MODELS_EVERY_MS = 10 * 60_000;
/** How long a stop waits for images that are being made, in all; the next start finishes the others. */
const FINISH_WITHIN_MS = 20_000;

export type Running = {
  /** What to tell the person who started it. */
  greeting: string;
  /** Of its HTTP server. */
  url: string;
  slack: SlackConnection['local'];
  context: AppContext;
  stop(): Promise<void>;
};

/**
 * Builds every part, starts them, and stops them in reverse; what was started before something fails is stopped again.
 * Throws a `StartFault` that says what to do.
 */
export async function start(config: Config, edge: Edge): Promise<Running> {
  const stops = createStops(edge.log);
  const breakOff = new Promise<never>((_, reject) => {
    edge.signal?.addEventListener('abort', () => reject(new StartFault('Inkwell was stopped before it was ready.')));
  });
  try {
    const parts = await Promise.race([startParts(config, edge, stops), breakOff]);
    return { ...parts, stop: stops.run };
  } catch (error) {
    await stops.run();
    throw startingFault(error);
  }
}

type Edge = {
  clock: Clock;
  log: Log;
  /** Aborted: what has been started is stopped again, wherever the start is. */
  signal?: AbortSignal;
};

async function startParts(config: Config, edge: Edge, stops: Stops) {
  const { log } = edge;
  // With MongoDB only the playground's own Slack is in the folder; without it, everything, for one process alone.
  const alone = config.mongoUri === null;
  if (alone || config.slack.mode === 'playground') {
    const folder = lockDataFolder(config, log);
    stops.push(() => folder.release());
  }
  const demoClock = config.slack.mode === 'playground' ? openDemoClock(edge.clock, config.dataDir) : null;
  const clock = createTrustedClock(demoClock ?? edge.clock, log);
  const server = await openServer(config);
  // At the very end in the playground, whose Slack is behind it.
  stops.push(() => server.close());
  const place = await openSlackConnection(config, {
    clock,
    log,
    server,
    onReset: () => reset(),
    letWeekPass: (tell) => weeks.pass(tell),
  });
  stops.push(() => place.close());
  const at = { workspace: place.teamId, clock, log, peers: peersOf(config) };
  const stores = await openStores(config, at);
  stops.push(() => closeStores(stores));
  clock.askBy(() => Promise.all([place.askTime(), hearDatabase(stores, clock, demoClock?.aheadMs)]));
  await clock.askAround?.();
  const making = createImageProviders(config, clock, log);
  stops.push(() => making.close());
  const context = await buildContext({ config, clock, log, place, stores, making });
  const said = await openWorld(context, config, stores);
  // Waits, so that the first request is not refused for something that is ready in a moment.
  await tendClock(context).catch((error: unknown) =>
    log.warn({ error: describe(error) }, 'clock not checked, the next sweep will'),
  );

  const bolt = createBolt({
    ...place.bolt,
    way: place.network,
    app: createApp(context),
    people: context.people,
    channels: context.channels,
    clock,
    log,
    newReference,
  });
  const rounds = createIntervals({ clock, log });
  const alarms = createAlarms(context);
  stops.push(() => stopArrived(context));
  stops.push(async () => {
    const work = Promise.all([rounds.ended(), alarms.ended(), finishRunning(context)]);
    await withTimeout(clock, { ms: FINISH_WITHIN_MS, work, late: () => undefined });
  });
  if (!place.local) stops.push(() => server.close());
  stops.push(async () => {
    server.serve({ obstacle: () => 'Inkwell is stopping.' });
    rounds.stop();
    alarms.stop();
    await bolt.stop();
  });
  stops.push(() => stores.peers?.leave());
  const weeks = createWeeks(
    () => demoClock && place.local && { context, slack: place.local, clock: demoClock, alone, idle: bolt.idle },
  );
  stops.push(weeks.stop);
  await bolt.start();
  server.serve({ slack: bolt.requestListener, obstacle: () => obstacleOf(bolt) });
  place.local?.deliverTo(`${server.url}/slack/events`);

  beginRounds(rounds, { context, alarms, making, alone });

  async function reset() {
    await finishRunning(context);
    await stores.book.close();
    await stores.peers?.close();
    await stores.erase(place.teamId);
    Object.assign(stores, await openStores(config, at));
    Object.assign(context, { book: stores.book, journal: stores.journal, records: stores.records });
    await openWorld(context, config, stores);
  }

  return { greeting: [place.greeting, ...said].join('\n'), url: server.url, slack: place.local, context };
}

type Rounds = { context: AppContext; alarms: Alarms; making: ImageProviders; alone: boolean };

function beginRounds(rounds: Intervals, { context, alarms, making, alone }: Rounds): void {
  rounds.every(SWEEP_EVERY_MS, () => recoverJobs(context, { alone }));
  rounds.every(MAKE_UP_EVERY_MS, () => runDue(context), { firstAfterMs: MAKE_UP_EVERY_MS });
  rounds.every(TEND_ALERTS_EVERY_MS, () => tendAlerts(context), { firstAfterMs: TEND_ALERTS_EVERY_MS });
  rounds.every(TEND_CARDS_EVERY_MS, () => tendOpenCards(context), { firstAfterMs: TEND_CARDS_EVERY_MS });
  rounds.every(SET_ALARMS_EVERY_MS, alarms.set, { firstAfterMs: MAKE_UP_EVERY_MS });
  rounds.every(LOOK_AT_RATE_CARD_EVERY_MS, making.lookAtRateCard);
  rounds.every(LOOK_AT_MODELS_EVERY_MS, async ({ signal }) => {
    for (const looked of await making.lookAtModels({ signal })) await noticeModels(context, looked);
  });
}

/** A database does not know that its playground lives later than it. */
async function hearDatabase({ askTime }: Stores, { heard }: TrustedClock, aheadMs = () => 0): Promise<void> {
  const at = await askTime();
  if (at !== null) heard('database', at + aheadMs());
}

const peersOf = ({ peers: { host, port } }: Config): PeersOptions => ({
  host: host ?? privateAddress(),
  port,
  processId: randomUUID(),
  newId: randomUUID,
  steady: steadyClock,
});

async function finishRunning({ running, clock }: AppContext): Promise<void> {
  const until = clock.now() + FINISH_WITHIN_MS;
  while (running.size > 0 && clock.now() < until) await clock.sleep(50);
}

export { StartFault };
