import type { IncomingMessage, RequestListener } from 'node:http';
import { HTTPReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { Log } from '../app/ports.ts';
import { slackLogger, webClientOptions } from './web-client.ts';

export type Connection = { apiUrl: string | null } & (
  | { mode: 'http'; signingSecret: string }
  | { mode: 'socket'; appToken: string }
);

/** How far a request's time may be from ours, before and after: Bolt's own check lets the future pass. */
const CLOCK_DIFFERENCE_MAX_MS = 5 * 60_000;
/** A click brings along the whole message that was clicked, as one form field: several times what Slack lets us post. */
const BODY_BYTES_MAX = 1024 * 1024;
const PATH = '/slack/events';

export type Reception = { receiver: Receiver; requestListener: RequestListener };

type Parts = { connection: Connection; log: Log; now: () => number };

/** Where Slack's deliveries arrive: over HTTP they are checked before Bolt sees them, over a socket they are Slack's. */
export function createReception({ connection, log, now }: Parts): Reception {
  const logger = slackLogger(log);
  switch (connection.mode) {
    case 'socket': {
      const { appToken, apiUrl } = connection;
      const installerOptions = { clientOptions: webClientOptions(apiUrl, log) };
      const receiver = new SocketModeReceiver({ appToken, logger, installerOptions });
      return { receiver, requestListener: (_, response) => void response.writeHead(404).end() };
    }
    case 'http': {
      const { signingSecret } = connection;
      const receiver = new HTTPReceiver({ signingSecret, endpoints: [PATH], bodyLimit: BODY_BYTES_MAX, logger });
      return { receiver, requestListener: checked(receiver.requestListener, { log, now }) };
    }
  }
}

function checked(listener: RequestListener, { log, now }: Pick<Parts, 'log' | 'now'>): RequestListener {
  return (request, response) => {
    if (request.method !== 'POST') return void response.writeHead(404).end();
    if (!isTimely(request, now())) {
      log.warn({ timestamp: headerOf(request)?.slice(0, 20) ?? null }, 'request turned away: its time is not now');
      return void response.writeHead(401, { connection: 'close' }).end();
    }
    try {
      listener(request, response);
    } catch {
      // Bolt throws for a path that is none of its own.
      response.writeHead(404).end();
    }
  };
}

function isTimely(request: IncomingMessage, now: number): boolean {
  const seconds = headerOf(request);
  if (seconds === undefined || !/^\d{1,12}$/.test(seconds)) return false;
  return Math.abs(now - Number(seconds) * 1000) <= CLOCK_DIFFERENCE_MAX_MS;
}

function headerOf({ headers }: IncomingMessage): string | undefined {
  const value = headers['x-slack-request-timestamp'];
  return typeof value === 'string' ? value : undefined;
}
