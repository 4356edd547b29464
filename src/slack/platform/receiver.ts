import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { parse as parseForm } from 'node:querystring';
import { HTTPModuleFunctions, HTTPReceiver, isValidSlackRequest, type Receiver } from '@slack/bolt';
import { type Dispatcher, getGlobalDispatcher } from 'undici';
import type { Clock, Log } from '../../ports/ports.ts';
import { isNoRoom } from './room.ts';
import type { LinkTimes } from './socket/link.ts';
import { createSocketReceiver } from './socket/receiver.ts';
import type { SocketStatus } from './socket/reports.ts';
import { slackLogger } from './web-client.ts';

export type Connection = { apiUrl: string | null } & (
  | { mode: 'http'; signingSecret: string }
  | { mode: 'socket'; appToken: string; times?: Partial<LinkTimes> }
);

/** The way to Slack. */
export type Way = { fetch: typeof fetch; dispatcher: Dispatcher };
export const straight = (): Way => ({ fetch: globalThis.fetch, dispatcher: getGlobalDispatcher() });

/** How far a request's time may be from ours, before and after: Bolt's own check lets the future pass. */
const CLOCK_DIFFERENCE_MAX_MS = 5 * 60_000;
/** A click brings along the whole message that was clicked, as one form field: several times what Slack lets us post. */
const BODY_BYTES_MAX = 1024 * 1024;
const PATH = '/slack/events';

export type Reception = {
  receiver: Receiver;
  requestListener: RequestListener;
  /** Null over HTTP, where Slack connects to us. */
  status: (() => SocketStatus) | null;
};

type Parts = { connection: Connection; way: Way; clock: Clock; log: Log; now: () => number };

/** Where Slack's deliveries arrive: over HTTP they are checked before Bolt sees them, over a socket they are Slack's. */
export function createReception({ connection, way, clock, log, now }: Parts): Reception {
  switch (connection.mode) {
    case 'socket': {
      const receiver = createSocketReceiver({ ...connection, ...way, clock, log });
      const requestListener: RequestListener = (_, response) => void response.writeHead(404).end();
      return { receiver, requestListener, status: receiver.status };
    }
    case 'http': {
      const { signingSecret } = connection;
      const receiver = new HTTPReceiver({
        signingSecret,
        // Bolt goes by the machine's clock, which may be wrong: its own check is made before, by the time that is right.
        signatureVerification: false,
        endpoints: [PATH],
        logger: slackLogger(log),
        processEventErrorHandler: answerNoRoom,
      });
      return {
        receiver,
        requestListener: checked(receiver.requestListener, { signingSecret, log, now }),
        status: null,
      };
    }
  }
}

/** Slack brings an event again that was answered so, and says at a click that it did not work. */
async function answerNoRoom(failed: Parameters<typeof HTTPModuleFunctions.defaultProcessEventErrorHandler>[0]) {
  if (!isNoRoom(failed.error) || failed.response.headersSent)
    return HTTPModuleFunctions.defaultProcessEventErrorHandler(failed);
  failed.response.writeHead(503).end();
  return false;
}

/**
 * Checks the signature, and keeps from Bolt what it lets pass or stumbles over: a time in the future, a body without end,
 * and one that is no object, which would end the process.
 */
function checked(
  listener: RequestListener,
  { signingSecret, log, now }: Pick<Parts, 'log' | 'now'> & { signingSecret: string },
): RequestListener {
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<TurnedAway | null> => {
    if (request.method !== 'POST') return { status: 404, why: 'method' };
    const rawBody = await readBody(request);
    if (rawBody === null) return { status: 413, why: 'size' };
    // Bolt takes a form for one only where it is named so and nothing more.
    if (isForm(request.headers['content-type'])) request.headers['content-type'] = FORM;
    if (isSslCheck(rawBody, request.headers['content-type'])) {
      response.writeHead(200).end();
      return null;
    }
    if (!isTimely(request, now())) return { status: 401, why: 'time' };
    if (!isSigned(request, { rawBody, signingSecret, now: now() })) return { status: 401, why: 'signature' };
    if (!holdsObject(rawBody, request.headers['content-type'])) return { status: 400, why: 'body' };
    listener(Object.assign(request, { rawBody }), response);
    return null;
  };
  const receive = async (request: IncomingMessage, response: ServerResponse) => {
    // Slack hung up before the end, or Bolt throws for a path that is none of its own.
    const turnedAway = await take(request, response).catch((): TurnedAway => ({ status: 404, why: 'cut off' }));
    if (!turnedAway) return;
    log.warn(turnedAway, 'request turned away');
    if (!response.headersSent) response.writeHead(turnedAway.status, { connection: 'close' }).end();
  };
  return (request, response) => void receive(request, response);
}

type TurnedAway = { status: number; why: string };

function isTimely({ headers }: IncomingMessage, now: number): boolean {
  const seconds = headers['x-slack-request-timestamp'];
  if (typeof seconds !== 'string' || !/^\d{1,12}$/.test(seconds)) return false;
  return Math.abs(now - Number(seconds) * 1000) <= CLOCK_DIFFERENCE_MAX_MS;
}

/** Slack tries the certificate now and then, and signs nothing: it is answered, and goes no further. */
const isSslCheck = (rawBody: Buffer, contentType = '') =>
  contentType === FORM && parseForm(rawBody.toString()).ssl_check === '1';

function isSigned(
  { headers }: IncomingMessage,
  { rawBody, signingSecret, now }: { rawBody: Buffer; signingSecret: string; now: number },
): boolean {
  return isValidSlackRequest({
    signingSecret,
    body: rawBody.toString(),
    headers: {
      'x-slack-signature': String(headers['x-slack-signature']),
      'x-slack-request-timestamp': Number(headers['x-slack-request-timestamp']),
    },
    nowMilliseconds: now,
  });
}

/** Null where there is more than anybody should send. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > BODY_BYTES_MAX) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const FORM = 'application/x-www-form-urlencoded';
/** In any case, and with what may follow it, such as `; charset=utf-8`. */
const isForm = (contentType = '') => contentType.split(';')[0]?.trim().toLowerCase() === FORM;

/** A form, whose `payload` holds JSON if there is one, or else JSON: told apart and read in the way that Bolt does it. */
function holdsObject(rawBody: Buffer, contentType: string | undefined): boolean {
  const text = rawBody.toString();
  const json = contentType === FORM ? parseForm(text).payload : text;
  if (typeof json !== 'string') return true;
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
