import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readHandOver } from './message.ts';
import type { HandOver, Reply } from './one-writer.ts';
import { GOOD_FOR_MS, isSame, signReply, signRequest, UsedNonces } from './signature.ts';

export type Listener = { url: string; close(): Promise<void> };

/** A write has at most 256 commands of some hundred bytes; an answer has the lines that the sender missed. */
export const BODY_BYTES_MAX = 1_048_576;
export const REPLY_BYTES_MAX = 4 * BODY_BYTES_MAX;
export const HEADERS = { at: 'x-inkwell-at', nonce: 'x-inkwell-nonce', signature: 'x-inkwell-signature' } as const;
export const PATH = '/commands';
/** Whole: they come in one go, from the same network. */
const REQUEST_TIMEOUT_MS = 2_000;
const CONNECTIONS_MAX = 256;
const AT_WORK_MAX = 64;
/** While it is at work it says so. */
const SIGN_OF_LIFE_MS = 200;
/** Longer than a sender keeps a connection that it does not use, so that it is the sender that ends it. */
const KEEP_ALIVE_MS = 60_000;

type Parts = {
  host: string;
  port: number;
  key: string;
  processId: string;
  /** Epoch ms; for the signature alone. */
  now(): number;
  take(handOver: HandOver): Promise<Reply>;
};

/** Where other processes hand their commands over. Who does not know the key learns nothing, and costs little. */
export async function listenToPeers(parts: Parts): Promise<Listener> {
  const used = new UsedNonces();
  let atWork = 0;
  const server = createServer(
    {
      requestTimeout: REQUEST_TIMEOUT_MS,
      headersTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: REQUEST_TIMEOUT_MS / 2,
      keepAliveTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: 8_192,
    },
    (request, response) => {
      if (atWork >= AT_WORK_MAX) return end(response, 503);
      atWork += 1;
      answer(request, response, { ...parts, used })
        .catch(() => end(response, 500))
        .finally(() => {
          atWork -= 1;
        });
    },
  );
  server.maxConnections = CONNECTIONS_MAX;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: parts.host, port: parts.port }, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${parts.host.includes(':') ? `[${parts.host}]` : parts.host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { key, processId, now, used, take }: Parts & { used: UsedNonces },
): Promise<void> {
  if (request.method !== 'POST' || request.url !== PATH) return end(response, 404);
  const body = await bodyOf(request);
  if (body === null) return end(response, 413);
  const [at, nonce, signature] = [HEADERS.at, HEADERS.nonce, HEADERS.signature].map((name) => request.headers[name]);
  if (typeof at !== 'string' || typeof nonce !== 'string' || typeof signature !== 'string') return end(response, 401);
  const expected = signRequest(key, { at: Number(at), nonce, to: processId, body });
  if (!isSame(signature, expected)) return end(response, 401);
  const replyWith = (status: number, reply: object) => {
    const text = JSON.stringify(reply);
    const time = now();
    const signed = {
      [HEADERS.at]: String(time),
      [HEADERS.signature]: signReply(key, { at: time, request: signature, body: text }),
    };
    response.writeHead(status, { 'content-type': 'application/json', ...signed }).end(text);
  };
  // The answer says what time it is here: who knows the key sends again by that.
  if (Math.abs(now() - Number(at)) > GOOD_FOR_MS) return replyWith(408, {});
  if (!used.use(nonce, performance.now())) return end(response, 409);
  const handOver = readHandOver(body);
  if (!handOver) return end(response, 400);
  // After a pause of this process, requests lie here whose senders gave up meanwhile, and decided themselves.
  for (let turn = 0; turn < 2; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
  if (request.socket.destroyed || response.destroyed) return;
  const atWork = setInterval(() => response.writeProcessing(), SIGN_OF_LIFE_MS);
  try {
    replyWith(200, inBounds(await take(handOver)));
  } finally {
    clearInterval(atWork);
  }
}

/** More lines than fit are read in the journal. */
function inBounds(reply: Reply): Reply {
  if (reply.kind !== 'done' || Buffer.byteLength(JSON.stringify(reply)) <= REPLY_BYTES_MAX) return reply;
  return { ...reply, lines: [] };
}

/** Null where it is longer than anything of ours. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function end(response: ServerResponse, status: number): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { connection: 'close' }).end();
}
