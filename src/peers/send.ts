import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { BODY_BYTES_MAX, HEADERS, PATH, REPLY_BYTES_MAX } from './listener.ts';
import { readReply } from './message.ts';
import type { Send, Sent } from './one-writer.ts';
import { isSame, signReply, signRequest } from './signature.ts';

/** Who shows no sign of life for so long is gone, or pauses: the sender decides for itself. */
const SILENT_MS = 700;
/** Who is slow is waited for: the sender’s own write would be slower. What is left of three seconds is for that write. */
const ANSWER_WITHIN_MS = 2_000;
/** Shorter than the other end keeps it. */
const IDLE_MS = 15_000;
const CONNECTIONS_MAX = 4;
const EXPIRED = 408;

type Parts = { key: string; now(): number; newId(): string; answerWithinMs?: number };

/** Hands commands over, signed. Accepts answers only from a process that knows the key. */
export function createSend({ key, now, newId, answerWithinMs = ANSWER_WITHIN_MS }: Parts): {
  send: Send;
  close(): void;
} {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS_MAX, timeout: IDLE_MS });
  /** How far the clock of each process is from ours, as it said itself. */
  const aheadMs = new Map<string, number>();

  const once = async (to: { url: string; processId: string }, body: string): Promise<Sent | 'again'> => {
    const [at, nonce] = [now() + (aheadMs.get(to.processId) ?? 0), newId()];
    const signature = signRequest(key, { at, nonce, to: to.processId, body });
    const headers = { [HEADERS.at]: String(at), [HEADERS.nonce]: nonce, [HEADERS.signature]: signature };
    const heard = await post(agent, { url: `${to.url}${PATH}`, headers, body, withinMs: answerWithinMs });
    if (heard.kind !== 'heard') return heard;
    const theirs = Number(heard.headers[HEADERS.at]);
    const expected = signReply(key, { at: theirs, request: signature, body: heard.body });
    if (!isSame(String(heard.headers[HEADERS.signature]), expected)) {
      return { kind: 'in_doubt', cause: new Error(`answered with ${heard.status}, and not signed`) };
    }
    aheadMs.clear();
    aheadMs.set(to.processId, theirs - now());
    if (heard.status === EXPIRED) return 'again';
    return readReply(heard.body) ?? { kind: 'in_doubt', cause: new Error('an answer that cannot be read') };
  };

  return {
    async send(to, handOver) {
      const body = JSON.stringify(handOver);
      if (Buffer.byteLength(body) > BODY_BYTES_MAX) return { kind: 'not_sent', cause: new Error('too much at once') };
      // The second time by the other one's clock, or over another connection.
      const first = await once(to, body);
      const sent = first === 'again' ? await once(to, body) : first;
      return sent === 'again' ? { kind: 'not_sent', cause: new Error('no time that both agree on') } : sent;
    },
    close: () => agent.destroy(),
  };
}

type Heard = { kind: 'heard'; status: number; headers: IncomingMessage['headers']; body: string };
type Post = { url: string; headers: Record<string, string>; body: string; withinMs: number };

type Posted = Heard | Exclude<Sent, { kind: 'done' | 'not_here' }>;

function post(agent: Agent, { url, headers, body, withinMs }: Post): Promise<Posted> {
  return new Promise((resolve) => {
    let isSent = false;
    const fail = (cause: unknown) => done({ kind: isSent ? 'in_doubt' : 'not_sent', cause });
    const fallSilent = setTimeout(() => sending.destroy(new Error('no sign of life')), SILENT_MS);
    const done = (heard: Posted) => {
      clearTimeout(fallSilent);
      resolve(heard);
    };
    const sending = httpRequest(url, {
      method: 'POST',
      agent,
      headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      signal: AbortSignal.timeout(withinMs),
    });
    sending.on('socket', (socket) => {
      if (!socket.connecting) isSent = true;
      else
        socket.once('connect', () => {
          isSent = true;
        });
    });
    sending.on('information', () => fallSilent.refresh());
    sending.on('error', fail);
    sending.on('response', (response) => {
      void textOf(response).then(
        (text) => done({ kind: 'heard', status: response.statusCode ?? 0, headers: response.headers, body: text }),
        fail,
      );
    });
    sending.end(body);
  });
}

async function textOf(response: IncomingMessage): Promise<string> {
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response as AsyncIterable<string>) {
    text += chunk;
    if (text.length > REPLY_BYTES_MAX) throw new Error('an answer without an end');
  }
  return text;
}
