import type { RequestListener } from 'node:http';
import { App as Bolt } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import type { App } from '../app/app.ts';
import type { Channels, Clock, Log, NewId, People } from '../ports/ports.ts';
import { withTimeout } from '../ports/with-timeout.ts';
import { registerAlerts } from './alerts/alert-listeners.ts';
import { registerRequests } from './approvals/requests-listeners.ts';
import { registerClientCard } from './clients/client-card-listeners.ts';
import { registerCredits } from './credits/credits-listeners.ts';
import { registerHome } from './home/home-listeners.ts';
import { createPublish } from './home/publish-home.ts';
import { registerImage } from './image-message/image-listeners.ts';
import { registerReactions } from './image-message/reaction-listeners.ts';
import { registerImagine } from './imagine/imagine-command.ts';
import { registerMention } from './imagine/mention-listener.ts';
import { createSpend } from './kit/once.ts';
import { createDirectMessages } from './messenger/direct-messages.ts';
import { createFiles } from './messenger/files.ts';
import { createSendNewer } from './messenger/send-newer.ts';
import { createTell } from './messenger/tell.ts';
import { registerPeerCheck } from './peer-check/peer-listeners.ts';
import { createAuthorize } from './platform/authorize.ts';
import type { Deps } from './platform/deps.ts';
import { createErrorHandler, createTellFault } from './platform/errors.ts';
import { registerEvents } from './platform/events-listeners.ts';
import { type Connection, createReception, straight, type Way } from './platform/receiver.ts';
import type { Bounds } from './platform/room.ts';
import { createRoutes } from './platform/routes.ts';
import type { SocketStatus } from './platform/socket/reports.ts';
import { syncMembers } from './platform/sync-members.ts';
import { trackDeliveries } from './platform/track-deliveries.ts';
import { slackLogger, webClientOptions } from './platform/web-client.ts';
import { registerWays } from './refusals/way-listeners.ts';

export type BoltParts = Connection & {
  /** Straight where it is not given. */
  way?: Way;
  botToken: string;
  botUserId: string;
  botId: string | null;
  app: App;
  people: People;
  channels: Channels;
  clock: Clock;
  log: Log;
  newReference: NewId;
  /** What Slack's request times are compared with, where that is not the product's own clock. */
  wallClock?: () => number;
  /** What is at work at once; the usual where it is not given. */
  bounds?: Bounds;
};

export type RunningBolt = {
  /** Of `/slack/events`; over Socket Mode it answers 404. */
  requestListener: RequestListener;
  /** Connects, over Socket Mode; over HTTP there is nothing to start. */
  start(): Promise<void>;
  /** Takes no more deliveries, and gives those at work a moment to end. */
  stop(): Promise<void>;
  /** Resolves when no delivery is being worked on. */
  idle(): Promise<void>;
  /** Whether Slack can reach us over Socket Mode; null over HTTP. */
  status: (() => SocketStatus) | null;
};

/** Whatever takes longer is written down, and goes on after the next start. */
const STOP_WITHIN_MS = 2_000;

/** Slack's deliveries, from the door to the use cases. */
export function createBolt(parts: BoltParts): RunningBolt {
  const { log, clock, way = straight(), wallClock = clock.now } = parts;
  const reception = createReception({ connection: parts, way, clock, log, now: wallClock });
  const { receiver, requestListener } = reception;
  const { botToken, botUserId, botId } = parts;
  const bolt = new Bolt({
    receiver,
    // There is one installation: its token answers what its secret signed. The member is authorized later.
    authorize: async () => ({ botToken, botUserId, ...(botId === null ? {} : { botId }) }),
    clientOptions: { ...webClientOptions(parts.apiUrl, log), fetch: way.fetch },
    logger: slackLogger(log),
    convoStore: false,
    extendedErrorHandler: true,
  });
  const deps = createDeps(parts, way);
  const work = trackDeliveries(bolt, deps, parts.bounds);
  bolt.error(createErrorHandler(deps));
  registerListeners(bolt, deps);

  return {
    requestListener: (request, response) =>
      work.stopped() ? void response.writeHead(503).end() : requestListener(request, response),
    start: async () => void (parts.mode === 'socket' && (await bolt.start())),
    async stop() {
      work.stop();
      await withTimeout(clock, { ms: STOP_WITHIN_MS, work: work.idle(), late: () => undefined });
      // Last, because acks go back the way that the deliveries came.
      if (parts.mode === 'socket') await bolt.stop();
    },
    idle: () => work.idle(),
    status: reception.status,
  };
}

function createDeps(parts: BoltParts, way: Way): Deps {
  const { people, channels, clock, log, newReference, botToken, apiUrl } = parts;
  const app = syncMembers(parts.app);
  const client = new WebClient(botToken, { ...webClientOptions(apiUrl, log), fetch: way.fetch });
  const directMessages = createDirectMessages(client, clock);
  const sendNewer = createSendNewer({ clock, log });
  const tell = createTell({ client, clock, log, fetch: way.fetch, directMessages, sendNewer });
  const files = createFiles({ client, clock, fetch: way.fetch });
  const sendFile: Deps['sendFile'] = async (memberId, file) => {
    const opened = await directMessages.open(memberId);
    return opened.ok ? await files.share(opened.value, file) : { kind: 'failed', code: opened.failure.code };
  };
  const spend = createSpend({ app, tell, clock });
  const publish = createPublish({ app, clock, sendNewer });
  const tellFault = createTellFault({ tell, log, newReference });
  return { app, spend, people, channels, clock, log, tell, sendFile, publish, tellFault };
}

function registerListeners(bolt: Bolt, deps: Deps) {
  const door = createAuthorize(deps);
  const routes = createRoutes(bolt, door);
  registerMention(bolt, deps, door);
  registerImagine(routes, deps);
  registerImage(routes, deps);
  registerWays(routes, deps);
  registerClientCard(routes, deps);
  registerAlerts(routes, deps);
  registerPeerCheck(routes, deps);
  registerRequests(routes, deps);
  registerCredits(routes, deps);
  registerHome(bolt, routes, deps);
  registerEvents(bolt, deps);
  registerReactions(bolt, deps);
}
